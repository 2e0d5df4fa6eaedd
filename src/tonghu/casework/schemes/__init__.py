"""Schemes of guardianship capacity, as data."""
