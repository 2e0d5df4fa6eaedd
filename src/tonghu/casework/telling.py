"""What the case itself tells on its timeline: its steps, its risk, the contacts on the file."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tonghu.access.actors import Actor
from tonghu.casework.constants import MOODS
from tonghu.casework.models import Case
from tonghu.casework.queries import findings_of, steps_of
from tonghu.casework.steps import STEPS
from tonghu.casework.timeline import KINDS, Told, tells
from tonghu.kernel.clock import end_of
from tonghu.look.addresses import address
from tonghu.services.constants import MET, Mode, Safety
from tonghu.services.models import Contact
from tonghu.services.queries import contacts_of, notes_of, unscoped_newer_entries

KINDS.register("contact", gettext_lazy("Contacts"))
KINDS.register("assessment", gettext_lazy("Assessments"))
KINDS.register("note", gettext_lazy("Notes"))
KINDS.register("step", gettext_lazy("Progress"))
ICONS = {Mode.HOME: "home-heart", Mode.PHONE: "phone", Mode.VIDEO: "phone", Mode.MESSAGE: "phone"}


@tells
def steps(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell how the case came to where it stands."""
    for row in steps_of(case, by, on=on):
        name = STEPS[row.step].name if row.step in STEPS else _("Heard of")
        text = row.reason or (case.problem if row.step == "lead" else "")
        who = row.by.called if row.by else ""
        yield Told(row.at, "step", "flag", name, text, who, author=row.by_id)


@tells
def findings(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell how much danger persons saw."""
    for row in findings_of(case, by, on=on):
        yield Told(
            row.set_at,
            "assessment",
            "alert-triangle",
            _("Risk judged"),
            row.reason,
            row.set_by.called if row.set_by else "",
            author=row.set_by_id,
            badge=row.get_level_display(),
            mood=MOODS.get(row.level, ""),
        )


@tells
def contacts(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell the contacts on the child's file since the case was heard of."""
    rows = list(contacts_of(case.child, by, on=on).filter(happened_at__gte=_since(case)))
    corrected = unscoped_newer_entries([row.pk for row in rows])
    for row in rows:
        minutes = ngettext("%(n)s minute", "%(n)s minutes", row.minutes) % {"n": row.minutes}
        yield Told(
            row.happened_at,
            "contact",
            ICONS.get(Mode(row.mode), "users-group"),
            f"{row.get_mode_display()} · {minutes}",
            row.happened,
            row.author.called if row.author else "",
            address("contact", row.pk),
            badge=_badge(row, is_corrected=row.pk in corrected),
            mood=_mood(row),
            noted_at=row.recorded_at,
            author=row.author_id,
            struck=row.pk in corrected,
        )


def _since(case: Case) -> dt.datetime:
    """Return the first moment of the day on which the case was heard of."""
    return end_of(case.opened_on - dt.timedelta(days=1))


def _badge(row: Contact, *, is_corrected: bool) -> str:
    if is_corrected:
        return _("corrected")
    if row.safety and row.safety != Safety.SAFE:
        return row.get_safety_display()
    return "" if row.result in MET else row.get_result_display()


def _mood(row: Contact) -> str:
    if row.safety == Safety.DANGER:
        return "h"
    return "" if row.result in MET and row.safety != Safety.WORRIED else "m"


@tells
def notes(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell the lines written in passing since the case was heard of."""
    rows = notes_of(case.child, by, on=on).filter(written_at__gte=_since(case))
    for row in rows:
        yield Told(
            row.written_at,
            "note",
            "note",
            _("Note"),
            row.words,
            row.author.called if row.author else "",
            author=row.author_id,
        )
