"""What is asked of casework from the command line: cases, papers, how much fills itself."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from tonghu.access.actors import Actor, actor_for, system
from tonghu.access.models import Account, Organisation
from tonghu.casework.models import Case
from tonghu.casework.papers.filling import parts, printable_case
from tonghu.casework.papers.form import FORMS, in_order
from tonghu.casework.papers.providers import Subject, is_bound
from tonghu.casework.papers.shares import shares_of
from tonghu.casework.printing import printed
from tonghu.casework.queries import cases_for
from tonghu.kernel.clock import day, now
from tonghu.kernel.errors import Refused
from tonghu.kernel.tenancy import only_rows_of, rows_of_every_agency
from tonghu.people.numbers import read, shown

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def cases_as(login: str) -> dict[str, Any]:
    """Return the cases that somebody would find today, as one document.

    :raises Refused: when nobody of that login is at work.
    """
    at = now()
    by = _at_work(login, at)
    with only_rows_of(by.agency_id):
        rows = [*cases_for(by, on=day(at)), *cases_for(by, on=day(at), alive=False)]
        return {"as": login, "cases": [_line(one) for one in rows]}


def _line(case: Case) -> dict[str, Any]:
    return {
        "pk": case.pk,
        "number": shown(case.number),
        "child": shown(case.child.number),
        "name": case.child.person.called,
        "state": case.state,
        "kind": case.kind,
        "risk": case.risk_level,
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
    }


def print_case(number: str, form: str, language: str, file: Path, login: str = "") -> int:
    """Print a form of a case into a file, as somebody at work or as the program.

    Of a form that is printed of one of several things, the newest is. Returns the bytes.

    :raises Refused: when the case or the form is not there, or not this person's to print.
    """
    at = now()
    case_pk, agency = _numbered(number)
    by = _at_work(login, at) if login else system(agency)
    with only_rows_of(by.agency_id):
        case = printable_case(by, case_pk, on=day(at))
        part = _newest(case, form, by, day(at))
        paper = printed(case, form, language=LANGUAGES[language], part=part, by=by, at=at)
    file.write_bytes(paper.pdf)
    return len(paper.pdf)


def _numbered(number: str) -> tuple[UUID, UUID]:
    with rows_of_every_agency("the number says which agency's case is asked for"):
        rows = Case.objects.unscoped("its Rule is asked before anything of it is read")
        found = rows.filter(number=read(number)).values_list("pk", "agency_id").first()
    if found is None:
        raise Refused(_("There is no case of the number {number}.").format(number=number))
    return found


def _newest(case: Case, form: str, by: Actor, on: dt.date) -> UUID | None:
    if form not in FORMS or not FORMS[form].one_of:
        return None
    there = parts(FORMS[form], Subject(case, by, on))
    if not there:
        raise Refused(_("This case has nothing yet that the form is printed of."))
    return there[0].pk


def forms_document() -> dict[str, Any]:
    """Return the forms with their variables and how much of each fills itself, all agencies."""
    on = day(now())
    with rows_of_every_agency("figures over cells, no child in them"):
        agencies = list(
            Organisation.objects.unscoped("figures over cells")
            .filter(pk__in=Case.objects.unscoped("figures over cells").values("agency_id"))
            .values_list("pk", flat=True)
        )
    totals: dict[str, list[int]] = {}
    for agency in agencies:
        with only_rows_of(agency):
            for one in shares_of(agency, on=on):
                kept = totals.setdefault(one.form.key, [0, 0, 0, 0])
                counted = (one.papers, one.count.cells, one.count.filled, one.count.own)
                totals[one.form.key] = [a + b for a, b in zip(kept, counted, strict=True)]
    return {
        "forms": [
            _form(key, totals.get(key, [0, 0, 0, 0])) for key in (one.key for one in in_order())
        ]
    }


def _form(key: str, counted: list[int]) -> dict[str, Any]:
    papers, cells, filled, own = counted
    titles = {}
    for short, code in LANGUAGES.items():
        with override(code):
            titles[short] = str(FORMS[key].title)
    return {
        "name": key,
        "title": titles,
        "is_there": is_bound(FORMS[key]),
        "variables": list(dict.fromkeys(name for name, _field in FORMS[key].fields())),
        "papers_counted": papers,
        "cells": cells,
        "filled_from_records": filled,
        "of_them_recorded_for_it": own,
        "share_filled_by_reuse": round(filled / cells, 3) if cells else None,
    }


def _at_work(login: str, at: dt.datetime) -> Actor:
    account = Account.objects.filter(login=login).first()
    by = actor_for(account, on=day(at)) if account else None
    if by is None:
        raise Refused(_("Nobody of this login is at work today."))
    return by
