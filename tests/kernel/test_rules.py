import datetime as dt

import pytest
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from tonghu.access.models import Membership
from tonghu.kernel.errors import Forbidden
from tonghu.kernel.periods import in_force
from tonghu.kernel.rules import EVERYTHING, NOBODY, NOTHING, Rule, any_of, joined, sets_of
from tonghu.kernel.scoping import Unscoped

EARLIER, LATER = TODAY - dt.timedelta(days=40), TODAY + dt.timedelta(days=40)

everybody = Rule("everybody", lambda by, on: EVERYTHING)
nobody = Rule("nobody", lambda by, on: NOTHING)
no_row = Rule("no row", lambda by, on: Q(role="none"))
workers = Rule("workers", lambda by, on: Q(role="worker"))
heads = Rule("heads", lambda by, on: Q(role="head"))
oneself = Rule("oneself", lambda by, on: Q(account=by.account_id))
in_office = Rule("in office", lambda by, on: in_force(on))
by_subquery = Rule(
    "of a house",
    lambda by, on: Q(
        account__in=Membership.objects.unscoped("a test").filter(role="head").values("account")
    ),
)

MEANT = {
    everybody: lambda row, by, on: True,
    nobody: lambda row, by, on: False,
    no_row: lambda row, by, on: False,
    workers: lambda row, by, on: row.role == "worker",
    heads: lambda row, by, on: row.role == "head",
    oneself: lambda row, by, on: row.account_id == by.account_id,
    in_office: lambda row, by, on: row.from_on <= on and (row.until_on or on) >= on,
    by_subquery: lambda row, by, on: row.role == "head",
}
some_rules = st.lists(st.sampled_from(list(MEANT)), min_size=1, max_size=5)
days = st.dates(EARLIER, LATER)


def all_rows() -> list[Membership]:
    return list(Membership.objects.unscoped("a test").order_by("id"))


def joined_from_the(side: str, rules: list[Rule]) -> Rule:
    whole, *others = rules if side == "left" else rules[::-1]
    for other in others:
        whole = whole | other if side == "left" else other | whole
    return whole


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
@given(rules=some_rules, on=days, side=st.sampled_from(["left", "right"]))
def test_a_list_and_one_thing_are_answered_alike(
    liumin, yangfan, qinhui, xuzhe, stranger, rules, on, side
):
    rule = joined_from_the(side, rules)

    listed = set(rule.rows(Membership.objects.all(), liumin, on=on))

    assert listed == {row for row in all_rows() if rule.allows(liumin, row, on=on)}
    assert listed == {
        row for row in all_rows() if any(MEANT[one](row, liumin, on) for one in rules)
    }


@pytest.mark.parametrize("other", MEANT, ids=lambda rule: rule.says)
def test_joining_with_nothing_adds_no_row_and_with_everything_adds_all(liumin, qinhui, other):
    alone = set(other.rows(Membership.objects.all(), liumin, on=TODAY))

    for rule in (nobody | other, other | nobody):
        assert set(rule.rows(Membership.objects.all(), liumin, on=TODAY)) == alone
    for rule in (everybody | other, other | everybody):
        assert set(rule.rows(Membership.objects.all(), liumin, on=TODAY)) == set(all_rows())


def test_nothing_joined_with_nothing_is_nothing():
    assert joined(NOTHING, NOTHING) == NOTHING
    assert joined(EVERYTHING, NOTHING) == joined(NOTHING, EVERYTHING) == EVERYTHING


def test_rows_keep_what_the_list_was_narrowed_to(liumin, yangfan, qinhui):
    narrowed = Membership.objects.filter(account=yangfan.account)

    assert [row.account_id for row in workers.rows(narrowed, liumin, on=TODAY)] == [
        yangfan.account_id
    ]


def test_rows_open_a_guarded_table_and_leave_the_list_closed(liumin):
    rows = Membership.objects.all()
    assert workers.rows(rows, liumin, on=TODAY).count() == 1

    with pytest.raises(Unscoped):
        rows.count()


def test_a_rule_asks_again_each_time(liumin):
    row = liumin.membership
    assert in_office.allows(liumin, row, on=TODAY)

    Membership.objects.unscoped("a test").update(until_on=TODAY - dt.timedelta(days=1))

    assert not in_office.allows(liumin, row, on=TODAY)
    assert in_office.allows(liumin, row, on=TODAY - dt.timedelta(days=1))


def test_a_thing_that_was_never_saved_is_nobodys(liumin):
    assert not everybody.allows(liumin, Membership(role="worker"), on=TODAY)


def test_require_refuses_with_who_can(liumin, qinhui):
    rule = any_of([gettext_lazy("Supervisor"), gettext_lazy("Agency head")])
    with translation.override("zh-hans"), pytest.raises(Forbidden) as refusal:
        Rule(rule, lambda by, on: Q(role="head")).require(liumin, liumin.membership, on=TODAY)

    assert "督导" in str(refusal.value)
    assert "机构负责人" in str(refusal.value)


def test_require_lets_pass_in_silence(liumin):
    assert workers.require(liumin, liumin.membership, on=TODAY) is None


def test_nobody_is_nobody(qinhui):
    assert not NOBODY.rows(Membership.objects.all(), qinhui, on=TODAY).exists()


def test_joined_rules_carry_both_their_laws():
    first = Rule("a", lambda by, on: EVERYTHING, ("MPL 62",))
    second = Rule("b", lambda by, on: EVERYTHING, ("PIPL 28",))

    assert (first | second).law == ("MPL 62", "PIPL 28")


def test_joined_rules_are_said_in_the_readers_language():
    rule = Rule(gettext_lazy("Supervisor"), lambda by, on: NOTHING) | Rule(
        gettext_lazy("Agency head"), lambda by, on: NOTHING
    )

    with translation.override("en"):
        english = str(rule.says)
    with translation.override("zh-hans"):
        chinese = str(rule.says)

    assert english == "Supervisor, Agency head"
    assert english != chinese


def chosen(role: str) -> Q:
    return Q(pk__in=Membership.objects.unscoped("a test").filter(role=role).values("pk"))


@pytest.mark.parametrize(
    ("where", "how_many"),
    [
        (chosen("head"), 1),
        (chosen("head") | chosen("worker"), 2),
        (chosen("head") & ~chosen("worker"), 1),
        (Q(role="head") & (chosen("head") | chosen("worker") & ~chosen("head")), 2),
        (chosen("head") | NOTHING, 1),
        (NOTHING, 0),
        (EVERYTHING, None),
        (~chosen("head"), None),
        (Q(role="head"), None),
        (chosen("head") | Q(role="worker"), None),
        (Q(pk__in=[1]), None),
    ],
    ids=range(11),
)
def test_sets_of_a_filter_are_all_it_lets_members_of_through(where, how_many, db):
    found = sets_of(where)

    assert (None if found is None else len(found)) == how_many
