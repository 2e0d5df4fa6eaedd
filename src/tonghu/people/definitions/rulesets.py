"""The rule sets: which law or plan calls which child so, from which day on.

Numbers and dates stand here and nowhere else. A definition that changes gets a new entry, and
the old one its last day; what was confirmed under it stays. ``mark`` is how well the text is
known: S read, H and M known in the field, to be checked before it is printed in a letter.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.people.constants import Benefit, Category, Reach
from tonghu.people.definitions.conditions import (
    LOCKED_UP,
    Condition,
    both_dead,
    in_a_village,
    lives_here,
    neither_supports,
    nobody_cares,
    one_of_them,
    parents_away,
    receives,
    registered_elsewhere,
    under,
    with_parent_or_guardian,
)


@dataclass(frozen=True)
class RuleSet:
    """One reading of one category, in force from a first day to an optional last one.

    ``reading`` tells the definitions apart that stand side by side; its versions follow each
    other. Where ``suggests`` is false, the reading counts for statistics and opens nothing. Where
    ``is_whole`` is false, it knows some of the law's cases only: it never suggests an end.
    """

    key: str
    reading: str
    category: Category
    title: Promise
    law: Promise
    mark: str
    from_on: dt.date
    conditions: tuple[Condition, ...]
    until_on: dt.date | None = None
    suggests: bool = True
    is_whole: bool = True

    def holds_on(self, on: dt.date) -> bool:
        """Tell whether the rule set is in force on a day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True)
class Change:
    """A definition that followed another one."""

    before: RuleSet
    after: RuleSet


RULESETS: tuple[RuleSet, ...] = (
    RuleSet(
        key="orphan-2010",
        reading="orphan",
        category=Category.ORPHAN,
        title=_("Orphan"),
        law=_("State Council Office 2010 No. 54"),
        mark="H",
        from_on=dt.date(2010, 11, 16),
        conditions=(under(18), both_dead()),
    ),
    RuleSet(
        key="left-behind-2013",
        reading="left-behind",
        category=Category.LEFT_BEHIND,
        title=_("Left-behind: a parent away, under 18"),
        law=_("Women’s Federation, study of 2013"),
        mark="M",
        from_on=dt.date(2013, 5, 1),
        until_on=dt.date(2016, 2, 3),
        conditions=(under(18), in_a_village(), parents_away(one_is_enough=True)),
    ),
    RuleSet(
        key="left-behind-2016",
        reading="left-behind",
        category=Category.LEFT_BEHIND,
        title=_("Left-behind: both parents away, or one away and the other unable; under 16"),
        law=_("State Council 2016 No. 13"),
        mark="S",
        from_on=dt.date(2016, 2, 4),
        conditions=(under(16), in_a_village(), parents_away()),
    ),
    RuleSet(
        key="migrant-plan-2024",
        reading="migrant-plan",
        category=Category.MIGRANT,
        title=_("Migrant, as the action plan says: another county, 6 months, under 16"),
        law=_("Action plan for migrant children, 2024"),
        mark="S",
        from_on=dt.date(2024, 8, 1),
        conditions=(
            under(16),
            registered_elsewhere(Reach.OTHER_COUNTY),
            lives_here(6),
            with_parent_or_guardian(),
        ),
    ),
    RuleSet(
        key="migrant-figures-2010",
        reading="migrant-figures",
        category=Category.MIGRANT,
        title=_("Migrant, as statistics count: another township, 6 months, under 18"),
        law=_("National census"),
        mark="S",
        from_on=dt.date(2010, 11, 1),
        conditions=(
            under(18),
            registered_elsewhere(Reach.OTHER_COUNTY, Reach.OTHER_TOWNSHIP),
            lives_here(6),
        ),
        suggests=False,
    ),
    RuleSet(
        key="hardship-economic-2016",
        reading="hardship-economic",
        category=Category.DIFF_ECONOMIC,
        title=_("In hardship: the family receives poverty support"),
        law=_("State Council 2016 No. 36"),
        mark="S",
        from_on=dt.date(2016, 6, 13),
        conditions=(under(18), receives(Benefit.DIBAO, Benefit.TEKUN)),
        is_whole=False,
    ),
    RuleSet(
        key="hardship-self-2016",
        reading="hardship-self",
        category=Category.DIFF_SELF,
        title=_("In hardship: the child itself is disabled"),
        law=_("State Council 2016 No. 36"),
        mark="S",
        from_on=dt.date(2016, 6, 13),
        conditions=(
            under(18),
            receives(Benefit.DISABILITY_LIVING, Benefit.DISABILITY_CARE, Benefit.REHABILITATION),
        ),
        is_whole=False,
    ),
    RuleSet(
        key="hardship-guardian-2016",
        reading="hardship-guardian",
        category=Category.DIFF_GUARDIAN,
        title=_("In hardship: without guardian or carer"),
        law=_("State Council 2016 No. 36"),
        mark="S",
        from_on=dt.date(2016, 6, 13),
        conditions=(under(18), nobody_cares()),
        is_whole=False,
    ),
    RuleSet(
        key="de-facto-2020",
        reading="de-facto",
        category=Category.DE_FACTO_UNSUPPORTED,
        title=_("De facto unsupported: both parents in a state the rule names"),
        law=_("Ministry of Civil Affairs 2019 No. 62"),
        mark="S",
        from_on=dt.date(2020, 1, 1),
        conditions=(under(18), neither_supports(months=6)),
    ),
    RuleSet(
        key="custody-2016",
        reading="custody",
        category=Category.PARENT_IN_CUSTODY,
        title=_("A parent in custody or compulsory detox"),
        law=_("State Council 2016 No. 36"),
        mark="M",
        from_on=dt.date(2016, 6, 13),
        conditions=(
            under(18),
            one_of_them(
                LOCKED_UP,
                _("a parent is in custody or compulsory detox"),
                _("no parent is in custody or compulsory detox"),
            ),
        ),
    ),
)


def rules_on(on: dt.date) -> list[RuleSet]:
    """Return the rule sets in force on a day."""
    return [rule for rule in RULESETS if rule.holds_on(on)]


def rule_named(key: str) -> RuleSet | None:
    """Return a rule set by its key, in force or not; nothing where there is none such."""
    return next((rule for rule in RULESETS if rule.key == key), None)


def changes_of(rulesets: Iterable[RuleSet] = RULESETS) -> list[Change]:
    """Return each definition that followed another one of the same reading, the newest first."""
    rules = sorted(rulesets, key=lambda rule: (rule.reading, rule.from_on))
    found = [Change(old, new) for old, new in pairwise(rules) if old.reading == new.reading]
    return sorted(found, key=lambda change: change.after.from_on, reverse=True)
