"""Where a higher floor signs up with a lower one that must not know it.

A lower floor keeps a registry; the higher one registers when Django starts
(``<domain>/registration.py``). Signing up twice with the same thing is harmless, two things
under one key are a fault of the program.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """Things by key, in the order they were signed up."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._things: dict[str, T] = {}

    def register(self, key: str, thing: T) -> T:
        """Sign a thing up and return it.

        :raises ValueError: when another thing has the key.
        """
        if self._things.setdefault(key, thing) != thing:
            raise ValueError(f"Two {self.what} are called {key!r}.")
        return thing

    def __getitem__(self, key: str) -> T:
        return self._things[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)


def named(function: Callable) -> str:
    """Return the key of a function that is signed up under its own name."""
    return f"{function.__module__}.{function.__qualname__}"
