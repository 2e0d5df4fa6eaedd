"""Hiding an address, a telephone, a place or a school, and showing it again (R23, R67, R83)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from tonghu.access.actors import Actor
from tonghu.access.models import Proposal
from tonghu.access.operations.two_persons import propose
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.people.belonging import require_family
from tonghu.people.constants import HiddenKind
from tonghu.people.hiding import Act, hidden_of, put_back, rows_to_hide, take_out
from tonghu.people.models import Child, HiddenField, Phone
from tonghu.people.numbers import shown
from tonghu.people.policy import HIDDEN, shows_again

SHORTEST = 4


class NothingToHide(Refused):
    """Nothing was chosen, or what was chosen is not on the file."""


class WhyMissing(Refused):
    """Hiding, and showing again, is explained in a sentence."""


class NothingHidden(Refused):
    """None of it is hidden any more."""


@operation("people.whereabouts.concealed")
@upholds("R23", "R67", says=gettext_lazy("one person hides at once; the value leaves every page"))
def hide(
    *,
    child: Child,
    address: bool = False,
    place: bool = False,
    school: bool = False,
    phones: Sequence[Phone] = (),
    words: str,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Child]:
    """Keep where a child can be found from every page, list and search, from this moment on.

    Address, place and school are those of today and of later, and the same where they stood
    before; other ones of the past stay in the history. The journal says that something was
    hidden, not what.

    :raises Refused: unless ``by`` may write what is hidden of the file.
    :raises WhyMissing: without a sentence that says why.
    :raises NothingToHide: when nothing of it is on the file.
    :raises NotOfThisFamily: when a telephone is not on the child's page.
    """
    HIDDEN.require(Action.WRITE, by, child, on=day(at))
    act = Act(by, at, _a_sentence(words))
    ticked = {
        HiddenKind.RESIDENCE: address,
        HiddenKind.PLACE: place,
        HiddenKind.SCHOOL: school,
    }
    wanted = {kind for kind, is_ticked in ticked.items() if is_ticked}
    moved = [take_out(child, kind, row, act) for kind, row in rows_to_hide(child, wanted, day(at))]
    for phone in phones:
        require_family(child, phone.person)
        moved.append(take_out(child, HiddenKind.PHONE, phone, act))
    if not any(moved):
        raise NothingToHide(_("There is nothing of this to hide on the file. Nothing was changed."))
    return changed(child)


@operation("people.whereabouts.lifting_proposed")
@upholds("R67", "R83")
def propose_showing(
    *, child: Child, fields: Sequence[HiddenField], words: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Ask a second person to let ordinary pages show it again; until then all stays hidden.

    An address, a place, a school are shown again with where they stood before.

    :raises Refused: unless ``by`` may read what is hidden of the file.
    :raises WhyMissing: without a sentence that says why.
    :raises NothingHidden: when none of it is hidden.
    """
    HIDDEN.require(Action.READ, by, child, on=day(at))
    reason = _a_sentence(words)
    kinds = {one.kind for one in fields} - {HiddenKind.PHONE}
    chosen = Q(pk__in=[one.pk for one in fields]) | Q(kind__in=kinds)
    held = hidden_of(child).filter(chosen)
    details = {
        "number": child.number,
        "fields": [str(one.pk) for one in held],
        "kinds": sorted({one.kind for one in held}),
    }
    if not details["fields"]:
        raise NothingHidden(_("None of it is hidden any more. Nothing was changed."))
    proposal = propose(
        act=SHOW_AGAIN.key, subject=child, details=details, reason=reason, by=by, at=at
    )
    return changed(proposal, about=child.pk)


def _a_sentence(words: str) -> str:
    words = words.strip()
    if len(words) < SHORTEST:
        raise WhyMissing(_("Write one sentence that a colleague will understand later."))
    return words


def _perform(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> Child:
    child = Child.objects.unscoped("the confirmed act").get(pk=proposal.subject_id)
    for field in hidden_of(child).filter(pk__in=details["fields"]):
        put_back(field)
    return child


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    kinds = [str(HiddenKind(kind).label) for kind in details["kinds"]]
    return {
        gettext_lazy("File number"): shown(details["number"]),
        gettext_lazy("Ordinary pages show again"): pgettext("between names", ", ").join(kinds),
    }


SHOW_AGAIN = declare(
    TwoPersonAct(
        "people.whereabouts.lifted",
        gettext_lazy("Show again what was hidden of a child"),
        shows_again,
        _perform,
        _told,
    )
)
