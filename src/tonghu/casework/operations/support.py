"""A map of support is drawn, together with the child and the family."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.models import Case, SupportMap, SupportTie
from tonghu.casework.models.support import MapOccasion, SupportKind, TieFlow, TieSide, TieStrength
from tonghu.casework.policy import CASES_PLANNED
from tonghu.casework.support import people_for_ties
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.people.models import Person


class NobodyDrawn(Refused):
    """A map names somebody, or says so honestly another way."""


class DrawnLater(Refused):
    """A map is drawn today or before, and since the case was heard of."""


class DrawnMeanwhile(Refused):
    """Somebody else drew a newer map since this form was opened."""


class NotOfTheFamily(Refused):
    """A tie names somebody who is not on the child's page."""


@dataclass(frozen=True)
class SaidTie:
    """What is said of one tie: a person of the family or somebody in words."""

    person: Person | None = None
    who: str = ""
    side: TieSide | str = TieSide.OTHER
    is_unpaid: bool = True
    strength: TieStrength | str = TieStrength.NORMAL
    flow: TieFlow | str = TieFlow.IN
    kinds: Sequence[SupportKind | str] = ()
    at_night: bool = False
    strain: str = ""


@operation("casework.support.mapped")
@upholds("R29")
def draw_support(
    *,
    case: Case,
    occasion: MapOccasion | str,
    drawn_on: dt.date,
    drawn_with: str = "",
    ties: Sequence[SaidTie],
    base: SupportMap | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[SupportMap]:
    """Draw who supports the child. The maps before stay, so that growth can be seen.

    ``base`` is the map the form began from; a newer one is never silently passed over.

    :raises Refused: unless ``by`` may plan the case.
    :raises NobodyDrawn: without a single tie.
    :raises DrawnLater: when the day has not come, or lies before the case.
    :raises DrawnMeanwhile: when somebody drew a newer map in between.
    :raises NotOfTheFamily: when a tie names somebody who is not on the child's page.
    """
    CASES_PLANNED.require(Action.WRITE, by, case, on=day(at))
    _require_sound(case, drawn_on, ties, by, day(at))
    _require_newest(case, base)
    drawn = SupportMap(
        agency_id=case.agency_id,
        case=case,
        occasion=occasion,
        on=drawn_on,
        drawn_with=drawn_with.strip(),
        by=by.account,
        at=at,
    )
    drawn.save(force_insert=True)
    SupportTie.objects.bulk_create(
        [_row(drawn, position, one) for position, one in enumerate(ties)]
    )
    return changed(drawn, {"ties": (None, len(ties))}, about=case.child_id)


def _require_sound(
    case: Case, drawn_on: dt.date, ties: Sequence[SaidTie], by: Actor, today: dt.date
) -> None:
    if not ties:
        raise NobodyDrawn(_("Name at least one person, a weak tie too. Nothing is lost."))
    if not case.opened_on <= drawn_on <= today:
        raise DrawnLater(_("Name a day between the first word of the case and today."))
    there = {one.pk for one in people_for_ties(case, by, on=today)}
    if any(one.person is not None and one.person.pk not in there for one in ties):
        raise NotOfTheFamily(_("Choose somebody who is on the child’s page, or write who it is."))


def _require_newest(case: Case, base: SupportMap | None) -> None:
    rows = SupportMap.objects.unscoped("the case's Rule was asked by the operation")
    last = rows.filter(case=case).order_by("-on", "-id").first()
    if last is not None and last != base:
        raise DrawnMeanwhile(
            _(
                "Somebody drew a newer map while you were writing. Yours is still here: "
                "compare it with the newer one below, then save again."
            )
        )


def _row(drawn: SupportMap, position: int, said: SaidTie) -> SupportTie:
    return SupportTie(
        agency_id=drawn.agency_id,
        map=drawn,
        position=position,
        person=said.person,
        who="" if said.person else said.who.strip(),
        side=said.side,
        is_unpaid=said.is_unpaid,
        strength=said.strength,
        flow=said.flow,
        kinds=" ".join(str(one) for one in said.kinds),
        at_night=said.at_night,
        strain=said.strain.strip(),
    )
