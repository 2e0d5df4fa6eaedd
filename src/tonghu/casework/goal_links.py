"""Which goals a contact was about: offered on the contact's form, kept in the case's own table."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.casework.operations import rating
from tonghu.casework.plans import goals_in, goals_to_choose
from tonghu.people.models import Child
from tonghu.services.linking import Link, link
from tonghu.services.models import Contact


def _offer(child: Child, by: Actor, on: dt.date) -> Sequence[tuple[UUID, str]]:
    return [(one.pk, one.words) for one in goals_to_choose(child, by, on=on)]


def _keep(contact: Contact, chosen: Sequence[UUID], by: Actor) -> None:
    offered = goals_to_choose(contact.child, by, on=contact.recorded_at.date())
    goals = [one for one in offered if one.pk in chosen]
    rating.link(contact=contact, goals=goals, by=by, at=contact.recorded_at)


def _of(contact: Contact, by: Actor, on: dt.date) -> Sequence[str]:
    return [one.words for one in goals_in(contact.pk, by, on=on)]


link(Link("goals", _("Which goals was it about?"), _offer, _keep, _of))
