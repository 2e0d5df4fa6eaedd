"""What every domain may lean on and that knows none of them."""
