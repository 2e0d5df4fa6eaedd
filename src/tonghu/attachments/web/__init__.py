"""Pages of papers and pictures."""
