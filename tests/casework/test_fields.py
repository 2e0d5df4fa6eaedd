import pytest

from tests.conftest import AT
from tonghu.casework.constants import CaseState
from tonghu.casework.editions import ChangedMeanwhile, edition_of
from tonghu.casework.fields import FIELDS, NotNow, require_open
from tonghu.casework.operations.describing import CASE_SAYS, WorryGone, describe_case
from tonghu.kernel.errors import Forbidden

# Which part of a case is written in which state: x it is, . it is not.
TABLE = """
               L S N D A P A R S C T C F A
referrer       x x . . . . . . . . . . . .
problem        x x . . . . . . . . . . . .
child_view     x x . . x x x x x . . . . .
best_time      x x . . x x x x x x . x x .
kind           . . . . x x x x x . . . . .
plan           . . . . x x x x . . . . . .
signature      . . . . . x x x . . . . . .
safety         x x . . x x x x x x . x x .
rating         . . . . . . x x x x . . . .
stage          . . . . . . . x . . . . . .
closure        . . . . . . x x . . . . . .
follow_up_days . . . . . . x x . x . x x .
follow_up      . . . . . . . . . . . x x .
"""
STATES = list(CaseState)
CELLS = {
    (line.split()[0], state): mark == "x"
    for line in TABLE.strip().splitlines()[1:]
    for state, mark in zip(STATES, line.split()[1:], strict=True)
}
WRITTEN = {
    "referrer": "班主任",
    "problem": "又没来上学",
    "child_view": "想读书",
    "best_time": "周日",
    "kind": "LONG",
}


def test_the_table_says_what_the_code_says_cell_by_cell():
    coded = {(key, state): one.is_open(state) for key, one in FIELDS.items() for state in STATES}

    assert coded == CELLS


def test_what_a_case_says_is_written_as_the_table_allows_cell_by_cell(case, liumin):
    written = {}
    for key in CASE_SAYS:
        for state in STATES:
            before = getattr(case, key)
            case.state, case.not_accepted = state, "consult"
            case.save(update_fields=["state", "not_accepted"])
            written[key, state] = _is_written(case, key, liumin)
            setattr(case, key, before)
            case.save(update_fields=[key])

    assert written == {cell: is_open for cell, is_open in CELLS.items() if cell[0] in CASE_SAYS}


def _is_written(case, key, by) -> bool:
    try:
        describe_case(case=case, said={key: WRITTEN[key]}, by=by, at=AT)
    except NotNow:
        return False
    return getattr(case, key) == WRITTEN[key]


def test_a_part_that_is_closed_and_stays_as_it_is_holds_nothing_up(case, liumin):
    said = {"problem": case.problem, "child_view": "想读书"}

    assert describe_case(case=case, said=said, by=liumin, at=AT).child_view == "想读书"


def test_a_case_is_corrected_by_who_works_on_it_and_by_one_at_a_time(case, liumin, yangfan):
    base = edition_of(case, CASE_SAYS)
    describe_case(case=case, said={"best_time": "周六"}, base=base, by=liumin, at=AT)

    with pytest.raises(ChangedMeanwhile):
        describe_case(case=case, said={"best_time": "周日"}, base=base, by=liumin, at=AT)
    with pytest.raises(Forbidden):
        describe_case(case=case, said={"best_time": "周日"}, by=yangfan, at=AT)


def test_a_lead_keeps_its_worry(lead, liumin):
    with pytest.raises(WorryGone):
        describe_case(case=lead, said={"problem": " "}, by=liumin, at=AT)


def test_what_is_closed_is_named_in_words():
    with pytest.raises(NotNow) as refusal:
        require_open(CaseState.CLOSED, ["plan", "rating"])

    assert "结案" in str(refusal.value)
