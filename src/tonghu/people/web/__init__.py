"""Pages of children and of the lists they come from."""
