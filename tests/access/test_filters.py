import datetime as dt
from uuid import UUID

import pytest
from django.utils import translation

from tonghu.access.queries import JournalFilter
from tonghu.access.web.filters import filters_of

TODAY = dt.date(2026, 6, 1)
PERSON = UUID("01980000-0000-7000-8000-0000000000c1")


@pytest.fixture(autouse=True)
def _words(frozen):
    with translation.override("en"):
        yield


def chips(rf, query: str, **wanted) -> list[tuple[str, str, bool]]:
    found = filters_of(rf.get(f"/journal/{query}"), JournalFilter(**wanted))
    return [(str(one.label), one.href, one.active) for one in found]


def test_filters_put_themselves_on(rf):
    assert chips(rf, "") == [
        ("Today", "?since=2026-06-01", False),
        ("Last 7 days", "?since=2026-05-26", False),
        ("Refused only", "?refused=on", False),
    ]


def test_filter_that_is_on_takes_itself_away_and_keeps_the_others(rf):
    query = "?since=2026-06-01&refused=on&after=31"

    assert chips(rf, query, since=TODAY, refused=True) == [
        ("Today", "?refused=on", True),
        ("Last 7 days", "?refused=on&since=2026-05-26", False),
        ("Refused only", "?since=2026-06-01", True),
    ]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"since": dt.date(2026, 5, 4)}, "Mon 4 May – …"),
        ({"until": TODAY}, "… – Mon 1 Jun"),
        ({"since": dt.date(2026, 5, 4), "until": TODAY}, "Mon 4 May – Mon 1 Jun"),
    ],
)
def test_chosen_days_are_one_chip(rf, wanted, words):
    query = "&".join(f"{name}={value}" for name, value in wanted.items())

    assert chips(rf, f"?{query}", **wanted)[0] == (words, "?", True)


def test_filter_set_by_a_link_is_as_easy_to_take_away(rf):
    query = f"?about={PERSON}&account={PERSON}"

    assert chips(rf, query, about=PERSON, account=PERSON)[:2] == [
        ("One person", f"?about={PERSON}", True),
        ("One record", f"?account={PERSON}", True),
    ]
