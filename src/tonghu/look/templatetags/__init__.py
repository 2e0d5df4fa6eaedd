"""Tags and filters that every template has at hand without loading them."""
