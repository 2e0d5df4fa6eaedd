"""Who said yes, to what, until when: by age, by person, by day."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY
from tests.people.asking import NO, PHOTO, SERVICE, SHARE, YES, answered, born, guardian_of
from tonghu.access.actors import system
from tonghu.access.models import JournalRow
from tonghu.kernel.errors import Forbidden, Hidden
from tonghu.people.consents import ConsentMissing, Side, State, require_consent, standing_of
from tonghu.people.constants import (
    ChildView,
    ConsentKind,
    ConsentLanguage,
    ConsentWay,
    LegalBasis,
    Precision,
    Relation,
)
from tonghu.people.models import Consent
from tonghu.people.operations import consents, registering

A_DAY = dt.timedelta(days=1)
FOURTEEN_TODAY = dt.date(2012, 6, 1)
FOURTEEN_TOMORROW = dt.date(2012, 6, 2)
GUARDIAN, CHILD = (Side.GUARDIAN,), (Side.CHILD,)
BOTH = (Side.GUARDIAN, Side.CHILD)


@pytest.fixture
def mother(xiaohai):
    return guardian_of(xiaohai, "郑翠英", Relation.MOTHER)


@pytest.fixture
def father(xiaohai):
    return guardian_of(xiaohai, "谭长青", Relation.FATHER)


def state(child, purpose=PHOTO, on=TODAY):
    found = standing_of(child, purpose, on)
    return found.state, found.whose


def kept() -> int:
    return Consent.objects.unscoped("what is kept").count()


def test_child_registered_a_moment_ago_has_been_asked_nothing(xiaohai):
    assert state(xiaohai) == (State.MISSING, GUARDIAN)


def test_consent_of_a_guardian_opens_the_purpose_it_names_and_no_other(xiaohai, mother):
    answered(xiaohai, mother, limits="不拍脸")

    assert state(xiaohai) == (State.ALLOWED, ())
    assert state(xiaohai, SHARE) == (State.MISSING, GUARDIAN)
    assert standing_of(xiaohai, PHOTO, TODAY).answers[0].limits == "不拍脸"


def test_consent_holds_from_its_day_to_its_last_day(xiaohai, mother):
    answered(xiaohai, mother, expires_on=TODAY + A_DAY)

    days = [TODAY - A_DAY, TODAY, TODAY + A_DAY, TODAY + 2 * A_DAY]

    assert [state(xiaohai, on=on)[0] for on in days] == [
        State.MISSING,
        State.ALLOWED,
        State.ALLOWED,
        State.EXPIRED,
    ]


@pytest.mark.parametrize(
    ("birth", "given", "expected"),
    [
        (FOURTEEN_TOMORROW, "guardian", (State.ALLOWED, ())),
        (FOURTEEN_TODAY, "guardian", (State.MISSING, CHILD)),
        (FOURTEEN_TODAY, "child", (State.MISSING, GUARDIAN)),
        (FOURTEEN_TODAY, "both", (State.ALLOWED, ())),
        (dt.date(2008, 6, 2), "child", (State.MISSING, GUARDIAN)),
        (dt.date(2008, 6, 1), "child", (State.ALLOWED, ())),
        (dt.date(2008, 6, 1), "guardian", (State.MISSING, CHILD)),
    ],
    ids=["13y364d", "14y", "14y own", "14y both", "17y364d own", "18y own", "18y guardian"],
)
def test_consent_takes_whose_the_age_of_the_day_asks_for(birth, given, expected, xiaohai, mother):
    young = dt.date(2012, 6, 2)
    born(xiaohai, young)
    if given in ("guardian", "both"):
        answered(xiaohai, mother)
    born(xiaohai, birth)
    if given in ("child", "both"):
        answered(xiaohai, xiaohai.person)

    assert state(xiaohai) == expected


def test_consent_of_yesterdays_thirteen_year_old_wants_her_own_word_today(xiaohai, mother):
    born(xiaohai, FOURTEEN_TODAY)
    answered(xiaohai, mother, given_on=TODAY - A_DAY)

    assert state(xiaohai, on=TODAY - A_DAY) == (State.ALLOWED, ())
    assert state(xiaohai, on=TODAY) == (State.MISSING, CHILD)


def test_own_word_given_under_fourteen_does_not_count_once_the_birth_date_is_corrected(
    xiaohai, mother
):
    born(xiaohai, None)
    answered(xiaohai, mother, given_on=TODAY - A_DAY)
    answered(xiaohai, xiaohai.person, given_on=TODAY - A_DAY)

    born(xiaohai, FOURTEEN_TODAY)

    assert state(xiaohai, on=TODAY) == (State.MISSING, CHILD)


@pytest.mark.parametrize(
    ("birth", "precision"),
    [(dt.date(2013, 1, 1), Precision.ESTIMATED), (dt.date(2012, 1, 1), Precision.YEAR), (None, "")],
    ids=["estimated", "year", "unknown"],
)
def test_uncertain_age_asks_for_the_stricter(birth, precision, xiaohai, mother):
    born(xiaohai, birth, precision)
    answered(xiaohai, mother)

    assert state(xiaohai) == (State.UNCLEAR, CHILD)

    answered(xiaohai, xiaohai.person)

    assert state(xiaohai) == (State.ALLOWED, ())


def test_estimated_year_far_from_fourteen_is_certain_enough(xiaohai, mother):
    born(xiaohai, dt.date(2017, 1, 1), Precision.ESTIMATED)
    answered(xiaohai, mother)

    assert state(xiaohai) == (State.ALLOWED, ())


def test_refusal_of_one_guardian_is_not_undone_by_the_others_yes(xiaohai, mother, father):
    answered(xiaohai, father, NO)
    answered(xiaohai, mother, YES)

    assert state(xiaohai) == (State.REFUSED, GUARDIAN)

    answered(xiaohai, father, YES)

    assert state(xiaohai) == (State.ALLOWED, ())


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [(PHOTO, (State.REFUSED, CHILD)), (SHARE, (State.ALLOWED, ()))],
    ids=["photo", "share"],
)
def test_small_childs_no_counts_where_it_serves_others_alone(purpose, expected, xiaohai, mother):
    answered(xiaohai, mother, YES, purpose, view=ChildView.UNWILLING)

    assert state(xiaohai, purpose) == expected


def test_withdrawal_stops_further_use_and_leaves_what_was_before(xiaohai, mother):
    consent = answered(xiaohai, mother, given_on=FIRST_DAY)
    consents.withdraw_consent(
        consent=consent,
        person=mother,
        way=ConsentWay.PHONE,
        withdrawn_on=TODAY,
        by=system(QINHUI),
        at=AT,
    )

    assert state(xiaohai, on=TODAY - A_DAY) == (State.ALLOWED, ())
    assert state(xiaohai, on=TODAY) == (State.WITHDRAWN, GUARDIAN)
    require_consent(xiaohai, SERVICE, TODAY)


def test_withdrawal_noted_by_mistake_is_undone_on_the_same_day_only(xiaohai, mother, liumin):
    consent = answered(xiaohai, mother)
    said = {"person": mother, "way": ConsentWay.PHONE, "withdrawn_on": TODAY, "by": liumin}
    consents.withdraw_consent(consent=consent, **said, at=AT)
    consents.undo_withdrawal(consent=consent, by=liumin, at=AT)

    assert state(xiaohai) == (State.ALLOWED, ())

    consents.withdraw_consent(consent=consent, **said, at=AT)
    with pytest.raises(consents.NotYet):
        consents.undo_withdrawal(consent=consent, by=liumin, at=AT + A_DAY)


@pytest.mark.parametrize("day", [FIRST_DAY - A_DAY, TODAY + A_DAY], ids=["before it", "to come"])
def test_withdrawal_on_an_impossible_day_is_refused(day, xiaohai, mother, liumin):
    consent = answered(xiaohai, mother, given_on=FIRST_DAY)

    with pytest.raises((consents.OutOfOrder, consents.NotYet)):
        consents.withdraw_consent(
            consent=consent,
            person=mother,
            way=ConsentWay.PHONE,
            withdrawn_on=day,
            by=liumin,
            at=AT,
        )
    assert state(xiaohai) == (State.ALLOWED, ())


def test_consent_ends_with_the_guardianship_of_who_gave_it(xiaohai, mother):
    answered(xiaohai, mother)
    mother.guardian_of.unscoped("tests").update(until_on=TODAY)

    assert state(xiaohai, on=TODAY) == (State.ALLOWED, ())
    assert state(xiaohai, on=TODAY + A_DAY) == (State.MISSING, GUARDIAN)


def test_legal_duty_asks_nobody_until_it_ends(xiaohai, mother, liumin):
    answered(xiaohai, mother, NO, SHARE)
    duty = consents.note_legal_duty(
        child=xiaohai,
        purposes=[SHARE],
        basis=LegalBasis.REPORT,
        reason="疑似家暴，已向派出所报告",
        given_on=TODAY,
        by=liumin,
        at=AT,
    )

    assert state(xiaohai, SHARE) == (State.LEGAL_DUTY, ())

    consents.end_legal_duty(consent=duty, until_on=TODAY, by=liumin, at=AT)

    assert state(xiaohai, SHARE, TODAY) == (State.LEGAL_DUTY, ())
    assert state(xiaohai, SHARE, TODAY + A_DAY) == (State.REFUSED, GUARDIAN)


@pytest.mark.parametrize("purpose", [ConsentKind.PUBLISH, ConsentKind.RESEARCH])
def test_no_law_publishes_or_studies_a_child(purpose, xiaohai, liumin):
    with pytest.raises(consents.NotByLaw):
        consents.note_legal_duty(
            child=xiaohai,
            purposes=[purpose],
            basis=LegalBasis.COURT,
            reason="法院调取",
            given_on=TODAY,
            by=liumin,
            at=AT,
        )
    assert kept() == 0


def test_require_consent_says_what_is_missing_and_whose(xiaohai, mother):
    with pytest.raises(ConsentMissing, match=r"拍照录像.*还没有问过监护人.*没有丢失"):
        require_consent(xiaohai, PHOTO, TODAY)

    answered(xiaohai, mother)

    require_consent(xiaohai, PHOTO, TODAY)


def test_require_consent_without_anybody_to_ask_says_whom_to_turn_to(xiaohai):
    with pytest.raises(ConsentMissing, match="民政"):
        require_consent(xiaohai, PHOTO, TODAY)


def test_service_waits_for_no_consent(xiaohai, mother, liumin, team):
    answered(xiaohai, mother, NO, SERVICE)

    require_consent(xiaohai, SERVICE, TODAY)

    assert registering.register_child(
        name="谭小雨", place=team, registered_on=TODAY, by=liumin, at=AT
    )


def test_one_talk_answers_several_purposes_in_one_act(xiaohai, mother, liumin):
    first = _talk(xiaohai, mother, liumin, answers={PHOTO: NO, SHARE: YES, SERVICE: YES})

    states = {one: state(xiaohai, one)[0] for one in (PHOTO, SHARE, SERVICE)}
    rows = JournalRow.objects.unscoped("what is on record").filter(subject_id=first.pk)
    assert states == {PHOTO: State.REFUSED, SHARE: State.ALLOWED, SERVICE: State.ALLOWED}
    assert [(row.event, row.about_id) for row in rows] == [("people.consent.recorded", xiaohai.pk)]
    assert [word in rows[0].sealed for word in ("可以", "yes")] == [False, False]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"answers": {}}, consents.NothingAsked),
        ({"child_words": " "}, consents.ChildNotAsked),
        ({"given_on": TODAY + A_DAY}, consents.NotYet),
        ({"expires_on": TODAY - A_DAY}, consents.OutOfOrder),
    ],
    ids=["nothing asked", "child not asked", "to come", "out of order"],
)
def test_talk_that_is_not_whole_is_refused_and_leaves_nothing(
    change, refusal, xiaohai, mother, liumin
):
    with pytest.raises(refusal):
        _talk(xiaohai, mother, liumin, **change)
    assert kept() == 0


def test_answer_of_somebody_who_is_no_guardian_is_refused(xiaohai, wangyan, liumin):
    aunt = guardian_of(wangyan, "李玉珍", Relation.UNCLE_AUNT)

    with pytest.raises(consents.NotAGuardian):
        _talk(xiaohai, aunt, liumin)
    assert kept() == 0


@pytest.mark.parametrize(
    ("birth", "is_own"), [(FOURTEEN_TOMORROW, True), (dt.date(2008, 6, 1), False)]
)
def test_answer_that_the_age_does_not_leave_to_her_is_refused(
    birth, is_own, xiaohai, mother, liumin
):
    born(xiaohai, birth)

    with pytest.raises(consents.AnswersForItself):
        _talk(xiaohai, xiaohai.person if is_own else mother, liumin)
    assert kept() == 0


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("yangfan", Forbidden), ("qinhui", Forbidden), ("hejing", Hidden), ("stranger", Hidden)],
)
def test_record_answers_is_for_who_writes_the_file(who, refusal, xiaohai, mother, request):
    actor = request.getfixturevalue(who)

    with pytest.raises(refusal):
        _talk(xiaohai, mother, actor)
    assert kept() == 0


def test_consent_that_rests_on_nobody_cannot_be_kept(xiaohai):
    row = Consent(
        agency_id=QINHUI,
        child=xiaohai,
        purpose=PHOTO,
        answer=YES,
        given_on=TODAY,
        recorded_at=AT,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_standing_is_one_question(xiaohai, mother, django_assert_num_queries):
    answered(xiaohai, mother)

    with django_assert_num_queries(1):
        assert standing_of(xiaohai, PHOTO, TODAY).is_allowed


def _talk(child, giver, by, **change):
    said = {
        "answers": {PHOTO: YES},
        "child_words": "她点了头",
        "child_view": ChildView.WILLING,
        "given_on": TODAY,
    }
    return consents.record_answers(
        child=child,
        giver=giver,
        way=ConsentWay.FACE,
        language=ConsentLanguage.MANDARIN,
        **(said | change),
        by=by,
        at=AT,
    )
