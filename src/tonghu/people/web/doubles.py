"""Two files that may be one child's: the work list, side by side, merged, told apart, undone."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.actors import Actor
from tonghu.access.events import words_for
from tonghu.access.looks import record_look
from tonghu.access.queries import names_of
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.kernel.rules import NOTHING, only
from tonghu.people import numbers, words
from tonghu.people.beside import Beside, set_aside, side_by_side, since_the_merge
from tonghu.people.cards import Card, cards_of
from tonghu.people.constants import DoubleState
from tonghu.people.models import Child, Merge, PossibleDouble
from tonghu.people.operations import doubles, merging
from tonghu.people.policy import DOUBLES, MERGES, decides_doubles
from tonghu.people.queries import (
    child_of_number,
    double_for,
    merge_for,
    possible_doubles_for,
    told_apart_for,
)
from tonghu.people.web.double_words import rows_of, sides_of
from tonghu.people.web.story import Story

SHOWN = 50


class NumbersForm(forms.Form):
    """Two file numbers as they are printed or read out."""

    one = forms.CharField(label=gettext_lazy("File number"), max_length=20)
    other = forms.CharField(label=gettext_lazy("The other file number"), max_length=20)

    def both(self, by: Actor, on: dt.date) -> list[Child]:
        """Return the files that the actor may find; a number that leads nowhere is said so."""
        found = []
        for name in self.fields:
            child = child_of_number(self.cleaned_data[name], by, on=on)
            if child is None:
                self.add_error(name, _("No file of this number is here for you. Look at it again."))
            else:
                found.append(child)
        return found


@dataclass(frozen=True)
class Listed:
    """One file of a pair on the work list: what a card may say."""

    name: str
    said: str


@page(DOUBLES, Action.WRITE)
@require_GET
def double_list(request: Request) -> HttpResponse:
    """Show the pairs that wait for whoever answers for both files, and those told apart."""
    on, by = clock.day(clock.now()), request.actor
    if decides_doubles.where(by, on) == NOTHING:
        raise Forbidden(only(decides_doubles.says))
    return _listing(request, NumbersForm(), on)


def _listing(
    request: Request, form: NumbersForm, on: dt.date, *, status: int = 200
) -> HttpResponse:
    by = request.actor
    waiting = possible_doubles_for(by, on=on)
    told_apart = told_apart_for(by, on=on)
    shown, apart = list(waiting[:SHOWN]), list(told_apart[:SHOWN])
    pks = {pk for pair in (*shown, *apart) for pk in (pair.one_id, pair.other_id)}
    cards = cards_of(pks, on=on)
    context = {
        "count": waiting.count(),
        "waiting": [_listed(pair, cards, on) for pair in shown],
        "apart": [_listed(pair, cards, on) for pair in apart],
        "shown": SHOWN,
        "form": form,
    }
    return render(request, "people/double_list.html", context, status=status)


@page(DOUBLES, Action.WRITE)
@require_POST
def double_new(request: Request) -> HttpResponse:
    """Put two files side by side of which somebody says that they are one child's."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    form = NumbersForm(request.POST)
    files = form.both(by, on) if form.is_valid() else []
    if len(files) == len(form.fields):
        try:
            pair = doubles.suspect(one=files[0], other=files[1], by=by, at=at)
        except (Forbidden, Hidden):
            raise
        except Refused as refusal:
            form.add_error("other", str(refusal))
        else:
            return redirect("double", pair_id=pair.pk)
    return _listing(request, form, on, status=409)


def _listed(pair: PossibleDouble, cards: dict[UUID, Card], on: dt.date) -> dict[str, Any]:
    two = [_card(child, cards[child.pk], on) for child in (pair.one, pair.other)]
    return {"pair": pair, "two": two, "is_unsure": pair.state == DoubleState.UNSURE}


def _card(child: Child, card: Card, on: dt.date) -> Listed:
    person = child.person
    lives = _("by arrangement") if card.is_hidden else card.place
    held = words.together(card.holders) or _("nobody yet")
    told = [
        numbers.shown(child.number),
        words.age(person.born_on, person.precision, on),
        lives,
        held,
    ]
    return Listed(person.called, " · ".join(one for one in told if one))


@page(DOUBLES, Action.WRITE)
@require_GET
def double(request: Request, pair_id: UUID) -> HttpResponse:
    """Show both files side by side, and ask whether they are one child's."""
    at = clock.now()
    two = side_by_side(pair_id, request.actor, at=at)
    if two.one.child == two.other.child:
        return redirect("child", child_id=two.one.child.pk)  # they are one by now
    return _asked(request, two, at)


def _asked(
    request: Request, two: Beside, at: dt.datetime, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    older = min(two.one, two.other, key=lambda file: (file.child.registered_on, file.child.pk))
    one, other = sides_of(two)
    context = {
        "pair": two.pair,
        "one": one,
        "other": other,
        "stays": request.POST.get("stays") or str(older.child.pk),
        "leads": "one" if older is two.one else "other",
        "rows": list(rows_of(two, clock.day(at))),
        "kin": two.kin,
        "takes_two": two.takes_two,
        "is_apart": two.pair.state == DoubleState.DIFFERENT,
        "refusal": refusal,
    }
    return render(request, "people/double.html", context, status=status)


@page(DOUBLES, Action.WRITE)
@require_POST
def double_decide(request: Request, pair_id: UUID) -> HttpResponse:
    """Merge the two, propose it, tell them apart, leave it open, or take that back."""
    at = clock.now()
    pair = double_for(request.actor, pair_id, on=clock.day(at))
    try:
        return _decided(request, pair, at)
    except (Forbidden, Hidden):
        raise
    except Refused as refusal:
        two = side_by_side(pair_id, request.actor, at=at)
        if two.one.child == two.other.child:
            messages.warning(request, str(refusal))
            return redirect("child", child_id=two.one.child.pk)
        return _asked(request, two, at, refusal=str(refusal), status=409)


def _decided(request: Request, pair: PossibleDouble, at: dt.datetime) -> HttpResponse:
    by, answer = request.actor, request.POST.get("answer", "")
    if answer == "merge":
        done = merging.merge(pair=pair, **_chosen(request, pair), by=by, at=at)
        messages.success(request, _("The two files are one now. Below you can undo it."))
        return redirect("merge", merge_id=done.pk)
    if answer == "propose":
        merging.propose_merge(pair=pair, **_chosen(request, pair), by=by, at=at)
        said = _("A second person is asked. Nothing is changed until she confirms.")
    elif answer == "apart":
        doubles.keep_apart(one=pair.one, other=pair.other, by=by, at=at)
        said = _("Remembered: two children. They are not proposed again.")
    elif answer == "again":
        doubles.reconsider(pair=pair, by=by, at=at)
        said = _("The two stand on the list again.")
    elif answer == "unsure":
        doubles.leave_open(pair=pair, by=by, at=at)
        said = _("Left open. The two stay on the list.")
    else:
        raise Refused(_("Press one of the answers. Nothing was changed."))
    messages.success(request, said)
    return redirect("double-list")


def _chosen(request: Request, pair: PossibleDouble) -> dict[str, Any]:
    """Return which number stays, where the other file's value stands, and who is one person."""
    stays = pair.other if request.POST.get("stays") == str(pair.other_id) else pair.one
    ours = "other" if stays == pair.other else "one"
    said = {name: request.POST.get(f"choice-{name}", ours) for name in merging.CHOICES}
    return {
        "survivor": stays,
        "taken": [name for name, side in said.items() if side != ours],
        "kin": _numbers(request.POST.getlist("kin")),
    }


def _numbers(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@page(MERGES, Action.READ)
@require_GET
def merge(request: Request, merge_id: UUID) -> HttpResponse:
    """Show how a file came of two, what was set aside, and the way back."""
    at = clock.now()
    found = merge_for(request.actor, merge_id, on=clock.day(at))
    record_look(found.survivor, by=request.actor, at=at)
    return _told(request, found, at)


def _told(
    request: Request, found: Merge, at: dt.datetime, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    by, on = request.actor, clock.day(at)
    aside, person = set_aside(found), found.loser.person
    rows = MERGES.rows(Action.WRITE, Merge.objects.filter(pk=found.pk), by, on=on)
    may_undo = not found.undone_at and rows.exists()
    context = {
        "merge": found,
        "name": found.survivor.person.called,
        "stays": numbers.shown(found.survivor.number),
        "went": numbers.shown(found.loser.number),
        "person": person,
        "born": words.birth(person.born_on, person.precision),
        "last_four": aside.last_four,
        "rows": Story(aside.life, [], [], on).rows(),
        "hukou": aside.life.hukou,
        "categories": aside.life.categories,
        "may_undo": may_undo,
        "since": _since(request, found, on) if may_undo else [],
        "refusal": refusal,
    }
    return render(request, "people/merge.html", context, status=status)


def _since(request: Request, found: Merge, on: dt.date) -> list[dict[str, Any]]:
    """Return what was written since the merge, and where the person wants it so far."""
    listed = since_the_merge(found, request.actor, on=on)
    wanted, named = set(_numbers(request.POST.getlist("to-other"))), names_of(listed)
    return [
        {
            "pk": row.subject_id,
            "what": words_for(row.event),
            "who": named.get(row.account_id) if row.account_id else "",
            "at": row.at,
            "goes": row.subject_id in wanted,
        }
        for row in listed
    ]


@page(MERGES, Action.WRITE)
@require_POST
def merge_undo(request: Request, merge_id: UUID) -> HttpResponse:
    """Part the two files again."""
    at = clock.now()
    found = merge_for(request.actor, merge_id, on=clock.day(at), action=Action.WRITE)
    try:
        to_other = _numbers(request.POST.getlist("to-other"))
        merging.part(merge=found, to_other=to_other, by=request.actor, at=at)
    except (Forbidden, Hidden):
        raise
    except Refused as refusal:
        return _told(request, found, at, refusal=str(refusal), status=409)
    messages.success(
        request, _("Undone. Both files say again what they said; the two stand on the list.")
    )
    return redirect("double-list")
