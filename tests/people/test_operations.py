import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY
from tonghu.access.actors import system
from tonghu.access.models import JournalRow
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.ages import Birth, years
from tonghu.people.belonging import NotOfThisFamily
from tonghu.people.constants import (
    CareArrangement,
    Category,
    GuardianshipBasis,
    NameKind,
    Precision,
    Relation,
    SchoolState,
)
from tonghu.people.models import CareSpan, CategorySpan, Child, Person, ResidenceSpan
from tonghu.people.numbers import SIGNS, read, shown
from tonghu.people.operations import describing, families, registering, spans
from tonghu.people.queries import child_for, children_for, family_of, life_of

JUNE, JULY = dt.date(2025, 6, 1), dt.date(2025, 7, 1)


def _care(child, arrangement, from_on, by):
    return spans.arrange_care(child=child, arrangement=arrangement, from_on=from_on, by=by, at=AT)


def _told(child) -> list[tuple]:
    rows = CareSpan.objects.unscoped("what is kept").filter(child=child).order_by("from_on")
    return [(row.arrangement, row.from_on, row.until_on) for row in rows]


def test_register_child_by_the_team_of_the_place_needs_a_name_only(liumin, team):
    child = registering.register_child(
        name=" 谭 小海 ", place=team, registered_on=TODAY, by=liumin, at=AT
    )

    assert list(children_for(liumin, on=TODAY)) == [child]
    assert child.person.name == "谭 小海"
    assert set(child.number) <= set(SIGNS)
    assert read(shown(child.number)) == child.number


def test_register_child_elsewhere_is_refused_and_leaves_nothing(liumin, qingshi):
    with pytest.raises(Forbidden):
        registering.register_child(
            name="谭小海", place=qingshi, registered_on=TODAY, by=liumin, at=AT
        )

    assert Person.objects.unscoped("nothing is left").count() == 0


def test_register_child_without_a_place_is_held_by_who_registered_it(liumin, yangfan, team):
    child = registering.register_child(
        name="谭小海", place=None, registered_on=TODAY, by=liumin, at=AT
    )

    assert list(children_for(liumin, on=TODAY)) == [child]
    assert list(children_for(yangfan, on=TODAY)) == []


@pytest.mark.parametrize("who", ["hejing", "hanxue", "qinhui", "stranger"])
def test_register_child_is_not_for_who_works_with_no_children_here(who, team, request):
    actor = request.getfixturevalue(who)

    with pytest.raises((Forbidden, Hidden)):
        registering.register_child(name="谭小海", place=team, registered_on=TODAY, by=actor, at=AT)
    assert Child.objects.unscoped("nothing is left").count() == 0


def test_describe_child_keeps_the_name_it_had(liumin, xiaohai):
    describing.describe_child(
        child=xiaohai,
        name="谭晓海",
        latin_name="Tan Xiaohai",
        sex="M",
        born_on=dt.date(2015, 3, 1),
        precision=Precision.MONTH,
        ethnicity="汉族",
        by=liumin,
        at=AT,
    )

    assert [(name.kind, name.name) for name in life_of(xiaohai).names] == [
        (NameKind.FORMER, "谭小海")
    ]
    row = JournalRow.objects.unscoped("what is on record").filter(about_id=xiaohai.pk).latest("seq")
    assert row.fields == "name latin_name born_on precision ethnicity"
    assert "谭晓海" not in row.sealed


def test_identity_number_shows_four_signs_and_is_replaced_whole(liumin, xiaohai):
    held = describing.note_identity_number(
        child=xiaohai, number="99900120150302 001x", by=liumin, at=AT
    )
    describing.note_identity_number(child=xiaohai, number="999001201503020028", by=liumin, at=AT)

    held.refresh_from_db()
    assert (held.number, held.last_four) == ("999001201503020028", "0028")


def test_care_that_begins_ends_the_care_before_it(liumin, xiaohai):
    _care(xiaohai, CareArrangement.PARENT_BOTH, JUNE, liumin)
    _care(xiaohai, CareArrangement.GRANDPARENT_P, TODAY, liumin)

    assert _told(xiaohai) == [
        ("PARENT_BOTH", JUNE, TODAY - dt.timedelta(days=1)),
        ("GRANDPARENT_P", TODAY, None),
    ]


def test_care_learned_late_takes_its_place_in_the_history(liumin, xiaohai):
    _care(xiaohai, CareArrangement.PARENT_BOTH, JUNE, liumin)
    _care(xiaohai, CareArrangement.GRANDPARENT_P, TODAY, liumin)
    _care(xiaohai, CareArrangement.RELATIVE, JULY, liumin)

    assert _told(xiaohai) == [
        ("PARENT_BOTH", JUNE, JULY - dt.timedelta(days=1)),
        ("RELATIVE", JULY, TODAY - dt.timedelta(days=1)),
        ("GRANDPARENT_P", TODAY, None),
    ]


def test_care_of_the_same_first_day_is_corrected_not_doubled(liumin, xiaohai):
    _care(xiaohai, CareArrangement.PARENT_BOTH, JUNE, liumin)
    _care(xiaohai, CareArrangement.PARENT_ONE, JUNE, liumin)

    assert _told(xiaohai) == [("PARENT_ONE", JUNE, None)]


@given(days=st.lists(st.integers(0, 400), min_size=1, max_size=12))
def test_birth_and_age_never_contradict_each_other(days):
    birth = Birth.known(dt.date(2012, 2, 29), Precision.DAY)
    assert birth is not None

    ages = [birth.age(dt.date(2026, 1, 1) + dt.timedelta(days=n))[0] for n in sorted(days)]

    assert ages == sorted(ages)


def test_age_of_an_uncertain_birth_is_uncertain_only_where_it_matters():
    month = Birth.known(dt.date(2012, 6, 1), Precision.MONTH)
    assert month is not None

    assert month.is_under(14, dt.date(2026, 5, 31)) is True
    assert month.is_under(14, dt.date(2026, 6, 15)) is None
    assert month.is_under(14, dt.date(2026, 6, 30)) is False
    assert month.age(dt.date(2026, 6, 15)) == (13, 14)
    assert Birth.known(None, "") is None


def test_years_of_who_was_born_on_the_leap_day():
    assert years(dt.date(2012, 2, 29), dt.date(2026, 2, 28)) == 13
    assert years(dt.date(2012, 2, 29), dt.date(2026, 3, 1)) == 14


def test_family_is_read_through_the_childs_page(liumin, xiaohai, wangyan):
    kin = families.add_relative(
        child=xiaohai, name="谭美民", relation=Relation.GF_P, by=liumin, at=AT
    )
    families.begin_guardianship(
        child=xiaohai,
        guardian=kin.relative,
        basis=GuardianshipBasis.RELATIVE,
        from_on=FIRST_DAY,
        by=liumin,
        at=AT,
    )
    families.begin_household(
        child=xiaohai, members=[kin.relative], from_on=FIRST_DAY, by=liumin, at=AT
    )

    family = family_of(xiaohai, liumin, on=TODAY)

    assert [(one.relative.name, one.relation) for one in family.kin] == [("谭美民", "GF_P")]
    assert [one.guardian.name for one in family.guardians] == ["谭美民"]
    assert [one.person.name for one in family.household] == ["谭美民"]
    with pytest.raises(NotOfThisFamily):
        families.begin_guardianship(
            child=wangyan,
            guardian=kin.relative,
            basis=GuardianshipBasis.RELATIVE,
            from_on=FIRST_DAY,
            by=liumin,
            at=AT,
        )


def test_category_needs_a_reason_and_holds_once(liumin, xiaohai):
    said = {"child": xiaohai, "category": Category.LEFT_BEHIND, "from_on": JUNE, "by": liumin}

    with pytest.raises(spans.ReasonMissing):
        spans.confirm_category(**said, reason=" ", at=AT)
    first = spans.confirm_category(**said, reason="父母都在西安务工", at=AT)

    assert spans.confirm_category(**said, reason="再说一次", at=AT) == first
    assert CategorySpan.objects.unscoped("what is kept").count() == 1


def test_move_leaves_the_old_address_in_the_history_and_changes_the_team(
    liumin, xiaohai, wangyan, qingshi
):
    spans.move(child=wangyan, place=qingshi, address="21栋", from_on=TODAY, by=liumin, at=AT)

    assert list(children_for(liumin, on=TODAY)) == [xiaohai]
    assert list(children_for(liumin, on=TODAY - dt.timedelta(days=1))) == [xiaohai, wangyan]
    rows = ResidenceSpan.objects.unscoped("what is kept").filter(person_id=wangyan.pk)
    assert rows.count() == 2


def test_children_for_is_narrowed_after_the_rule(liumin, xiaohai, wangyan, elsewhere):
    spans.enrol(child=xiaohai, state=SchoolState.IN_SCHOOL, from_on=JUNE, by=liumin, at=AT)
    spans.confirm_category(
        child=elsewhere,
        category=Category.LEFT_BEHIND,
        from_on=JUNE,
        reason="父母都在西安务工",
        by=system(QINHUI),
        at=AT,
    )

    with pytest.raises(Hidden):
        child_for(liumin, elsewhere.pk, on=TODAY)
    assert child_for(liumin, xiaohai.pk, on=TODAY) == xiaohai


@pytest.mark.parametrize("how_many", [1, 3])
def test_children_list_asks_the_same_however_long_it_is(
    how_many, liumin, team, registered, django_assert_num_queries
):
    for n in range(how_many):
        registered(f"孩子{n}", team)

    with django_assert_num_queries(1):
        assert len([child.person.name for child in children_for(liumin, on=TODAY)]) == how_many
