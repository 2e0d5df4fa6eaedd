"""Scores that were worked out on paper are typed in; a range is named, nothing follows from it."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.instruments import Instrument, instruments
from tonghu.casework.measures import Answered
from tonghu.casework.models import Case, InstrumentScore
from tonghu.casework.policy import CASES_ASSESSED
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation


class NoSuchScore(Refused):
    """The number cannot be a score of this instrument."""


class ScoredLater(Refused):
    """The day of the score has not come."""


class ScoredAlready(Refused):
    """This score of this day is written down already."""


@operation("casework.score.recorded")
@upholds("R28")
def record_score(
    *,
    case: Case,
    instrument: str,
    answered_by: Answered | str,
    raw: str,
    on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Outcome[InstrumentScore]:
    """Type in a score from paper, with who answered and on which day. It sets no level.

    ``raw`` is the number as it was written.

    :raises Refused: unless ``by`` may assess the case.
    :raises NoSuchScore: when the instrument is unknown or has no such score.
    :raises ScoredLater: when the day has not come.
    :raises ScoredAlready: when this score of this day stands there.
    """
    CASES_ASSESSED.require(Action.WRITE, by, case, on=day(at))
    known, score = _known(instrument, raw)
    if on > day(at):
        raise ScoredLater(_("This day has not come yet. Correct it; nothing is lost."))
    row = InstrumentScore(
        agency_id=case.agency_id,
        case=case,
        instrument=instrument,
        answered_by=answered_by,
        raw=score,
        band=known.band(score, answered_by),
        on=on,
        entered_by=by.account,
        entered_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise ScoredAlready(_("This score of this day is written down already.")) from None
    return changed(row, {"instrument": (None, instrument)}, about=case.child_id)


def _known(code: str, raw: str) -> tuple[Instrument, Decimal]:
    known = instruments().get(code)
    if known is None:
        raise NoSuchScore(_("Choose an instrument of the list."))
    try:
        score = Decimal(raw)
    except InvalidOperation:
        score = known.least - 1
    if not known.takes(score):
        raise NoSuchScore(
            _("Its scores go from %(least)s to %(most)s. Correct it; nothing is lost.")
            % {"least": known.least, "most": known.most}
        )
    return known, score
