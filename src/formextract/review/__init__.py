"""The clerks' desk: what the machine was not sure of is decided by people, whose names are kept."""
