"""Links to a content: for one person at work, for one of its two sizes, for five minutes (R31).

A link opens nothing by itself. The Rules of the file are asked again whenever it is used.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.attachments.constants import LINK_LIVES
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.kernel.law import upholds

_signer = Signer(salt="tonghu.attachments.link")


@upholds("R31", says=gettext_lazy("a link to a picture lives five minutes, for one person"))
def link(pk: UUID, size: str, by: Actor) -> str:
    """Return the proof that goes with an address: until when, and for whom."""
    until = int((clock.now() + LINK_LIVES).timestamp())
    return f"{until}.{_signer.signature(_said(pk, size, by, until))}"


def require_link(proof: str, pk: UUID, size: str, by: Actor) -> None:
    """Refuse what was not made for this person, this content and this moment.

    :raises Hidden: when it was made for somebody or something else, or by nobody.
    :raises Forbidden: when the five minutes are over.
    """
    until, _dot, signature = proof.partition(".")
    said = _said(pk, size, by, until)
    try:
        _signer.unsign(f"{said}{_signer.sep}{signature}")
    except BadSignature as error:
        raise Hidden(_("There is nothing here for you.")) from error
    if clock.now().timestamp() > int(until):
        raise Forbidden(
            _("A link to a picture or paper lives five minutes. Open it again from the file.")
        )


def _said(pk: UUID, size: str, by: Actor, until: int | str) -> str:
    return f"{pk}.{size}.{by.account_id}.{by.membership_id}.{until}"
