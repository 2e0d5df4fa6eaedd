"""Who may do what with notes of contacts (R26) and with reflections (R27)."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.policy import duties, the_program
from tonghu.access.roles import Supervisor
from tonghu.access.sheets import Sheet
from tonghu.kernel.law import upholds
from tonghu.kernel.rules import NOTHING, Rule
from tonghu.people.policy import (
    FILE,
    HOLDING,
    WORKER,
    answers_for,
    at_work,
    head,
    own,
    supervised,
    team,
)

NOTES = Sheet(
    number="R26",
    name=_("Contacts, visits and cases"),
    target_kind=FILE,
    find=at_work | head | the_program,
    read=at_work | the_program,
    read_with_reason=team | head,
    write=at_work | team | the_program,
    approve=answers_for,
    export_with_reason=own | supervised | head,
    breakable=True,
    by_seal=True,
)
"""Over files: whose notes somebody may read, and on whose file she may add one."""
CONTACTS = NOTES.on("child")


@upholds(
    "R27", says=_("a reflection is its author's, while the file is hers, and her supervisor's")
)
def _authors(by: Actor, on: dt.date) -> Q:
    if by.account_id is None:
        return NOTHING
    return Q(author=by.account_id, child_id__in=duties(by, on, HOLDING, FILE))


def _supervises_the_author(by: Actor, on: dt.date) -> Q:
    if by.role_key != Supervisor.key:
        return NOTHING
    return Q(author__in=duties(by, on, [DutyKind.SUPERVISION], WORKER))


author = Rule(_("who wrote it, while the file is hers"), _authors)
authors_supervisor = Rule(_("the supervisor of who wrote it"), _supervises_the_author)
REFLECTIONS = Sheet(
    number="R27",
    name=_("Private reflections on contacts"),
    target_kind=FILE,
    target="child_id",
    find=author | authors_supervisor,
    read=author | authors_supervisor,
    write=author,
)
