"""Who brings two files together, alone or as two, and nobody else; once, or not at all."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY, entered, founded
from tests.people.two_files import (
    closed,
    everything,
    merged,
    pair_of,
    rows,
)
from tonghu.access.actors import system
from tonghu.access.models import JournalRow
from tonghu.access.operations import two_persons
from tonghu.access.queries import proposals_by, waiting_for
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.constants import PlaceKind
from tonghu.people.merging.keeping import Kept
from tonghu.people.models import (
    Merge,
    PossibleDouble,
    SchoolSpan,
)
from tonghu.people.operations import merging, places, registering
from tonghu.people.queries import child_for

LATER = AT + dt.timedelta(hours=1)


def on_record(event):
    return rows(JournalRow).filter(event=event).count()


def test_merged_again_is_refused_and_changes_nothing(pair, first, second, liumin):
    merged(pair, first, liumin)
    before = everything()

    for survivor in (first, second):
        with pytest.raises(merging.AlreadyMerged):
            merged(pair, survivor, liumin)

    assert everything() == before
    assert on_record("people.child.merged") == 1


def test_third_file_cannot_be_the_one_that_stays(pair, wangyan, liumin):
    with pytest.raises(merging.NotOfThisPair):
        merged(pair, wangyan, liumin)

    assert rows(Merge).count() == 0


@pytest.mark.parametrize("login", ["yangfan", "hejing", "hanxue", "stranger", "gaoxiulan"])
def test_who_does_not_answer_for_both_merges_nothing(login, pair, first, request):
    by = request.getfixturevalue(login)
    before = everything()

    with pytest.raises((Forbidden, Hidden)):
        merged(pair, first, by)
    with pytest.raises((Forbidden, Hidden)):
        merging.propose_merge(pair=pair, survivor=first, by=by, at=AT)

    assert everything() == before


def test_program_merges_nothing(pair, first):
    with pytest.raises(Forbidden):
        merged(pair, first, system(QINHUI))

    assert rows(Merge).count() == 0


@pytest.mark.parametrize("login", ["liumin", "zhanglan", "qinhui"])
def test_who_answers_for_both_in_one_team_merges_alone(login, pair, first, request):
    merge = merged(pair, first, request.getfixturevalue(login))

    assert (merge.survivor, merge.proposed_by) == (first, None)


@pytest.mark.parametrize("login", ["yangfan", "hejing", "stranger"])
def test_who_does_not_answer_for_the_file_parts_nothing(login, pair, first, liumin, request):
    by, merge = request.getfixturevalue(login), merged(pair, first, liumin)
    before = everything()

    with pytest.raises((Forbidden, Hidden)):
        merging.part(merge=merge, by=by, at=LATER)

    assert everything() == before


@pytest.fixture
def across(first, registered, qingshi):
    """The child once more in a place where nobody of the team works; nobody holds that file."""
    other = registered("谭晓海", qingshi)
    return pair_of(first, other)


def test_head_alone_does_not_merge_across_teams(across, first, qinhui):
    before = everything()

    with pytest.raises(merging.SecondPersonNeeded):
        merged(across, first, qinhui)

    assert everything() == before


def test_files_of_two_teams_are_merged_when_a_second_person_confirms(
    across, first, qinhui, zhanglan, liumin, yangfan
):
    proposal = merging.propose_merge(pair=across, survivor=first, by=qinhui, at=AT)

    waits = {one: waiting_for(one, on=TODAY) == [proposal] for one in (zhanglan, liumin, yangfan)}
    assert waits == {zhanglan: True, liumin: False, yangfan: False}
    assert rows(Merge).count() == 0
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=qinhui, at=AT)
    two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)
    merge = rows(Merge).get()
    assert (merge.survivor, merge.proposed_by, merge.decided_by) == (
        first,
        qinhui.account,
        zhanglan.account,
    )
    assert child_for(liumin, merge.loser_id, on=TODAY) == first


def test_declined_proposal_merges_nothing(across, first, qinhui, zhanglan):
    proposal = merging.propose_merge(pair=across, survivor=first, by=qinhui, at=AT)

    two_persons.decline(proposal=proposal, reason="是两个孩子", by=zhanglan, at=AT)

    assert rows(Merge).count() == 0


@pytest.mark.parametrize("shut", ["one", "other"])
def test_proposal_about_a_closed_file_is_hidden_from_the_head(shut, across, first, qinhui, partner):
    deputy = entered(partner("agency"), "deputy", "副主任", "Deputy", "head")
    merging.propose_merge(pair=across, survivor=first, by=deputy, at=AT)
    seen = len(proposals_by(qinhui, on=TODAY))

    closed(getattr(across, shut), qinhui)

    assert (seen, len(proposals_by(qinhui, on=TODAY))) == (1, 0)
    assert waiting_for(qinhui, on=TODAY) == []


def test_stale_proposal_is_refused_when_one_was_merged_meanwhile(
    across, first, pair, qinhui, zhanglan, liumin
):
    proposal = merging.propose_merge(pair=across, survivor=first, by=qinhui, at=AT)
    merged(pair, pair.one if pair.one != first else pair.other, liumin)
    before = everything()

    with pytest.raises(merging.AlreadyMerged):
        two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)

    assert everything() == before


def test_merge_that_breaks_in_the_middle_leaves_nothing(pair, first, liumin, monkeypatch):
    before = everything()
    monkeypatch.setattr(Kept, "as_text", _killed)

    with pytest.raises(KeyboardInterrupt):
        merged(pair, first, liumin)

    assert everything() == before
    assert on_record("people.child.merged") == 0


def _killed(kept):
    raise KeyboardInterrupt


def test_two_who_merge_the_same_pair_at_once_merge_it_once(transactional_db, frozen):
    house = founded(QINHUI)
    by, people = system(QINHUI), []
    place = places.add_place(kind=PlaceKind.VILLAGE, name="柳湾村", by=by, at=AT)
    for login in ("liumin", "yangfan"):
        people.append(entered(house, login, login, login, "worker"))
        places.put_in_team(account=people[-1].account, place=place, from_on=FIRST_DAY, by=by, at=AT)
    one, other = (
        registering.register_child(name=name, place=place, registered_on=TODAY, by=by, at=AT)
        for name in ("谭小海", "谭晓海")
    )
    pair = pair_of(one, other)

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(_merging, people, [pair, pair], [one, other]))

    assert sorted(said) == ["AlreadyMerged", "Merge"]
    assert rows(Merge).count() == 1


def _merging(by, pair, survivor) -> str:
    try:
        with clock.at(AT):
            pair = PossibleDouble.objects.unscoped("a thread of its own").get(pk=pair.pk)
            return type(merged(pair, survivor, by)).__name__
    except merging.AlreadyMerged as refusal:
        return type(refusal).__name__
    finally:
        connection.close()


def test_span_whose_first_day_was_corrected_since_keeps_both_its_days(pair, first, second, liumin):
    merge = merged(pair, second, liumin)
    school = rows(SchoolSpan).get(child=second, school="石桥小学")
    cut = school.until_on
    rows(SchoolSpan).filter(pk=school.pk).update(from_on=cut)

    merging.part(merge=merge, by=liumin, at=LATER)

    school.refresh_from_db()
    assert (school.child, school.from_on, school.until_on) == (first, cut, cut)
