"""A household as one of its children's files opens it: who lives there, who has moved out."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people import words
from tonghu.people.contact import phones_of
from tonghu.people.models import Child, HouseholdMember, Phone
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import child_for, family_of
from tonghu.people.standing import stays_in, with_a_file
from tonghu.people.web.family import members_of


@dataclass(frozen=True)
class Stay:
    """Somebody in the household."""

    name: str
    notes: list[str | Promise]
    when: str
    file: UUID | None
    phones: list[Phone]
    member: HouseholdMember


@page(CHILDREN, Action.READ)
@require_GET
def household(request: Request, child_id: UUID, household_id: UUID) -> HttpResponse:
    """Show who lives and who lived in a household, as far as the child's file is open."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on)
    stays = stays_in(child, household_id, by, on=on)
    record_look(child, by=by, at=at)
    here = [one for one in stays if one.until_on is None or one.until_on >= on]
    context = {
        "child": child,
        "name": child.person.called,
        "household": stays[0].household,
        "here": _told(request, child, here, on),
        "gone": _told(request, child, [one for one in stays if one not in here], on),
        "may_write": CHILDREN.opens(Action.WRITE, by, child, on=on),
    }
    return render(request, "people/household.html", context)


def _told(request: Request, child: Child, stays: list[HouseholdMember], on: dt.date) -> list[Stay]:
    people = [one.person_id for one in stays]
    files = with_a_file(people, request.actor, on=on)
    phones = phones_of(child, people, request.actor, on=on)
    family = members_of(family_of(child, request.actor, on=on), phones, files)
    known = {one.person.pk: one for one in family}
    return [
        Stay(
            one.person.called,
            [part for part in (known[one.person_id].relation, known[one.person_id].status) if part]
            if one.person_id in known
            else [],
            words.stretch(one, on),
            one.person_id if one.person_id in files else None,
            phones.get(one.person_id, []),
            one,
        )
        for one in stays
    ]
