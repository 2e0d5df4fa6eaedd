"""Saying that somebody of the staff is tied to a child's family: it closes the files at once."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.constants import ClosingKind
from tonghu.access.models import Account, Closing
from tonghu.access.notices import concerned_with, tell
from tonghu.access.operations.grounds import close_to
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation, unchanged
from tonghu.people.kin_closing import follow_new_ties
from tonghu.people.models import Child
from tonghu.people.policy import CHILDREN, FILE
from tonghu.people.ties import colleagues_for_a_tie, family_files

SHORTEST = 4


class TieUnexplained(Refused):
    """A tie is said in a sentence, so that two others can judge it later."""


class NotAColleague(Refused):
    """The person is nobody of whom the actor can say it."""


@operation("people.tie.declared")
@upholds("R55", says=gettext_lazy("a tie is declared in good faith and closes the family at once"))
def declare_tie(
    *, child: Child, account: Account, words: str, by: Actor, at: dt.datetime
) -> Outcome[Child]:
    """Close the files of a child's whole family to somebody who is tied to it, also oneself.

    It holds with the next request, whatever the role; two others, neither concerned, may lift
    it. The file's people and the head are told, so that somebody takes over what was held.

    :raises Refused: unless ``by`` may find the child.
    :raises NotAColleague: for somebody whom ``by`` cannot name.
    :raises TieUnexplained: without a sentence.
    """
    on = day(at)
    CHILDREN.require(Action.FIND, by, child, on=on)
    if account not in colleagues_for_a_tie(child, by, on=on):
        raise NotAColleague(_("Choose somebody from the list. Nothing was changed."))
    words = words.strip()
    if len(words) < SHORTEST:
        raise TieUnexplained(_("Write one sentence that a colleague will understand later."))
    held = Closing.objects.unscoped("a file is closed to a person once")
    held = held.filter(account=account, target_kind=FILE, lifted_at=None)
    shut = set(held.values_list("target_id", flat=True))
    files = [one for one in family_files(child, on=on) if one.pk not in shut]
    for file in files:
        closing = close_to(
            account=account,
            kind=ClosingKind.CONFLICT,
            target_kind=FILE,
            target_id=file.pk,
            words=words,
            by=by,
            at=at,
        )
        told = concerned_with(file.pk, agency_id=by.agency_id, but=by.account_id, on=on)
        tell(told, closing, event="access.closing.recorded", by=by, at=at)
    follow_new_ties(child, by=by, at=at)
    return changed(child) if files else unchanged(child)
