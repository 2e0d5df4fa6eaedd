"""The journal as a workbook: with a reason and a second person, in the background (R35, R83)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.lines import lines
from tonghu.access.models import JournalRow, Proposal
from tonghu.access.policy import JOURNAL, confirms_for_safety
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.documents.excel import write_workbook
from tonghu.jobs.constants import FILE_LIVES
from tonghu.jobs.kinds import Asked, JobKind, Progress, register
from tonghu.jobs.models import Job
from tonghu.kernel import clock
from tonghu.kernel.law import upholds
from tonghu.portals.releasing import asked_by_proposer

A_BATCH = 500


def wanted_in(details: dict[str, Any]) -> queries.JournalFilter:
    """Return the filter that a job's details carry."""
    day = dt.date.fromisoformat
    return queries.JournalFilter(
        refused=bool(details.get("refused")),
        since=day(details["since"]) if details.get("since") else None,
        until=day(details["until"]) if details.get("until") else None,
    )


@upholds("R35", says=gettext_lazy("the journal's Rule is asked again when the file is fetched"))
def allow(by: Actor, details: dict[str, Any]) -> None:
    """Ask the journal's export Rule as it stands now.

    :raises Refused: when it does not let this person take the journal away.
    """
    JOURNAL.require_for_any(Action.EXPORT, by, on=clock.day(clock.now()))


@upholds("R39", "R81", "R85", says=gettext_lazy("an auditor's copy of the journal holds codes"))
def export(asked: Asked, progress: Progress) -> str:
    """Write the rows the asker may read into one sheet; an auditor's names are codes."""
    account = asked.by.account.language if asked.by.account else ""
    with override(account or asked.details.get("language") or settings.LANGUAGE_CODE):
        wanted = wanted_in(asked.details)
        rows = queries.journal_to_export(asked.by, wanted, on=clock.day(asked.at))
        total = rows.count()
        progress(0, total)
        write_workbook(
            asked.path,
            title=_("Journal"),
            sheet=_("Journal"),
            columns=[
                (_("Number"), 9),
                (_("When"), 18),
                (_("Who"), 16),
                (_("Role"), 16),
                (_("What"), 34),
                (_("Record"), 24),
                (_("Ground"), 40),
            ],
            rows=_written(rows.iterator(chunk_size=A_BATCH), asked, progress),
            notes=_notes(asked),
            at=asked.at,
        )
        return f"{_('Journal')}-{clock.day(asked.at):%Y%m%d}.xlsx"


def _written(rows: Iterator[JournalRow], asked: Asked, progress: Progress) -> Iterator[list[Any]]:
    batch: list[JournalRow] = []
    done = 0
    for row in rows:
        batch.append(row)
        if len(batch) == A_BATCH:
            yield from _cells(batch, asked.by)
            done += len(batch)
            progress(done)
            batch = []
    yield from _cells(batch, asked.by)


def _cells(batch: list[JournalRow], by: Actor) -> Iterator[list[Any]]:
    for line in lines(batch, by):
        row = line.row
        when = localtime(row.at).replace(tzinfo=None, microsecond=0)
        about = f"{row.subject_kind} {line.about}".strip()
        yield [row.seq, when, line.who, str(line.role), line.words, about, line.ground]


def _notes(asked: Asked) -> list[str]:
    """Say whose copy it is, what for, and until when (R85)."""
    until = localtime(asked.at + FILE_LIVES)
    return [
        _("For {name}, made {when}. Confidential: do not pass on.").format(
            name=asked.by.account, when=date_format(localtime(asked.at), "DATETIME_FORMAT")
        ),
        _("Reason: {reason}").format(reason=asked.details.get("reason") or "–"),
        _("Delete this copy by {day}.").format(day=date_format(until, "DATETIME_FORMAT")),
    ]


KIND = register(
    JobKind(
        key="access.journal.exported",
        name=gettext_lazy("Journal as Excel"),
        counts=gettext_lazy("rows"),
        allow=allow,
        run=export,
    )
)


def _perform(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> Job:
    return asked_by_proposer(
        KIND.key, proposal, details | {"reason": proposal.reason or ""}, by=by, at=at
    )


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    wanted = wanted_in(details)
    return {
        gettext_lazy("From"): wanted.since or "–",
        gettext_lazy("To"): wanted.until or "–",
        gettext_lazy("Rows"): gettext_lazy("refused only")
        if wanted.refused
        else gettext_lazy("all"),
    }


EXPORT = declare(
    TwoPersonAct(
        key="access.journal.exported",
        name=gettext_lazy("Take the journal away as Excel"),
        confirm=confirms_for_safety,
        perform=_perform,
        tell=_told,
    )
)
