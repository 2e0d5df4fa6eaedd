"""The demonstration: a made-up agency, in demo mode only."""
