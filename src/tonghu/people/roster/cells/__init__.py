"""What stands in one cell, read as what it means; what is in doubt stays empty."""
