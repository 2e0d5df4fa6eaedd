"""How the answers on a file are said: who said yes, to what, until when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.look.templatetags.look import day_of_year
from tonghu.people.consents import Standing, State, sentence
from tonghu.people.constants import ConsentAnswer, ConsentKind
from tonghu.people.models import Child, Consent, Kinship
from tonghu.people.readout import READ_OUT

MOODS = {
    State.ALLOWED: "ok",
    State.LEGAL_DUTY: "ok",
    State.REFUSED: "",
    State.WITHDRAWN: "",
    State.EXPIRED: "m",
    State.MISSING: "m",
    State.UNCLEAR: "m",
}
SHORT = {
    State.ALLOWED: gettext_lazy("Agreed"),
    State.LEGAL_DUTY: gettext_lazy("Legal duty"),
    State.REFUSED: gettext_lazy("Not allowed"),
    State.WITHDRAWN: gettext_lazy("Taken back"),
    State.EXPIRED: gettext_lazy("Has run out"),
    State.MISSING: gettext_lazy("To be asked"),
    State.UNCLEAR: gettext_lazy("To be asked"),
}


@dataclass(frozen=True)
class Said:
    """One person's answer in words; ``consent`` where it can still be taken back or ended."""

    words: str
    limits: str
    child: str
    consent: Consent | None
    can_undo: bool


@dataclass(frozen=True)
class Line:
    """One purpose as a page shows it."""

    code: str
    label: str
    read_out: str
    mood: str
    short: str
    why: str
    said: list[Said]
    was_asked: bool
    is_duty: bool


def called_in(child: Child, kin: list[Kinship]) -> dict[UUID, str]:
    """Return how those who may have answered are called: by what they are to the child."""
    return {one.relative_id: _who(one) for one in kin} | {child.pk: child.person.called}


def lines_of(standings: list[Standing], called: Mapping[UUID, str]) -> list[Line]:
    """Return the purposes in the order of the code list."""
    return [_line(one, called) for one in standings]


def told_of(rows: list[Consent], called: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """Return all answers there ever were, each with its purpose, the newest first."""
    return [(row.get_purpose_display(), in_words(row, called)) for row in rows]


def _who(kin: Kinship) -> str:
    return _("%(relation)s %(name)s") % {
        "relation": kin.get_relation_display(),
        "name": kin.relative.called,
    }


def _line(standing: Standing, called: Mapping[UUID, str]) -> Line:
    return Line(
        code=standing.purpose.value,
        label=str(standing.purpose.label),
        read_out=str(READ_OUT[standing.purpose]),
        mood=_mood(standing),
        short=_short(standing),
        why="" if standing.state is State.ALLOWED else sentence(standing),
        said=list(_said(standing, called)),
        was_asked=bool(standing.answers),
        is_duty=standing.state is State.LEGAL_DUTY,
    )


def _mood(standing: Standing) -> str:
    limited = standing.is_allowed and any(one.limits for one in standing.answers)
    return "m" if limited and standing.state is State.ALLOWED else MOODS[standing.state]


def _short(standing: Standing) -> str:
    if standing.is_allowed and standing.until:
        return _("until %(day)s") % {"day": day_of_year(standing.until)}
    if standing.state is State.ALLOWED and any(one.limits for one in standing.answers):
        return _("Within limits")
    return str(SHORT[standing.state])


def _said(standing: Standing, called: Mapping[UUID, str]) -> Iterator[Said]:
    for row in standing.answers:
        stands = row.answer == ConsentAnswer.YES and row.withdrawn_on is None
        duty = row.answer == ConsentAnswer.NOT_NEEDED and row.expires_on is None
        noted = row.withdrawal_noted_at
        yield Said(
            words=in_words(row, called),
            limits=row.limits or "",
            child=_of_the_child(row),
            consent=row if stands or duty or noted else None,
            can_undo=bool(noted),
        )


def in_words(row: Consent, called: Mapping[UUID, str]) -> str:
    """Return who answered what, when and how."""
    told = {"day": day_of_year(row.given_on), "way": row.get_way_display()}
    if row.giver is None:
        told["duty"] = row.get_basis_display()
        return _("%(duty)s, since %(day)s") % told
    told["who"] = called.get(row.giver.pk) or row.giver.called
    if row.withdrawn_on:
        told["end"] = day_of_year(row.withdrawn_on)
        return _("%(who)s: yes on %(day)s, taken back on %(end)s") % told
    if row.answer == ConsentAnswer.NO:
        return _("%(who)s: no, %(day)s (%(way)s)") % told
    return _("%(who)s: yes, %(day)s (%(way)s)") % told


def _of_the_child(row: Consent) -> str:
    if not row.child_words:
        return ""
    if row.giver_id == row.child_id:
        return _("“%(words)s”") % {"words": row.child_words}
    return _("The child: %(view)s. “%(words)s”") % {
        "view": row.get_child_view_display(),
        "words": row.child_words,
    }


def not_asked(lines: list[Line]) -> list[str]:
    """Return the purposes to which nobody has answered."""
    return [line.label for line in lines if not line.was_asked]


def purposes_asked(codes: list[str]) -> tuple[ConsentKind, ...]:
    """Return the purposes an address names, in the order of the list; what is none is left out."""
    return tuple(kind for kind in READ_OUT if kind.value in codes)
