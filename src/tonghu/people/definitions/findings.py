"""What a rule set says of a child on a day: suggested, not, or which fact is missing."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from tonghu.people.definitions.facts import Facts
from tonghu.people.definitions.rulesets import RuleSet, rules_on

PRINT = 32


class Verdict(StrEnum):
    """The three answers; the program has no fourth, and none of them is a decision."""

    SUGGESTED = "suggested"
    NOT = "not"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Part:
    """One condition of a rule set as it stands for a child, in words and for the print."""

    holds: bool | None
    says: str | Promise
    fact: str


@dataclass(frozen=True)
class Finding:
    """What one rule set says of one child."""

    rule: RuleSet
    parts: tuple[Part, ...]

    @property
    def verdict(self) -> Verdict:
        """Return the answer: one part that fails is enough, one that is open leaves it open."""
        if any(part.holds is False for part in self.parts):
            return Verdict.NOT
        if any(part.holds is None for part in self.parts):
            return Verdict.UNKNOWN
        return Verdict.SUGGESTED

    @property
    def telling(self) -> list[Part]:
        """Return the parts that make the answer: those that hold, that fail, or that are open."""
        wanted = {Verdict.SUGGESTED: True, Verdict.NOT: False, Verdict.UNKNOWN: None}
        return [part for part in self.parts if part.holds is wanted[self.verdict]]

    @property
    def print(self) -> str:
        """Return a print of the facts: another one means that a fact has changed."""
        told = [self.rule.key, self.verdict, *(part.fact for part in self.parts)]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:PRINT]


def finding_of(rule: RuleSet, facts: Facts) -> Finding:
    """Return what one rule set says of a child."""
    return Finding(rule, tuple(Part(*ask(facts)) for ask in rule.conditions))


def findings_of(facts: Facts) -> list[Finding]:
    """Return what each rule set in force on the day of the facts says of a child."""
    return [finding_of(rule, facts) for rule in rules_on(facts.on)]
