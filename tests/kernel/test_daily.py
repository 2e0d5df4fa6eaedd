import pytest

from tests.conftest import AT
from tonghu.kernel import daily
from tonghu.kernel.daily import do_what_is_due, every_day
from tonghu.kernel.registry import Registry


@pytest.fixture(autouse=True)
def no_duties(monkeypatch):
    monkeypatch.setattr(daily, "_duties", Registry("daily duties"))


def test_every_duty_is_told_the_moment_in_the_order_they_signed_up():
    done = []

    @every_day
    def first(at):
        done.append(("first", at))

    @every_day
    def second(at):
        done.append(("second", at))

    do_what_is_due(AT)

    assert done == [("first", AT), ("second", AT)]


def test_a_duty_that_signs_up_twice_is_done_once():
    done = []
    duty = every_day(done.append)
    every_day(duty)

    do_what_is_due(AT)

    assert done == [AT]


def test_a_duty_that_breaks_stops_no_other_and_is_told(caplog):
    done = []

    @every_day
    def breaks(at):
        raise OSError("no such folder")

    every_day(done.append)

    do_what_is_due(AT)

    assert done == [AT]
    assert [line.levelname for line in caplog.records] == ["ERROR"]
    assert caplog.messages[0].endswith(".<locals>.breaks broke")
