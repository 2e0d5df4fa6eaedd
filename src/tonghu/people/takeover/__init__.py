"""From an understood line to a child's file: who is known, what is added, what can be undone."""
