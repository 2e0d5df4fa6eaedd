"""The conditions of which definitions are made: each looks at facts and says what it found.

A condition answers yes, no, or nothing where a fact is missing, with a sentence and with the
fact as a code, of which the print of a finding is made.
"""

import datetime as dt
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tonghu.people.constants import (
    Benefit,
    BenefitState,
    CareArrangement,
    GuardianshipBasis,
    ParentStatus,
    PlaceKind,
    Reach,
)
from tonghu.people.definitions.facts import Facts, How

Told = tuple[bool | None, str | Promise, str]
Condition = Callable[[Facts], Told]
MONTHS_OF_A_YEAR = 12
GONE = frozenset({ParentStatus.DEAD, ParentStatus.DECLARED_DEAD})
MISSING = GONE | {ParentStatus.DECLARED_MISSING}
LOCKED_UP = frozenset({ParentStatus.IN_CUSTODY, ParentStatus.COMPULSORY_DETOX})
CANNOT = frozenset(
    {
        *MISSING,
        *LOCKED_UP,
        ParentStatus.SEVERELY_ILL,
        ParentStatus.LEFT_HOME,
        ParentStatus.NOT_SUPPORTING,
    }
)
OPEN = frozenset({ParentStatus.DISABLED, ParentStatus.REMARRIED, ParentStatus.UNKNOWN})
BY_PARENTS = frozenset(
    {CareArrangement.PARENT_BOTH, CareArrangement.PARENT_ONE, CareArrangement.STEP_PARENT}
)
UNCARED = frozenset({CareArrangement.ALONE, CareArrangement.NONE, CareArrangement.CHILD_HEADED})


def under(limit: int) -> Condition:
    """Return the condition that a child is younger than a number of years."""

    def ask(facts: Facts) -> Told:
        young = facts.birth.is_under(limit, facts.on) if facts.birth else None
        says = {
            True: _("under {limit} years old"),
            False: _("{limit} years old or older"),
            None: _("whether the child is under {limit}: the birth date"),
        }[young]
        return young, format_lazy(says, limit=limit), f"under {limit}: {young}"

    return ask


def in_a_village() -> Condition:
    """Return the condition that a child lives in a village."""

    def ask(facts: Facts) -> Told:
        place = facts.home.place if facts.home else None
        if place is None:
            return None, _("in which village or community the child lives"), "place: ?"
        if place.kind == PlaceKind.VILLAGE:
            return True, _("lives in a village"), "place: village"
        return False, _("lives in an urban community"), "place: community"

    return ask


def parents_away(*, one_is_enough: bool = False) -> Condition:
    """Return the condition that both parents work away, or one does and the other cannot care."""

    def ask(facts: Facts) -> Told:
        both = [facts.father, facts.mother]
        fact = f"away: {_code(facts.father)} {_code(facts.mother)}"
        statuses = [how.status if how else None for how in both]
        away = statuses.count(ParentStatus.WORKING_AWAY)
        if away and one_is_enough:
            return True, _("a parent works away"), fact
        if ParentStatus.HEALTHY in statuses:
            return False, _("a parent is at home"), fact
        if any(one is None or one in OPEN for one in statuses):
            return None, _("how the father and the mother are, and whether they can care"), fact
        if not away:
            return False, _("neither parent works away"), fact
        if away == len(both):
            return True, _("both parents work away"), fact
        return True, _("one parent works away, the other cannot care"), fact

    return ask


def both_dead() -> Condition:
    """Return the condition that both parents are dead or declared dead."""

    def ask(facts: Facts) -> Told:
        both = [facts.father, facts.mother]
        fact = f"dead: {_code(facts.father)} {_code(facts.mother)}"
        if any(how and how.status not in GONE | {ParentStatus.UNKNOWN} for how in both):
            return False, _("a parent is alive"), fact
        if all(how and how.status in GONE for how in both):
            return True, _("both parents are dead"), fact
        return None, _("how the father and the mother are"), fact

    return ask


def one_of_them(statuses: frozenset[ParentStatus], yes: Promise, no: Promise) -> Condition:
    """Return the condition that at least one parent is so."""

    def ask(facts: Facts) -> Told:
        both = [facts.father, facts.mother]
        fact = f"one of: {_code(facts.father)} {_code(facts.mother)}"
        if any(how and how.status in statuses for how in both):
            return True, yes, fact
        if all(how and how.status is not ParentStatus.UNKNOWN for how in both):
            return False, no, fact
        return None, _("how the father and the mother are"), fact

    return ask


def neither_supports(months: int) -> Condition:
    """Return the condition that each parent is in one of the states the bureau names.

    Severely ill or disabled, locked up or out of contact for some months; one of the two may be
    dead or declared missing, not both dead: that child is an orphan.
    """

    def ask(facts: Facts) -> Told:
        told = [_unsupporting(facts.father, months, facts.on)]
        told.append(_unsupporting(facts.mother, months, facts.on))
        fact = f"unsupported: {_code(facts.father)} {told[0]} {_code(facts.mother)} {told[1]}"
        if all(how and how.status in GONE for how in (facts.father, facts.mother)):
            return False, _("both parents are dead: the child is an orphan"), fact
        if told[0] is False:
            return False, _("the father is in none of the states the rule names"), fact
        if told[1] is False:
            return False, _("the mother is in none of the states the rule names"), fact
        if told[0] is None:
            return None, _open_about(facts.father, _("the father")), fact
        if told[1] is None:
            return None, _open_about(facts.mother, _("the mother")), fact
        return True, _("father and mother are both in a state the rule names"), fact

    return ask


def _unsupporting(how: How | None, months: int, on: dt.date) -> bool | None:
    if how is None or how.status in OPEN - {ParentStatus.REMARRIED}:
        return None
    if how.status in MISSING or how.status is ParentStatus.SEVERELY_ILL:
        return True
    if how.status in LOCKED_UP or how.status is ParentStatus.LEFT_HOME:
        return lasts(how.from_on, months, on, since_known=how.since_known)
    return None if how.status is ParentStatus.NOT_SUPPORTING else False


def _open_about(how: How | None, who: Promise) -> Promise:
    if how is None or how.status is ParentStatus.UNKNOWN:
        return format_lazy(_("how {who} is"), who=who)
    if how.status is ParentStatus.DISABLED:
        return format_lazy(_("the grade of the disability of {who}"), who=who)
    if how.status is ParentStatus.NOT_SUPPORTING:
        return format_lazy(_("whether {who} was reported to the police as out of contact"), who=who)
    return format_lazy(_("since when {who} is away"), who=who)


def lasts(from_on: dt.date, months: int, on: dt.date, *, since_known: bool) -> bool | None:
    """Tell whether something has lasted some months; what began earlier than known may have."""
    whole = (on.year - from_on.year) * MONTHS_OF_A_YEAR + on.month - from_on.month
    if whole - (on.day < from_on.day) >= months:
        return True
    return False if since_known else None


def registered_elsewhere(*reaches: Reach) -> Condition:
    """Return the condition that the household is registered that far away."""

    def ask(facts: Facts) -> Told:
        reach = facts.reach
        if reach is None:
            says = _("whether the household is registered in another township or county")
            return None, says, "registered: ?"
        words = {
            Reach.SAME_TOWNSHIP: _("registered in the same township"),
            Reach.OTHER_TOWNSHIP: _("registered in another township of the county"),
            Reach.OTHER_COUNTY: _("registered in another county"),
        }
        return reach in reaches, words[reach], f"registered: {reach}"

    return ask


def lives_here(months: int) -> Condition:
    """Return the condition that a child has lived at its place for some months."""

    def ask(facts: Facts) -> Told:
        home = facts.home
        long = None
        if home is not None:
            long = lasts(home.from_on, months, facts.on, since_known=home.since_known)
        says = {
            True: _("has lived here for {months} months or longer"),
            False: _("has lived here for less than {months} months"),
            None: _("since when the child lives here"),
        }[long]
        return long, format_lazy(says, months=months), f"lives here {months}: {long}"

    return ask


def with_parent_or_guardian() -> Condition:
    """Return the condition that a parent or guardian cares for the child."""

    def ask(facts: Facts) -> Told:
        care = facts.care
        if care is None:
            return None, _("who cares for the child"), "cares: ?"
        guardians = {one.guardian_id for one in facts.guardians}
        if care.arrangement in BY_PARENTS or care.carer_id in guardians:
            return True, _("lives with a parent or guardian"), "cares: guardian"
        return False, _("does not live with a parent or guardian"), "cares: other"

    return ask


def receives(*benefits: Benefit) -> Condition:
    """Return the condition that the family receives one of these benefits."""

    def ask(facts: Facts) -> Told:
        arriving = [one for one in benefits if one in facts.receives]
        if arriving:
            says = format_lazy(_("receives: {benefit}"), benefit=arriving[0].label)
            return True, says, f"receives: {arriving[0]}"
        states = [facts.benefits[one].state for one in benefits if one in facts.benefits]
        if states == [BenefitState.NOT_ELIGIBLE] * len(benefits):
            return False, _("the benefits that show it are not due"), "receives: none"
        says = format_lazy(_("whether it receives: {benefit}"), benefit=benefits[0].label)
        return None, says, "receives: ?"

    return ask


def nobody_cares() -> Condition:
    """Return the condition that a child is without a carer, or without any guardian."""

    def ask(facts: Facts) -> Told:
        if any(one.basis == GuardianshipBasis.NONE for one in facts.guardians):
            return True, _("no guardian was found"), "uncared: no guardian"
        if facts.care is None:
            return None, _("who cares for the child"), "uncared: ?"
        if facts.care.arrangement in UNCARED:
            return True, _("no adult cares for the child"), f"uncared: {facts.care.arrangement}"
        return False, _("an adult cares for the child"), "uncared: no"

    return ask


def _code(how: How | None) -> str:
    return how.status.value if how else "?"
