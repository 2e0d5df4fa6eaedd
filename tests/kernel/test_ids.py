import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import UUID

import pytest

from tonghu.kernel.ids import new_id

AT = dt.datetime(2026, 6, 1, 2, 0, 0, 123000, tzinfo=dt.UTC)


def milliseconds_of(key: UUID) -> int:
    return key.int >> 80


@pytest.mark.parametrize("at", [None, AT])
def test_a_key_is_a_uuid_of_version_7(at):
    key = new_id(at)

    assert type(key) is UUID
    assert (key.int >> 76) & 0xF == 7
    assert (key.int >> 62) & 0b11 == 0b10


def test_a_key_carries_the_moment_it_was_made_for():
    assert milliseconds_of(new_id(AT)) == 1780279200123


def test_keys_sort_by_their_moments():
    moments = [AT + dt.timedelta(milliseconds=step) for step in range(200)]

    keys = [new_id(moment) for moment in moments]

    assert keys == sorted(keys)
    assert [str(key) for key in keys] == sorted(str(key) for key in keys)


def test_keys_of_one_moment_differ():
    assert len({new_id(AT) for _ in range(5000)}) == 5000


def test_keys_of_the_present_only_rise():
    keys = [new_id() for _ in range(5000)]

    assert all(first < second for first, second in pairwise(keys))


def test_keys_made_at_once_differ():
    with ThreadPoolExecutor(8) as people:
        keys = list(people.map(lambda _: new_id(), range(4000)))

    assert len(set(keys)) == 4000
