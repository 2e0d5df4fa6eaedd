import datetime as dt

import pytest

from tonghu.kernel import clock

MOMENT = dt.datetime(2026, 6, 1, 2, 0, tzinfo=dt.UTC)


def utc(hour: int, minute: int = 0, day: int = 31, month: int = 5) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (utc(15, 59), dt.date(2026, 5, 31)),  # 23:59 in Xi'an
        (utc(16, 0), dt.date(2026, 6, 1)),  # midnight in Xi'an, still May in UTC
        (utc(23, 59), dt.date(2026, 6, 1)),  # 07:59
        (utc(0, 0, day=1, month=6), dt.date(2026, 6, 1)),  # 08:00
    ],
)
def test_a_day_is_the_one_in_xian(at, day):
    assert clock.day(at) == day


def test_a_day_asks_where_the_service_works_not_where_the_moment_was_written():
    in_urumqi = dt.timezone(dt.timedelta(hours=6))

    assert clock.day(dt.datetime(2026, 5, 31, 23, 0, tzinfo=in_urumqi)) == dt.date(2026, 6, 1)


def test_a_day_of_another_place_is_another(settings):
    settings.TIME_ZONE = "Europe/Lisbon"

    assert clock.day(utc(16, 0)) == dt.date(2026, 5, 31)


def test_a_day_ends_at_midnight_in_xian():
    assert clock.end_of(dt.date(2026, 5, 31)) == utc(16, 0)
    assert clock.day(clock.end_of(dt.date(2026, 5, 31))) == dt.date(2026, 6, 1)


def test_the_clock_tells_the_present_in_utc():
    before = dt.datetime.now(dt.UTC)

    told = clock.now()

    assert before <= told <= dt.datetime.now(dt.UTC)
    assert told.utcoffset() == dt.timedelta(0)


def test_the_clock_stands_where_a_test_puts_it_and_goes_on_afterwards():
    with clock.at(MOMENT):
        with clock.at(utc(16)):
            inside = clock.now()
        outside = clock.now()

    assert (inside, outside) == (utc(16), MOMENT)
    assert clock.now() not in (inside, outside)


def test_the_clock_goes_on_after_an_error():
    with pytest.raises(ZeroDivisionError), clock.at(MOMENT):
        _ = 1 / 0

    assert clock.now() != MOMENT


def test_seconds_since_1970_are_a_moment():
    assert clock.moment(MOMENT.timestamp()) == MOMENT
