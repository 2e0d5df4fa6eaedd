"""Addresses of pages, looked up once: Django matches patterns anew for each link of a list."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import get_urlconf, reverse

ANY = UUID(int=0)


def address(name: str, number: UUID | None = None) -> str:
    """Return the address of a page, or of the page of one thing.

    :raises NoReverseMatch: when no domain has such a page.
    """
    addresses = get_urlconf() or settings.ROOT_URLCONF
    if number is None:
        return _found(addresses, name)
    return _found_for_any(addresses, name).replace(str(ANY), str(number))


@lru_cache(maxsize=256)
def _found(addresses: str, name: str) -> str:
    return reverse(name, addresses)


@lru_cache(maxsize=256)
def _found_for_any(addresses: str, name: str) -> str:
    return reverse(name, addresses, args=[ANY])
