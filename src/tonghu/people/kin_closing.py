"""Everyone tied to a suspect guardian is closed out, from the minute it is recorded (R56).

A tie is recorded where somebody is closed out of a file for kinship or conflict: she is tied to
that child's family, and so to the guardian who belongs to it. Rows are written, not derived, so
that everything that asks for closings obeys them: lists, search, the journal, notices.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.constants import ClosingKind
from tonghu.access.models import Account, Closing
from tonghu.access.operations.grounds import close_to
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.constants import SuspensionGround
from tonghu.people.guardians import files_of
from tonghu.people.models import Child, Guardianship, GuardianSuspension, Kinship
from tonghu.people.policy import FILE

OF_TIES = (ClosingKind.CONFLICT, ClosingKind.SUSPECT_KIN)


@upholds("R56", says=_("who is tied to a suspect guardian is closed out of all the family's files"))
def close_to_kin(
    guardian: UUID, named: Iterable[Account] = (), *, by: Actor, at: dt.datetime
) -> None:
    """Close the files of a suspect guardian's family to everyone tied to that guardian.

    Those ``named`` were said to be tied when the suspicion was recorded. What is closed stays
    closed until two persons lift it: kin remains kin when a suspicion falls.
    """
    files = files_of(guardian)
    shut = Closing.objects.unscoped("who is tied, is what is asked")
    shut = shut.filter(lifted_at__isnull=True, target_kind=FILE, target_id__in=files)
    held = {(one.account_id, one.target_id) for one in shut}
    tied = {one.account_id: one.account for one in _of_ties(shut) if one.account} | {
        one.pk: one for one in named
    }
    for pk, account in tied.items():
        for file in sorted(files):
            if (pk, file) not in held:
                close_to(
                    account=account,
                    kind=ClosingKind.SUSPECT_KIN,
                    target_kind=FILE,
                    target_id=file,
                    words="",
                    by=by,
                    at=at,
                )


def follow_new_ties(child: Child, *, by: Actor, at: dt.datetime) -> None:
    """Close what a tie recorded just now closes: a suspect guardian may belong to this family.

    Whoever ties somebody to a child's family, or a colleague to a child, calls this afterwards
    in the same operation.
    """
    suspects = GuardianSuspension.objects.unscoped("the caller asked the file's Rule")
    suspects = suspects.filter(in_force(day(at)), ground=SuspensionGround.SUSPECT)
    kin = Kinship.objects.unscoped("the caller asked the file's Rule").filter(child=child)
    held = Guardianship.objects.unscoped("the caller asked the file's Rule").filter(child=child)
    found = suspects.filter(
        Q(guardian__in=kin.values("relative_id")) | Q(guardian__in=held.values("guardian_id"))
    ).values_list("guardian_id", flat=True)
    for guardian in sorted(set(found)):
        close_to_kin(guardian, by=by, at=at)


def _of_ties(shut: "QuerySet[Closing]") -> "QuerySet[Closing]":
    return shut.filter(kind__in=OF_TIES).select_related("account")
