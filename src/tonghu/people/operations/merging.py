"""Bringing two files of one child together, by one person or by two, and parting them again."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.models import Closing, Proposal
from tonghu.access.operations.two_persons import propose
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation
from tonghu.people.constants import DoubleState
from tonghu.people.hiding import Act
from tonghu.people.kin_closing import follow_new_ties
from tonghu.people.merging.bringing import bring_files, bring_persons
from tonghu.people.merging.describing import join_numbers, join_persons
from tonghu.people.merging.hiding import hide_the_whole
from tonghu.people.merging.keeping import Kept
from tonghu.people.merging.kin import same_kin
from tonghu.people.merging.pairs import join_pairs
from tonghu.people.merging.since import Since, give_over, written_since
from tonghu.people.merging.teams import takes_two
from tonghu.people.models import (
    CareSpan,
    Child,
    HukouSpan,
    Merge,
    PossibleDouble,
    ResidenceSpan,
    SchoolSpan,
    SearchKey,
)
from tonghu.people.numbers import shown
from tonghu.people.policy import DOUBLES, FILE, MERGES, confirms_a_merge
from tonghu.people.search.index import index

LANES: Final[dict[str, type[Model]]] = {
    "home": ResidenceSpan,
    "hukou": HukouSpan,
    "care": CareSpan,
    "school": SchoolSpan,
}
CHOICES: Final = ("name", "born", "sex", "ethnicity", "identity", *LANES)
"""Where two files may differ and one value stands; by itself that of the surviving file."""


class SecondPersonNeeded(Refused):
    """The files belong to two teams: one person proposes, another confirms."""


class AlreadyMerged(Refused):
    """One of the two files was brought together with another before."""


class NotOfThisPair(Refused):
    """The file that is to stay is none of the two."""


class StandsOnLater(Refused):
    """Another file was merged afterwards; that is undone first."""


class SaysItAlready(Refused):
    """The other file has a row of its own that says the same: both cannot stand there."""


class AlreadyParted(Refused):
    """The two files were parted before."""


@operation("people.child.merged")
@upholds("R54", "R83")
def merge(
    *,
    pair: PossibleDouble,
    survivor: Child,
    taken: Collection[str] = (),
    kin: Collection[UUID] = (),
    confirming: Proposal | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Merge]:
    """Bring two files together under the number of ``survivor``; ``part`` undoes it.

    ``taken`` names, of ``CHOICES``, where the other file's value stands, ``kin`` who of it is the
    same person on both. ``confirming`` is the proposal by which a second person does it.

    :raises Refused: unless ``by`` answers for both files, or confirms for one of them.
    :raises SecondPersonNeeded: when the files are those of two teams.
    :raises AlreadyMerged: when one of them was merged before.
    :raises NotOfThisPair: when ``survivor`` is none of the two.
    """
    first, second = _locked(pair)
    _require_may_merge(pair, first, second, confirming, by, day(at))
    stays, goes = _of_pair(survivor, first, second)
    kept = _brought_together(stays, goes, set(taken), set(kin), by, day(at))
    hide_the_whole(stays, kept, Act(by, at, ""), day(at))
    follow_new_ties(stays, by=by, at=at)
    kept.change(pair, state=DoubleState.SAME, decided_by_id=by.account_id, decided_at=at)
    made = Merge(
        agency_id=stays.agency_id,
        survivor=stays,
        loser=goes,
        kept=kept.as_text(),
        proposed_by_id=confirming.proposed_by_id if confirming else None,
        decided_by_id=by.account_id,
        decided_at=at,
    )
    made.save(force_insert=True)
    return changed(made, {"merged_into": (None, stays.number)}, about=stays.pk)


@operation("people.merge.proposed")
@upholds("R83")
def propose_merge(
    *,
    pair: PossibleDouble,
    survivor: Child,
    taken: Collection[str] = (),
    kin: Collection[UUID] = (),
    by: Actor,
    at: dt.datetime,
) -> Outcome[Proposal]:
    """Ask a second person to bring together the files of two teams; nothing changes until then.

    :raises Hidden: when ``by`` may not know of one of the two.
    :raises Forbidden: unless ``by`` answers for both.
    :raises AlreadyMerged: when one of them was merged before.
    :raises NotOfThisPair: when ``survivor`` is none of the two.
    """
    DOUBLES.require(Action.WRITE, by, pair, on=day(at))
    stays, goes = _of_pair(survivor, *_locked(pair))
    details = {
        "survivor": str(stays.pk),
        "loser": str(goes.pk),
        "taken": sorted(set(taken) & set(CHOICES)),
        "kin": sorted(map(str, kin)),
    }
    made = propose(act=MERGE.key, subject=pair, details=details, by=by, at=at)
    return changed(made, about=pair.pk)


@operation("people.child.parted")
@upholds("R54")
def part(
    *, merge: Merge, to_other: Collection[UUID] = (), by: Actor, at: dt.datetime
) -> Outcome[Merge]:
    """Undo a merge: both files say again what they said, under both numbers.

    What was written since stays on the file that survived, but for the rows of ``to_other``,
    which go with the other one; merging the two again brings them back. A row that was changed
    since stays as it is now. Whoever was closed out since is closed out of both.

    :raises Hidden: when ``by`` may not know of the file.
    :raises Forbidden: unless ``by`` answers for it.
    :raises AlreadyParted: when it was undone before.
    :raises StandsOnLater: when one of the files was merged again afterwards.
    :raises SaysItAlready: when the other file has such a row of its own.
    """
    MERGES.require(Action.WRITE, by, merge, on=day(at))
    rows = Merge.objects.unscoped("locked, its Rule was asked above").select_for_update()
    fresh = rows.get(pk=merge.pk)
    if fresh.undone_at is not None:
        raise AlreadyParted(_("This was undone already. Nothing was changed."))
    _require_newest(fresh)
    kept = Kept.of_text(fresh.kept)
    _close_both(fresh, kept.moved())
    since = written_since(fresh)
    kept.put_back()
    _give_over(fresh, since, to_other)
    for child in (fresh.survivor, fresh.loser):
        child.refresh_from_db()
        index(child)
    assign(fresh, undone_by_id=by.account_id, undone_at=at)
    return changed(fresh, {"to_other": (None, len(to_other))}, about=fresh.survivor_id)


def _give_over(merge: Merge, since: list[Since], wanted: Collection[UUID]) -> None:
    for _stuck in give_over(merge, wanted, since):
        raise SaysItAlready(
            _(
                "The other file has one of these of its own. Nothing was changed. Leave it with "
                "{number}."
            ).format(number=shown(merge.survivor.number))
        )


def _locked(pair: PossibleDouble) -> tuple[Child, Child]:
    """Return both files as they are now, locked, so that two who merge follow one another."""
    rows = Child.objects.unscoped("locked, then the pair's Rule is asked").select_for_update()
    both = {one.pk: one for one in rows.filter(pk__in=[pair.one_id, pair.other_id]).order_by("pk")}
    if any(one.merged_into_id for one in both.values()):
        raise AlreadyMerged(_("One of the two files was merged already. Nothing was changed."))
    pair.refresh_from_db()
    return both[pair.one_id], both[pair.other_id]


def _require_may_merge(
    pair: PossibleDouble,
    first: Child,
    second: Child,
    confirming: Proposal | None,
    by: Actor,
    on: dt.date,
) -> None:
    if by.account is None:
        raise Forbidden(_("A person decides whether two files are one child's."))
    if confirming is not None:
        confirms_a_merge.require(by, confirming, on=on)
        return
    DOUBLES.require(Action.WRITE, by, pair, on=on)
    if takes_two(first, second, by, on=on):
        raise SecondPersonNeeded(
            _("The files belong to two teams. Propose it; a second person confirms it.")
        )


def _of_pair(survivor: Child, first: Child, second: Child) -> tuple[Child, Child]:
    if survivor.pk not in (first.pk, second.pk):
        raise NotOfThisPair(_("Choose one of the two numbers. Nothing was changed."))
    return (first, second) if survivor.pk == first.pk else (second, first)


def _brought_together(
    stays: Child, goes: Child, taken: set[str], kin: set[UUID], by: Actor, on: dt.date
) -> Kept:
    kept = Kept()
    for same in same_kin(stays, goes, by, on=on):
        if same.pk in kin:
            bring_persons(same.stays.relative, same.goes.relative, kept)
    join_numbers(stays, goes, taken, kept)
    leads = [LANES[name] for name in taken & LANES.keys()]
    bring_files(stays.pk, goes.pk, kept, loser_leads=leads)
    join_persons(stays, goes, taken, kept)
    join_pairs(stays, goes, kept)
    kept.change(stays, registered_on=min(stays.registered_on, goes.registered_on))
    kept.change(goes, merged_into_id=stays.pk)
    keys = SearchKey.objects.unscoped("the index follows the file, whose Rule was asked")
    keys.filter(child=goes).delete()
    index(stays)
    return kept


def _require_newest(merge: Merge) -> None:
    later = Merge.objects.unscoped("part of a merge, whose Rule was asked").filter(
        Q(decided_at__gt=merge.decided_at) | Q(decided_at=merge.decided_at, pk__gt=merge.pk),
        undone_at__isnull=True,
    )
    both = (merge.survivor_id, merge.loser_id)
    if later.filter(survivor__in=both).exists() or later.filter(loser__in=both).exists():
        raise StandsOnLater(
            _("Another file was merged with this one afterwards. Undo that first, then this.")
        )


def _close_both(merge: Merge, moved: set[str]) -> None:
    """Let what was closed to somebody since the merge be closed on both files (R54)."""
    rows = Closing.objects.unscoped("a closing since the merge holds for both files")
    since = rows.filter(
        target_kind=FILE,
        target_id=merge.survivor_id,
        from_at__gte=merge.decided_at,
        lifted_at__isnull=True,
    )
    for one in since.exclude(pk__in=moved):
        Closing(
            agency_id=one.agency_id,
            account_id=one.account_id,
            target_kind=FILE,
            target_id=merge.loser_id,
            kind=one.kind,
            words=one.words,
            from_at=one.from_at,
        ).save(force_insert=True)


def _merged_as_confirmed(
    proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime
) -> Merge:
    pairs = PossibleDouble.objects.unscoped("the act, whose second person was asked for")
    files = Child.objects.unscoped("the act, whose second person was asked for")
    return merge(
        pair=pairs.get(pk=proposal.subject_id),
        survivor=files.get(pk=details["survivor"]),
        taken=details["taken"],
        kin=[UUID(one) for one in details["kin"]],
        confirming=proposal,
        by=by,
        at=at,
    )


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    files = Child.objects.unscoped("the second person sees what will change").select_related(
        "person"
    )
    of = {str(one.pk): one for one in files.filter(pk__in=[details["survivor"], details["loser"]])}

    def said(key: str) -> str:
        child = of[details[key]]
        return f"{child.person.called} · {shown(child.number)}"

    return {
        gettext_lazy("The file that stays"): said("survivor"),
        gettext_lazy("Goes into it, and can be parted again"): said("loser"),
    }


MERGE = declare(
    TwoPersonAct(
        key="people.child.merged",
        name=gettext_lazy("Bring together the files of two teams"),
        confirm=confirms_a_merge,
        perform=_merged_as_confirmed,
        tell=_told,
    )
)
