"""Pages that compose domains: Today, set-up, people and roles, journal, own account."""
