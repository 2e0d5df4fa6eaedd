"""What a person says to a suggestion of the rules; confirming stands with the categories."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.constants import Category
from tonghu.people.models import Child, DeclinedSuggestion
from tonghu.people.operations.spans import ReasonMissing
from tonghu.people.policy import CHILDREN
from tonghu.people.suggestions import suggestions_for


class NothingSuggested(Refused):
    """The facts have changed since the page was opened: the rules suggest it no longer."""


@operation("people.suggestion.declined")
def decline_suggestion(
    *, child: Child, category: Category, reason: str, by: Actor, at: dt.datetime
) -> Outcome[DeclinedSuggestion]:
    """Leave a suggestion aside, with a reason; it comes back when a fact it rests on changes.

    :raises Refused: unless ``by`` may write the file.
    :raises ReasonMissing: without a reason.
    :raises NothingSuggested: when the rules do not suggest it (any more).
    """
    on = day(at)
    CHILDREN.require(Action.WRITE, by, child, on=on)
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence why not."))
    open_now = (one for one in suggestions_for(by, child, on=on) if one.category == category)
    suggestion = next(open_now, None)
    if suggestion is None:
        raise NothingSuggested(
            _("The rules do not suggest this any more. Nothing was changed; go back to the file.")
        )
    declined = DeclinedSuggestion(
        agency_id=child.agency_id,
        child=child,
        category=category,
        rule=suggestion.finding.rule.key,
        facts=suggestion.finding.print,
        reason=reason.strip(),
        declined_by=by.account,
        declined_at=at,
    )
    declined.save(force_insert=True)
    return changed(declined, {"category": (None, category)}, reason=reason, about=child.pk)


@operation("people.suggestion.taken_up_again")
def take_up_again(
    *, declined: DeclinedSuggestion, by: Actor, at: dt.datetime
) -> Outcome[DeclinedSuggestion]:
    """Let a declined suggestion stand on the file again.

    :raises Refused: unless ``by`` may write the file.
    """
    CHILDREN.require(Action.WRITE, by, declined.child, on=day(at))
    if declined.taken_back_at is not None:
        return unchanged(declined)
    changes = assign(declined, taken_back_at=at)
    return changed(declined, changes, about=declined.child_id)
