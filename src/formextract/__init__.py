"""formextract: scanned Thai school paperwork into records with evidence."""

__version__ = "0.1.0"
