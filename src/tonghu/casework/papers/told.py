"""What forms say of a case: how it was heard of, how it stands, the contacts, the risk."""

from collections.abc import Iterator, Sequence

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tonghu.casework.constants import CaseState
from tonghu.casework.models import Case, RiskFinding
from tonghu.casework.papers.choosing import yes_or_no
from tonghu.casework.papers.providers import Part, Subject, Values, parts_of, provides
from tonghu.casework.queries import findings_of, steps_of
from tonghu.casework.steps import STEPS
from tonghu.kernel.errors import Hidden
from tonghu.look.templatetags.look import day_of_year
from tonghu.people import words
from tonghu.people.numbers import shown
from tonghu.services.models import Contact
from tonghu.services.queries import contact_for, contacts_of

NOT_TAKEN = (CaseState.NOT_ACCEPTED, CaseState.DUPLICATE)


@provides("case")
def case(subject: Subject) -> Values:
    """Give how the case began and where it stands."""
    one = subject.case
    steps = list(steps_of(one, subject.by, on=subject.on))
    return {
        "case_number": shown(one.number),
        "kind": str(one.get_kind_display()),
        "state": str(one.get_state_display()),
        "heard_on": day_of_year(one.opened_on),
        "accepted_on": day_of_year(one.accepted_on),
        "signed_on": day_of_year(one.signed_on),
        "closed_on": day_of_year(one.closed_on),
        "source": str(one.get_source_display()),
        "referrer": one.referrer,
        "problem": one.problem,
        "in_danger": _("Yes") if one.in_danger else _("No"),
        "child_view": one.child_view,
        "best_time": one.best_time,
        "decision": _decision(one, steps),
        "printed_on": day_of_year(subject.on),
        "steps": [
            {
                "on": day_of_year(step.on),
                "what": str(STEPS[step.step].name) if step.step in STEPS else _("Heard of"),
                "why": step.reason,
                "by": step.by.called if step.by else "",
            }
            for step in reversed(steps)
        ],
    }


def _decision(case: Case, steps: Sequence) -> str:
    if case.state in NOT_TAKEN:
        why = next((one.reason for one in steps if one.to_state == case.state), "")
        told = case.get_not_accepted_display() if case.not_accepted else case.get_state_display()
        return words.together([one for one in (str(told), why) if one])
    if case.accepted_on is None:
        return ""
    return _("Taken on, {day}: {kind}").format(
        day=day_of_year(case.accepted_on), kind=case.get_kind_display()
    )


@provides("risk")
def risk(subject: Subject) -> Values:
    """Give the level of risk as a person judged it last, and how it went; nothing if not hers."""
    found = list(findings_of(subject.case, subject.by, on=subject.on))
    last = found[0] if found else None
    return {
        "risk_level": str(last.get_level_display()) if last else "",
        "risk_reason": last.reason if last else "",
        "risk_set_by": last.set_by.called if last and last.set_by else "",
        "risk_set_on": day_of_year(last.set_on) if last else "",
        "risk_review_on": day_of_year(last.review_on) if last else "",
        "risks": [_judged(one) for one in reversed(found)],
    }


def _judged(row: RiskFinding) -> dict[str, str]:
    return {
        "on": day_of_year(row.set_on),
        "level": str(row.get_level_display()),
        "reason": row.reason,
        "by": row.set_by.called if row.set_by else "",
    }


@parts_of("contacts")
def contacts(subject: Subject) -> list[Part]:
    """Name the contacts on the file since the case was heard of, the newest first."""
    return [
        Part(row.pk, words.together([_moment(row), str(row.get_mode_display())]))
        for row in _contacts(subject)
    ]


def _contacts(subject: Subject) -> Iterator[Contact]:
    rows = contacts_of(subject.case.child, subject.by, on=subject.on)
    yield from rows.filter(happened_at__date__gte=subject.case.opened_on)


@provides("contact")
def contact(subject: Subject) -> Values:
    """Give one contact, all that was recorded but the private reflection (R27)."""
    if subject.part is None:
        raise Hidden
    row = contact_for(subject.by, subject.part, on=subject.on)
    return {
        "when": _moment(row),
        "minutes": _minutes(row.minutes),
        "travel": _minutes(row.travel_minutes) if row.travel_minutes is not None else "",
        "mode": str(row.get_mode_display()),
        "contact_kind": str(row.get_kind_display()),
        "result": str(row.get_result_display()),
        "with_whom": row.with_whom,
        "seen_alone": yes_or_no(row.seen_alone),
        "happened": row.happened,
        "done": row.done,
        "reaction": row.reaction,
        "risk_change": str(row.get_risk_change_display()),
        "next_step": words.together(
            [one for one in (row.next_step, day_of_year(row.next_on)) if one]
        ),
        "confirmed": str(row.get_confirmed_display()),
        "author": row.author.called if row.author else "",
        "reviewed": _reviewed(row),
        "corrects": _corrects(row),
    }


@provides("contacts")
def record(subject: Subject) -> Values:
    """Give all contacts of the case as lines, the oldest first."""
    return {
        "contacts": [
            {
                "when": _moment(row),
                "how": words.together(
                    [
                        str(row.get_mode_display()),
                        _minutes(row.minutes),
                        str(row.get_result_display()),
                    ]
                ),
                "what": "\n".join(
                    one for one in (row.happened, row.done, row.reaction, row.next_step) if one
                ),
                "by": row.author.called if row.author else "",
            }
            for row in reversed(list(_contacts(subject)))
        ]
    }


def _moment(row: Contact) -> str:
    return f"{localtime(row.happened_at):%Y-%m-%d %H:%M}"


def _minutes(minutes: int | None) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", minutes or 0) % {"n": minutes or 0}


def _reviewed(row: Contact) -> str:
    if row.reviewed_by is None or row.reviewed_at is None:
        return ""
    return words.together([row.reviewed_by.called, f"{localtime(row.reviewed_at):%Y-%m-%d}"])


def _corrects(row: Contact) -> str:
    if row.corrects is None:
        return ""
    told = {"when": _moment(row.corrects), "why": row.why_corrected}
    return _("Corrects the record of {when}: {why}").format(**told)
