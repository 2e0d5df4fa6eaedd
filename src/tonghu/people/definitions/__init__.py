"""What the law calls a child in need, as dated rule sets that suggest and never decide."""
