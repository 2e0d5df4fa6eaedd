"""What the case itself tells on its timeline: its steps, its risk, the contacts on the file."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tonghu.access.actors import Actor
from tonghu.casework.models import Case
from tonghu.casework.queries import findings_of, steps_of
from tonghu.casework.steps import STEPS
from tonghu.casework.timeline import KINDS, Told, tells
from tonghu.look.addresses import address
from tonghu.services.constants import MET, Mode
from tonghu.services.queries import contacts_of

KINDS.register("contact", gettext_lazy("Contacts"))
KINDS.register("assessment", gettext_lazy("Assessments"))
KINDS.register("step", gettext_lazy("Progress"))
ICONS = {Mode.HOME: "home-heart", Mode.PHONE: "phone", Mode.VIDEO: "phone", Mode.MESSAGE: "phone"}


@tells
def steps(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell how the case came to where it stands."""
    for row in steps_of(case, by, on=on):
        name = STEPS[row.step].name if row.step in STEPS else _("Heard of")
        text = row.reason or (case.problem if row.step == "lead" else "")
        who = row.by.called if row.by else ""
        yield Told(row.at, "step", "flag", name, text, who)


@tells
def findings(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell how much danger persons saw."""
    moods = {"L1_URGENT": "h", "L2_HIGH": "h", "L3_MEDIUM": "m"}
    for row in findings_of(case, by, on=on):
        yield Told(
            row.set_at,
            "assessment",
            "alert-triangle",
            _("Risk judged"),
            row.reason,
            row.set_by.called if row.set_by else "",
            badge=row.get_level_display(),
            mood=moods.get(row.level, ""),
        )


@tells
def contacts(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell the contacts on the child's file since the case was heard of."""
    for row in contacts_of(case.child, by, on=on).filter(happened_at__date__gte=case.opened_on):
        minutes = ngettext("%(n)s minute", "%(n)s minutes", row.minutes) % {"n": row.minutes}
        met = row.result in MET
        yield Told(
            row.happened_at,
            "contact",
            ICONS.get(Mode(row.mode), "users-group"),
            f"{row.get_mode_display()} · {minutes}",
            row.happened,
            row.author.called if row.author else "",
            address("contact", row.pk),
            badge="" if met else row.get_result_display(),
            mood="" if met else "m",
        )
