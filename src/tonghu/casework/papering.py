"""What papers sign up for: the forms, what fills them, their words, a card on the case page."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.events import say
from tonghu.access.sheets import Action, Answer
from tonghu.casework import batch  # noqa: F401 -- its kind of work signs up
from tonghu.casework.models import Case
from tonghu.casework.operations import (  # noqa: F401 -- their Rules are on the page of rules
    printing,
    support,
)
from tonghu.casework.papers import (  # noqa: F401 -- they sign up
    assessed,
    ended,
    facts,
    layouts,
    onward,
    planned,
    told,
)
from tonghu.casework.papers.filling import forms_of
from tonghu.casework.papers.policy import PRINTS
from tonghu.casework.sections import Section, section

say(
    {
        "casework.paper.printed": _("printed a paper of a case"),
        "casework.support.mapped": _("drew who supports a child"),
    }
)


def _papers(case: Case, by: Actor, on: dt.date) -> dict[str, Any] | None:
    answer = PRINTS.judge(Action.EXPORT, by, case, on=on)
    if answer is Answer.ALLOW:
        return {"count": len(forms_of(case, by, on=on))}
    return {"count": 0} if answer is Answer.REASON else None


section(Section("papers", _("Forms to print"), "casework/parts/papers.html", _papers, order=80))
