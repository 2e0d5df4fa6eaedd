"""What the frame around a page knows: who is here and where she can go."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest  # noqa: TID251 -- a context processor is given the request
from django.utils.translation import get_language, get_language_info

from tonghu.look import navigation

PHONE_ENTRIES = 4


class Shell:
    """The frame of one page. Nothing is counted before a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def actor(self) -> Any:
        """Return who acts here, or nothing when nobody has signed in."""
        actor = getattr(self._request, "actor", None)
        return actor if actor and actor.account else None

    @cached_property
    def entries(self) -> list[navigation.Shown]:
        """Return the navigation of this person."""
        return navigation.entries_for(self._request)

    @property
    def phone_entries(self) -> list[navigation.Shown]:
        """Return what has room in the bottom bar; the whole menu stands at the page's end."""
        return [entry for entry in self.entries if entry.phone][:PHONE_ENTRIES]

    @property
    def home_url(self) -> str:
        """Return where the brand leads."""
        return navigation.address_of("home") or "/"

    @property
    def search_url(self) -> str | None:
        """Return the address of search, where there is one for who is here."""
        return navigation.address_of("search", self.actor.role.key if self.actor else "")

    @property
    def account_url(self) -> str | None:
        """Return the address of the own account, where there is one."""
        return navigation.address_of("account")

    @property
    def sign_out_url(self) -> str | None:
        """Return the address that ends the session, where there is one."""
        return navigation.address_of("sign_out")

    @property
    def here(self) -> str:
        """Return where to come back to after a change of language."""
        return self._request.get_full_path()

    @property
    def other_language(self) -> dict[str, Any]:
        """Return the language one can change to, under the name its readers give it."""
        here = get_language() or ""
        return dict(get_language_info("en" if here.startswith("zh") else "zh-hans"))


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give every template the frame of its page."""
    return {"shell": Shell(request)}
