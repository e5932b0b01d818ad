"""Mappings: what changes from form to form and year to year, as YAML, and the code that applies it."""
