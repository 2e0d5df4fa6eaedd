"""Where tries of second factors are counted, for every process of pages alike (R59)."""

from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache

USED: Final = "mfa.totp.used"
CODE_LIVES: Final = 120
"""Seconds. A one-time code fits for ninety: its own thirty, and one more on either side."""


class KeptTries(DatabaseCache):
    """Django's cache in a table, so that a code used in one process is used in all.

    Allauth remembers a used code for thirty seconds only, though it fits for ninety: here it is
    remembered until it fits no more.
    """

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value unless there is one already; a used code for as long as it could fit."""
        lives = max(timeout, CODE_LIVES) if USED in key else timeout
        added: bool = super().add(key, value, lives, version)
        return added
