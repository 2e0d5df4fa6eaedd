import datetime as dt
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.casework.conftest import heard
from tests.casework.walking import ELSEWHERE, TAKE, Walk, make_ready, tried
from tests.conftest import AT
from tonghu.access.models import JournalRow
from tonghu.casework.constants import OPEN, CaseState
from tonghu.casework.models import Case, CaseStep
from tonghu.casework.steps import STEPS
from tonghu.kernel.operations import EVENTS

ENDED = (CaseState.CLOSED, CaseState.FOLLOW_UP, CaseState.ARCHIVED)


def test_every_step_of_the_table_has_its_operation():
    events = [one.event for one in STEPS.values()]

    assert len(set(events)) == len(events)
    assert TAKE.keys() == STEPS.keys()
    assert {key for key, one in STEPS.items() if one.event not in EVENTS} <= ELSEWHERE


def test_every_state_but_a_lead_is_reached_and_every_end_is_one():
    reached = {one.to_state for one in STEPS.values()}
    left = {state for one in STEPS.values() for state in one.from_states}

    assert set(CaseState) - reached == {CaseState.LEAD}
    assert set(CaseState) - left == {CaseState.DUPLICATE, CaseState.TRANSFERRED}


class Cases(RuleBasedStateMachine):
    """Two worries about one child, walked through random steps by its worker and supervisor."""

    cast: ClassVar[dict[str, Any]] = {}
    reached: ClassVar[set[str]] = set()

    @initialize()
    def somebody_worries_twice(self) -> None:
        child = self.cast["registered"]("谭小海", self.cast["team"], holder=self.cast["worker"])
        self.at = AT
        self.cases = [heard(child, self.cast["worker"]).pk for _one in range(2)]

    def now(self, which: int) -> tuple[Case, Walk]:
        """Return a case as it stands, and who walks it, some hours later."""
        self.at += dt.timedelta(hours=3)
        rows = Case.objects.unscoped("tests").select_related("child__person")
        case, other = (rows.get(pk=self.cases[n]) for n in (which, 1 - which))
        return case, Walk(self.cast["worker"], self.cast["supervisor"], other, self.at)

    def step(self, which: int, key: str) -> None:
        case, walk = self.now(which)
        before, rows, told = case.state, _steps(case).count(), _told(case, key)
        taken = tried(TAKE[key], case, walk)
        after = Case.objects.unscoped("tests").get(pk=case.pk).state
        if not taken:
            assert (after, _steps(case).count()) == (before, rows)
            return
        self.reached.add(after)
        assert STEPS[key].leads_from(before)
        assert (after, _steps(case).count()) == (STEPS[key].to_state, rows + 1)
        assert _steps(case).last().step == key
        assert _told(case, key) == told + (key not in ELSEWHERE)

    @rule(which=st.integers(0, 1), key=st.sampled_from(sorted(TAKE)))
    def any_step(self, which: int, key: str) -> None:
        self.step(which, key)

    @rule(which=st.integers(0, 1), turn=st.integers(0, 9))
    def a_step_of_the_state(self, which: int, turn: int) -> None:
        case, walk = self.now(which)
        keys = [key for key, one in STEPS.items() if one.leads_from(case.state)]
        if keys:
            make_ready(case, walk)
            self.step(which, keys[turn % len(keys)])

    @invariant()
    def one_case_at_most_is_open(self) -> None:
        states = [Case.objects.unscoped("tests").get(pk=pk).state for pk in self.cases]
        assert sum(state in OPEN for state in states) <= 1

    @invariant()
    def the_steps_lead_from_the_first_word_to_where_it_stands(self) -> None:
        for pk in self.cases:
            case = Case.objects.unscoped("tests").get(pk=pk)
            state = ""
            for row in _steps(case):
                assert row.from_state == state
                assert row.step == "lead" or STEPS[row.step].leads_from(state)
                state = row.to_state
            assert case.state == state
            assert (case.closed_on is not None) == (case.state in ENDED)


@pytest.fixture
def machine(liumin, zhanglan, team, registered):
    cast = {"worker": liumin, "supervisor": zhanglan, "team": team, "registered": registered}
    return type("Walked", (Cases,), {"cast": cast, "reached": set()})


def _steps(case: Case):
    return CaseStep.objects.unscoped("tests").filter(case=case).order_by("at", "id")


def _told(case: Case, key: str) -> int:
    rows = JournalRow.objects.unscoped("tests").filter(event=STEPS[key].event)
    return rows.filter(subject_id=case.pk).count()


def test_no_walk_leads_to_a_state_that_is_none(machine):
    bounded = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(machine, settings=bounded)
    assert machine.reached >= {
        CaseState.ACTIVE,
        CaseState.REVIEW,
        CaseState.CLOSED,
        CaseState.FOLLOW_UP,
        CaseState.ARCHIVED,
    }
