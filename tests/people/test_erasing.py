"""A child who was erased never existed: in no row, no byte, no copy; and until then it can stop."""

import datetime as dt

import pytest
from django.apps import apps

from tests.attachments.brought import picture
from tests.conftest import AT, QINHUI, TODAY
from tests.people.erased import GRANDMA, NAME, NUMBER, WEEK, confirmed, erased, proposed
from tests.people.two_files import closed, merged, pointing_at, rows
from tonghu.access import journal
from tonghu.access.actors import system
from tonghu.access.models import Duty, JournalRow, Notice, Proposal, Reason
from tonghu.access.operations import two_persons
from tonghu.access.sheets import Action, Answer
from tonghu.attachments.constants import AttachmentKind
from tonghu.attachments.examining import examine
from tonghu.attachments.models import Attachment, AttachmentContent
from tonghu.attachments.operations import add_attachment
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people import daily
from tonghu.people.constants import (
    ErasureGround,
    ErasureState,
    HoldAuthority,
    Relation,
)
from tonghu.people.erasing import reaching, removing
from tonghu.people.erasing.held import OnHold
from tonghu.people.models import (
    Child,
    Erasure,
    ErasureMark,
    Kinship,
    LegalHold,
    Person,
    RosterFile,
    RosterLine,
    SearchKey,
)
from tonghu.people.operations import erasing, families, holds
from tonghu.people.operations.spans import ReasonMissing
from tonghu.people.policy import CHILDREN, FILE
from tonghu.people.queries import children_for


def names_left(words: str) -> set[str]:
    """The tables in which a text stands, sealed fields opened."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all():
            said = [str(getattr(row, one.attname)) for one in model._meta.concrete_fields]
            if any(words in one for one in said):
                found.add(model._meta.label)
    return found


def test_one_proposes_another_confirms_and_the_file_is_closed_to_everybody(
    child, zhanglan, liumin, qinhui
):
    confirmed(child, zhanglan, qinhui)

    for one in (zhanglan, liumin, qinhui, system(QINHUI)):
        assert CHILDREN.judge(Action.READ, one, child, on=TODAY) is Answer.HIDDEN
        assert child not in children_for(one, on=TODAY)
    assert rows(Child).filter(pk=child.pk).exists()


def test_who_proposed_does_not_confirm(child, zhanglan, qinhui):
    proposal = proposed(child, qinhui)

    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=qinhui, at=AT)
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)
    assert rows(Erasure).count() == 0


def test_worker_does_not_propose_and_others_do_not_know(child, liumin, stranger):
    with pytest.raises(Forbidden):
        proposed(child, liumin)
    with pytest.raises(Hidden):
        proposed(child, stranger)
    assert rows(Proposal).count() == 0


def test_reason_is_needed(child, zhanglan):
    with pytest.raises(ReasonMissing):
        proposed(child, zhanglan, reason=" ")


def test_head_to_whom_the_family_is_closed_neither_confirms_nor_sees_it(child, zhanglan, qinhui):
    proposal = proposed(child, zhanglan)
    closed(child, qinhui)

    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=qinhui, at=AT)


def test_stopped_in_time_all_is_there_again(child, zhanglan, liumin, qinhui):
    erasure = confirmed(child, zhanglan, qinhui)

    erasing.stop_erasing(erasure=erasure, by=zhanglan, at=AT + WEEK / 2)
    daily.carry_out_what_is_due(AT + WEEK)

    assert CHILDREN.judge(Action.READ, liumin, child, on=TODAY) is Answer.ALLOW
    assert rows(Erasure).get().state == ErasureState.STOPPED


def test_stopping_is_the_heads_and_the_proposers(child, zhanglan, qinhui, liumin):
    erasure = confirmed(child, zhanglan, qinhui)

    with pytest.raises(Hidden):
        erasing.stop_erasing(erasure=erasure, by=liumin, at=AT)
    daily.carry_out_what_is_due(AT + WEEK)
    with pytest.raises(erasing.ErasedAlready):
        erasing.stop_erasing(erasure=erasure, by=qinhui, at=AT + WEEK)


def test_before_its_day_nothing_is_erased(child, zhanglan, qinhui):
    erasure = confirmed(child, zhanglan, qinhui)

    daily.carry_out_what_is_due(AT + WEEK - dt.timedelta(seconds=1))

    with pytest.raises(erasing.NotDue):
        erasing.carry_out(erasure=erasure, by=system(QINHUI), at=AT)
    with pytest.raises(Forbidden):
        erasing.carry_out(erasure=erasure, by=qinhui, at=AT + WEEK)
    assert rows(Child).filter(pk=child.pk).exists()


def test_nothing_of_the_child_is_left_in_any_row(child, zhanglan, liumin, qinhui):
    number, names = child.number, (NAME, GRANDMA, NUMBER, "海海", "柳湾小学", "谭母7")
    before = {one: names_left(one) for one in names}

    erased(child, zhanglan, qinhui)

    assert all(before.values())
    assert {one: names_left(one) for one in names} == {one: set() for one in names}
    assert names_left(number) == set()
    assert names_left(str(child.pk)) == {"access.JournalRow"}
    assert pointing_at(child.pk, Child) | pointing_at(child.pk, Person) == set()
    assert rows(Person).count() == 0
    assert rows(SearchKey).count() == 0
    done = rows(Erasure).get()
    assert (done.state, done.file, done.reason) == (ErasureState.DONE, None, "")
    assert list(journal.verify_chain(QINHUI)) == []


def test_every_number_without_a_tie_is_walked():
    walked = {f"{model._meta.label}.{column}" for model, column in removing.columns_by_number()}

    assert walked == {
        "access.BreakGlass.target_id",
        "access.Closing.target_id",
        "access.Duty.target_id",
        "access.Membership.scope_id",
        "access.Notice.subject_id",
        "access.Proposal.subject_id",
        "access.Reason.target_id",
        "attachments.Attachment.target_id",
        "casework.Goal.thread",
        "casework.Submission.paper",
        "people.HiddenField.row",
        "services.Draft.about",
    }


def test_sibling_and_the_mother_of_both_stay_and_are_not_found_by_who_is_gone(
    child, registered, team, zhanglan, qinhui
):
    sister = registered("谭小雨", team)
    said = {"by": system(QINHUI), "at": AT}
    mother = rows(Kinship).get(child=child, relation=Relation.MOTHER).relative
    families.share_relative(
        child=sister, of=child, relative=mother, relation=Relation.MOTHER, **said
    )
    families.add_relative(child=sister, name="吴桂英", relation=Relation.GM_P, **said)
    people = reaching.family_of_nobody_else({child.pk})

    erased(child, zhanglan, qinhui)

    assert {one.name for one in rows(Person)} == {"谭小雨", "吴桂英", mother.name}
    assert mother.pk not in people
    assert {one.relative.name for one in rows(Kinship).filter(child=sister)} == {
        "吴桂英",
        mother.name,
    }


def test_files_merged_into_it_go_too_and_what_was_kept_of_the_merge(
    pair, first, second, liumin, zhanglan, qinhui
):
    merged(pair, first, liumin)
    assert reaching.files_with(first.pk) == {first.pk, second.pk}
    erased(first, zhanglan, qinhui)

    assert {model: rows(apps.get_model(model)).count() for model in GONE} == dict.fromkeys(GONE, 0)
    assert rows(ErasureMark).count() == 2


GONE = ("people.Child", "people.Person", "people.Merge", "people.PossibleDouble", "people.Phone")


def test_line_of_a_list_keeps_its_place_and_says_nothing(child, zhanglan, qinhui):
    line = rows(RosterLine).get()
    RosterFile(roster=line.roster, agency_id=QINHUI, content="谭小海").save(force_insert=True)
    other = RosterLine(
        agency_id=QINHUI, roster=line.roster, position=2, row=2, key="x", said='{"name": "李四"}'
    )
    other.save(force_insert=True)

    erased(child, zhanglan, qinhui)

    line.refresh_from_db()
    other.refresh_from_db()
    assert (line.said, line.made, line.child, line.position) == ("", "", None, 1)
    assert line.key != NUMBER
    assert other.said == '{"name": "李四"}'
    assert rows(RosterFile).count() == 0


def test_papers_go_with_their_bytes(child, zhanglan, liumin, qinhui):
    add_attachment(
        kind_of_file=FILE,
        target_id=child.pk,
        examined=examine(picture(), shows=AttachmentKind.SCAN),
        happened_on=TODAY,
        by=liumin,
        at=AT,
    )

    erased(child, zhanglan, qinhui)

    assert (rows(Attachment).count(), rows(AttachmentContent).count()) == (0, 0)


def test_grounds_notices_and_proposals_about_the_child_go(child, zhanglan, qinhui):
    erased(child, zhanglan, qinhui)

    about = {
        model: model._base_manager.filter(**{column: child.pk}).count()
        for model, column in ((Duty, "target_id"), (Reason, "target_id"), (Notice, "subject_id"))
    }
    assert about == {Duty: 0, Reason: 0, Notice: 0}
    assert rows(Proposal).filter(subject_id=child.pk).count() == 0
    assert JournalRow.objects.unscoped("tests").filter(about_id=child.pk).exists()


def test_held_file_is_not_erased_and_two_persons_lift_the_hold(child, zhanglan, qinhui):
    hold = holds.place_hold(
        child=child, authority=HoldAuthority.COURT, reason="（2026）民初12号", by=qinhui, at=AT
    )
    with pytest.raises(OnHold):
        proposed(child, zhanglan)

    proposal = holds.propose_lifting(hold=hold, reason="已结案", by=zhanglan, at=AT)
    with pytest.raises(Forbidden):
        two_persons.confirm(proposal=proposal, by=zhanglan, at=AT)
    two_persons.confirm(proposal=proposal, by=qinhui, at=AT + dt.timedelta(days=1))

    later = AT + dt.timedelta(days=1)
    said = {"ground": ErasureGround.DONE, "reason": "已结案", "by": zhanglan, "at": later}
    assert erasing.propose_erasing(child=child, **said).act == "people.child.erased"


def test_hold_that_came_meanwhile_keeps_the_file(child, zhanglan, qinhui):
    confirmed(child, zhanglan, qinhui)
    LegalHold(
        agency_id=QINHUI,
        child=child,
        authority=HoldAuthority.POLICE,
        reason="x",
        from_on=TODAY,
        placed_by=qinhui.account,
        placed_at=AT,
    ).save(force_insert=True)

    daily.carry_out_what_is_due(AT + WEEK)

    assert rows(Child).filter(pk=child.pk).exists()


def test_hold_is_placed_by_the_head_with_a_reason(child, zhanglan, qinhui):
    said = {"child": child, "authority": HoldAuthority.COURT, "at": AT}
    with pytest.raises(Forbidden):
        holds.place_hold(reason="x", by=zhanglan, **said)
    with pytest.raises(ReasonMissing):
        holds.place_hold(reason="", by=qinhui, **said)
