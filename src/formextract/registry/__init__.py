"""Schools and area offices: reading registry files, indexing them, and linking printed names to them.

Nothing here keeps tables; the store room does.  Everything works on frozen dataclasses.
"""
