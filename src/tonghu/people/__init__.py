"""Who the children are, with whom they live, and how a list of them becomes a register."""
