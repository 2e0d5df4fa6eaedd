"""After an import the program notes who may be on the list already; nobody is given a hint."""

import datetime as dt

import pytest

from tests.conftest import AT, QINHUI, TODAY
from tests.people.bringing import answered, brought, everything, imported, lines_of, outcomes
from tonghu.access.actors import system
from tonghu.access.models import JournalRow
from tonghu.jobs.models import Job
from tonghu.jobs.tasks import run_job
from tonghu.people.constants import LineOutcome, Precision, RosterAnswer
from tonghu.people.models import PossibleDouble
from tonghu.people.operations import likening, registering, rosters
from tonghu.people.queries import possible_doubles_for
from tonghu.people.tasks import liken_whole

HEAD = "姓名,性别,出生日期,监护人,与儿童关系\n"
LIST = f"{HEAD}肖宇安,男,2015.3.2,肖福生,爷爷\n马若曦,女,2016.7.1,马建国,父亲\n"
ONE = f"{HEAD}肖宇安,男,2015.3.2,,\n"


@pytest.fixture
def namesake(team):
    """A child of Liu Min's own village of whose birth the month is known."""
    return registering.register_child(
        name="肖宇安",
        born_on=dt.date(2015, 3, 1),
        precision=Precision.MONTH,
        place=team,
        registered_on=TODAY,
        by=system(QINHUI),
        at=AT,
    )


def pairs():
    return list(PossibleDouble.objects.unscoped("what is kept"))


def test_who_may_be_a_child_of_another_place_waits_for_who_answers_for_both(
    elsewhere, team, liumin, zhanglan, qinhui
):
    roster = imported(brought(liumin, LIST, team), liumin)

    liken_whole(roster, liumin, AT)

    (pair,) = pairs()
    assert {pair.one, pair.other} == {elsewhere, lines_of(roster)[0].child}
    assert outcomes(roster) == [LineOutcome.NEW] * 2
    assert list(possible_doubles_for(qinhui, on=TODAY)) == [pair]
    for by in (liumin, zhanglan):
        assert list(possible_doubles_for(by, on=TODAY)) == []


def test_what_is_on_record_of_the_comparison_says_nothing_of_what_was_found(
    elsewhere, team, liumin
):
    roster = imported(brought(liumin, LIST, team), liumin)

    liken_whole(roster, liumin, AT)

    rows = JournalRow.objects.unscoped("a test looks")
    (row,) = rows.filter(event="people.roster.batch_likened")
    (noted,) = rows.filter(event="people.double.noted")
    assert row.about_id == roster.pk
    assert (noted.about_id, noted.account_id) == (pairs()[0].pk, None)


def test_a_comparison_that_was_cut_off_goes_on_where_it_was(elsewhere, team, liumin):
    names = [f"赵{chr(0x4E00 + n)}{chr(0x5200 + n)}" for n in range(likening.A_BATCH)]
    text = HEAD + "".join(f"{name},女,2010.3.2,,\n" for name in names)
    roster = imported(brought(liumin, text + LIST.removeprefix(HEAD), team), liumin)
    half = likening.liken_batch(roster=roster, by=liumin, at=AT)

    def cut_off(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        liken_whole(half, liumin, AT, cut_off)
    found = pairs()
    told = []
    done = liken_whole(half, liumin, AT, lambda *count: told.append(count))

    assert (half.likened, found) == (likening.A_BATCH, [])
    assert told == [(likening.A_BATCH, likening.A_BATCH + 2)]
    assert done.likened == likening.A_BATCH + 2
    assert len(pairs()) == 1


def test_comparing_again_finds_nothing_twice(elsewhere, team, liumin):
    roster = imported(brought(liumin, LIST, team), liumin)

    for _time in range(2):
        liken_whole(roster, liumin, AT)

    assert len(pairs()) == 1


def test_undo_takes_the_pair_back_with_the_file(elsewhere, team, liumin):
    before = everything()
    roster = liken_whole(imported(brought(liumin, LIST, team), liumin), liumin, AT)

    rosters.undo_roster(roster=roster, by=liumin, at=AT)

    assert everything() == before
    assert liken_whole(roster, liumin, AT).likened == roster.likened


def test_twins_of_one_list_are_not_proposed(team, liumin):
    text = f"{HEAD}肖宇安,男,2015.3.2,肖福生,爷爷\n肖宇宁,男,2015.3.2,肖福生,爷爷\n"

    liken_whole(imported(brought(liumin, text, team), liumin), liumin, AT)

    assert pairs() == []


def test_whom_a_person_has_told_apart_is_not_proposed(namesake, team, liumin):
    roster = liken_whole(imported(brought(liumin, ONE, team), liumin), liumin, AT)

    answered(roster, "KNOWN_CHILD", RosterAnswer.OTHER, by=liumin)

    assert outcomes(roster) == [LineOutcome.NEW]
    assert pairs() == []


def test_a_line_that_waited_is_compared_when_it_is_answered(namesake, elsewhere, team, liumin):
    PossibleDouble.objects.unscoped("the two above are no matter here").delete()
    roster = liken_whole(imported(brought(liumin, ONE, team), liumin), liumin, AT)

    answered(roster, "KNOWN_CHILD", RosterAnswer.OTHER, by=liumin)

    assert [{one.one, one.other} for one in pairs()] == [{elsewhere, lines_of(roster)[0].child}]


def test_the_import_asks_for_the_comparison_as_work_of_its_own(elsewhere, team, liumin):
    roster = brought(liumin, LIST, team)
    rosters.ask_for_import(roster=roster, by=liumin, at=AT)

    for _kind in range(2):
        job = Job.objects.unscoped("a test looks").latest("asked_at", "id")
        run_job.call(str(job.pk))

    kinds = Job.objects.unscoped("a test looks").order_by("asked_at", "id")
    assert [(one.kind, one.state) for one in kinds] == [
        (rosters.JOB, "done"),
        (likening.JOB, "done"),
    ]
    assert len(pairs()) == 1
