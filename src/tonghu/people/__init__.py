"""Children and the people round them, in time."""
