"""Giving somebody a name: the name as people write it, and the key that orders lists."""

from tonghu.kernel.chinese import sort_key
from tonghu.people.models import Person

OF_THE_KEY = 12


def named(person: Person, name: str) -> str:
    """Return the key under which a person of that name stands in lists."""
    return f"{sort_key(name)[:160]} {person.pk.hex[-OF_THE_KEY:]}"
