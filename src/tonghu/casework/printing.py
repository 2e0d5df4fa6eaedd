"""Papers of a case as PDF: put on record, filled from the records, laid out by one engine."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from tonghu.access import queries as access
from tonghu.access.actors import Actor
from tonghu.casework.models import Case
from tonghu.casework.operations.printing import print_paper
from tonghu.casework.papers.filling import Filled, as_data, fill, fill_all
from tonghu.casework.papers.form import FORMS
from tonghu.documents.pdf import Imprint, Printed, print_document
from tonghu.kernel.clock import day
from tonghu.people.numbers import shown

TEMPLATE = Path(__file__).with_name("documents") / "paper.typ"


def printed(
    case: Case, form: str, *, language: str, part: UUID | None = None, by: Actor, at: dt.datetime
) -> Printed:
    """Return a paper of a case in a language; that it was printed is on record before.

    :raises Refused: whatever :func:`print_paper` refuses.
    """
    print_paper(case=case, form=form, language=language, part=part, by=by, at=at)
    return laid_out(case, form, language=language, part=part, by=by, at=at)


def laid_out(
    case: Case, form: str, *, language: str, part: UUID | None = None, by: Actor, at: dt.datetime
) -> Printed:
    """Return the paper itself; whoever calls this has put it on record.

    :raises Refused: unless ``by`` may read each class on it.
    """
    on = day(at)
    with override(language):
        first = fill(FORMS[form], case, by, on=on, part=part)
        rest = fill_all(case, by, on=on) if FORMS[form].is_whole else []
        imprint = Imprint(
            agency=access.agency_of(by).name,
            title=str(FORMS[form].title),
            number=shown(case.number),
            confidentiality=_("Confidential: for those at work on the case"),
            printed_by=by.account.called if by.account else _("the program"),
            language=language,
        )
        return print_document(TEMPLATE, imprint=imprint, data=_said([first, *rest]), at=at)


def _said(papers: Sequence[Filled]) -> dict[str, object]:
    return {
        "sub": "",
        "contents": _("Contents") if len(papers) > 1 else "",
        "papers": [as_data(one) for one in papers],
        "day": _("Date:            year       month       day"),
    }
