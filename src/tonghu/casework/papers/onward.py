"""Referral, handover and the mandatory report, as the field's forms have them."""

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from tonghu.casework.handing import handovers_of
from tonghu.casework.harm_policy import REPORTING, REPORTS
from tonghu.casework.models import HarmReport
from tonghu.casework.papers.choosing import chosen, yes_or_no
from tonghu.casework.papers.form import Field, Form, Grid, Lines, Origin, form
from tonghu.casework.papers.layouts import SUPERVISOR, WHO, WORKER
from tonghu.casework.papers.providers import Part, Subject, Values, parts_of, provides
from tonghu.casework.policy import CASES, CASES_PLANNED
from tonghu.casework.referrals import paper_of, referrals_of, steps_of_referral
from tonghu.casework.reports import events_of, report_for, reports_in, sheet_of, situations_of
from tonghu.look.templatetags.look import day_of_year
from tonghu.people import words
from tonghu.people.numbers import shown

OWN, PEN = Origin.OWN, Origin.PEN


@parts_of("referrals")
def referrals(subject: Subject) -> list[Part]:
    """Name the referrals of a case, the newest first."""
    rows = referrals_of(subject.case, subject.by, on=subject.on)
    return [Part(one.pk, words.together([one.receiver, _day(one.recorded_at)])) for one in rows]


@provides("referral")
def referral(subject: Subject) -> Values:
    """Give one referral: what was ticked and left, and how the loop went."""
    row = chosen(referrals_of(subject.case, subject.by, on=subject.on), subject.part)
    return {
        "receiver": row.receiver,
        "receiver_kind": str(row.get_receiver_kind_display()),
        "need": str(row.get_need_display()),
        "urgency": str(row.get_urgency_display()),
        "referral_reason": row.reason,
        "is_transfer": yes_or_no(row.is_transfer),
        "referral_state": str(row.get_state_display()),
        "sent_on": day_of_year(row.sent_on),
        "feedback_due_on": day_of_year(row.feedback_due_on),
        "outcome": row.outcome,
        "told": [
            {"what": str(label), "value": value}
            for label, value in paper_of(row, subject.by, on=subject.on)
        ],
        "loop": [
            {"on": day_of_year(one.on), "state": str(one.get_to_state_display()), "said": one.words}
            for one in steps_of_referral(row, subject.by, on=subject.on)
        ],
    }


@parts_of("handovers")
def handovers(subject: Subject) -> list[Part]:
    """Name the handovers of a case, the newest first."""
    rows = handovers_of(subject.case, subject.by, on=subject.on)
    return [Part(one.pk, _day(one.handed_at)) for one in rows]


@provides("handover")
def handover(subject: Subject) -> Values:
    """Give one handover: what the next worker must know on the first day."""
    row = chosen(handovers_of(subject.case, subject.by, on=subject.on), subject.part)
    return {
        "handed_by": row.handed_by.called,
        "handed_on": _day(row.handed_at),
        "taken_by": row.taken_by.called if row.taken_by else "",
        "taken_on": _day(row.taken_at) if row.taken_at else "",
        "warm_on": day_of_year(row.warm_on),
        "next_steps": row.next_steps,
        "promised": row.promised,
        "trusted": row.trusted,
        "keeps_safe": row.safety,
    }


@parts_of("reports")
def reports(subject: Subject) -> list[Part]:
    """Name the reports on the child's file; those that only the head reads are none of them."""
    rows = reports_in(subject.case, subject.by, on=subject.on)
    return [Part(one.pk, _moment(one.found_at)) for one in rows if sheet_of(one) is REPORTS]


@provides("report")
def report(subject: Subject) -> Values:
    """Give one report of harm; who told it stands on no paper (R24, R64)."""
    row = report_for(subject.by, subject.part, on=subject.on)  # type: ignore[arg-type]
    return {
        "receipt": shown(row.number),
        "found_at": _moment(row.found_at),
        "reported_at": _moment(row.reported_at),
        "answered_at": _moment(row.answered_at),
        "child_as_known": row.child_words or _child(row),
        "situations": "\n".join(situations_of(row)),
        "facts": row.facts,
        "danger_now": yes_or_no(row.in_danger),
        "events": [
            {
                "when": _moment(one.happened_at),
                "what": str(one.get_kind_display()),
                "whom": str(one.get_channel_display()) if one.channel else "",
                "receipt_number": one.receipt,
                "said": one.words,
            }
            for one in events_of(row, subject.by, on=subject.on)
        ],
    }


def _child(row: HarmReport) -> str:
    return row.child.person.called if row.child else ""


def _moment(at: object) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""  # type: ignore[arg-type]


def _day(at: object) -> str:
    return day_of_year(localtime(at).date()) if at else ""  # type: ignore[arg-type]


form(
    Form(
        "referral",
        _("Referral form"),
        (CASES, CASES_PLANNED),
        ("child", "case", "referral"),
        (
            Grid(
                (
                    Field("case_number", _("Case number")),
                    Field("worker", _("Holds the case")),
                    Field("receiver", _("To whom"), origin=OWN),
                    Field("receiver_kind", _("What kind of place"), origin=OWN),
                    Field("need", _("Which need"), origin=OWN),
                    Field("urgency", _("How soon"), origin=OWN),
                    Field("sent_on", _("Sent on"), origin=OWN),
                    Field("feedback_due_on", _("Answer asked by"), origin=OWN),
                    Field("referral_reason", _("Why, and what is asked"), wide=True, origin=OWN),
                )
            ),
            Lines(
                "told",
                _("What the receiver is told, and nothing else"),
                (Field("what", _("Matter")), Field("value", _("In words"))),
                (4, 12),
            ),
            Grid((Field("receipt_by_hand", _("Received by"), wide=True, origin=PEN),)),
        ),
        signers=(WORKER, _("Receiving side")),
        one_of="referrals",
    )
)

form(
    Form(
        "referral_loop",
        _("Referral: answer and outcome"),
        (CASES, CASES_PLANNED),
        ("child", "case", "referral"),
        (
            WHO,
            Grid(
                (
                    Field("receiver", _("To whom"), origin=OWN),
                    Field("referral_state", _("Stands at"), origin=OWN),
                    Field("sent_on", _("Sent on"), origin=OWN),
                    Field("feedback_due_on", _("Answer asked by"), origin=OWN),
                    Field("outcome", _("Outcome"), wide=True, origin=OWN),
                )
            ),
            Lines(
                "loop",
                _("How it went"),
                (
                    Field("on", _("On"), origin=OWN),
                    Field("state", _("Stands at"), origin=OWN),
                    Field("said", _("What was said"), origin=OWN),
                ),
                (4, 4, 10),
            ),
        ),
        signers=(WORKER, SUPERVISOR),
        one_of="referrals",
    )
)

form(
    Form(
        "handover",
        _("Case handover form"),
        (CASES, CASES_PLANNED),
        ("child", "case", "handover"),
        (
            WHO,
            Grid(
                (
                    Field("handed_by", _("Handed over by"), origin=OWN),
                    Field("handed_on", _("Handed over on"), origin=OWN),
                    Field("taken_by", _("Taken over by"), origin=OWN),
                    Field("taken_on", _("Taken over on"), origin=OWN),
                    Field("guardian", _("Guardian and relation")),
                    Field("guardian_phone", _("Guardian’s telephone")),
                    Field("best_time", _("Best time to reach the family")),
                    Field("warm_on", _("Meet the family together on"), origin=OWN),
                    Field("next_steps", _("Next steps"), wide=True, origin=OWN),
                    Field("promised", _("What the child was promised"), wide=True, origin=OWN),
                    Field("trusted", _("Adults the child trusts"), wide=True, origin=OWN),
                    Field("keeps_safe", _("What keeps the child safe"), wide=True, origin=OWN),
                )
            ),
        ),
        signers=(_("Handed over by"), _("Taken over by"), SUPERVISOR),
        one_of="handovers",
    )
)

form(
    Form(
        "report",
        _("Mandatory report form"),
        (CASES,),
        ("case", "report"),
        (
            Grid(
                (
                    Field("receipt", _("Receipt"), origin=OWN),
                    Field("case_number", _("Case number")),
                    Field("child_as_known", _("The child, as known"), wide=True, origin=OWN),
                    Field("found_at", _("Found"), origin=OWN),
                    Field("reported_at", _("Told an authority"), origin=OWN),
                    Field("danger_now", _("In danger now"), origin=OWN),
                    Field("answered_at", _("Answered"), origin=OWN),
                    Field("situations", _("Which situation"), wide=True, origin=OWN),
                    Field("facts", _("What was seen and heard"), wide=True, origin=OWN),
                )
            ),
            Lines(
                "events",
                _("What happened with the report"),
                (
                    Field("when", _("When"), origin=OWN),
                    Field("what", _("Matter"), origin=OWN),
                    Field("whom", _("To whom"), origin=OWN),
                    Field("receipt_number", _("Receipt number"), origin=OWN),
                    Field("said", _("What was said"), origin=OWN),
                ),
                (5, 4, 5, 4, 8),
            ),
        ),
        signers=(WORKER, _("Receiving authority")),
        one_of="reports",
        note=_("Suspected is enough. Nobody is asked for proof. Who told it stands on no paper."),
        taken_away_by=(REPORTING.on("child"),),
    )
)
