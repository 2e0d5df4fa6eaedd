"""One child's file: who it is, its years, its family, who holds it and who looked."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tonghu.access import queries as access
from tonghu.access.actors import Actor
from tonghu.access.emergencies import own_glass
from tonghu.access.looks import record_look
from tonghu.access.models import JournalRow
from tonghu.access.roles import SocialWorker
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.attachments.web.listing import newest_papers
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.people import confidential, contact, holding, numbers, words
from tonghu.people.coming import coming_for
from tonghu.people.consents import standings_of
from tonghu.people.guardians import suspensions_of
from tonghu.people.homes import homes_of, roofs_of
from tonghu.people.models import Child
from tonghu.people.onward import onward_from
from tonghu.people.operations import registering
from tonghu.people.policy import ASSIGNMENTS, CHILDREN, PAPERS
from tonghu.people.queries import (
    Family,
    child_for,
    family_of,
    life_of,
    merges_of,
    unscoped_surviving,
)
from tonghu.people.sealing import seal_of
from tonghu.people.standing import last_four_of, with_a_file
from tonghu.people.web.changes import asked, done
from tonghu.people.web.consent_lines import called_in, lines_of, not_asked
from tonghu.people.web.consents import rights
from tonghu.people.web.entitled_words import entitled_of
from tonghu.people.web.entrusting import entrusted_of
from tonghu.people.web.family import members_of
from tonghu.people.web.fields import offer
from tonghu.people.web.identity_forms import GiveForm
from tonghu.people.web.story import Story, care_of, place_of, school_of

ROWS_OF_HISTORY = 40


@page(CHILDREN, Action.READ)
@require_GET
def child(request: Request, child_id: UUID) -> HttpResponse:
    """Show a child's file; that it was looked at is on record before it is sent."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = child_for(by, child_id, on=on)
    if found.pk != child_id:
        return redirect("child", child_id=found.pk)  # it was merged into this one (R54)
    record_look(found, by=by, at=at)
    family = family_of(found, by, on=on)
    context = {
        "child": found,
        "glass": own_glass(by, found.pk, at=at),
        "name": found.person.called,
        "number": numbers.shown(found.number),
        "age": words.age(found.person.born_on, found.person.precision, on),
        "born": words.birth(found.person.born_on, found.person.precision),
        "last_four": last_four_of(found),
        **_told(request, found, family, on),
        **entitled_of(request, found, on),
        **_agreed(request, found, family, on),
        "coming": coming_for(found, request.actor, on=on),
        "onward": onward_from(found, request.actor, on=on),
        **_held(request, found, on),
        "papers": newest_papers(request, PAPERS.target_kind, found.pk, on=on),
        **_on_record(request, found, on),
        "merges": [
            (one.pk, numbers.shown(one.loser.number)) for one in merges_of(found, by, on=on)
        ],
    }
    return render(request, "people/child.html", context)


def _told(request: Request, child: Child, family: Family, on: dt.date) -> dict[str, Any]:
    """Return the years and the family, and what may be written."""
    life, by = life_of(child), request.actor
    story = Story(life, homes_of(child, by), family.kin, on)
    people = [child.pk, *(one.relative_id for one in family.kin)]
    phones = contact.phones_of(child, people, by, on=on)
    care = _in_force(life.care, on)
    school, home = _in_force(life.schooling, on), _in_force(life.residences, on)
    return {
        "lanes": story.drawing(child.person.called),
        "rows": story.rows(),
        "care": care_of(care[-1]) if care else "",
        "entrusted": entrusted_of(care[-1], on) if care else None,
        "place": place_of(home[-1]) if home else "",
        "residence": home[-1] if home else None,
        "shows_contact": contact.is_open(child, by, on=on),
        "school": school_of(school[-1], whole=True) if school else "",
        "hukou": _in_force(life.hukou, on),
        "names": life.names,
        "guardians": family.guardians,
        "members": members_of(family, phones, with_a_file(people, by, on=on)),
        "own_phones": phones.get(child.pk, []),
        "roofs": roofs_of(child, by, on=on),
        "categories": [one for one in life.categories if not _is_over(one, on)],
        "former": [one for one in life.categories if _is_over(one, on)],
        "may_write": CHILDREN.opens(Action.WRITE, by, child, on=on),
        **_hidden(child, by, on),
    }


def _hidden(child: Child, by: Actor, on: dt.date) -> dict[str, Any]:
    """Return the ways to what is hidden, to who may go them; not the values."""
    may_look = confidential.is_open(child, by, on=on)
    return {
        "seal": seal_of(child),
        "hidden": confidential.hidden_for(child, by, on=on) if may_look else [],
        "may_hide": confidential.is_open(child, by, on=on, action=Action.WRITE),
    }


def _agreed(request: Request, child: Child, family: Family, on: dt.date) -> dict[str, Any]:
    """Return who said yes to what, and whose rights are suspended."""
    lines = lines_of(standings_of(child, on=on), called_in(child, family.kin))
    return {
        "agreed": [line for line in lines if line.was_asked],
        "not_asked": words.together(not_asked(lines)),
        "suspended": suspensions_of(child, on=on),
        **rights(child, request),
    }


def _held(request: Request, child: Child, on: dt.date) -> dict[str, Any]:
    by = request.actor
    holders = holding.holders_of(child, by, on=on)
    may_give = holding.is_open(child, by, on=on)
    return {
        "holders": holders,
        "holders_named": words.together([one.account.called for one in holders]),
        "may_give": may_give and by.role_key != SocialWorker.key,
        "may_take": may_give and by.role_key == SocialWorker.key,
    }


def _on_record(request: Request, child: Child, on: dt.date) -> dict[str, Any]:
    by = request.actor
    done = access.history_of(child.pk, by, looks=False, on=on)[:ROWS_OF_HISTORY]
    history = one_per_act(list(done))
    looks = list(access.history_of(child.pk, by, looks=True, on=on)[:ROWS_OF_HISTORY])
    return {"history": history, "looks": looks, "names_of_rows": access.names_of(history + looks)}


def one_per_act(rows: list[JournalRow]) -> list[JournalRow]:
    """Return the rows that tell of whole acts: of an act's rows the last says what was done."""
    acts: dict[UUID, JournalRow] = {}
    for row in sorted(rows, key=lambda one: one.seq):
        acts[row.act] = row
    return sorted(acts.values(), key=lambda one: -one.seq)


def _in_force(spans: list, on: dt.date) -> list:
    return [span for span in spans if span.from_on <= on and not _is_over(span, on)]


def _is_over(span: Any, on: dt.date) -> bool:
    return span.until_on is not None and span.until_on < on


@page(ASSIGNMENTS, Action.WRITE)
@require_http_methods(["GET", "POST"])
def child_give(request: Request, child_id: UUID) -> HttpResponse:
    """Give the file to a worker, from a day on."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    action = Action.READ if request.method == "POST" else Action.WRITE
    # Sent twice, it is answered by the operation; that one asks who may write.
    file = unscoped_surviving(child_id)
    found = ASSIGNMENTS.get(action, Child.objects.select_related("person"), by, file, on=on)
    form = GiveForm(request.POST or None, initial={"from_on": on})
    workers = holding.can_be_given(found, by, on=on, again=request.method == "POST")
    offer(form, "worker", [(one, one.called) for one in workers])
    if request.method == "POST" and form.is_valid():
        try:
            registering.assign_child(child=found, **form.cleaned_data, by=by, at=at)
        except (Forbidden, Hidden):
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, found)
    return asked(
        request,
        found,
        form,
        heading=_("To whom the file is given"),
        verb=_("Give the file"),
        why=_("Who held it before reads it no more from the next day on, without a reason."),
    )


@page(ASSIGNMENTS, Action.WRITE)
@require_POST
def child_take(request: Request, child_id: UUID) -> HttpResponse:
    """Take a file that nobody holds."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    file = unscoped_surviving(child_id)
    found = ASSIGNMENTS.get(Action.READ, Child.objects.all(), by, file, on=on)
    if by.account is None:
        raise Hidden
    registering.assign_child(child=found, worker=by.account, from_on=on, by=by, at=at)
    messages.success(request, _("You hold the file from today on."))
    return redirect("child", child_id=found.pk)
