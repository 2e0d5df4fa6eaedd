"""Telephone and address, which have a Rule of their own (R22)."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.law import upholds
from tonghu.people.models import Child, Phone
from tonghu.people.policy import CONTACT_DATA


def is_open(child: Child, by: Actor, *, on: dt.date, action: Action = Action.READ) -> bool:
    """Tell whether a child's contact data are open to the actor today."""
    return CONTACT_DATA.opens(action, by, child, on=on)


@upholds(
    "R22", "R67", says=_("telephones are shown where contact data are open, hidden ones to nobody")
)
def phones_of(
    child: Child, people: Collection[UUID], by: Actor, *, on: dt.date
) -> dict[UUID, list[Phone]]:
    """Return the telephones of a child's family by person; none where they are not open.

    A hidden number is not opened: the page says that it is given by arrangement.
    """
    if not is_open(child, by, on=on):
        return {}
    rows = Phone.objects.unscoped("the contact data's Rule was asked above")
    found: dict[UUID, list[Phone]] = {}
    for phone in rows.filter(person__in=people).order_by("id"):
        if phone.is_hidden:
            phone.number = ""
        found.setdefault(phone.person_id, []).append(phone)
    return found
