"""Questions about incidents and conferences, and what they owe."""

import datetime as dt
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Membership
from tonghu.access.sheets import Action
from tonghu.casework.due import Due, offers_due
from tonghu.casework.models import (
    Case,
    Conference,
    ConferenceDecision,
    ConferenceMember,
    Incident,
    IncidentNotice,
)
from tonghu.casework.policy import PARTS_OF_CASES
from tonghu.kernel.clock import day
from tonghu.kernel.periods import in_force
from tonghu.kernel.working_days import working_days_after
from tonghu.look.addresses import address
from tonghu.look.templatetags.look import day_of_year

LOOKED_BACK_WITHIN = 3
"""Working days until somebody else looks back on an incident *(decided, as R66)*."""


def incident_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Incident:
    """Return one incident.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    :raises Forbidden: when she may find it, but not do this.
    """
    rows = Incident.objects.select_related("case__child__person", "author", "reviewed_by")
    return PARTS_OF_CASES.get(action, rows, by, pk, on=on)


def incidents_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[Incident]":
    """Return the incidents of a case that the actor may read, the newest first."""
    rows = Incident.objects.filter(case=case).select_related("author")
    return PARTS_OF_CASES.rows(Action.READ, rows, by, on=on).order_by("-happened_at", "-pk")


def notices_of(incident: Incident, by: Actor, *, on: dt.date) -> list[IncidentNotice]:
    """Return who was told of an incident, the first one first.

    :raises Refused: unless the actor may read it.
    """
    PARTS_OF_CASES.require(Action.READ, by, incident, on=on)
    rows = IncidentNotice.objects.unscoped("of an incident whose Rule was asked above")
    return list(rows.filter(incident=incident).order_by("told_at", "pk"))


def conference_for(by: Actor, pk: UUID, *, on: dt.date) -> Conference:
    """Return one conference.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = Conference.objects.select_related("case__child__person", "author")
    return PARTS_OF_CASES.get(Action.READ, rows, by, pk, on=on)


def conferences_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[Conference]":
    """Return the conferences about a case that the actor may read, the newest first."""
    rows = Conference.objects.filter(case=case).select_related("author")
    return PARTS_OF_CASES.rows(Action.READ, rows, by, on=on).order_by("-held_on", "-pk")


def decision_for(
    by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ
) -> ConferenceDecision:
    """Return one decision of a conference.

    :raises Hidden: when the actor may not know of it.
    :raises Forbidden: when she may find it, but not do this.
    """
    rows = ConferenceDecision.objects.select_related("conference", "case__child__person")
    return PARTS_OF_CASES.get(action, rows, by, pk, on=on)


def decisions_of(conference: Conference, by: Actor, *, on: dt.date) -> list[ConferenceDecision]:
    """Return what a conference decided, by day.

    :raises Refused: unless the actor may read it.
    """
    PARTS_OF_CASES.require(Action.READ, by, conference, on=on)
    rows = ConferenceDecision.objects.unscoped("of a conference whose Rule was asked above")
    return list(rows.filter(conference=conference).order_by("due_on", "pk"))


def members_of(conference: Conference, by: Actor, *, on: dt.date) -> list[str]:
    """Return which colleagues sat in a conference, by name.

    :raises Refused: unless the actor may read it.
    """
    PARTS_OF_CASES.require(Action.READ, by, conference, on=on)
    rows = ConferenceMember.objects.unscoped("of a conference whose Rule was asked above")
    rows = rows.filter(conference=conference).select_related("account")
    return [one.account.called for one in rows.order_by("account__name")]


def colleagues(by: Actor, *, on: dt.date) -> list[Account]:
    """Return who works at the agency on the day, to be named as members of a conference."""
    held = Membership.objects.unscoped("colleagues to be named in a conference")
    held = held.filter(in_force(on), agency_id=by.agency_id)
    return list(
        Account.objects.filter(is_active=True, pk__in=held.values("account_id")).order_by(
            "name", "pk"
        )
    )


@offers_due
def looks_back(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say which incidents nobody else has looked back on."""
    by_pk = {one.pk: one for one in cases}
    rows = Incident.objects.unscoped("of cases that were found under their Rule")
    for row in rows.filter(case__in=list(by_pk), reviewed_at__isnull=True).order_by("pk"):
        yield Due(
            by_pk[row.case_id],
            _("The supervisor looks back on the incident"),
            _("Within three working days, by somebody else."),
            working_days_after(day(row.recorded_at), LOOKED_BACK_WITHIN),
            _("Open the incident"),
            address("incident", row.pk),
            "alert-triangle",
        )


@offers_due
def decisions(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say which decisions of conferences are not done."""
    by_pk = {one.pk: one for one in cases}
    rows = ConferenceDecision.objects.unscoped("of cases that were found under their Rule")
    rows = rows.filter(case__in=list(by_pk), done_at__isnull=True).select_related("conference")
    for row in rows.order_by("pk"):
        held_on = day_of_year(row.conference.held_on)
        yield Due(
            by_pk[row.case_id],
            row.what,
            _("Decided in the conference of %(day)s; %(owner)s does it.")
            % {"day": held_on, "owner": row.owner},
            row.due_on,
            _("Say what came of it"),
            address("decision", row.pk),
            "users-group",
        )
