"""Accounts, organisations, memberships, sessions, reasons, the journal; who may do what."""
