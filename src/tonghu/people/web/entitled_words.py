"""What a child's page says of rules and benefits: suggested, failing, missing; arriving or not."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tonghu.access.web.pages import Request
from tonghu.look.templatetags.look import day_of_year, yuan
from tonghu.people import words
from tonghu.people.constants import BenefitState
from tonghu.people.definitions.facts import facts_of
from tonghu.people.definitions.findings import Finding, Verdict, findings_of
from tonghu.people.entitled import Due, checks_of, dues_of
from tonghu.people.entrusting import is_left_without
from tonghu.people.models import BenefitCheck, Child
from tonghu.people.suggestions import Kind, Suggestion, declined_on, suggestions_for

MOODS = {
    BenefitState.FULL: "ok",
    BenefitState.PARTIAL: "m",
    BenefitState.ELIGIBLE_NOT_GIVEN: "m",
    BenefitState.NOT_ELIGIBLE: "",
    BenefitState.OTHER: "",
}


@dataclass(frozen=True)
class Said:
    """What a rule set says of the child, in words."""

    title: str | Promise
    verdict: str
    why: str
    law: str | Promise


@dataclass(frozen=True)
class Line:
    """One benefit on the page."""

    name: str | Promise
    notes: list[str]
    state: str | Promise
    mood: str
    check: BenefitCheck | None


def entitled_of(request: Request, child: Child, on: dt.date) -> dict[str, Any]:
    """Return suggestions, what the rules say, and the benefits; the page asked its Rule."""
    facts = facts_of([child], on=on)[child.pk]
    checks = checks_of(child)
    return {
        "left_without": is_left_without(facts.care, facts.father, facts.mother),
        "suggestions": suggestions_for(request.actor, child, on=on, facts=facts),
        "rules_say": [said_of(finding) for finding in findings_of(facts)],
        "declined": declined_on(child),
        "benefits": [line_of(due, on) for due in dues_of(facts.held, facts.benefits, on=on)],
        "asked_last": max((one.from_on for one in facts.benefits.values()), default=None),
        "earlier_checks": [one for one in checks if one.until_on is not None],
    }


def said_of(finding: Finding) -> Said:
    """Return what a rule set says, with the parts that make its answer."""
    verdicts = {
        Verdict.SUGGESTED: _("holds"),
        Verdict.NOT: _("does not hold"),
        Verdict.UNKNOWN: _("cannot be told yet"),
    }
    rule = finding.rule
    return Said(rule.title, verdicts[finding.verdict], why_of(finding), rule.law)


def why_of(finding: Finding) -> str:
    """Return the parts that hold, that fail, or the facts that are missing, as one sentence."""
    told = pgettext("between clauses", "; ").join(str(part.says) for part in finding.telling)
    if finding.verdict is Verdict.UNKNOWN:
        return _("Missing: %(facts)s") % {"facts": told}
    return told


def heading_of(suggestion: Suggestion) -> str:
    """Return what is suggested, in words."""
    category = {"category": suggestion.category.label}
    if suggestion.kind is Kind.BEGIN:
        return _("Suggested: %(category)s") % category
    return _("May hold no longer: %(category)s") % category


def line_of(due: Due, on: dt.date) -> Line:
    """Return one benefit as the page shows it."""
    check = due.check
    if check is None:
        return Line(due.benefit.label, [_follows(due)], _("not asked about yet"), "", None)
    notes = [part for part in (_amounts(check), _asked(check), _again(check, on)) if part]
    state = BenefitState(check.state)
    return Line(due.benefit.label, notes, state.label, MOODS[state], check)


def _follows(due: Due) -> str:
    law = due.entitlement.law if due.entitlement else ""
    return _("follows from: %(category)s (%(law)s)") % {"category": due.follows_from, "law": law}


def _amounts(check: BenefitCheck) -> str:
    parts = []
    if check.monthly is not None:
        parts.append(_("%(amount)s a month") % {"amount": yuan(check.monthly)})
    if check.due is not None:
        parts.append(_("due: %(amount)s") % {"amount": yuan(check.due)})
    if check.received_from:
        parts.append(_("since %(day)s") % {"day": day_of_year(check.received_from)})
    return words.together(parts)


def _asked(check: BenefitCheck) -> str:
    told = {"day": day_of_year(check.from_on), "who": check.asked}
    if check.asked:
        return _("asked on %(day)s: %(who)s") % told
    return _("asked on %(day)s") % told


def _again(check: BenefitCheck, on: dt.date) -> str:
    if check.next_on is None:
        return ""
    told = {"day": day_of_year(check.next_on)}
    if check.next_on <= on:
        return _("was to be asked again on %(day)s") % told
    return _("to be asked again on %(day)s") % told
