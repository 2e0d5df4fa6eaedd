"""Sealing a file, opening a sealed one, and lifting a seal: two persons, and those named (R57)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from tonghu.access.actors import Actor
from tonghu.access.constants import ClosingKind
from tonghu.access.models import Account, Closing, Proposal, Reason, SealOpening
from tonghu.access.openings import SEALED
from tonghu.access.operations.two_persons import propose
from tonghu.access.roles import AgencyHead
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.clock import day, end_of
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.kernel.rules import Rule
from tonghu.people import numbers
from tonghu.people.models import Child
from tonghu.people.policy import CHILDREN, FILE, seals_with_the_head
from tonghu.people.sealing import can_be_named, seal_named_in, seal_of, seals_naming

SHORTEST = 4
FEWEST = 2
"""With one alone nobody could lift the seal, and her leaving would lose the file."""


class SealUnexplained(Refused):
    """A seal, each opening and its end are explained in a sentence."""


class TooFewNamed(Refused):
    """A seal names two people at least, of those who work here and are not closed out."""


class NothingOpens(Refused):
    """There is no sealed file of this number for this person, or none at all: one answer."""


@operation("people.seal.proposed")
@upholds("R57", "R83", says=gettext_lazy("the head proposes a seal, a second person agrees"))
def propose_seal(
    *, child: Child, named: Sequence[Account], words: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Ask a second person to close a file to all but those named.

    :raises Forbidden: unless ``by`` heads the agency and may approve on the file.
    :raises SealUnexplained: without a sentence.
    :raises TooFewNamed: with fewer than two who can be named.
    """
    CHILDREN.require(Action.APPROVE, by, child, on=day(at))
    if by.role_key != AgencyHead.key:
        raise Forbidden(_("A seal is proposed by the agency head."))
    reason = _a_sentence(words)
    known = {one.pk for one in can_be_named(child, on=day(at))}
    people = [one for one in named if one.pk in known]
    if len(people) < FEWEST:
        raise TooFewNamed(_("Name two people at least who may open the file. Nothing was changed."))
    details = {
        "number": child.number,
        "named": [str(one.pk) for one in people],
        "names": [one.name for one in people],
    }
    proposal = propose(act=SEAL.key, subject=child, details=details, reason=reason, by=by, at=at)
    return changed(proposal, about=child.pk)


@operation("people.seal.opened")
@upholds("R57", "R65", says=gettext_lazy("who is named opens it, each day with a reason"))
def open_sealed(
    *, number: str, code: str, words: str, by: Actor, at: dt.datetime
) -> Outcome[Reason]:
    """Open a sealed file to the end of the day; it still stands in no list and no search.

    :raises SealUnexplained: without a sentence.
    :raises NothingOpens: when there is none of this number, or it does not name ``by``.
    """
    said = _a_sentence(words)
    seal = seal_named_in(numbers.read(number), by)
    if seal is None:
        raise NothingOpens(
            _("Under this number nothing opens for you. Check the number with who gave it to you.")
        )
    reason = Reason(
        agency_id=by.agency_id,
        account=by.account,
        target_kind=SEALED,
        target_id=seal.pk,
        code=code,
        words=said,
        opened_at=at,
        until_at=end_of(day(at)),
    )
    reason.save(force_insert=True)
    return changed(reason, {"code": (None, code)}, reason=said, about=seal.target_id)


@operation("people.seal.lifting_proposed")
@upholds("R57", "R83")
def propose_unsealing(*, child: Child, words: str, by: Actor, at: dt.datetime) -> Outcome[Proposal]:
    """Ask somebody else who is named in the seal to lift it.

    :raises Refused: unless ``by`` has opened the file by the seal.
    :raises SealUnexplained: without a sentence.
    :raises NothingOpens: when the file is not sealed.
    """
    CHILDREN.require(Action.READ, by, child, on=day(at))
    seal = seal_of(child)
    if seal is None:
        raise NothingOpens(_("This file is not sealed. Nothing was changed."))
    details = {"number": child.number}
    reason = _a_sentence(words)
    proposal = propose(act=UNSEAL.key, subject=seal, details=details, reason=reason, by=by, at=at)
    return changed(proposal, about=child.pk)


def _a_sentence(words: str) -> str:
    words = words.strip()
    if len(words) < SHORTEST:
        raise SealUnexplained(_("Write one sentence that a colleague will understand later."))
    return words


def _sealed(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> Closing:
    seal = Closing(
        agency_id=proposal.agency_id,
        account=None,
        kind=ClosingKind.SEAL,
        target_kind=FILE,
        target_id=proposal.subject_id,
        words=proposal.reason,
        from_at=at,
    )
    seal.save(force_insert=True)
    two = {proposal.proposed_by_id, by.account_id}
    for pk in map(UUID, details["named"]):
        SealOpening(
            agency_id=proposal.agency_id, closing=seal, account_id=pk, may_approve=pk in two
        ).save(force_insert=True)
    return seal


def _unsealed(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> Closing:
    seal = Closing.objects.unscoped("the confirmed act").get(pk=proposal.subject_id)
    assign(seal, lifted_at=at)
    return seal


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    said = {gettext_lazy("File number"): numbers.shown(details["number"])}
    if names := details.get("names"):
        said[gettext_lazy("Who may open it")] = pgettext("between names", ", ").join(names)
    return said


SEAL = declare(
    TwoPersonAct(
        "people.seal.set",
        gettext_lazy("Seal a child’s file"),
        seals_with_the_head,
        _sealed,
        _told,
    )
)
UNSEAL = declare(
    TwoPersonAct(
        "people.seal.lifted",
        gettext_lazy("Lift the seal of a child’s file"),
        Rule(
            gettext_lazy("somebody else who is named in the seal"),
            lambda by, on: seals_naming(by) if by.account_id else Q(pk__in=[]),
        ),
        _unsealed,
        _told,
    )
)
