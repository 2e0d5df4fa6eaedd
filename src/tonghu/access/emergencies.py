"""Files opened in an emergency: who reads of them, until when one is looked back on (R66)."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.looks import LOOKED
from tonghu.access.models import BreakGlass, JournalRow, Notice
from tonghu.access.policy import GLASSES
from tonghu.access.queries import notices_for
from tonghu.access.sheets import Action
from tonghu.kernel.checks import Verdict, check, ok, warning
from tonghu.kernel.clock import day, now
from tonghu.kernel.law import upholds
from tonghu.kernel.tenancy import rows_of_every_agency
from tonghu.kernel.working_days import working_days_after

REVIEWED_WITHIN = 3
"""Working days."""
AT_LEAST_SO_OLD = dt.timedelta(days=REVIEWED_WITHIN)


def glass_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> BreakGlass:
    """Return one emergency, as its file's people, supervisors and the head may read of it.

    :raises Hidden: when the actor may not know of it, or its file is closed to her.
    :raises Forbidden: when she may read of it, but not do this.
    """
    rows = BreakGlass.objects.select_related("account", "reviewed_by")
    return GLASSES.get(action, rows, by, pk, on=on)


def glasses_for(by: Actor, *, on: dt.date) -> "QuerySet[BreakGlass]":
    """Return the emergencies the actor may read of, the newest first."""
    rows = GLASSES.rows(Action.READ, BreakGlass.objects.all(), by, on=on)
    return rows.select_related("account", "reviewed_by").order_by("-opened_at", "-pk")


def glass_to_review(by: Actor, *, on: dt.date) -> "QuerySet[BreakGlass]":
    """Return the emergencies of others that nobody has looked back on yet, the oldest first."""
    rows = GLASSES.rows(Action.APPROVE, BreakGlass.objects.all(), by, on=on)
    rows = rows.filter(reviewed_at__isnull=True).exclude(account=by.account_id)
    return rows.select_related("account").order_by("opened_at", "pk")


def own_glass(by: Actor, target_id: UUID, *, at: dt.datetime) -> BreakGlass | None:
    """Return the emergency by which the actor holds a file open at this moment."""
    rows = BreakGlass.objects.unscoped("one's own emergencies")
    rows = rows.filter(account=by.account_id, agency_id=by.agency_id, target_id=target_id)
    return rows.filter(until_at__gt=at).order_by("-until_at").first()


def review_due_on(glass: BreakGlass) -> dt.date:
    """Return the last day on which somebody else may look back on it in time."""
    return working_days_after(day(glass.opened_at), REVIEWED_WITHIN)


@upholds("R66", says=_("who has not been reviewed within three working days raises an alarm"))
def is_late(glass: BreakGlass, *, on: dt.date) -> bool:
    """Tell whether nobody has looked back on it within three working days."""
    return glass.reviewed_at is None and review_due_on(glass) < on


def times_looked(glass: BreakGlass) -> int:
    """Return how often its opener looked at the file in it; the caller asked the glass's Rule."""
    rows = JournalRow.objects.unscoped("who reviews an emergency reads how often it was used")
    return rows.filter(
        about_id=glass.target_id,
        account_id=glass.account_id,
        event=LOOKED,
        at__gte=glass.opened_at,
        at__lte=glass.until_at,
    ).count()


def notice_of(glass: BreakGlass, by: Actor) -> Notice | None:
    """Return the notice of this emergency that the actor has not seen yet."""
    return notices_for(by).filter(subject_id=glass.pk).first()


@check("access.emergencies", at_start=False, asks_database=True)
@upholds("R66", says=_("doctor names the number of emergencies nobody has looked back on"))
def emergencies_reviewed() -> Verdict:
    """Warn of emergencies on which nobody has looked back within three working days."""
    at = now()
    with rows_of_every_agency("an alarm for whoever runs the program"):
        rows = BreakGlass.objects.unscoped("counted for the alarm; no file is named")
        old = rows.filter(reviewed_at__isnull=True, opened_at__lt=at - AT_LEAST_SO_OLD)
        late = sum(is_late(one, on=day(at)) for one in old)
    if late:
        return warning(
            f"{late} emergencies were not looked back on within three working days (R66).",
            "Tell the agency head: they wait on Today of the head and the supervisors.",
        )
    return ok("every emergency was looked back on in time")
