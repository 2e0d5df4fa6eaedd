"""What a worker may want to ask, by what stands on the child's file: data, and only suggestions.

Nothing is filled in and no level is set (PIPL 24). A fact that is hidden suggests nothing, since
the table asks for none that can be.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import Need
from tonghu.people.constants import CareArrangement, ParentStatus
from tonghu.people.definitions.facts import Facts, facts_of
from tonghu.people.models import Child
from tonghu.people.policy import CHILDREN

CODES = {
    "care": set(CareArrangement.values),
    "father": set(ParentStatus.values),
    "mother": set(ParentStatus.values),
}
AGES = {"age_below", "age_from"}


@dataclass(frozen=True)
class Question:
    """One thing to ask about, under a part of life."""

    when: dict[str, Any]
    need: str
    zh: str
    en: str

    @property
    def words(self) -> str:
        """Return the question in the reader's language."""
        return self.zh if (get_language() or "").startswith("zh") else self.en

    def fits(self, facts: Facts) -> bool:
        """Tell whether one of the facts that call for it stands on the file."""
        return any(_holds(facts, fact, value) for fact, value in self.when.items())


def questions_for(child: Child, by: Actor, *, on: dt.date) -> dict[str, list[str]]:
    """Return what may be asked about this child, by part of life; none to who may not read it."""
    rows = CHILDREN.rows(Action.READ, Child.objects.filter(pk=child.pk), by, on=on)
    found = list(rows.select_related("person"))
    if not found:
        return {}
    facts = facts_of(found, on=on)[child.pk]
    asked: dict[str, list[str]] = {}
    for one in questions():
        if one.fits(facts):
            asked.setdefault(one.need, []).append(one.words)
    return asked


@cache
def questions() -> tuple[Question, ...]:
    """Return the table of questions.

    :raises ValueError: when it names a fact, a value or a part of life that does not exist.
    """
    told = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))
    found = tuple(Question(**one) for one in told["ask"])
    for one in found:
        if one.need not in Need.values:
            raise ValueError(f"No part of life is called {one.need!r}.")
        for fact, value in one.when.items():
            known = fact in AGES or set(value) <= CODES.get(fact, set())
            if not known:
                raise ValueError(f"{fact} is never {value}.")
    return found


def _holds(facts: Facts, fact: str, value: Any) -> bool:
    if fact == "care":
        return facts.care is not None and facts.care.arrangement in value
    if fact in ("father", "mother"):
        how = getattr(facts, fact)
        return how is not None and how.status in value
    if facts.birth is None:
        return False
    under = facts.birth.is_under(value, facts.on)
    return under is True if fact == "age_below" else under is False
