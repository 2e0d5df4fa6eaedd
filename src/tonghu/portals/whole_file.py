"""The whole file of a child, given out: to whom, asked again at each step (R60, R83, R85, R88)."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.models import Proposal
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.documents.pdf import Copy, Imprint, Printed, print_document
from tonghu.jobs.constants import FILE_LIVES
from tonghu.jobs.kinds import Asked, JobKind, Progress, register
from tonghu.jobs.models import Job
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden
from tonghu.kernel.law import upholds
from tonghu.people.models import Child, Person
from tonghu.people.numbers import shown
from tonghu.people.queries import child_for, unscoped_surviving
from tonghu.people.rights import may_have_the_file
from tonghu.people.rights_policy import releases_a_file
from tonghu.portals.releasing import asked_by_proposer
from tonghu.portals.whole_file_said import Contents, contents_of

TEMPLATE = Path(__file__).with_name("documents") / "whole_file.typ"


class NotEntitled(Forbidden):
    """Neither the child from 14 on nor a guardian who may know (R60)."""


def entitled(child: Child, recipient: UUID, *, on: dt.date) -> Person:
    """Return for whom a copy is, if she may have it on the day; the caller asked the file's Rule.

    :raises NotEntitled: for everybody else; which Rule is in the way is not said.
    """
    for one in may_have_the_file(child, on=on):
        if one.pk == recipient:
            return one
    raise NotEntitled(
        _(
            "This person may not be given the file. Nothing has left and nothing is lost. Choose "
            "somebody on the page of the copy."
        )
    )


@upholds("R60", "R85", says=gettext_lazy("file and recipient are asked again at each download"))
def allow(by: Actor, details: dict[str, Any]) -> None:
    """Ask the file's export Rule and the right of the recipient as they stand now.

    :raises Refused: when the file is not this person's to take away.
    :raises NotEntitled: when the recipient may not have it any more.
    """
    _both(by, details, clock.day(clock.now()))


def _both(by: Actor, details: dict[str, Any], on: dt.date) -> tuple[Child, Person]:
    child = child_for(by, UUID(details["child"]), on=on, action=Action.EXPORT)
    return child, entitled(child, UUID(details["recipient"]), on=on)


def run(asked: Asked, progress: Progress) -> str:
    """Write the copy in the language that was chosen; the file's name names nobody."""
    on = clock.day(asked.at)
    child, recipient = _both(asked.by, asked.details, on)
    with override(asked.details["language"]):
        contents = contents_of(child, asked.by, on=on)
        progress(0, len(contents.parts))
        asked.path.write_bytes(_printed(child, recipient, contents, asked).pdf)
        progress(len(contents.parts))
        return f"{_('Copy of a file')}-{on:%Y%m%d}.pdf"


def _printed(child: Child, recipient: Person, contents: Contents, asked: Asked) -> Printed:
    imprint = Imprint(
        agency=queries.agency_of(asked.by).name,
        title=_("Copy of a file"),
        number=shown(child.number),
        confidentiality=_("For the recipient alone"),
        printed_by=asked.by.account.called if asked.by.account else "",
        language=asked.details["language"],
        copy=Copy(
            recipient=recipient.called,
            purpose=_("a copy of the own data (PIPL 45)"),
            expires_at=asked.at + FILE_LIVES,
        ),
    )
    return print_document(TEMPLATE, imprint=imprint, data=_said(contents, asked.at), at=asked.at)


def _said(contents: Contents, at: dt.datetime) -> dict[str, object]:
    until = date_format(localtime(at + FILE_LIVES), "DATETIME_FORMAT")
    return {
        "heading": _("What stands on the file"),
        "opening": _(
            "This is what the service keeps on this child, but for what concerns other people "
            "or what the law keeps back. If something is wrong, say so: it is answered within "
            "fifteen working days."
        ),
        "parts": [
            {"heading": one.heading, "lines": [list(line) for line in one.lines]}
            for one in contents.parts
        ],
        "yours": _(
            "The day at the foot, {until}, is for the copy in the service's computers. This "
            "paper is the recipient's to keep. Keep it where nobody else reads it."
        ).format(until=until),
    }


KIND = register(
    JobKind(
        key="people.child.given_out",
        name=gettext_lazy("Copy of a child's file"),
        counts=gettext_lazy("parts"),
        allow=allow,
        run=run,
    )
)


def _perform(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> Job:
    rows = Child.objects.unscoped("who confirms has asked the Rule of releasing it")
    child = rows.select_related("person").get(pk=unscoped_surviving(UUID(details["child"])))
    entitled(child, UUID(details["recipient"]), on=clock.day(at))
    return asked_by_proposer(KIND.key, proposal, details, by=by, at=at)


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    people = Person.objects.unscoped("who decides on the act reads for whom it is")
    recipient = people.filter(pk=details["recipient"]).first()
    preview = reverse("whole-file", args=[details["child"]])
    return {
        gettext_lazy("File number"): shown(details["number"]),
        gettext_lazy("For whom"): recipient.called if recipient else "–",
        gettext_lazy("Checked"): _(
            "Who the recipient is was seen. Nobody comes into danger by it. The child was told."
        ),
        gettext_lazy("What leaves"): format_html(
            '<a href="{}">{}</a>', preview, _("Read every line before you confirm")
        ),
    }


EXPORT = declare(
    TwoPersonAct(
        key="people.child.given_out",
        name=gettext_lazy("Give a copy of a child's file out of the house"),
        confirm=releases_a_file,
        perform=_perform,
        tell=_told,
        leaves=True,
    )
)
