import datetime as dt
from decimal import Decimal

import pytest

from tests.conftest import AT, TODAY
from tonghu.casework.assessing import scores_of
from tonghu.casework.instruments import instruments
from tonghu.casework.models import Case, InstrumentScore
from tonghu.casework.operations import scoring
from tonghu.casework.questions import questions, questions_for
from tonghu.kernel.errors import Forbidden
from tonghu.people.constants import CareArrangement
from tonghu.people.operations import spans


def scored(case, by, raw="17", instrument="SDQ", answered_by="parent", on=TODAY):
    return scoring.record_score(
        case=case,
        instrument=instrument,
        answered_by=answered_by,
        raw=raw,
        on=on,
        by=by,
        at=AT,
    )


@pytest.mark.parametrize(
    ("code", "who", "raw", "band"),
    [
        ("SDQ", "parent", "13", "usual"),
        ("SDQ", "parent", "17", "high"),
        ("SDQ", "child", "17", "edge"),
        ("SDQ", "teacher", "12", "edge"),
        ("MSPSS", "child", "36", "low"),
        ("MSPSS", "child", "61", "strong"),
        ("FAPGAR", "parent", "6", "middle"),
        ("HOPE", "child", "30", ""),
    ],
)
def test_a_score_falls_into_the_range_of_who_answered(code, who, raw, band):
    assert instruments()[code].band(Decimal(raw), who) == band


def test_no_wording_of_others_is_in_the_registry():
    assert {code for code, one in instruments().items() if one.items == "no"} == {"SDQ"}
    assert "ORS" not in instruments()


def test_a_score_is_typed_in_and_sets_no_level(liumin, case):
    scored(case, liumin)

    row = scores_of(case, liumin, on=TODAY).get()
    assert (row.instrument, row.raw, row.band) == ("SDQ", Decimal("17"), "high")
    assert Case.objects.unscoped("tests").get(pk=case.pk).risk_level == ""


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"raw": "41"}, scoring.NoSuchScore),
        ({"instrument": "ORS"}, scoring.NoSuchScore),
        ({"raw": "NaN"}, scoring.NoSuchScore),
        ({"raw": "x"}, scoring.NoSuchScore),
        ({"on": TODAY + dt.timedelta(days=1)}, scoring.ScoredLater),
    ],
)
def test_a_score_that_cannot_be_is_refused(liumin, case, also, refusal):
    with pytest.raises(refusal):
        scored(case, liumin, **also)

    assert not InstrumentScore.objects.unscoped("tests").exists()


def test_a_score_of_a_day_stands_once(liumin, yangfan, case):
    scored(case, liumin)

    with pytest.raises(scoring.ScoredAlready):
        scored(case, liumin, raw="12")
    with pytest.raises(Forbidden):
        scored(case, yangfan, answered_by="teacher")


def test_who_lives_alone_is_asked_about_the_nights(liumin, hanxue, case):
    assert "SAFETY" not in questions_for(case.child, liumin, on=TODAY)

    spans.arrange_care(
        child=case.child, arrangement=CareArrangement.ALONE, from_on=TODAY, by=liumin, at=AT
    )

    assert questions_for(case.child, liumin, on=TODAY)["SAFETY"] == [
        "晚上谁在？孩子害怕时找谁，电话打得通吗？"
    ]
    assert questions_for(case.child, hanxue, on=TODAY) == {}
    assert len(questions()) > 10
