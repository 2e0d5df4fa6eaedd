from itertools import starmap

from tests.conftest import AT, TODAY, entered
from tests.people.test_emergencies import closed
from tonghu.access.models import Notice
from tonghu.access.operations import deputies, grounds, two_persons
from tonghu.access.sheets import Action
from tonghu.people.emergencies import Named
from tonghu.people.operations.emergencies import open_in_emergency
from tonghu.people.policy import CHILDREN, CONTACT_DATA, HIDDEN


def answers(by, child) -> list[str]:
    asked = (
        (CHILDREN, Action.FIND),
        (CHILDREN, Action.READ),
        (CHILDREN, Action.APPROVE),
        (CHILDREN, Action.EXPORT),
        (CHILDREN, Action.WRITE),
        (CONTACT_DATA, Action.READ),
        (HIDDEN, Action.READ),
    )

    def judged(sheet, action):
        return sheet.judge(action, by, child, on=TODAY).value

    return list(starmap(judged, asked))


NOTHING = ["hidden"] * 7
AS_HEAD = ["allow", "reason", "allow", "reason", "forbidden", "reason", "allow"]


def named(account, by):
    return deputies.name_deputy(account=account.account, from_on=TODAY, by=by, at=AT)


def test_the_deputy_is_head_for_that_child_alone(elsewhere, registered, qingshi, zhanglan, qinhui):
    other = registered("肖玉明", qingshi)
    named(zhanglan, qinhui)
    before = answers(zhanglan, elsewhere)

    closed(elsewhere, qinhui)

    assert before == NOTHING
    assert answers(zhanglan, elsewhere) == AS_HEAD
    assert answers(zhanglan, other) == NOTHING
    assert answers(qinhui, elsewhere) == NOTHING


def test_nobody_else_gets_anything_by_it(elsewhere, liumin, zhanglan, qinhui):
    closed(elsewhere, qinhui)

    assert [answers(by, elsewhere) for by in (liumin, zhanglan)] == [NOTHING, NOTHING]


def test_a_deputy_in_conflict_herself_is_closed_out_too(elsewhere, zhanglan, qinhui):
    named(zhanglan, qinhui)
    closed(elsewhere, qinhui)
    closed(elsewhere, zhanglan)

    assert answers(zhanglan, elsewhere) == NOTHING


def test_another_head_who_is_free_leaves_nothing_to_the_deputy(elsewhere, house, zhanglan, qinhui):
    named(zhanglan, qinhui)
    second = entered(house, "mengya", "孟雅", "Meng Ya", "head")
    closed(elsewhere, qinhui)
    before = answers(zhanglan, elsewhere)

    closed(elsewhere, second)

    assert (before, answers(zhanglan, elsewhere)) == (NOTHING, AS_HEAD)


def test_it_ends_when_the_conflict_is_lifted_and_when_the_naming_ends(
    elsewhere, registered, qingshi, house, zhanglan, liumin, qinhui
):
    second = entered(house, "mengya", "孟雅", "Meng Ya", "supervisor")
    named(zhanglan, qinhui)
    naming = named(second, qinhui)
    shut = closed(elsewhere, qinhui)
    deputies.end_deputy(deputy=naming, by=qinhui, at=AT)
    proposal = grounds.propose_lifting(closing=shut, words="没有亲属关系", by=zhanglan, at=AT)
    before = answers(zhanglan, elsewhere)

    two_persons.confirm(proposal=proposal, by=second, at=AT)

    assert (before, answers(zhanglan, elsewhere)) == (AS_HEAD, NOTHING)


def test_the_deputy_is_told_of_an_emergency_in_the_heads_place(elsewhere, liumin, zhanglan, qinhui):
    named(zhanglan, qinhui)
    Notice.objects.unscoped("tests").delete()
    closed(elsewhere, qinhui)

    named_child = Named("肖宇安", 2015)
    open_in_emergency(named=named_child, words="孩子落水了", by=liumin, at=AT)

    told = set(Notice.objects.unscoped("tests").values_list("account_id", flat=True))
    assert told == {zhanglan.account_id}
