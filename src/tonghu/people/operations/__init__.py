"""Everything that can be done with children, families and places."""
