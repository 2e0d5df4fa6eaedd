"""What guardianship assessments add to a case: events in words, a way on, a card."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.events import say
from tonghu.casework.beginnings import may, to
from tonghu.casework.capacities import capacities_of
from tonghu.casework.constants import OPEN
from tonghu.casework.models import Case
from tonghu.casework.policy import CASES_ASSESSED
from tonghu.casework.sections import Section, Way, section, way

say(
    {
        "casework.capacity.begun": _("began to look at the guardianship of a family"),
        "casework.capacity.judged": _("wrote how the guardianship of a family stands"),
    }
)
way(Way("capacity", _("Look at guardianship"), to("capacity-new"), OPEN, may(CASES_ASSESSED), 55))


def _card(case: Case, by: Actor, on: dt.date) -> dict[str, Any] | None:
    papers = list(capacities_of(case, by, on=on)[:5])
    return {"papers": papers} if papers else None


section(
    Section(
        "capacity", _("Guardianship assessment"), "casework/parts/capacity.html", _card, order=32
    )
)
