"""Where things stand on a page: rows, columns, dotted leaders, ruled tables, signature blocks, furniture.

Pure functions on the types of ``model``; nothing here opens a file, sees an image or runs a
program, so that pages with a text layer and scanned pages go through the same code.
"""
