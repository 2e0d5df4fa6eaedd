"""What opens and closes files: dated rows that every Rule joins, as sets of the files they name."""

import datetime as dt
from typing import Any

from django.db.models import CharField, DateTimeField, Q, QuerySet, UUIDField
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.anybody import moment_of
from tonghu.access.models import BreakGlass, Closing, Reason, SealOpening
from tonghu.kernel import clock
from tonghu.kernel.law import upholds
from tonghu.kernel.prepared import Asked, Chosen, PreparedSet

SEALED = "access.closing"
"""The kind of record for which who is named writes down a reason, to open a sealed file."""


def _opened_seals(account: Any, at: Any) -> "QuerySet[SealOpening]":
    """Return the seals that somebody named in them has opened today, with a reason (R57)."""
    reasons = Reason.objects.unscoped("part of every Rule").filter(
        account=account, target_kind=SEALED, until_at__gt=at
    )
    named = SealOpening.objects.unscoped("part of every Rule")
    return named.filter(account=account, closing__in=reasons.values("target_id"))


def _shut(account: Any) -> "QuerySet[Closing]":
    """Return what closes files to somebody: in person, or to all by a seal."""
    rows = Closing.objects.unscoped("part of every Rule")
    mine = Q(account=account) | Q(account__isnull=True)
    return rows.filter(mine, lifted_at__isnull=True)


def _asked_shut() -> "QuerySet[Closing]":
    return _shut(Asked("account", UUIDField())).filter(target_kind=Asked("kind", CharField()))


def _asked_opened() -> "QuerySet[SealOpening]":
    return _opened_seals(Asked("account", UUIDField()), Asked("at", DateTimeField()))


closed_to = PreparedSet(lambda: _asked_shut().values("target_id"), UUIDField())
closed_now = PreparedSet(
    lambda: _asked_shut().exclude(pk__in=_asked_opened().values("closing_id")).values("target_id"),
    UUIDField(),
)
not_theirs = PreparedSet(
    lambda: (
        _asked_shut()
        .exclude(pk__in=_asked_opened().filter(may_approve=True).values("closing_id"))
        .values("target_id")
    ),
    UUIDField(),
)
let_in = PreparedSet(
    lambda: _asked_opened().filter(closing__lifted_at__isnull=True).values("closing__target_id"),
    UUIDField(),
)
held_open = PreparedSet(
    lambda: (
        Reason.objects.unscoped("part of every Rule")
        .filter(
            account=Asked("account", UUIDField()),
            target_kind=Asked("kind", CharField()),
            until_at__gt=Asked("at", DateTimeField()),
        )
        .values("target_id")
    ),
    UUIDField(),
)


@upholds("R65", says=gettext_lazy("a reason opens to the end of the day"))
def open_reasons(by: Actor, target_kind: str) -> "QuerySet":
    """Return the files a written reason holds open: this person, to the end of the day."""
    return (
        Reason.objects.unscoped("part of every Rule")
        .filter(account=by.account_id, target_kind=target_kind, until_at__gt=moment_of(by))
        .values("target_id")
    )


@upholds("R65", says=gettext_lazy("a reason opens to the end of the day"))
def reasons_today(by: Actor, at: dt.datetime) -> int:
    """Return how many files this person has opened by reason since the day began."""
    rows = Reason.objects.unscoped("one's own reasons are counted")
    until_at = clock.end_of(clock.day(at))
    return rows.filter(account=by.account_id, until_at=until_at).count()


@upholds("R66", says=gettext_lazy("break-glass opens for 24 hours"))
def open_glass(by: Actor, target_kind: str) -> "QuerySet":
    """Return the files that break-glass holds open: this person, 24 hours."""
    return (
        BreakGlass.objects.unscoped("part of every Rule")
        .filter(account=by.account_id, target_kind=target_kind, until_at__gt=moment_of(by))
        .values("target_id")
    )


@upholds("R55", "R56", "R57", "R59", says=gettext_lazy("a closing beats every opening"))
def closings(by: Actor, target_kind: str = "") -> "QuerySet":
    """Return the files closed to this person, of one kind or of all; it beats every opening.

    A sealed file is closed to all but those named in the seal who opened it today.
    """
    opened = _opened_seals(by.account_id, moment_of(by)).values("closing_id")
    shut = _shut(by.account_id).exclude(pk__in=opened)
    return (shut.filter(target_kind=target_kind) if target_kind else shut).values("target_id")


@upholds("R55", "R56", "R57", "R59", says=gettext_lazy("a closing beats every opening"))
def shut_to(by: Actor, target_kind: str) -> Chosen:
    """Return the files of one kind closed to this person, to stand inside a question."""
    return closed_now(account=by.account_id, kind=target_kind, at=moment_of(by))
