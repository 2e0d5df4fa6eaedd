"""What a child is entitled to by its confirmed categories, and whether it arrives."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.periods import in_force
from tonghu.people.constants import Benefit, Category
from tonghu.people.definitions.entitlements import Entitlement, due_for
from tonghu.people.models import BenefitCheck, CategorySpan, Child
from tonghu.people.models.benefits import NOT_ARRIVING
from tonghu.people.policy import CHILDREN


@dataclass(frozen=True)
class Due:
    """One benefit on a child's file: the category it follows from, and the newest check."""

    benefit: Benefit
    entitlement: Entitlement | None
    check: BenefitCheck | None

    @property
    def is_missing(self) -> bool:
        """Tell whether it is due and does not arrive, or not in full."""
        return self.check is not None and self.check.state in NOT_ARRIVING

    @property
    def follows_from(self) -> str | Promise:
        """Return the category it follows from, in words."""
        return self.entitlement.category.label if self.entitlement else ""


def dues_of(
    categories: Collection[str], checks: Mapping[str, BenefitCheck], *, on: dt.date
) -> list[Due]:
    """Return what follows from categories and what was asked about besides."""
    follow = {one.benefit: one for one in due_for(categories, on=on)}
    asked_besides = [Benefit(one) for one in checks if one not in follow]
    return [Due(one, follow.get(one), checks.get(one)) for one in [*follow, *asked_besides]]


def checks_of(child: Child) -> list[BenefitCheck]:
    """Return all checks of a child's benefits, the newest first; its page asked the Rule."""
    rows = BenefitCheck.objects.unscoped("part of a child's page, which asked its Rule")
    rows = rows.filter(child=child).select_related("noted_by")
    return list(rows.order_by("-from_on", "-id"))


def not_arriving() -> "QuerySet":
    """Return the files with something due that does not arrive; the list itself asks its Rule."""
    rows = BenefitCheck.objects.unscoped("narrows a list that asked its Rule")
    return rows.filter(until_on__isnull=True, state__in=NOT_ARRIVING).values("child_id")


def not_arriving_for(by: Actor, *, on: dt.date) -> "QuerySet[BenefitCheck]":
    """Return what is due and does not arrive on the files the actor may write."""
    rows = _of_own_files(by, on).filter(state__in=NOT_ARRIVING)
    return rows.order_by("child__person__sort_key", "benefit")


def to_ask_again_for(by: Actor, *, on: dt.date) -> "QuerySet[BenefitCheck]":
    """Return the checks whose day to ask again has come, the longest ago first.

    What does not arrive is not among them: it stands on a list of its own.
    """
    rows = _of_own_files(by, on).exclude(state__in=NOT_ARRIVING)
    return rows.filter(next_on__lte=on).order_by("next_on", "id")


def _of_own_files(by: Actor, on: dt.date) -> "QuerySet[BenefitCheck]":
    files = CHILDREN.rows(Action.WRITE, Child.objects.filter(merged_into=None), by, on=on)
    rows = BenefitCheck.objects.unscoped("of files the actor may write, asked above")
    rows = rows.filter(until_on__isnull=True, child__in=files.values("pk"))
    return rows.select_related("child__person")


def never_asked_for(by: Actor, *, on: dt.date) -> "QuerySet[CategorySpan]":
    """Return confirmed categories on own files from which something follows, never asked about."""
    files = CHILDREN.rows(Action.WRITE, Child.objects.filter(merged_into=None), by, on=on)
    rows = CategorySpan.objects.unscoped("of files the actor may write, asked above")
    rows = rows.filter(in_force(on), child__in=files.values("pk"))
    checks = BenefitCheck.objects.unscoped("of files the actor may write, asked above")
    open_yet = Q(pk__in=[])
    for category in Category:
        follow = [one.benefit for one in due_for([category], on=on)]
        if follow:
            asked = checks.filter(benefit__in=follow).values("child_id")
            open_yet |= Q(category=category) & ~Q(child__in=asked)
    rows = rows.filter(open_yet).select_related("child__person")
    return rows.order_by("child__person__sort_key", "category")
