"""Who proposes, confirms and stops an erasure, holds a file, and answers a correction (R53, R83).

Apart from ``policy.py``, on which it stands: the rights of child and guardian are classes of
their own.
"""

import datetime as dt

from django.db.models import Q, UUIDField
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.openings import closings
from tonghu.access.policy import the_program
from tonghu.access.roles import AgencyHead, Supervisor
from tonghu.access.sheets import SHUT_TO_ALL, Action, Sheet
from tonghu.kernel.prepared import PreparedSet
from tonghu.kernel.rules import NOTHING, Rule
from tonghu.people.constants import ErasureState
from tonghu.people.models import Child, Erasure
from tonghu.people.policy import CHILDREN, FILE, answers_for, at_work, head, team

ERASING = Sheet(
    number="R53",
    name=_("Children: erasing a file"),
    target_kind=FILE,
    find=at_work | team | head,
    read=at_work | head,
    write=answers_for,
    approve=head,
    law=("R83", "R84"),
)
HOLDS = Sheet(
    number="R83",
    name=_("Children: files kept for a court, the police or an inspection"),
    target_kind=FILE,
    find=at_work | team | head,
    read=at_work | head,
    write=head,
    approve=answers_for,
)
CORRECTIONS = Sheet(
    number="R88",
    name=_("Children: requests to correct something"),
    target_kind=FILE,
    find=at_work | team | head | the_program,
    read=at_work | the_program,
    read_with_reason=head,
    write=at_work | the_program,
    approve=at_work,
)


def _about_files(sheet: Sheet, action: Action) -> Rule:
    """Return the rule of acts about the files on which the actor may do this."""

    def where(by: Actor, on: dt.date) -> Q:
        if not sheet.is_offered(action, by, on=on):
            return NOTHING
        files = sheet.rows(action, Child.objects.all(), by, on=on)
        return Q(subject_id__in=files.values("pk"))

    return Rule(sheet.rules(action)[0].says, where)


releases_a_file = _about_files(CHILDREN, Action.APPROVE)
confirms_erasing = _about_files(ERASING, Action.APPROVE)
lifts_a_hold = _about_files(HOLDS, Action.APPROVE)


def _erasures_open_to(by: Actor, on: dt.date) -> Q:
    """Return the erasures of files that are not closed to this person, whoever she is."""
    if by.role_key == AgencyHead.key:
        return ~Q(file__in=closings(by, FILE))
    if by.role_key == Supervisor.key:
        return Q(proposed_by=by.account_id) & ~Q(file__in=closings(by, FILE))
    return NOTHING


decides_erasures = Rule(_("the agency head, and who proposed it"), _erasures_open_to)
ERASURES = Sheet(
    number="R53",
    name=_("Erasures that wait, and those carried out"),
    target_kind="people.erasure",
    find=decides_erasures,
    read=decides_erasures,
    write=decides_erasures | the_program,
    law=("R83",),
)

SHUT_TO_ALL.register(
    FILE,
    PreparedSet(
        lambda: (
            Erasure.objects.unscoped("part of every Rule")
            .filter(state=ErasureState.WAITING, file__isnull=False)
            .values("file")
        ),
        UUIDField(),
    ),
)
