"""Papers that write themselves: the field's forms, filled from what was recorded once."""
