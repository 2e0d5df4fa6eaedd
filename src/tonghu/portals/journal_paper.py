"""The signed end of the journal on paper: two people sign it and keep it outside the house."""

import datetime as dt
from pathlib import Path

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import tonghu.access
from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.heads import fingerprint
from tonghu.access.models import JournalHead
from tonghu.access.roles import AgencyAdministrator, AgencyHead
from tonghu.documents.pdf import Imprint, Printed, print_document

TEMPLATE = Path(tonghu.access.__file__).with_name("documents") / "journal_head.typ"


def print_head(head: JournalHead, *, by: Actor, at: dt.datetime) -> Printed:
    """Return the paper of one signed head, in the language of who prints it; names nobody else."""
    imprint = Imprint(
        agency=queries.agency_of(by).name,
        title=_("Signed end of the journal"),
        number=f"{head.day_on:%Y%m%d}-{head.seq}",
        confidentiality=_("To be kept outside the house"),
        printed_by=by.account.name if by.account else "",
        language=get_language() or "zh-hans",
    )
    return print_document(TEMPLATE, imprint=imprint, data=_said(head), at=at)


def _said(head: JournalHead) -> dict[str, object]:
    return {
        "heading": _("Signed end of the journal"),
        "opening": _(
            "On this day the journal ended with the number and the sum below. Nobody can later "
            "take rows away or put in an older copy without this paper showing it."
        ),
        "facts": [
            [_("Day"), date_format(head.day_on, "DATE_FORMAT")],
            [_("Last number"), str(head.seq)],
            [_("Signed"), date_format(localtime(head.signed_at), "DATETIME_FORMAT")],
            [_("Short form of the key"), fingerprint(head.public_key)],
        ],
        "head_words": _("Sum of the journal"),
        "head": head.hash,
        "signature_words": _("Signature"),
        "signature": head.signature,
        "key_words": _("Key that signed"),
        "key": head.public_key,
        "check_heading": _("How to check it"),
        "check": _(
            "Keep the file of the signed end beside this paper, on a stick. The command tonghu "
            "doctor --head with that file says whether the journal is still the one signed here."
        ),
        "signers": [str(AgencyHead.name), str(AgencyAdministrator.name)],
        "lines": [_("Name"), _("Date")],
    }
