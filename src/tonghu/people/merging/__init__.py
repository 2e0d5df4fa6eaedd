"""Bringing two files together and parting them again: what points at a file, moved and kept."""
