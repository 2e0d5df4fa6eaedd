"""One form of many cases, in the background: one file to fetch, each printing on record."""

import datetime as dt
import zipfile
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import ALIVE
from tonghu.casework.models import Case
from tonghu.casework.papers.form import FORMS, Form, in_order
from tonghu.casework.papers.policy import PRINTS
from tonghu.casework.papers.providers import is_bound
from tonghu.casework.policy import CASES
from tonghu.casework.printing import printed
from tonghu.jobs.kinds import Asked, JobKind, Progress, register
from tonghu.kernel.clock import day, now
from tonghu.kernel.errors import Forbidden
from tonghu.kernel.law import upholds
from tonghu.people.numbers import shown

MOST = 200
"""Papers in one file; who has more prints twice."""


class NotHersAnyMore(Forbidden):
    """One of the cases is not this person's to print by now."""


def forms_for_many() -> list[Form]:
    """Return the forms that can be printed of many cases at once: one paper each, no reason."""
    return [one for one in in_order() if is_bound(one) and not one.one_of and not one.taken_away_by]


def cases_for_many(by: Actor, *, on: dt.date) -> list[str]:
    """Return the living cases of which this person prints without a reason, as many as fit."""
    rows = Case.objects.filter(state__in=ALIVE)
    rows = rows.filter(PRINTS.where(Action.EXPORT, by, on))
    found = CASES.rows(Action.READ, rows, by, on=on).order_by("opened_on", "pk")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:MOST]]


@upholds("R30", "R85", says=gettext_lazy("each case is asked again when the file is fetched"))
def allow(by: Actor, details: dict[str, Any]) -> None:
    """Ask the Rules of every case in the file as they stand now.

    :raises NotHersAnyMore: when one is not this person's to print any more.
    """
    on, asked = day(now()), details["cases"]
    rows = Case.objects.filter(pk__in=asked).filter(PRINTS.where(Action.EXPORT, by, on))
    there = CASES.rows(Action.READ, rows, by, on=on).count()
    if not asked or there != len(asked) or details["form"] not in FORMS:
        raise NotHersAnyMore(
            _("One of these cases is not yours to print any more. Ask for the papers again.")
        )


def run(asked: Asked, progress: Progress) -> str:
    """Print one paper after the other into one file; only one is ever held in memory."""
    cases, form = asked.details["cases"], asked.details["form"]
    progress(0, len(cases))
    with zipfile.ZipFile(asked.path, "w", zipfile.ZIP_STORED) as file:
        for count, pk in enumerate(cases, 1):
            case = _case(asked.by, pk, day(asked.at))
            said = {"language": asked.details["language"], "by": asked.by, "at": asked.at}
            paper = printed(case, form, **said)
            file.writestr(f"{form}-{shown(case.number)}.pdf", paper.pdf)
            progress(count)
    return f"{_('Papers')}-{day(asked.at):%Y%m%d}.zip"


def _case(by: Actor, pk: str, on: dt.date) -> Case:
    rows = Case.objects.select_related("child__person", "same_as")
    return PRINTS.get(Action.EXPORT, rows, by, pk, on=on)


KIND = register(
    JobKind(
        key="casework.papers.printed",
        name=gettext_lazy("Papers of many cases"),
        counts=gettext_lazy("papers"),
        allow=allow,
        run=run,
    )
)
