"""Pages that compose domains."""
