"""What each address demands of the person before its view runs (R90).

A view without one of these marks does not start: a system check walks every address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Session
from tonghu.access.sheets import Action, Sheet
from tonghu.kernel.law import upholds

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)


class Level(IntEnum):
    """How far somebody must have come."""

    OPEN = 0
    SIGNED_IN = 1
    AT_WORK = 2


@dataclass(frozen=True)
class Policy:
    """What an address demands: a level, and the sheet its view asks, or why it asks none."""

    level: Level
    sheet: Sheet | None = None
    action: Action | None = None
    why: str = ""


class Request(HttpRequest):
    """A request as views see it after the middleware let it through."""

    user: Account
    actor: Actor
    stay: Session | None


def open_page(why: str) -> Callable[[V], V]:
    """Mark a view that anybody may call, and say why."""
    return marked(Policy(Level.OPEN, why=why))


def own_page(why: str) -> Callable[[V], V]:
    """Mark a view about the signed-in person's own account, reachable before a second factor."""
    return marked(Policy(Level.SIGNED_IN, why=why))


def page(sheet: Sheet, action: Action) -> Callable[[V], V]:
    """Mark a view for somebody at work; its domain call asks this Rule of this sheet."""
    return marked(Policy(Level.AT_WORK, sheet=sheet, action=action))


def work_page(why: str) -> Callable[[V], V]:
    """Mark a view for somebody at work that shows no row of any sheet, and say why."""
    return marked(Policy(Level.AT_WORK, why=why))


@upholds("R90", says=gettext_lazy("each address says what it demands"))
def marked(policy: Policy) -> Callable[[V], V]:
    """Mark a view with what its address demands."""

    def mark(view: V) -> V:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return mark


def policy_of(view: Any) -> Policy | None:
    """Return what an address demands, or nothing when its view was never marked."""
    return getattr(view, "policy", None)


def way_back(request: HttpRequest, address: str) -> str:
    """Return an address to go back to, if it is one of this server; Today otherwise."""
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if ours and address.startswith("/") else "/"


def nothing_here() -> str:
    """Return the sentence of every page that does not exist for somebody."""
    return _("There is nothing here for you.")
