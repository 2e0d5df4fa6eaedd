"""What the product costs, as ratios against a plain Django in the same run."""
