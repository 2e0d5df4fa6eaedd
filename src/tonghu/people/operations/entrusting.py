"""What the law asks of entrusted care: a fit carer, written notice, weekly contact."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.constants import ContactWay
from tonghu.people.entrusting import fitness_of
from tonghu.people.models import CareSpan
from tonghu.people.policy import CHILDREN


class NotEntrusted(Refused):
    """The law asks this of entrusted care; this stretch of care is none."""


@operation("people.entrusted_carer.checked")
def check_fitness(
    *,
    care: CareSpan,
    has_harmed: bool | None,
    is_addicted: bool | None,
    has_failed: bool | None,
    is_otherwise_unfit: bool | None,
    is_able: bool | None,
    checked_on: dt.date,
    asked: str = "",
    by: Actor,
    at: dt.datetime,
) -> Outcome[CareSpan]:
    """Note whether an entrusted carer may care for a child: the four barred classes, one by one.

    What the answers come to is worked out, not chosen (law on minors, article 22).

    :raises Refused: unless ``by`` may write the file.
    :raises NotEntrusted: when the care is not entrusted.
    """
    _require_entrusted(care, by, at)
    barred = (has_harmed, is_addicted, has_failed, is_otherwise_unfit)
    changes = assign(
        care,
        has_harmed=has_harmed,
        is_addicted=is_addicted,
        has_failed=has_failed,
        is_otherwise_unfit=is_otherwise_unfit,
        is_able=is_able,
        fitness=fitness_of(barred, is_able=is_able),
        fitness_checked_on=checked_on,
        fitness_checked_by=by.account,
        fitness_asked=asked.strip(),
    )
    return changed(care, changes, about=care.child_id) if changes else unchanged(care)


@operation("people.entrusted_care.noted")
def note_entrusted_care(
    *,
    care: CareSpan,
    confirmed_on: dt.date | None = None,
    child_heard: bool | None = None,
    school_told_on: dt.date | None = None,
    committee_told_on: dt.date | None = None,
    weekly_contact: bool | None = None,
    contact_by: ContactWay | str = "",
    contact_asked_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[CareSpan]:
    """Note what has been done of what the law asks of entrusted care (articles 22 and 23).

    :raises Refused: unless ``by`` may write the file.
    :raises NotEntrusted: when the care is not entrusted.
    """
    _require_entrusted(care, by, at)
    changes = assign(
        care,
        confirmed_on=confirmed_on,
        child_heard=child_heard,
        school_told_on=school_told_on,
        committee_told_on=committee_told_on,
        weekly_contact=weekly_contact,
        contact_by=contact_by if weekly_contact else "",
        contact_asked_on=contact_asked_on,
    )
    return changed(care, changes, about=care.child_id) if changes else unchanged(care)


def _require_entrusted(care: CareSpan, by: Actor, at: dt.datetime) -> None:
    CHILDREN.require(Action.WRITE, by, care.child, on=day(at))
    if not care.is_entrusted:
        raise NotEntrusted(
            _("The parents have not entrusted the child here. Note first who cares, and tick it.")
        )
