"""What the rules suggest for the files somebody answers for: to begin a category, or to end one.

A suggestion is worked out from the facts each time it is asked for; kept is only that somebody
declined it, with a print of the facts, so that it comes back when one of them changes.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from uuid import UUID

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.people.constants import Category
from tonghu.people.definitions.facts import Facts, facts_of
from tonghu.people.definitions.findings import Finding, Verdict, finding_of, findings_of
from tonghu.people.definitions.rulesets import Change
from tonghu.people.models import CategorySpan, Child, DeclinedSuggestion
from tonghu.people.policy import CHILDREN

A_BATCH = 100
MOST_FILES = 1000
"""Files looked through for one list: no worker holds as many."""


class Kind(StrEnum):
    """What is suggested."""

    BEGIN = "begin"
    END = "end"


@dataclass(frozen=True)
class Suggestion:
    """A category that the rules suggest to begin or to end on a child's file."""

    child: Child
    kind: Kind
    finding: Finding
    span: CategorySpan | None = None

    @property
    def category(self) -> Category:
        """Return which category it is about."""
        return self.finding.rule.category


def suggestions_of(child: Child, facts: Facts, declined: set[tuple[str, str]]) -> list[Suggestion]:
    """Return what the rules suggest for one child, without what was declined on these facts."""
    by_category: dict[Category, list[Finding]] = {}
    for finding in findings_of(facts):
        by_category.setdefault(finding.rule.category, []).append(finding)
    found = [_suggested(child, facts, readings) for readings in by_category.values()]
    return [
        one for one in found if one and (one.finding.rule.key, one.finding.print) not in declined
    ]


def _suggested(child: Child, facts: Facts, readings: list[Finding]) -> Suggestion | None:
    span = facts.held.get(readings[0].rule.category)
    if span is None:
        wanted = (one for one in readings if one.rule.suggests and one.verdict is Verdict.SUGGESTED)
        first = next(wanted, None)
        return Suggestion(child, Kind.BEGIN, first) if first else None
    if all(one.verdict is Verdict.NOT and one.rule.is_whole for one in readings):
        return Suggestion(child, Kind.END, readings[0], span)
    return None


def suggestions_for(
    by: Actor, child: Child, *, on: dt.date, facts: Facts | None = None
) -> list[Suggestion]:
    """Return what the rules suggest on one file, for who may write it; nothing for others."""
    if not CHILDREN.opens(Action.WRITE, by, child, on=on):
        return []
    known = facts or facts_of([child], on=on)[child.pk]
    return suggestions_of(child, known, _declined([child.pk]).get(child.pk, set()))


def open_suggestions_for(by: Actor, *, on: dt.date, most: int) -> list[Suggestion]:
    """Return the first suggestions on the files the actor may write, in the order of names."""
    return list(islice(_through_the_files(by, on), most))


def _through_the_files(by: Actor, on: dt.date) -> Iterator[Suggestion]:
    for files in files_of(by, on=on):
        facts, declined = facts_of(files, on=on), _declined([one.pk for one in files])
        for child in files:
            yield from suggestions_of(child, facts[child.pk], declined.get(child.pk, set()))


def files_of(by: Actor, *, on: dt.date) -> Iterator[list[Child]]:
    """Yield the files the actor may write, a batch at a time, in the order of names."""
    rows = CHILDREN.rows(Action.WRITE, Child.objects.filter(merged_into=None), by, on=on)
    rows = rows.select_related("person").order_by("person__sort_key")
    for begins in range(0, MOST_FILES, A_BATCH):
        files = list(rows[begins : begins + A_BATCH])
        if files:
            yield files
        if len(files) < A_BATCH:
            return


def affected_by(change: Change, by: Actor, *, on: dt.date) -> list[Child]:
    """Return the children of one's own files whom a changed definition calls otherwise."""

    def otherwise(facts: Facts) -> bool:
        before, after = finding_of(change.before, facts), finding_of(change.after, facts)
        return before.verdict is not after.verdict

    return list(_where(by, otherwise, on))


def _where(by: Actor, holds: Callable[[Facts], bool], on: dt.date) -> Iterator[Child]:
    for files in files_of(by, on=on):
        facts = facts_of(files, on=on)
        yield from (child for child in files if holds(facts[child.pk]))


def _declined(children: Iterable[UUID]) -> dict[UUID, set[tuple[str, str]]]:
    rows = DeclinedSuggestion.objects.unscoped("of files that were found under their Rule")
    found: dict[UUID, set[tuple[str, str]]] = {}
    standing = rows.filter(child__in=children, taken_back_at__isnull=True)
    for child, rule, facts in standing.values_list("child_id", "rule", "facts"):
        found.setdefault(child, set()).add((rule, facts))
    return found


def declined_on(child: Child) -> list[DeclinedSuggestion]:
    """Return what was declined on a file and rests; its page asked the file's Rule."""
    rows = DeclinedSuggestion.objects.unscoped("part of a child's page, which asked its Rule")
    rows = rows.filter(child=child, taken_back_at__isnull=True).select_related("declined_by")
    return list(rows.order_by("-declined_at", "id"))
