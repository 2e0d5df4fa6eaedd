"""How every named step moves a case: allowed in this state, to this person, and on record."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.casework.models import Case, CaseStep
from tonghu.casework.steps import STEPS
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.operations import Changes, assign


class NotInThisState(Refused):
    """The step is not one of the state in which the case stands by now."""


class ReasonMissing(Refused):
    """The step needs a sentence that says why."""


class OpenCase(Refused):
    """The child has an open case already."""


def move(
    case: Case,
    key: str,
    *,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    on: dt.date | None = None,
    **also: object,
) -> Changes:
    """Take a step of the table within an operation, and return what changed on the case.

    ``also`` are columns of the case that the step writes besides.

    :raises Refused: unless ``by`` may take the step.
    :raises NotInThisState: when the case stands elsewhere by now.
    :raises ReasonMissing: when the step needs a reason and has none.
    :raises OpenCase: when the child has another open case.
    """
    step = STEPS[key]
    step.sheet.require(step.action, by, case, on=day(at))
    now = Case.objects.unscoped("its Rule was asked above").select_for_update().get(pk=case.pk)
    if not step.leads_from(now.state):
        raise NotInThisState(
            _("The case is at “%(state)s” by now; this does not go on from there. Nothing changed.")
            % {"state": now.get_state_display()}
        )
    if step.needs_reason and not reason.strip():
        raise ReasonMissing(_("Write in a sentence why. Nothing is lost."))
    before = now.state
    case.state = before
    try:
        with transaction.atomic():
            changes = assign(case, state=step.to_state, **also)
    except IntegrityError:
        case.state = before
        raise OpenCase(_("This child has an open case. Go on with that one.")) from None
    note_step(case, key, before, by=by, at=at, on=on or day(at), reason=reason)
    return changes


def note_step(
    case: Case,
    key: str,
    before: str,
    *,
    by: Actor,
    at: dt.datetime,
    on: dt.date,
    reason: str = "",
) -> CaseStep:
    """Write down that a step was taken."""
    row = CaseStep(
        agency_id=case.agency_id,
        case=case,
        step=key,
        from_state=before,
        to_state=case.state,
        on=on,
        at=at,
        by=by.account,
        reason=reason.strip(),
    )
    row.save(force_insert=True)
    return row
