"""Everything that can be done with accounts, memberships, grounds, devices and the journal."""
