"""Which benefit follows from which category, by which law and from which day on.

Amounts differ by county and year, so none stands here: the check notes what arrives. Marks as
in the rule sets.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.people.constants import Benefit, Category


@dataclass(frozen=True)
class Entitlement:
    """A benefit to be asked about where a category is confirmed."""

    benefit: Benefit
    category: Category
    law: Promise
    mark: str
    from_on: dt.date
    until_on: dt.date | None = None

    def holds_on(self, on: dt.date) -> bool:
        """Tell whether the law is in force on a day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


ENTITLEMENTS: tuple[Entitlement, ...] = (
    Entitlement(
        Benefit.ORPHAN_ALLOWANCE,
        Category.ORPHAN,
        _("State Council Office 2010 No. 54"),
        "H",
        dt.date(2010, 11, 16),
    ),
    Entitlement(
        Benefit.DE_FACTO_ALLOWANCE,
        Category.DE_FACTO_UNSUPPORTED,
        _("Ministry of Civil Affairs 2019 No. 62"),
        "S",
        dt.date(2020, 1, 1),
    ),
    Entitlement(
        Benefit.DIBAO,
        Category.DIFF_ECONOMIC,
        _("Interim Measures for Social Assistance"),
        "H",
        dt.date(2014, 5, 1),
    ),
    Entitlement(
        Benefit.SCHOOL_AID,
        Category.DIFF_ECONOMIC,
        _("State Council 2016 No. 36"),
        "H",
        dt.date(2016, 6, 13),
    ),
    Entitlement(
        Benefit.DISABILITY_LIVING,
        Category.DIFF_SELF,
        _("State Council 2015 No. 52"),
        "H",
        dt.date(2016, 1, 1),
    ),
    Entitlement(
        Benefit.REHABILITATION,
        Category.DIFF_SELF,
        _("State Council 2018 No. 20"),
        "H",
        dt.date(2018, 10, 1),
    ),
    Entitlement(
        Benefit.BOARDING_AID,
        Category.BOARDING_LEFT,
        _("State Council 2015 No. 67"),
        "M",
        dt.date(2016, 1, 1),
    ),
    Entitlement(
        Benefit.TEMPORARY_AID,
        Category.TEMP_EMERGENCY,
        _("State Council 2014 No. 47"),
        "H",
        dt.date(2014, 10, 3),
    ),
)


def due_for(categories: Collection[str], *, on: dt.date) -> list[Entitlement]:
    """Return what follows from confirmed categories on a day, each benefit once."""
    found: dict[Benefit, Entitlement] = {}
    for one in ENTITLEMENTS:
        if one.category in categories and one.holds_on(on):
            found.setdefault(one.benefit, one)
    return list(found.values())
