"""What a committee is asked about its list, as Excel in its own layout (R17, R83, R85)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tonghu.access.actors import Actor
from tonghu.access.models import Proposal
from tonghu.access.policy import confirms_for_safety
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.documents.excel import write_as_it_came
from tonghu.jobs.constants import FILE_LIVES
from tonghu.jobs.kinds import Asked, JobKind, Progress, register
from tonghu.jobs.models import Job
from tonghu.kernel import clock
from tonghu.kernel.law import upholds
from tonghu.people import queries
from tonghu.people.giving_back import Back, Cell, back_for
from tonghu.people.models import RosterQuestion
from tonghu.people.takeover.answers import DIFFERS
from tonghu.people.web.roster_words import field_of, sentence, stood_at, written
from tonghu.portals.releasing import asked_by_proposer


@upholds("R85", says=gettext_lazy("the list's Rule is asked again when its sheet is fetched"))
def allow(by: Actor, details: dict[str, Any]) -> None:
    """Ask the list's export Rule as it stands now.

    :raises Refused: when the list is not this person's to take away.
    """
    on = clock.day(clock.now())
    queries.roster_for(by, UUID(details["roster"]), on=on, action=Action.EXPORT)


def run(asked: Asked, progress: Progress) -> str:
    """Write the sheets for the keeper of the list, in the language of the house."""
    on = clock.day(asked.at)
    roster = queries.roster_for(
        asked.by, UUID(asked.details["roster"]), on=on, action=Action.EXPORT
    )
    back = back_for(asked.by, roster, on=on)
    progress(0, back.children)
    with override(settings.LANGUAGE_CODE):
        write_as_it_came(
            asked.path,
            title=_("To be checked"),
            sheets=list(_sheets(back)),
            notes=_notes(asked),
            at=asked.at,
        )
        return f"{_('To be checked')}-{on:%Y%m%d}.xlsx"


def words_of(question: RosterQuestion) -> str:
    """Return what the keeper of a list is asked about a cell; no word of it is from a file."""
    name = field_of(question)
    if question.code == DIFFERS:
        return _("{field}: please check").format(field=name)
    return _("{field}: {sentence}").format(field=name, sentence=sentence(question))


def words_of_missed(question: RosterQuestion) -> str:
    """Return what the keeper is asked about a child that is on the list no more."""
    return _("{where}. Not on this list: please say why.").format(where=stood_at(question))


def _sheets(back: Back) -> Iterator[tuple[str, list[list[Cell]]]]:
    for name, rows in back.sheets:
        width = max(len(cells) for cells, _about in rows)
        yield (
            name or _("To be checked"),
            [_with_words(cells, width, about) for cells, about in rows],
        )
    if back.missed:
        heads: list[list[Cell]] = [[(_("Name"), False), (_("To be checked"), False)]]
        yield (
            _("Missed"),
            heads + [[(written(one), True), (words_of_missed(one), True)] for one in back.missed],
        )


def _with_words(cells: list[Cell], width: int, about: list[RosterQuestion]) -> list[Cell]:
    if not about:
        return cells
    blank: list[Cell] = [("", False)] * (width - len(cells))
    return [*cells, *blank, (" ".join(map(words_of, about)), True)]


def _notes(asked: Asked) -> list[str]:
    """Say what the marks mean, whose copy it is, and until when (R85)."""
    until = localtime(asked.at + FILE_LIVES)
    return [
        _("Amber cells: please check them and write the right thing in their place."),
        _("Only rows with a question are here."),
        _("For the keeper of the list alone, made by {name}. Delete this copy by {day}.").format(
            name=asked.by.account, day=date_format(until, "DATETIME_FORMAT")
        ),
    ]


KIND = register(
    JobKind(
        key="people.roster.given_back",
        name=gettext_lazy("Questions to the keeper of a roster"),
        counts=gettext_lazy("children"),
        allow=allow,
        run=run,
    )
)


def _perform(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> Job:
    return asked_by_proposer(KIND.key, proposal, details, by=by, at=at)


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    return {gettext_lazy("Children on the sheet"): details["children"]}


EXPORT = declare(
    TwoPersonAct(
        key="people.roster.given_back",
        name=gettext_lazy("Give the questions about a roster to its keeper"),
        confirm=confirms_for_safety,
        perform=_perform,
        tell=_told,
        leaves=True,
    )
)
