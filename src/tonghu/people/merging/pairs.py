"""Pairs with third files when two files become one: what a person said of either holds."""

from uuid import UUID

from tonghu.people.constants import DoubleState
from tonghu.people.merging.keeping import Kept
from tonghu.people.models import Child, PossibleDouble


def join_pairs(survivor: Child, loser: Child, kept: Kept) -> None:
    """Let pairs with the file that is given up be pairs with the surviving one.

    Who was told apart from either is told apart from the whole: twins are not proposed again.
    """
    rows = PossibleDouble.objects.unscoped("the merge asked the Rule of both files")
    for column in ("one_id", "other_id"):
        for pair in rows.filter(**{column: loser.pk}).order_by("pk"):
            third = pair.other_id if column == "one_id" else pair.one_id
            if third != survivor.pk:
                _joined(pair, survivor.pk, third, kept)


def _joined(pair: PossibleDouble, survivor: UUID, third: UUID, kept: Kept) -> None:
    one, other = sorted((survivor, third))
    rows = PossibleDouble.objects.unscoped("the merge asked the Rule of both files")
    same = rows.filter(agency_id=pair.agency_id, one_id=one, other_id=other).first()
    if same is None:
        kept.change(pair, one_id=one, other_id=other)
    elif pair.state == DoubleState.DIFFERENT:
        kept.change(
            same, state=pair.state, decided_by_id=pair.decided_by_id, decided_at=pair.decided_at
        )
