"""What the law asks when parents entrust a child, and what of it is missing (articles 22, 23).

A fit adult who is in none of the four barred classes, the child heard, school and committee told
in writing, contact every week. A signed confirmation is what village officers ask for besides.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.people.constants import CareArrangement, Fitness, ParentStatus
from tonghu.people.definitions.facts import How
from tonghu.people.models import CareSpan

CONTACT_IS_NEWS_FOR = dt.timedelta(days=30)
"""An answer about weekly contact that is older is asked for again."""

BARRED = ("has_harmed", "is_addicted", "has_failed", "is_otherwise_unfit")
BY_PARENTS = (CareArrangement.PARENT_BOTH, CareArrangement.PARENT_ONE, CareArrangement.STEP_PARENT)


def fitness_of(barred: Iterable[bool | None], *, is_able: bool | None) -> Fitness:
    """Return what the answers about a carer come to; one that is open leaves it open."""
    answers = list(barred)
    if True in answers or is_able is False:
        return Fitness.UNFIT
    return Fitness.UNCHECKED if None in answers or is_able is None else Fitness.FIT


def missing_of(span: CareSpan, on: dt.date) -> list[str | Promise]:
    """Return in words what is missing of an entrusted care on a day."""
    wanted: list[tuple[object, str | Promise]] = [
        (span.fitness != Fitness.UNCHECKED, _("fitness not checked")),
        (span.confirmed_on, _("no signed confirmation")),
        (span.child_heard, _("the child was not heard")),
        (span.school_told_on, _("school not told in writing")),
        (span.committee_told_on, _("committee not told in writing")),
    ]
    missing = [words for there, words in wanted if not there]
    if span.weekly_contact is not True:
        missing.append(_("no weekly contact known"))
    elif span.contact_asked_on and on - span.contact_asked_on > CONTACT_IS_NEWS_FOR:
        missing.append(_("weekly contact not asked about for 30 days"))
    return missing


def is_left_without(care: CareSpan | None, father: How | None, mother: How | None) -> bool:
    """Tell whether both parents work away and have entrusted the child to nobody (article 22)."""
    if care is None or care.is_entrusted or care.arrangement in BY_PARENTS:
        return False
    return all(how and how.status is ParentStatus.WORKING_AWAY for how in (father, mother))
