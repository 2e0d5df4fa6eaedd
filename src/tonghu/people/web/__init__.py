"""Pages about children and families."""
