"""Pages of children, families and the lists they come from."""
