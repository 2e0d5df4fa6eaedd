"""The reasons of a week, for those who answer for them (R65)."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.models import Membership, Notice, Reason
from tonghu.access.openings import SEALED
from tonghu.access.policy import REASONS
from tonghu.access.queries import notices_for
from tonghu.access.roles import AgencyHead, Supervisor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import end_of
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force

DIGESTED = "access.reasons.digested"
WEEK = dt.timedelta(days=7)


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the week of a day."""
    return day - dt.timedelta(days=day.weekday())


@upholds("R65", "R57", says=_("the reasons of a week to supervisor and head; none tells of a seal"))
def reasons_of(by: Actor, monday: dt.date, *, on: dt.date) -> "QuerySet[Reason]":
    """Return the reasons others gave in the week that the actor answers for, oldest first.

    What opened a sealed file stands in no digest: it would tell that there is a seal.
    """
    rows = REASONS.rows(Action.READ, Reason.objects.all(), by, on=on)
    since = end_of(monday - dt.timedelta(days=1))
    rows = rows.filter(opened_at__gte=since, opened_at__lt=since + WEEK)
    rows = rows.exclude(account=by.account_id).exclude(target_kind=SEALED)
    return rows.select_related("account").order_by("opened_at", "pk")


def readers_of(agency_id: UUID, *, on: dt.date) -> list[Actor]:
    """Return the supervisors and heads in office, each under that role."""
    rows = Membership.objects.unscoped("the digest goes to those who answer for it")
    rows = rows.filter(in_force(on), agency_id=agency_id, role__in=(AgencyHead.key, Supervisor.key))
    held = rows.filter(account__is_active=True).select_related("account", "organisation")
    return [Actor(one.agency_id, one.account, one) for one in held.order_by("pk")]


def was_told(by: Actor, monday: dt.date) -> bool:
    """Tell whether somebody has had the notice of the week that ended before this Monday."""
    rows = Notice.objects.unscoped("one notice a week")
    since = end_of(monday - dt.timedelta(days=1))
    return rows.filter(account=by.account_id, event=DIGESTED, at__gte=since).exists()


def notice_of_digest(by: Actor) -> Notice | None:
    """Return the newest notice of a digest that the actor has not seen yet."""
    return notices_for(by).filter(event=DIGESTED).order_by("-at").first()
