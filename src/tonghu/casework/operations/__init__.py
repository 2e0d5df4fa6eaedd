"""What can be done with a case; each step has its name."""
