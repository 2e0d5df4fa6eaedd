"""Settings, addresses, command line."""
