"""The stages composed for one file; the only room that knows them all.

tools.py    what a worker needs once: settings, mappings, readers, registry, calibration
content.py  a page of a file becomes lines, tables and marks
links.py    printed names are looked up in the registry, and read anew in its light
judge.py    findings become evidence with a probability and a decision
extract.py  one file from end to end
"""
