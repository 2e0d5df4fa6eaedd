"""Erasing a child so that nothing is left: what is reached, what goes, what keeps it away."""
