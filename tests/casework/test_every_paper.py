import datetime as dt

import pytest

from tests.casework.assessed import assessed
from tests.casework.planned import closed, followed_up, planned
from tests.casework.test_referrals import referred
from tests.casework.test_reports import SEEN, feared
from tests.casework.test_support import TEACHER, drawn
from tests.conftest import AT, TODAY
from tests.documents.test_pdf import OURS, faces_of, text_of
from tests.services.visited import visited
from tonghu.access.operations import grounds
from tonghu.access.sheets import NeedsReason
from tonghu.casework.models import FollowUp
from tonghu.casework.operations import closings, reviews
from tonghu.casework.papers.filling import fill, forms_of, parts
from tonghu.casework.papers.form import FORMS
from tonghu.casework.papers.providers import Subject
from tonghu.casework.printing import printed
from tonghu.kernel import clock
from tonghu.people.policy import FILE

ZH, EN = "zh-hans", "en"
REASON = "EMERGENCY"
LATER = AT + dt.timedelta(days=35)


@pytest.fixture
def lived(case, liumin, zhanglan):
    """A case that has gone through everything that has a paper, from intake to follow-up."""
    visited(case.child, liumin)
    drawn(case, liumin, TEACHER)
    assessed(case, liumin, zhanglan)
    planned(case, liumin, zhanglan)
    referred(case, liumin)
    feared(liumin, case.child)
    reviews.begin_review(case=case, by=liumin, at=AT)
    case.state = "ACTIVE"
    case.save(update_fields=["state"])
    closed(case, liumin, zhanglan)
    closings.begin_follow_up(case=case, by=liumin, at=AT)
    first = FollowUp.objects.unscoped("tests").filter(case=case).earliest("due_on")
    clock.at(LATER)
    followed_up(first, liumin, LATER)
    clock.at(AT)
    return case


def _subject(case, by):
    return Subject(case, by, TODAY)


def _part(form, case, by):
    there = parts(FORMS[form], _subject(case, by))
    return there[0].pk if there else None


def _text(case, form, by, language=ZH):
    pdf = printed(case, form, language=language, part=_part(form, case, by), by=by, at=AT).pdf
    assert faces_of(pdf) == OURS
    return text_of(pdf).replace("\n", "")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("assessment", "隔代照料吃力，孩子愿意回校"),
        ("plan", "我想当升旗手"),
        ("safety", "带上书包去王姐家"),
        ("closure", "连续两个月按时到校"),
        ("referral", "孩子三周失眠，请评估"),
        ("network", "班主任赵老师"),
        ("review", "每天按时到校"),
        ("follow_up", "谭小海"),
    ],
)
def test_what_was_recorded_once_prints_on_its_form(liumin, lived, form, words):
    assert words in _text(lived, form, liumin)
    assert "谭小海" in _text(lived, form, liumin, EN)


def test_a_goal_prints_with_a_real_minus_sign(liumin, lived):
    text = _text(lived, "plan", liumin)

    assert "\N{MINUS SIGN}2" in text
    assert "-2 " not in text


def test_a_referral_tells_what_was_ticked_and_nothing_else(liumin, lived):
    values = fill(FORMS["referral"], lived, liumin, on=TODAY, part=_part("referral", lived, liumin))
    text = _text(lived, "referral", liumin)

    assert values.values["told"][0]["value"] == "谭小海"
    assert lived.problem not in text
    assert "柳湾村" not in text


def test_a_report_is_printed_with_a_reason_and_never_in_the_whole_file(liumin, lived):
    with pytest.raises(NeedsReason):
        _text(lived, "report", liumin)
    grounds.give_reason(
        target_kind=FILE,
        target_id=lived.child_id,
        code="REPORT",
        words="交派出所",
        by=liumin,
        at=AT,
    )

    assert SEEN in _text(lived, "report", liumin)
    assert SEEN not in _text(lived, "whole", liumin)


def test_the_whole_file_has_every_form_in_its_order(liumin, lived):
    text = _text(lived, "whole", liumin)

    titles = [
        "个案接案表",
        "个案预估表",
        "支持网络与家庭图",
        "服务计划与协议",
        "安全计划",
        "结案表",
    ]
    places = [text.rindex(one) for one in titles]
    assert places == sorted(places)
    assert len({one.key for one in forms_of(lived, liumin, on=TODAY)}) >= 14
