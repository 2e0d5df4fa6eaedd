import datetime as dt

import pytest

from tests.access.conftest import last_row
from tests.conftest import AT, FIRST_DAY, TODAY
from tonghu.kernel.errors import Forbidden
from tonghu.people.constants import CareArrangement, Category, ParentStatus, Relation
from tonghu.people.definitions.rulesets import changes_of
from tonghu.people.models import DeclinedSuggestion
from tonghu.people.operations import families, spans
from tonghu.people.operations.spans import ReasonMissing
from tonghu.people.operations.suggestions import (
    NothingSuggested,
    decline_suggestion,
    take_up_again,
)
from tonghu.people.suggestions import (
    Kind,
    affected_by,
    declined_on,
    open_suggestions_for,
    suggestions_for,
)


@pytest.fixture
def left_behind(liumin, xiaohai):
    """Tan Xiaohai's parents both work away, and the rules say so."""
    for name, relation in (("谭长青", Relation.FATHER), ("郑翠英", Relation.MOTHER)):
        _parent(xiaohai, name, relation, ParentStatus.WORKING_AWAY, liumin)
    return xiaohai


def _parent(child, name, relation, status, by):
    parent = families.add_relative(child=child, name=name, relation=relation, by=by, at=AT).relative
    families.note_parent_status(
        child=child, parent=parent, status=status, from_on=FIRST_DAY, by=by, at=AT
    )
    return parent


def _open(by, child, on=TODAY) -> list[tuple]:
    return [(one.kind, one.category) for one in suggestions_for(by, child, on=on)]


def _confirm(child, by, category=Category.LEFT_BEHIND):
    return spans.confirm_category(
        child=child, category=category, from_on=FIRST_DAY, reason="父母外出", by=by, at=AT
    )


def test_a_rule_suggests_until_a_person_confirms(liumin, left_behind):
    before = _open(liumin, left_behind)
    _confirm(left_behind, liumin)

    assert before == [(Kind.BEGIN, Category.LEFT_BEHIND)]
    assert _open(liumin, left_behind) == []


def test_what_is_confirmed_and_holds_no_longer_is_suggested_to_end(liumin, left_behind):
    span = _confirm(left_behind, liumin)
    mother = families.Kinship.objects.unscoped("tests").get(relation=Relation.MOTHER).relative
    families.note_parent_status(
        child=left_behind,
        parent=mother,
        status=ParentStatus.HEALTHY,
        from_on=TODAY,
        by=liumin,
        at=AT,
    )

    found = suggestions_for(liumin, left_behind, on=TODAY)

    assert [(one.kind, one.span) for one in found] == [(Kind.END, span)]


def test_a_confirmed_category_about_which_a_fact_is_missing_is_left_alone(liumin, xiaohai):
    _confirm(xiaohai, liumin)

    assert _open(liumin, xiaohai) == []


def test_a_rule_that_knows_some_cases_only_suggests_no_end(liumin, left_behind):
    _confirm(left_behind, liumin, Category.DIFF_GUARDIAN)
    spans.arrange_care(
        child=left_behind,
        arrangement=CareArrangement.GRANDPARENT_P,
        from_on=FIRST_DAY,
        by=liumin,
        at=AT,
    )

    assert _open(liumin, left_behind) == [(Kind.BEGIN, Category.LEFT_BEHIND)]


def test_declined_rests_until_a_fact_changes(liumin, left_behind):
    decline_suggestion(
        child=left_behind, category=Category.LEFT_BEHIND, reason="母亲每周在家", by=liumin, at=AT
    )
    rests = _open(liumin, left_behind)
    mother = families.Kinship.objects.unscoped("tests").get(relation=Relation.MOTHER).relative
    families.note_parent_status(
        child=left_behind,
        parent=mother,
        status=ParentStatus.SEVERELY_ILL,
        from_on=TODAY,
        by=liumin,
        at=AT,
    )

    assert rests == []
    assert _open(liumin, left_behind) == [(Kind.BEGIN, Category.LEFT_BEHIND)]
    assert last_row("people.suggestion.declined").about_id == left_behind.pk


def test_declined_is_taken_up_again(liumin, left_behind):
    declined = decline_suggestion(
        child=left_behind, category=Category.LEFT_BEHIND, reason="母亲每周在家", by=liumin, at=AT
    )
    listed = declined_on(left_behind)

    take_up_again(declined=declined, by=liumin, at=AT)

    assert (listed, declined_on(left_behind)) == ([declined], [])
    assert _open(liumin, left_behind) == [(Kind.BEGIN, Category.LEFT_BEHIND)]


def test_declining_wants_a_reason_and_leaves_nothing_without(liumin, left_behind):
    with pytest.raises(ReasonMissing):
        decline_suggestion(
            child=left_behind, category=Category.LEFT_BEHIND, reason=" ", by=liumin, at=AT
        )

    assert DeclinedSuggestion.objects.unscoped("tests").count() == 0


def test_what_is_not_suggested_is_not_declined(liumin, left_behind):
    with pytest.raises(NothingSuggested):
        decline_suggestion(
            child=left_behind, category=Category.ORPHAN, reason="不是", by=liumin, at=AT
        )


@pytest.mark.parametrize("who", ["yangfan", "qinhui"])
def test_suggestions_are_for_who_may_write_the_file(who, left_behind, request):
    actor = request.getfixturevalue(who)

    assert suggestions_for(actor, left_behind, on=TODAY) == []
    assert open_suggestions_for(actor, on=TODAY, most=9) == []
    with pytest.raises(Forbidden):
        decline_suggestion(
            child=left_behind, category=Category.LEFT_BEHIND, reason="不是", by=actor, at=AT
        )


def test_the_list_holds_own_files_up_to_a_number(liumin, left_behind, registered, team, yangfan):
    for name in ("余若静", "白梅天"):
        for holder in (liumin, yangfan):
            child = registered(name, team, holder=holder)
            _parent(child, "甲", Relation.FATHER, ParentStatus.IN_CUSTODY, holder)

    everything = open_suggestions_for(liumin, on=TODAY, most=9)
    some = open_suggestions_for(liumin, on=TODAY, most=2)

    assert sorted(one.category for one in everything) == [
        Category.LEFT_BEHIND,
        Category.PARENT_IN_CUSTODY,
        Category.PARENT_IN_CUSTODY,
    ]
    assert some == everything[:2]


def test_a_changed_definition_names_the_children_it_calls_otherwise(liumin, xiaohai, left_behind):
    (change,) = changes_of()
    mother = families.Kinship.objects.unscoped("tests").get(relation=Relation.MOTHER).relative
    same = affected_by(change, liumin, on=TODAY)
    families.note_parent_status(
        child=xiaohai,
        parent=mother,
        status=ParentStatus.HEALTHY,
        from_on=TODAY,
        by=liumin,
        at=AT,
    )

    assert (same, affected_by(change, liumin, on=TODAY)) == ([], [xiaohai])


def test_sixteen_ends_what_the_definition_draws_at_sixteen(liumin, left_behind):
    _confirm(left_behind, liumin)
    birthday = left_behind.person.born_on.replace(year=left_behind.person.born_on.year + 16)

    assert _open(liumin, left_behind, birthday - dt.timedelta(1)) == []
    assert _open(liumin, left_behind, birthday) == [(Kind.END, Category.LEFT_BEHIND)]
