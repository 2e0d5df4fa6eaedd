"""Tonghu (童护): the one system in which a purchased child-protection project lives."""
