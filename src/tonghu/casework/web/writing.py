"""The pages on which something of a case is written: one form, one operation, both versions."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request
from tonghu.casework.editions import edition_of
from tonghu.casework.models import Case
from tonghu.casework.policy import CASES_PLANNED
from tonghu.casework.queries import case_for
from tonghu.kernel import clock
from tonghu.people.web.changes import refused


@dataclass(frozen=True)
class Writing:
    """What a page of writing says, where it leads, and which record's edition it carries."""

    heading: str | Promise
    verb: str | Promise
    then: str
    why: str | Promise = ""
    row: Model | None = None
    columns: tuple[str, ...] = ()


def written(
    request: Request,
    case: Case,
    form: forms.Form,
    act: Callable[..., Any],
    what: Writing,
    /,
    *,
    at: dt.datetime,
    **things: Any,
) -> HttpResponse:
    """Ask what an operation takes and call it; a refusal is said, a newer edition shown beside."""
    record_look(case, by=request.actor, at=at, about=case.child_id)
    base = edition_of(what.row, what.columns) if what.row and what.columns else ""
    sent = request.POST.get("base", "")
    carried = {"base": sent} if base else {}
    if request.method == "POST" and form.is_valid():
        refusal = refused(act, **things, **carried, by=request.actor, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect(what.then)
        form.add_error(None, refusal)
    context = {
        "case": case,
        "name": case.child.person.called,
        "form": form,
        "what": what,
        "base": base,
        "theirs": list(_as_it_is(what)) if base and sent and sent != base else [],
    }
    return render(request, "casework/write.html", context)


def _as_it_is(what: Writing) -> Iterator[tuple[str, str]]:
    """Yield what stands in the record by now, column by column."""
    for name in what.columns:
        shown = getattr(what.row, f"get_{name}_display", None)
        value = shown() if shown else getattr(what.row, name)
        if value not in (None, ""):
            yield str(what.row._meta.get_field(name).verbose_name), str(value)  # type: ignore[union-attr]


def case_to_plan(request: Request, case_id: UUID) -> Case:
    """Return the case in which somebody plans, reviews or closes.

    :raises Hidden: when she may not know of it.
    :raises Forbidden: when she may find it, but not plan in it.
    """
    on = clock.day(clock.now())
    return case_for(request.actor, case_id, on=on, action=Action.WRITE, sheet=CASES_PLANNED)
