"""What casework signs up for with the floors below, when the product starts."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.events import say
from tonghu.access.roles import AgencyHead, SocialWorker, Supervisor
from tonghu.access.sheets import Action, Answer
from tonghu.casework import (  # noqa: F401 -- what a case owes, tells and offers
    appointed,
    assessed,
    beginnings,
    capable,
    clocks,
    desk,
    emergencies,
    ending_papers,
    goal_links,
    handing_words,
    harm_words,
    incident_words,
    onward_words,
    papering,
    plan_clocks,
    plan_events,
    plan_papers,
    plan_sections,
    plan_telling,
    supervised,
    supporting,
    telling,
)
from tonghu.casework.due import due_in
from tonghu.casework.operations import (  # noqa: F401 -- their Rules are on the page of rules
    assessing,
    capacity,
    closings,
    describing,
    leads,
    planning,
    rating,
    reviews,
    risk,
    safety,
    scoring,
    signing,
    submitting,
    supervising,
)
from tonghu.casework.queries import cases_of, open_case_of
from tonghu.look.addresses import address
from tonghu.look.navigation import Entry, register
from tonghu.people.coming import Coming, offers_coming
from tonghu.people.models import Child
from tonghu.people.onward import Onward, offers_onward
from tonghu.services.policy import NOTES

register(
    Entry(
        "cases",
        "case-list",
        "user",
        _("Cases"),
        frozenset({AgencyHead.key, SocialWorker.key, Supervisor.key}),
        order=12,
    )
)
say(
    {
        "casework.lead.recorded": _("wrote a lead down"),
        "casework.case.screened": _("began the intake of a case"),
        "casework.case.declined": _("did not take a case on"),
        "casework.case.known": _("put a lead to the open case"),
        "casework.danger.ended": _("said that the danger is not there"),
        "casework.case.accepted": _("took a case on"),
        "casework.case.begun_in_emergency": _("began a case in an emergency"),
        "casework.case.reopened": _("opened a case again"),
        "casework.case.suspended": _("paused a case"),
        "casework.case.resumed": _("went on with a paused case"),
        "casework.risk.judged": _("judged the risk of a case"),
        "casework.paper.submitted": _("put a paper before the supervisor"),
        "casework.paper.commented": _("wrote beside a paper"),
        "casework.paper.approved": _("approved a paper"),
        "casework.paper.returned": _("returned a paper"),
    }
)


@offers_onward
def work_on_the_file(child: Child, by: Actor, on: dt.date) -> Iterator[Onward]:
    """Offer the open case, a contact, a lead, to whom they are open."""
    if NOTES.judge(Action.WRITE, by, child, on=on) is Answer.ALLOW:
        contact = address("contact-new", child.pk)
        yield Onward(_("Write a contact down"), contact, "note", is_first=True)
        yield Onward(_("Write a lead down"), address("lead-new", child.pk), "flag")
    yield Onward(_("Report harm"), address("report-of-child", child.pk), "alert-triangle")
    if NOTES.judge(Action.WRITE, by, child, on=on) is Answer.ALLOW:
        yield Onward(_("In danger now"), address("emergency-new", child.pk), "phone")
    case = open_case_of(child, by, on=on)
    if case is not None:
        yield Onward(_("Open the case"), address("case", case.pk), "folder")


@offers_coming
def due_on_the_file(child: Child, by: Actor, on: dt.date) -> Iterator[Coming]:
    """Say on a child's file what its cases owe."""
    for one in due_in(list(cases_of(child, by, on=on).select_related("child__person")), on=on):
        yield Coming(one.on, one.what, "", one.address)
