"""Two files become one, and two again: nothing lost, nothing left over."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection, models

from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY
from tests.people.concealing import concealed
from tests.people.two_files import (
    APRIL,
    MARCH,
    closed,
    everything,
    keys_of,
    merged,
    pair_of,
    pointing_at,
    rows,
)
from tonghu.access.actors import system
from tonghu.access.constants import DutyKind
from tonghu.access.models import Closing, Duty, JournalRow, Proposal
from tonghu.kernel.errors import Hidden
from tonghu.people.constants import DoubleState, NameKind, Relation
from tonghu.people.merging import pointers, stretches
from tonghu.people.merging.kin import same_kin
from tonghu.people.models import (
    CategorySpan,
    Child,
    IdentityNumber,
    Kinship,
    Merge,
    Person,
    PersonName,
    Phone,
    PossibleDouble,
    ResidenceSpan,
    SchoolSpan,
)
from tonghu.people.models.families import Span
from tonghu.people.operations import doubles, families, merging, places, spans
from tonghu.people.policy import FILE
from tonghu.people.queries import child_for, children_for, possible_doubles_for, told_apart_for
from tonghu.people.search.find import find

LATER = AT + dt.timedelta(hours=1)


def test_nothing_points_at_the_file_that_was_given_up_but_what_was_set_aside(
    pair, first, second, liumin
):
    merged(pair, first, liumin)

    kept_aside = {
        "people.ResidenceSpan.person",  # the same address since the same day
        "people.PersonName.person",  # the same nickname
        "people.Phone.person",  # the same telephone
        "people.IdentityNumber.person",  # a child has one
        "people.CareSpan.child",
        "people.CategorySpan.child",
        "people.HukouSpan.person",
        "people.SchoolSpan.child",
    }
    stays = {"people.Child.person", "people.Merge.loser", "people.PossibleDouble.other"}
    found = pointing_at(second.pk, Person) | pointing_at(second.pk, Child)
    assert found == kept_aside | stays
    assert keys_of(second) == {second.pk: set()}


def test_undone_merge_leaves_every_table_as_it_was(pair, first, second, liumin):
    before, keys = everything(), keys_of(first, second)

    for survivor in (first, second):
        kin = [one.pk for one in same_kin(survivor, _other(pair, survivor), liumin, on=TODAY)]
        merge = merged(pair, survivor, liumin, taken=merging.CHOICES, kin=kin)
        between = everything()
        merging.part(merge=merge, by=liumin, at=LATER)

        assert kin != []
        assert between != before
        assert everything() == before
        assert keys_of(first, second) == keys


def _other(pair, one):
    return pair.other if pair.one == one else pair.one


def test_chosen_values_stand_and_the_others_stay_known(pair, first, second, liumin):
    merged(pair, first, liumin, taken=["name", "identity", "school"])

    first = child_for(liumin, first.pk, on=TODAY)
    number = rows(IdentityNumber).get(person=first.person)
    names = rows(PersonName).filter(person=first.person).values_list("kind", "name")
    school = rows(SchoolSpan).filter(child=first).order_by("from_on")
    assert (first.person.name, number.number) == ("谭晓海", "999001201503020025")
    assert sorted(names) == [(NameKind.FORMER, "谭小海"), (NameKind.NICK, "海海")]
    assert list(school.values_list("school", "from_on", "until_on")) == [
        ("石桥小学", MARCH, dt.date(2026, 3, 31)),
        ("柳湾小学", APRIL, None),
    ]
    assert rows(IdentityNumber).get(person_id=second.pk).number == "999001201503020017"


def test_leading_file_stands_as_written_and_the_other_fills_what_it_leaves(
    pair, first, second, liumin
):
    merged(pair, second, liumin)

    school = rows(SchoolSpan).filter(child=second).order_by("from_on")
    assert list(school.values_list("school", "from_on", "until_on")) == [
        ("石桥小学", MARCH, dt.date(2026, 3, 31)),
        ("柳湾小学", APRIL, None),
    ]


def test_span_around_a_shorter_one_stands_on_both_sides_of_it(registered, team, liumin):
    one, other = (registered(name, team, holder=liumin) for name in ("谭小海", "谭晓海"))
    said = {"by": liumin, "at": AT, "state": "IN_SCHOOL"}
    spans.enrol(child=one, school="甲", from_on=dt.date(2024, 9, 1), **said)
    spans.enrol(child=other, school="乙", from_on=dt.date(2025, 3, 1), **said)
    rows(SchoolSpan).filter(school="乙").update(until_on=dt.date(2025, 6, 30))
    before = everything()

    pair = rows(PossibleDouble).get()
    merge = merged(pair, other, liumin)

    told = rows(SchoolSpan).filter(child=other).order_by("from_on")
    assert list(told.values_list("school", "from_on", "until_on")) == [
        ("甲", dt.date(2024, 9, 1), dt.date(2025, 2, 28)),
        ("乙", dt.date(2025, 3, 1), dt.date(2025, 6, 30)),
        ("甲", dt.date(2025, 7, 1), None),
    ]
    merging.part(merge=merge, by=liumin, at=AT)
    assert everything() == before


def test_number_given_up_leads_to_the_surviving_file_for_whoever_may_see_that(
    pair, first, second, liumin, yangfan, stranger
):
    merged(pair, first, liumin)

    assert child_for(liumin, second.pk, on=TODAY) == first
    assert [one.child for one in find(second.number, liumin, on=TODAY)] == [first]
    assert list(children_for(liumin, on=TODAY)) == [first]
    assert [one.child for one in find("谭晓海", liumin, on=TODAY)] == [first]
    assert find(second.number, stranger, on=TODAY) == []
    with pytest.raises(Hidden):
        child_for(stranger, second.pk, on=TODAY)


def test_hidden_address_on_either_side_hides_the_whole(pair, first, second, liumin):
    concealed(second, liumin)
    shown = [*rows(Phone).filter(person_id=first.pk, is_hidden=False)]

    merge = merged(pair, first, liumin)
    lives = list(rows(ResidenceSpan).filter(person_id=first.pk))
    phones = list(rows(Phone).filter(person_id=first.pk))
    merging.part(merge=merge, by=liumin, at=LATER)

    assert {(one.is_hidden, one.address) for one in lives} == {(True, "")}
    assert {(one.is_hidden, one.number) for one in phones} == {(True, "")}
    assert [*rows(Phone).filter(person_id=first.pk, is_hidden=False)] == shown


def test_closing_of_either_side_closes_the_whole_and_after_the_undoing_both(
    pair, first, second, liumin, yangfan, zhanglan
):
    closed(second, yangfan)
    merge = merged(pair, first, liumin)

    with pytest.raises(Hidden):
        child_for(yangfan, first.pk, on=TODAY)
    closed(first, zhanglan)
    merging.part(merge=merge, by=liumin, at=LATER)
    assert set(rows(Closing).values_list("account_id", "target_id")) == {
        (yangfan.account_id, second.pk),
        (zhanglan.account_id, first.pk),
        (zhanglan.account_id, second.pk),
    }


def test_both_workers_keep_their_duty(registered, team, liumin, yangfan, zhanglan):
    one, other = (
        registered("谭小海", team, holder=liumin),
        registered("谭晓海", team, holder=yangfan),
    )
    _supervised(yangfan, zhanglan)

    merged(rows(PossibleDouble).get(), one, zhanglan)

    held = rows(Duty).filter(kind=DutyKind.ASSIGNMENT, target_kind=FILE)
    assert set(held.values_list("account_id", "target_id")) == {
        (liumin.account_id, one.pk),
        (yangfan.account_id, one.pk),
    }
    assert [list(children_for(by, on=TODAY)) for by in (liumin, yangfan)] == [[one], [one]]
    assert other.number != one.number


def _supervised(worker, supervisor):
    places.supervise(
        worker=worker.account,
        supervisor=supervisor.account,
        from_on=FIRST_DAY,
        by=system(QINHUI),
        at=AT,
    )


def test_one_who_was_told_apart_from_either_is_told_apart_from_the_whole(
    pair, first, second, registered, team, liumin
):
    twin = registered("谭小洋", team, holder=liumin)
    doubles.keep_apart(one=second, other=twin, by=liumin, at=AT)

    merge = merged(pair, first, liumin)

    between = [{one.one_id, one.other_id} for one in told_apart_for(liumin, on=TODAY)]
    assert between == [{first.pk, twin.pk}]
    merging.part(merge=merge, by=liumin, at=AT)
    after = [{one.one_id, one.other_id} for one in told_apart_for(liumin, on=TODAY)]
    assert after == [{second.pk, twin.pk}]


def test_merged_pair_is_on_no_work_list_and_cannot_be_told_apart(pair, first, second, liumin):
    merged(pair, first, liumin)

    assert list(possible_doubles_for(liumin, on=TODAY)) == []
    with pytest.raises(doubles.MergedMeanwhile):
        doubles.keep_apart(one=first, other=second, by=liumin, at=AT)
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (DoubleState.SAME, liumin.account)


def test_files_that_name_each_other_as_family_do_not_become_their_own_kin(
    pair, first, second, liumin
):
    tie = Kinship(agency_id=QINHUI, child=first, relative=second.person, relation=Relation.SIBLING)
    tie.save(force_insert=True)
    before = everything()

    merge = merged(pair, first, liumin)

    assert rows(Kinship).filter(relative__in=[first.pk, second.pk]).count() == 0
    merging.part(merge=merge, by=liumin, at=AT)
    assert everything() == before


def test_same_grandmother_on_both_files_becomes_one_person(pair, first, second, liumin):
    (same,) = same_kin(first, second, liumin, on=TODAY)

    merged(pair, first, liumin, kin=[same.pk])

    named = rows(Kinship).filter(child=first).values_list("relative__name", flat=True)
    phones = rows(Phone).filter(person_id=same.stays.relative_id).count()
    assert sorted(named) == ["李秀珍", "谭母5", "谭母7"]
    assert phones == 2


def test_grandmother_on_the_page_of_a_child_elsewhere_is_not_touched(
    pair, first, second, elsewhere, liumin
):
    grandma = rows(Kinship).get(child=second, relation=Relation.GM_P).relative
    families.share_relative(
        child=elsewhere,
        of=second,
        relative=grandma,
        relation=Relation.GM_P,
        by=system(QINHUI),
        at=AT,
    )

    assert same_kin(first, second, liumin, on=TODAY) == []


def test_what_was_written_since_stays_on_the_surviving_file(pair, first, second, liumin):
    merge = merged(pair, first, liumin)
    families.add_relative(child=first, name="赵姨", relation=Relation.OTHER, by=liumin, at=LATER)
    moved = rows(CategorySpan).get(child=first, until_on=None)
    spans.end_category(span=moved, until_on=TODAY, reason="父亲回来了", by=liumin, at=LATER)

    merging.part(merge=merge, by=liumin, at=LATER)

    ours = rows(Kinship).filter(child=first).values_list("relative__name", flat=True)
    theirs = rows(Kinship).filter(child=second).values_list("relative__name", flat=True)
    assert sorted(ours) == ["李秀珍", "谭母7", "赵姨"]
    assert sorted(theirs) == ["李秀珍", "谭母5"]
    moved.refresh_from_db()
    assert moved.until_on == TODAY


def test_undoing_the_first_of_two_merges_is_refused_in_words(
    pair, first, second, registered, team, liumin
):
    third = registered("谭小海", team, holder=liumin)
    earlier = merged(pair, first, liumin)
    later = merged(pair_of(first, third), first, liumin)
    between = everything()

    with pytest.raises(merging.StandsOnLater):
        merging.part(merge=earlier, by=liumin, at=LATER)

    assert everything() == between
    merging.part(merge=later, by=liumin, at=LATER)
    merging.part(merge=earlier, by=liumin, at=LATER)
    assert rows(Merge).filter(undone_at=None).count() == 0
    with pytest.raises(merging.AlreadyParted):
        merging.part(merge=earlier, by=liumin, at=LATER)


def test_file_that_went_into_another_is_reached_through_both(
    pair, first, second, registered, team, liumin
):
    third = registered("谭小海", team, holder=liumin)
    merged(pair, first, liumin)

    merged(pair_of(first, third), third, liumin)

    assert child_for(liumin, second.pk, on=TODAY) == third
    assert child_for(liumin, first.pk, on=TODAY) == third


def test_twins_told_apart_can_be_looked_at_again(first, second, pair, liumin):
    doubles.keep_apart(one=first, other=second, by=liumin, at=AT)
    listed = list(told_apart_for(liumin, on=TODAY))

    doubles.reconsider(pair=pair, by=liumin, at=AT)

    assert listed == [pair]
    assert list(told_apart_for(liumin, on=TODAY)) == []
    assert list(possible_doubles_for(liumin, on=TODAY)) == [pair]


def test_every_table_that_points_at_a_person_or_a_file_follows():
    followed = {(one.model, one.column) for one in pointers.of_a_child()} | pointers.STAYS
    pointing = {
        (model, field.attname)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in (Person, Child)
    }

    assert pointing <= followed
    assert [one for one in pointing - pointers.STAYS if one[0]._meta.pk.attname == one[1]] == []


NAMES_BY_NUMBER = {
    "access.JournalRow": "what was done stays as it was written",
    "access.Notice": "was sent about the file as it was",
    "access.Proposal": "its act asks again when it is confirmed",
}
"""Tables that name a thing by kind and number and do not follow a merge, each with the reason."""


def test_every_table_that_names_a_file_by_its_number_follows():
    named = {
        model._meta.label
        for model in apps.get_models()
        if {"target_kind", "subject_kind"} & {one.name for one in model._meta.concrete_fields}
    }

    followed = {one.model._meta.label for one in pointers.BY_NUMBER.values()}
    assert named == followed | NAMES_BY_NUMBER.keys()


def test_every_span_of_a_person_or_a_child_is_a_lane():
    spans_of = {
        model
        for model in apps.get_models()
        if issubclass(model, Span)
        and {Person, Child} & {one.related_model for one in model._meta.concrete_fields}
    }

    assert spans_of <= stretches.LANES.keys()


def test_what_moved_is_sealed(pair, first, second, liumin):
    merge = merged(pair, first, liumin, taken=["name", "identity"])

    with connection.cursor() as cursor:
        cursor.execute("SELECT kept FROM people_merge")
        (stored,) = cursor.fetchone()
    assert stored.startswith("tg1.")
    assert "谭晓海" in rows(Merge).get(pk=merge.pk).kept


def test_the_last_word_on_a_merge_is_on_record_about_the_file(pair, first, liumin):
    merge = merged(pair, first, liumin)
    merging.part(merge=merge, by=liumin, at=LATER)

    told = rows(JournalRow).filter(about_id=first.pk, event__contains="child.").order_by("seq")
    assert [one.event for one in told][-2:] == ["people.child.merged", "people.child.parted"]
    assert rows(Proposal).count() == 0
    assert issubclass(Merge, models.Model)
