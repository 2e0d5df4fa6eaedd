"""A roster comes, is read, imported in batches and undone whole."""

import base64
import datetime as dt
import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.jobs import operations as jobs
from tonghu.jobs.constants import UNDER_WAY
from tonghu.jobs.models import Job
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.constants import KeeperKind, LineOutcome, RosterState
from tonghu.people.models import (
    Place,
    Roster,
    RosterFile,
    RosterLine,
    RosterQuestion,
    RosterSource,
)
from tonghu.people.policy import ROSTERS
from tonghu.people.roster.columns import ColumnMap, is_field
from tonghu.people.roster.understanding import Roster as Understood
from tonghu.people.roster.understanding import understand
from tonghu.people.takeover.gone import questions_of_gone
from tonghu.people.takeover.said import rows_of
from tonghu.people.takeover.settling import Settled, questions_of, settle
from tonghu.people.takeover.undoing import take_back, take_back_answers, used_since

JOB = "people.roster.imported"
A_BATCH = 100


class NotNow(Refused):
    """The roster is not in a state in which this can be done."""


@operation("people.roster.received")
def bring_roster(
    *,
    place: Place,
    kind: KeeperKind,
    source: str,
    file_name: str,
    content: bytes,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Roster]:
    """Keep a list as it came and read it, as its source was read the last time.

    The same file of the same place comes once; who brings it again gets what is there.

    :raises Refused: unless ``by`` is of the team of the place.
    :raises RosterRefused: with what to do, when the file cannot be read as a roster.
    """
    _hold(place)
    keeper = _source(place, kind, source.strip() or place.name, by)
    ROSTERS.require(Action.WRITE, by, keeper, on=day(at))
    digest = hashlib.sha256(content).hexdigest()
    rows = Roster.objects.unscoped("the Rule of its source was asked above")
    here = rows.filter(place=place, content_hash=digest).exclude(state=RosterState.UNDONE)
    if same := here.first():
        return unchanged(same)
    understood = _read(content, keeper, day(at))
    roster = Roster(source=keeper, file_name=file_name[-120:], content_hash=digest)
    _keep(roster, content, understood, by, at)
    return changed(roster, {"state": (None, roster.state)})


@operation("people.roster.mapped")
def map_columns(
    *,
    roster: Roster,
    fields: dict[str, str],
    sheets: dict[str, bool],
    by: Actor,
    at: dt.datetime,
) -> Outcome[Roster]:
    """Read a list anew with a person's choice of columns and sheets; its source keeps the choice.

    ``fields`` says for the key of a column, ``heading#times``, the field it holds.

    :raises Refused: unless ``by`` is of the team of the place.
    :raises NotNow: when the list is being imported, or was.
    :raises RosterRefused: when no list of children is left.
    """
    ROSTERS.require(Action.WRITE, by, roster, on=day(at))
    roster = _locked(roster)
    if roster.state != RosterState.READ:
        raise NotNow(_("This list has been imported. Undo it before you read it differently."))
    held = json.loads(roster.summary)["map"]
    chosen = {
        (heading, int(nth)): field
        for key, field in fields.items()
        for heading, _sign, nth in [key.rpartition("#")]
        if is_field(field)
    }
    before = ColumnMap.of_json(held)
    wanted = ColumnMap({**before.fields, **chosen}, {**before.sheets, **sheets}, before.fingerprint)
    content = base64.b64decode(
        RosterFile.objects.unscoped("of this roster").get(pk=roster.pk).content
    )
    understood = understand(content, on=roster.seen_from, column_map=wanted)
    _lines(roster).delete()
    _questions(roster).delete()
    _keep_lines(roster, understood)
    _remember(roster.source, understood.column_map)
    assign(roster, summary=_summary(understood))
    return changed(roster, {"columns": (None, None)})


@operation("people.roster.begun")
def begin_import(*, roster: Roster, by: Actor, at: dt.datetime) -> Outcome[Roster]:
    """Let the import of a list begin; a second person who asks for it starts nothing.

    :raises Refused: unless ``by`` is of the team of the place.
    :raises NotNow: when it was undone.
    """
    ROSTERS.require(Action.WRITE, by, roster, on=day(at))
    roster = _locked(roster)
    if roster.state in (RosterState.IMPORTING, RosterState.IMPORTED):
        return unchanged(roster)
    if roster.state == RosterState.UNDONE:
        raise NotNow(_("This import was undone. Bring the list again."))
    _remember(roster.source, ColumnMap.of_json(json.loads(roster.summary)["map"]))
    return changed(roster, assign(roster, state=RosterState.IMPORTING))


@operation("people.roster.import_asked")
def ask_for_import(*, roster: Roster, by: Actor, at: dt.datetime) -> Outcome[Roster]:
    """Have a list imported in the background; one that was stopped or cut off goes on.

    :raises Refused: unless ``by`` is of the team of the place.
    :raises NotNow: when it was undone.
    """
    roster = begin_import(roster=roster, by=by, at=at)
    done = roster.state != RosterState.IMPORTING or _is_under_way(roster)
    if done or by.account is None or by.membership is None:
        return unchanged(roster)
    jobs.ask(
        kind=JOB,
        details={"roster": str(roster.pk)},
        account=by.account,
        membership=by.membership,
        by=by,
        at=at,
    )
    return changed(roster)


@operation("people.roster.batch_imported")
def import_batch(*, roster: Roster, by: Actor, at: dt.datetime) -> Outcome[Roster]:
    """Take over the next lines of a list, all of them or none; the last batch ends the import.

    What was settled before is left alone, so an import that was cut off goes on where it was.

    :raises Refused: unless ``by`` is of the team of the place.
    """
    ROSTERS.require(Action.WRITE, by, roster, on=day(at))
    roster = _locked(roster)
    if roster.state != RosterState.IMPORTING:
        return unchanged(roster)
    waiting = _lines(roster).filter(outcome=LineOutcome.WAITING).order_by("position")
    rows = list(waiting[:A_BATCH])
    if rows:
        for position, settled in settle(roster, rows, by, on=day(at)).items():
            row = next(one for one in rows if one.position == position)
            row.roster = roster  # at hand: no line asks for it again
            _settle_line(row=row, settled=settled, by=by, at=at)
    if len(rows) < A_BATCH:
        RosterQuestion.objects.bulk_create(questions_of_gone(roster))
        changes = assign(roster, state=RosterState.IMPORTED, imported_at=at)
        return changed(roster, {"state": changes["state"]})
    return changed(roster, {"lines": (None, len(rows))})


@operation("people.roster.reverted")
def undo_roster(*, roster: Roster, by: Actor, at: dt.datetime) -> Outcome[Roster]:
    """Take back what a list added; files that somebody has used since stay, with their lines.

    :raises Refused: unless ``by`` is of the team of the place.
    :raises NotNow: when it was undone already.
    """
    ROSTERS.require(Action.WRITE, by, roster, on=day(at))
    roster = _locked(roster)
    if roster.state == RosterState.UNDONE:
        raise NotNow(_("This import was undone already."))
    opened = _lines(roster).filter(outcome=LineOutcome.NEW, child__isnull=False)
    kept = used_since(opened.values_list("child_id", flat=True), roster)
    answered = _questions(roster).exclude(answer="").select_related("proposed__person")
    take_back_answers(answered.order_by("-answered_at", "-id"), kept)
    take_back(_lines(roster).select_related("child__person").order_by("-position"), kept)
    _questions(roster).delete()
    _lines(roster).exclude(child__in=kept).delete()
    RosterFile.objects.unscoped("of this roster").filter(pk=roster.pk).delete()
    changes = assign(roster, state=RosterState.UNDONE, summary="")
    return changed(roster, {"state": changes["state"], "kept": (None, len(kept))})


@operation("people.roster.line_settled")
def _settle_line(
    *, row: RosterLine, settled: Settled, by: Actor, at: dt.datetime
) -> Outcome[RosterLine]:
    row.outcome, row.child, row.made = settled.outcome, settled.child, settled.made.as_text()
    row.save(update_fields=["outcome", "child", "made"])
    RosterQuestion.objects.bulk_create(questions_of(row.roster, row, settled))
    return changed(
        row, {"outcome": (None, row.outcome)}, about=settled.child.pk if settled.child else None
    )


def _keep(
    roster: Roster, content: bytes, understood: Understood, by: Actor, at: dt.datetime
) -> None:
    roster.agency_id, roster.place = by.agency_id, roster.source.place
    roster.summary, roster.seen_from = _summary(understood), day(at)
    roster.brought_by, roster.brought_at = by.account, at
    roster.save(force_insert=True)
    sealed = base64.b64encode(content).decode()
    RosterFile(roster=roster, agency_id=by.agency_id, content=sealed).save(force_insert=True)
    _keep_lines(roster, understood)


def _keep_lines(roster: Roster, understood: Understood) -> None:
    rows = rows_of(roster, understood.lines)
    RosterLine.objects.bulk_create(rows, batch_size=500)
    asked = [
        (row, reason)
        for row, line in zip(rows, understood.lines, strict=True)
        for reason in line.reasons
    ]
    listed: list[tuple[RosterLine | None, Any]] = [*asked]
    listed += [(None, problem.reason) for problem in understood.problems]
    RosterQuestion.objects.bulk_create(
        RosterQuestion(
            agency_id=roster.agency_id,
            roster=roster,
            line=row,
            code=reason.code,
            field=reason.field,
            asked=json.dumps(reason.as_json(), ensure_ascii=False),
        )
        for row, reason in listed
    )


def _read(content: bytes, keeper: RosterSource, on: dt.date) -> Understood:
    """Read a list, as its source's last one was read where the headings are the same.

    A choice made for other headings says nothing about these.
    """
    fresh = understand(content, on=on)
    if not keeper.column_map or fresh.column_map.fingerprint != keeper.fingerprint:
        return fresh
    kept = ColumnMap.of_json(json.loads(keeper.column_map))
    return understand(content, on=on, column_map=kept)


def _remember(keeper: RosterSource, column_map: ColumnMap) -> None:
    text = json.dumps(column_map.as_json(), ensure_ascii=False)
    assign(keeper, column_map=text, fingerprint=column_map.fingerprint)


def _is_under_way(roster: Roster) -> bool:
    rows = Job.objects.unscoped("does somebody's work import this list already")
    running = rows.filter(agency_id=roster.agency_id, kind=JOB, state__in=UNDER_WAY)
    return any(json.loads(job.details)["roster"] == str(roster.pk) for job in running)


def _summary(understood: Understood) -> str:
    first = next((one for one in understood.sheets if one.imported and one.columns), None)
    return json.dumps(
        {
            "map": understood.column_map.as_json(),
            "columns": [
                {
                    "key": f"{column.key[0]}#{column.nth}",
                    "heading": column.heading,
                    "field": column.field,
                    "why": column.why,
                    "sure": column.sure,
                    "offered": column.offered,
                }
                for column in (first.columns if first else ())
            ],
            "sheets": [
                {
                    "name": sheet.name,
                    "hidden": sheet.hidden,
                    "imported": sheet.imported,
                    "rows": sheet.rows,
                    "children": sheet.children,
                }
                for sheet in understood.sheets
            ],
            "problems": [
                {"sheet": one.sheet, "row": one.row, **one.reason.as_json()}
                for one in understood.problems
            ],
        },
        ensure_ascii=False,
    )


def _source(place: Place, kind: KeeperKind, name: str, by: Actor) -> RosterSource:
    rows = RosterSource.objects.unscoped("the Rule is asked right after")
    held = rows.filter(place=place, kind=kind, name=name[:60]).first()
    if held is None:
        held = RosterSource(agency_id=by.agency_id, place=place, kind=kind, name=name[:60])
        held.save(force_insert=True)
    return held


def _hold(place: Place) -> None:
    """Let one list of a place come at a time."""
    rows = Place.objects.unscoped("only locked, the Rule is asked right after")
    rows.select_for_update().get(pk=place.pk)


def _locked(roster: Roster) -> Roster:
    rows = Roster.objects.unscoped("the Rule was asked by the operation")
    return rows.select_for_update(of=("self",)).select_related("source", "place").get(pk=roster.pk)


def _lines(roster: Roster) -> Any:
    return RosterLine.objects.unscoped("lines of a roster whose Rule was asked").filter(
        roster=roster
    )


def _questions(roster: Roster) -> Any:
    return RosterQuestion.objects.unscoped("questions of a roster whose Rule was asked").filter(
        roster=roster
    )
