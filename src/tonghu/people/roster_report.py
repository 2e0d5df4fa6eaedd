"""A roster from the command line: brought, imported or only tried, and told as plain data."""

import json
from collections import Counter
from pathlib import PurePath
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor, actor_for, system
from tonghu.access.constants import OrganisationKind
from tonghu.access.models import Account, Organisation
from tonghu.kernel import clock
from tonghu.kernel.errors import Refused
from tonghu.kernel.tenancy import only_rows_of
from tonghu.people import queries
from tonghu.people.constants import KeeperKind, LineOutcome
from tonghu.people.models import Place, Roster
from tonghu.people.operations import rosters
from tonghu.people.roster.lines import Line
from tonghu.people.roster.understanding import understand
from tonghu.people.takeover.answers import KNOWN_CHILD
from tonghu.people.takeover.said import line_of, rows_of
from tonghu.people.takeover.settling import foresee_matches
from tonghu.people.tasks import import_whole, liken_whole


class NotAsked(Refused):
    """The command does not say for whom or for which place."""


def bring(
    content: bytes,
    *,
    file_name: str,
    login: str = "",
    agency: str = "",
    place: str = "",
    source: str = "",
    dry_run: bool = False,
) -> dict[str, Any]:
    """Import a roster for somebody at work, or say what an import would do.

    Without a name the program itself brings the list, for the one agency of this house or the one
    that is named. Without a place it is that of the list's title or file, else the first.

    :raises NotAsked: when the agency, person or place is not told, or not to be found.
    :raises Refused: when the person may not, or the file is no roster.
    """
    by = _at_work(login, agency) if login else _program(agency)
    with only_rows_of(by.agency_id):
        here = _place(by, place, content, file_name)
        if dry_run:
            return _tried(content, by, here)
        return _brought(content, file_name, source or PurePath(file_name).stem, by, here)


def _brought(content: bytes, file_name: str, source: str, by: Actor, here: Place) -> dict[str, Any]:
    roster = rosters.bring_roster(
        place=here,
        kind=KeeperKind.COMMITTEE,
        source=source,
        file_name=file_name,
        content=content,
        by=by,
        at=clock.now(),
    )
    begun = rosters.begin_import(roster=roster, by=by, at=clock.now())
    return _done(liken_whole(import_whole(begun, by, clock.now()), by, clock.now()), by)


def _program(agency: str) -> Actor:
    houses = Organisation.objects.unscoped("which agency is meant").filter(
        kind=OrganisationKind.AGENCY
    )
    named = Q(name=agency) | Q(latin_name=agency)
    found = list(houses.filter(named) if agency else houses)
    if agency and not found:
        found = [one for one in houses if str(one.pk) == agency]
    if len(found) != 1:
        raise NotAsked(_("Say with --agency for which agency the list is."))
    return system(found[0].pk)


def _at_work(login: str, agency: str) -> Actor:
    account = Account.objects.filter(login=login.strip().lower()).first()
    by = actor_for(account, on=clock.day(clock.now())) if account else None
    if by is None:
        raise NotAsked(_("Nobody works here under the name {login}.").format(login=login))
    house = Organisation.objects.unscoped("is it the agency that was named").get(pk=by.agency_id)
    if agency and agency not in (house.name, house.latin_name, str(house.pk)):
        raise NotAsked(_("{login} does not work for {agency}.").format(login=login, agency=agency))
    return by


def _place(by: Actor, name: str, content: bytes, file_name: str) -> Place:
    """Return the place that is named; the program takes that of the title, or the first."""
    own = list(queries.own_places_for(by, on=clock.day(clock.now())).order_by("name"))
    found = [one for one in own if one.name == name] if name else own
    if len(found) > 1 and not name and by.account_id is None:
        understood = understand(content, on=clock.day(clock.now()))
        told = " ".join(
            [file_name, *(title for sheet in understood.sheets for title in sheet.titles)]
        )
        found = ([one for one in found if one.name in told] or found)[:1]
    if len(found) != 1:
        raise NotAsked(_("Say with --place for which village or community the list is."))
    return found[0]


def _tried(content: bytes, by: Actor, here: Place) -> dict[str, Any]:
    """Say what an import would do; nothing is written."""
    on = clock.day(clock.now())
    understood = understand(content, on=on)
    roster = Roster(agency_id=by.agency_id, place=here, seen_from=on)
    rows = rows_of(roster, understood.lines)
    told = foresee_matches(roster, rows, by, on=on)
    children = []
    for row, line in zip(rows, understood.lines, strict=True):
        outcome, match = told[row.position]
        key = str(match.certain.pk) if match.certain else line.person_key
        proposed = [*line.proposed, *(str(child.pk) for child in match.likely)]
        children.append(_child(line, outcome, key, proposed))
    problems = [
        {"sheet": one.sheet, "row": one.row, **one.reason.as_json()} for one in understood.problems
    ]
    return _report(children, problems, imported=False)


def _done(roster: Roster, by: Actor) -> dict[str, Any]:
    """Say what an import did, of the lines and children that this person may find."""
    on = clock.day(clock.now())
    rows = list(queries.lines_for(by, roster, on=on))
    by_key = {row.key: str(row.child_id) for row in reversed(rows) if row.child_id}
    likely: dict[Any, list[str]] = {}
    for one in queries.questions_for(by, roster, on=on).filter(code=KNOWN_CHILD):
        likely.setdefault(one.line_id, []).append(str(one.proposed_id))
    children = []
    for row in rows:
        line = line_of(row)
        key = str(row.child_id) if row.child_id else row.key
        proposed = [by_key.get(one, one) for one in line.proposed] + likely.get(row.pk, [])
        children.append(_child(line, LineOutcome(row.outcome), key, proposed))
    return _report(children, json.loads(roster.summary)["problems"], imported=True)


def _child(line: Line, outcome: LineOutcome, key: str, proposed: list[str]) -> dict[str, Any]:
    """Tell one line; where a person must look the outcome says so, imported or not."""
    held = outcome in (LineOutcome.DECISION, LineOutcome.REFUSED)
    return {
        "sheet": line.sheet,
        "row": line.row,
        "child_no": line.child_no or None,
        "outcome": str(LineOutcome.DECISION if line.reasons and not held else outcome),
        "imported": not held,
        "fields": line.fields.as_dict(),
        "reasons": [reason.code for reason in line.reasons],
        "person_key": key,
        "proposed": proposed,
    }


def _report(
    children: list[dict[str, Any]], problems: list[dict[str, Any]], *, imported: bool
) -> dict[str, Any]:
    told = Counter(child["outcome"] for child in children)
    names = [one.value for one in LineOutcome if one.value]
    totals = {"children": len(children)} | {name: told[name] for name in names}
    totals["imported"] = sum(child["imported"] for child in children) if imported else 0
    return {
        "totals": totals,
        "children": children,
        "problems": [
            {"sheet": one["sheet"], "row": one["row"], "reason": one["code"], "text": one["text"]}
            for one in problems
        ],
    }
