"""An office that only the tests of the kernel know: its operations, and people in a hurry."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

from tonghu.access.actors import Actor
from tonghu.access.models import Organisation
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.operations import EVENTS, assign, changed, operation, unchanged

A = TypeVar("A")
meanwhile: list[Callable[[], object]] = []
"""What else happens, once, after ``add`` has begun and before it looks at the partners."""


class Closed(Refused):
    """The office does not do that."""


@operation("tests.house.renamed")
def rename(*, house: Organisation, name: str, by: Actor, at: dt.datetime):
    changes = assign(house, name=name)
    if by.role_key == "worker":
        raise Forbidden("Not yours to do.")
    if name == "":
        raise Closed("A house has a name.")
    if name == "bug":
        raise ZeroDivisionError
    return changed(house, changes, reason="moved") if changes else unchanged(house)


@operation("tests.house.called")
def call(*, house: Organisation, phone: str, by: Actor, at: dt.datetime):
    return changed(house, assign(house, phone=phone))


@operation("tests.house.moved")
def move(*, house: Organisation, name: str, by: Actor, at: dt.datetime):
    call(house=house, phone="029 1", by=by, at=at)
    rename(house=house, name=name, by=by, at=at)
    return changed(house)


@operation("tests.house.moved_if_possible")
def try_to_move(*, house: Organisation, name: str, by: Actor, at: dt.datetime):
    call(house=house, phone="029 1", by=by, at=at)
    try:
        rename(house=house, name=name, by=by, at=at)
    except Refused:
        house.refresh_from_db()
    return changed(house)


@operation("tests.partner.added")
def add(*, code: str, by: Actor, at: dt.datetime):
    while meanwhile:
        meanwhile.pop()()
    partners = Organisation.objects.unscoped("a test")
    if partners.filter(credit_code=code).exists():
        raise Closed("This credit code is on the list already.")
    partner = Organisation(agency_id=by.agency_id, kind="buyer", name="B", credit_code=code)
    partner.save(force_insert=True)
    return changed(partner)


# Another test holds that every event of the product has words; these are no part of it.
EVENTS.difference_update([event for event in EVENTS if event.startswith("tests.")])


def at_once(count: int, act: Callable[[], A]) -> list[A]:
    """Let several do the same at the same time; return what each was answered."""

    def alone(_number: int) -> A:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as people:
        return list(people.map(alone, range(count)))
