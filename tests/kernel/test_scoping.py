import asyncio

import pytest
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery

from tonghu.access.models import Account, Membership
from tonghu.kernel.scoping import Unscoped

WAYS = {
    "list": list,
    "bool": bool,
    "len": len,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "contains": lambda rows: rows.contains(Membership(id="01980000-0000-7000-8000-0000000000ff")),
    "iterator": lambda rows: list(rows.iterator()),
    "iterator of another chunk": lambda rows: next(rows.iterator(chunk_size=1)),
    "aiterator": lambda rows: asyncio.run(first_of(rows.aiterator())),
    "aggregate": lambda rows: rows.aggregate(Count("pk")),
    "get": lambda rows: rows.get(role="worker"),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "earliest": lambda rows: rows.earliest("from_on"),
    "latest": lambda rows: rows.latest("from_on"),
    "in_bulk": lambda rows: rows.in_bulk(),
    "in_bulk of some": lambda rows: rows.in_bulk(["01980000-0000-7000-8000-0000000000ff"]),
    "values": lambda rows: list(rows.values("role")),
    "values_list": lambda rows: list(rows.values_list("role", flat=True)),
    "dates": lambda rows: list(rows.dates("from_on", "month")),
    "index": lambda rows: rows[0],
    "slice": lambda rows: list(rows[:2]),
    "slice with steps": lambda rows: rows[:4:2],
    "explain": lambda rows: rows.explain(),
    "raw": lambda rows: list(rows.raw("SELECT * FROM access_membership")),
    "annotate": lambda rows: list(rows.annotate(n=Count("account"))),
    "distinct": lambda rows: list(rows.distinct()),
    "select_related": lambda rows: list(rows.select_related("account")),
    "prefetch_related": lambda rows: list(rows.prefetch_related("account")),
    "defer": lambda rows: list(rows.defer("role")),
    "reverse": lambda rows: list(rows.order_by("id").reverse()),
    "using": lambda rows: list(rows.using("default")),
    "union": lambda rows: list(rows.union(rows)),
    "union after an opened one": lambda rows: list(rows.unscoped("a test").union(rows)),
    "or after an opened one": lambda rows: list(rows.unscoped("a test").none() | rows),
    "or before an opened one": lambda rows: list(rows.filter(role="x") | rows.unscoped("a test")),
    "and after an opened one": lambda rows: list(rows.unscoped("a test") & rows),
    "update": lambda rows: rows.update(role="head"),
    "bulk_update": lambda rows: rows.bulk_update([*rows.unscoped("a test")], ["role"]),
    "get_or_create": lambda rows: rows.get_or_create(role="worker"),
    "update_or_create": lambda rows: rows.update_or_create(role="worker"),
    "delete": lambda rows: rows.delete(),
}
INSIDE = {
    "in": lambda rows: Account.objects.filter(pk__in=rows.values("account")),
    "in, excluded": lambda rows: Account.objects.exclude(pk__in=rows.values("account")),
    "in of a Q": lambda rows: Account.objects.filter(Q(memberships__in=rows)),
    "exists": lambda rows: Account.objects.filter(Exists(rows.filter(account=OuterRef("pk")))),
    "subquery": lambda rows: Account.objects.annotate(
        role=Subquery(rows.filter(account=OuterRef("pk")).values("role")[:1])
    ),
    "in, from an opened query": lambda rows: rows.unscoped("a test").filter(pk__in=rows),
    "equal to the first": lambda rows: Account.objects.filter(pk=rows.values("account")[:1]),
}


async def first_of(rows):
    return await anext(rows)


@pytest.fixture
def somebody(liumin, qinhui):
    """Two people have roles, so that every question would have an answer."""
    return liumin


@pytest.mark.parametrize("way", WAYS)
def test_a_guarded_table_answers_no_question_without_a_rule(somebody, way):
    with (
        pytest.raises(Unscoped, match=r"access\.Membership was asked without a Rule"),
        transaction.atomic(),
    ):
        WAYS[way](Membership.objects.all())

    assert [one.role for one in Membership.objects.unscoped("a test").order_by("id")] == [
        "worker",
        "head",
    ]


@pytest.mark.parametrize("narrowed", [True, False])
def test_a_guarded_table_narrowed_by_hand_is_as_closed(somebody, narrowed):
    rows = Membership.objects.filter(account=somebody.account) if narrowed else Membership.objects

    with pytest.raises(Unscoped):
        rows.count()


@pytest.mark.parametrize("way", INSIDE)
def test_a_guarded_table_is_no_part_of_another_question(somebody, way):
    with pytest.raises(Unscoped):
        list(INSIDE[way](Membership.objects.all()))


@pytest.mark.parametrize("way", INSIDE)
def test_an_opened_query_is_part_of_another_question(somebody, way):
    assert list(INSIDE[way](Membership.objects.unscoped("a test").filter(role="worker")))


def test_a_related_manager_is_as_closed(somebody):
    with pytest.raises(Unscoped):
        somebody.account.memberships.count()


def test_fetching_ahead_is_as_closed(somebody):
    with pytest.raises(Unscoped):
        list(Account.objects.prefetch_related("memberships"))


def test_fetching_ahead_an_opened_query_answers(somebody):
    opened = Prefetch("memberships", Membership.objects.unscoped("a test"))

    found = Account.objects.prefetch_related(opened).get(login="liumin")

    assert [one.role for one in found.memberships.all()] == ["worker"]


@pytest.mark.parametrize(
    "step",
    [
        lambda rows: rows.filter(role="worker"),
        lambda rows: rows.exclude(role="head").order_by("id"),
        lambda rows: rows.all().filter(role="worker").select_related("account"),
        lambda rows: rows.annotate(same=F("role")).filter(same="worker"),
        lambda rows: rows.filter(role="worker") | rows.none(),
        lambda rows: rows.filter(role="worker").union(rows.none()),
        lambda rows: rows.filter(role="worker")[:1],
    ],
)
def test_an_opened_query_stays_open(somebody, step):
    rows = step(Membership.objects.unscoped("a test"))

    assert [one.role for one in rows] == ["worker"]


def test_an_opened_query_leaves_the_one_it_came_from_closed(somebody):
    rows = Membership.objects.all()
    rows.unscoped("a test")

    with pytest.raises(Unscoped):
        rows.count()


def test_an_opened_query_counts_changes_and_deletes(somebody):
    rows = Membership.objects.unscoped("a test").filter(account=somebody.account)

    assert rows.count() == 1
    assert rows.update(role="supervisor") == 1
    assert rows.delete()[0] == 1


def test_an_opening_without_a_reason_is_refused(somebody):
    with pytest.raises(Unscoped, match="Say why"):
        Membership.objects.unscoped("")


def test_a_new_row_needs_no_rule_to_be_saved(somebody, house):
    Membership(
        agency=house,
        account=somebody.account,
        organisation=house,
        role="finance",
        from_on="2026-06-01",
    ).save(force_insert=True)

    assert Membership.objects.unscoped("a test").filter(role="finance").exists()
