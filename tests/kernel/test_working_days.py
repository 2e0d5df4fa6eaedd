import datetime as dt

import pytest

from tonghu.kernel.working_days import NOTICES, SATURDAY, is_working_day, working_days_after


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-02-14", True),  # a Saturday worked for the Spring Festival
        ("2026-02-16", False),
        ("2026-02-24", True),
        ("2026-10-05", False),
        ("2026-11-28", False),  # a Saturday like others
        ("2025-01-26", True),
        ("2025-06-02", False),
        ("2024-10-01", True),  # of that year the weekends alone are known
    ],
)
def test_holidays_and_worked_weekends_are_those_of_the_notices(day, works):
    assert is_working_day(on(day)) is works


@pytest.mark.parametrize(
    ("first", "number", "last"),
    [
        ("2026-06-01", 15, "2026-06-23"),  # the Dragon Boat Festival lies between
        ("2026-02-11", 3, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-11-02", 15, "2026-11-23"),
        ("2026-06-01", 0, "2026-06-01"),
    ],
)
def test_a_time_limit_skips_days_off_and_counts_worked_weekends(first, number, last):
    assert working_days_after(on(first), number) == on(last)


@pytest.mark.parametrize("year", NOTICES)
def test_each_year_holds_together(year):
    notice = NOTICES[year]
    days = [one for pair in notice["off"] for one in pair] + notice["worked"]

    assert notice["notice"].startswith("国办发明电")
    assert {one.year for one in days} == {int(year)}
    assert all(first <= last for first, last in notice["off"])
    assert [one for one in notice["worked"] if one.weekday() < SATURDAY] == []
