"""A paper of a case is printed: on record before anybody holds it."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.models import Case
from tonghu.casework.papers.filling import fill, forms_of
from tonghu.casework.papers.form import FORMS
from tonghu.casework.papers.policy import PRINTS
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.people import words


class NoSuchForm(Refused):
    """No form of this name exists."""


@operation("casework.paper.printed")
@upholds("R30", "R81")
def print_paper(
    *, case: Case, form: str, language: str, part: UUID | None = None, by: Actor, at: dt.datetime
) -> Outcome[Case]:
    """Put on record that a form of a case is printed, and by whom; then it may be.

    :raises Refused: unless ``by`` may print papers of the case, and read each class on this one.
    :raises NeedsReason: where the form's class asks one for each taking away (R25).
    :raises NoSuchForm: when no form is called so.
    """
    PRINTS.require(Action.EXPORT, by, case, on=day(at))
    if form not in FORMS:
        raise NoSuchForm(
            _("There is no form called {name}. The forms are: {names}.").format(
                name=form, names=words.together(list(FORMS))
            )
        )
    chosen = FORMS[form]
    for sheet in chosen.taken_away_by:
        sheet.require(Action.EXPORT, by, case, on=day(at))
    if chosen.is_whole:
        forms_of(case, by, on=day(at))
    fill(chosen, case, by, on=day(at), part=part)
    return changed(case, {"form": (None, form), "language": (None, language)}, about=case.child_id)
