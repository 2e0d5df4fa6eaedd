"""Reports of harm on Today: they climb from worker to supervisor to head until answered (R63)."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.casework.reports import alarms_for
from tonghu.look.templatetags.look import moment_words
from tonghu.people import numbers
from tonghu.portals.today_cards import Card, Group, today_card


@today_card
def reports_of_harm(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Put each unanswered report before who must act; nobody takes the card off but by answering.

    The card carries the number alone: no name, no word of what is feared.
    """
    for report, clock in alarms_for(by, at=at):
        tells = clock.waits_for == "report"
        yield Card(
            Group.OVERDUE if tells or clock.is_late(at) else Group.TODAY,
            "alert-triangle",
            _("Report of harm %(number)s") % {"number": numbers.shown(report.number)},
            _("No authority was told yet.") if tells else _("No answer yet. Ask for it."),
            _("Open the report"),
            reverse("report", args=[report.pk]),
            due=_("until %(moment)s") % {"moment": moment_words(clock.until)},
        )
