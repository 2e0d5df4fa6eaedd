"""Casework: from a worry to a closed case, and what was learned on the way."""
