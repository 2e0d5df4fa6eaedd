import datetime as dt

import pytest

from tests.conftest import AT, FIRST_DAY, TODAY
from tonghu.people.ages import Birth
from tonghu.people.constants import (
    Benefit,
    BenefitState,
    CareArrangement,
    Category,
    GuardianshipBasis,
    ParentStatus,
    PlaceKind,
    Reach,
    Relation,
)
from tonghu.people.definitions.entitlements import due_for
from tonghu.people.definitions.facts import Facts, How, facts_of
from tonghu.people.definitions.findings import Verdict, finding_of
from tonghu.people.definitions.rulesets import RULESETS, changes_of, rule_named, rules_on
from tonghu.people.models import BenefitCheck, CareSpan, Guardianship, HukouSpan, Place
from tonghu.people.models import ResidenceSpan as Home
from tonghu.people.operations import benefits, families, spans

YES, NO, OPEN = Verdict.SUGGESTED, Verdict.NOT, Verdict.UNKNOWN
LONG_AGO = dt.date(2024, 1, 1)
AWAY, ILL, HOME = ParentStatus.WORKING_AWAY, ParentStatus.SEVERELY_ILL, ParentStatus.HEALTHY
DEAD, CUSTODY, LEFT = ParentStatus.DEAD, ParentStatus.IN_CUSTODY, ParentStatus.LEFT_HOME
DISABLED, REMARRIED = ParentStatus.DISABLED, ParentStatus.REMARRIED
NOT_SUPPORTING, UNKNOWN = ParentStatus.NOT_SUPPORTING, ParentStatus.UNKNOWN


def _born(years: int) -> Birth:
    day = TODAY.replace(year=TODAY.year - years)
    return Birth(day, day)


def _how(status: ParentStatus | None, from_on: dt.date = LONG_AGO, *, known: bool = True):
    return How(status, from_on, known) if status else None


def _home(kind: PlaceKind, code: str = "", from_on: dt.date = LONG_AGO) -> Home:
    return Home(place=Place(kind=kind, name="柳湾", region_code=code), from_on=from_on)


def _says(key: str, **facts) -> Verdict:
    rule = rule_named(key)
    assert rule is not None
    return finding_of(rule, Facts(TODAY, **facts)).verdict


LEFT_BEHIND = [
    (9, PlaceKind.VILLAGE, AWAY, AWAY, YES),
    (15, PlaceKind.VILLAGE, AWAY, AWAY, YES),
    (16, PlaceKind.VILLAGE, AWAY, AWAY, NO),
    (9, PlaceKind.COMMUNITY, AWAY, AWAY, NO),
    (9, PlaceKind.VILLAGE, AWAY, HOME, NO),
    (9, PlaceKind.VILLAGE, AWAY, ILL, YES),
    (9, PlaceKind.VILLAGE, AWAY, DEAD, YES),
    (9, PlaceKind.VILLAGE, AWAY, DISABLED, OPEN),
    (9, PlaceKind.VILLAGE, AWAY, None, OPEN),
    (9, PlaceKind.VILLAGE, DEAD, CUSTODY, NO),
    (9, PlaceKind.VILLAGE, None, None, OPEN),
]


@pytest.mark.parametrize(("age", "place", "father", "mother", "answer"), LEFT_BEHIND)
def test_left_behind_is_both_away_or_one_away_and_the_other_unable(
    age, place, father, mother, answer
):
    told = {"father": _how(father), "mother": _how(mother), "home": _home(place)}

    assert _says("left-behind-2016", birth=_born(age), **told) is answer


def test_what_fails_says_so_and_what_is_missing_is_named():
    rule = rule_named("left-behind-2016")
    at_home = Facts(TODAY, _born(9), _how(AWAY), _how(HOME), _home(PlaceKind.VILLAGE))
    open_yet = Facts(TODAY, None, _how(AWAY), _how(AWAY), _home(PlaceKind.VILLAGE))

    assert [str(one.says) for one in finding_of(rule, at_home).telling] == ["父母有一方在家"]
    assert [str(one.says) for one in finding_of(rule, open_yet).telling] == [
        "是否未满 16 岁：出生日期不够准"
    ]


DE_FACTO = [
    (ILL, ILL, YES),
    (DEAD, CUSTODY, YES),
    (CUSTODY, LEFT, YES),
    (DEAD, DEAD, NO),
    (ILL, AWAY, NO),
    (ILL, HOME, NO),
    (ILL, REMARRIED, NO),
    (ILL, DISABLED, OPEN),
    (ILL, NOT_SUPPORTING, OPEN),
    (ILL, UNKNOWN, OPEN),
    (ILL, None, OPEN),
]


@pytest.mark.parametrize(("father", "mother", "answer"), DE_FACTO)
def test_de_facto_unsupported_asks_for_a_state_of_each_parent(father, mother, answer):
    said = _says("de-facto-2020", birth=_born(9), father=_how(father), mother=_how(mother))

    assert said is answer


@pytest.mark.parametrize(
    ("from_on", "known", "answer"),
    [
        (dt.date(2025, 12, 1), True, YES),
        (dt.date(2025, 12, 2), True, NO),
        (dt.date(2025, 12, 2), False, OPEN),
    ],
)
def test_custody_counts_from_six_months_on(from_on, known, answer):
    locked_up = _how(CUSTODY, from_on, known=known)

    assert _says("de-facto-2020", birth=_born(9), father=locked_up, mother=_how(ILL)) is answer


MIGRANT = [
    ("migrant-plan-2024", 9, Reach.OTHER_COUNTY, YES),
    ("migrant-plan-2024", 9, Reach.OTHER_TOWNSHIP, NO),
    ("migrant-plan-2024", 16, Reach.OTHER_COUNTY, NO),
    ("migrant-plan-2024", 9, "", OPEN),
    ("migrant-figures-2010", 9, Reach.OTHER_COUNTY, YES),
    ("migrant-figures-2010", 9, Reach.OTHER_TOWNSHIP, YES),
    ("migrant-figures-2010", 16, Reach.OTHER_COUNTY, YES),
    ("migrant-figures-2010", 18, Reach.OTHER_COUNTY, NO),
    ("migrant-figures-2010", 9, Reach.SAME_TOWNSHIP, NO),
]


@pytest.mark.parametrize(("key", "age", "reach", "answer"), MIGRANT)
def test_the_two_readings_of_migrant_differ(key, age, reach, answer):
    said = _says(
        key,
        birth=_born(age),
        home=_home(PlaceKind.COMMUNITY),
        hukou=HukouSpan(reach=reach),
        care=CareSpan(arrangement=CareArrangement.PARENT_BOTH),
    )

    assert said is answer


@pytest.mark.parametrize(
    ("here", "there", "reach"),
    [
        ("610102001001", "610103001001", Reach.OTHER_COUNTY),
        ("610102001001", "610102002001", Reach.OTHER_TOWNSHIP),
        ("610102001001", "610102001002", Reach.SAME_TOWNSHIP),
        ("610102001001", "610102", None),
        ("", "610102", None),
    ],
)
def test_codes_of_regions_say_how_far_a_child_is_registered(here, there, reach):
    home, hukou = _home(PlaceKind.COMMUNITY, here), HukouSpan(region_code=there)

    assert Facts(TODAY, home=home, hukou=hukou).reach == reach


def test_a_reading_for_figures_suggests_nothing():
    assert {rule.key for rule in RULESETS if not rule.suggests} == {"migrant-figures-2010"}


@pytest.mark.parametrize(
    ("state", "answer"),
    [(BenefitState.FULL, YES), (BenefitState.PARTIAL, YES), (BenefitState.OTHER, OPEN)],
)
def test_hardship_follows_from_poverty_support_that_arrives(state, answer):
    check = BenefitCheck(benefit=Benefit.DIBAO, state=state)

    said = _says("hardship-economic-2016", birth=_born(9), benefits={Benefit.DIBAO: check})

    assert said is answer


@pytest.mark.parametrize(
    ("arrangement", "basis", "answer"),
    [
        (CareArrangement.ALONE, GuardianshipBasis.PARENTS, YES),
        (CareArrangement.GRANDPARENT_P, GuardianshipBasis.NONE, YES),
        (CareArrangement.GRANDPARENT_P, GuardianshipBasis.PARENTS, NO),
    ],
)
def test_hardship_follows_from_a_child_without_carer_or_guardian(arrangement, basis, answer):
    care, guardian = CareSpan(arrangement=arrangement), Guardianship(basis=basis)

    said = _says("hardship-guardian-2016", birth=_born(9), care=care, guardians=[guardian])

    assert said is answer


@pytest.mark.parametrize(
    ("father", "mother", "answer"), [(DEAD, DEAD, YES), (DEAD, HOME, NO), (DEAD, None, OPEN)]
)
def test_an_orphan_has_lost_both(father, mother, answer):
    said = _says("orphan-2010", birth=_born(9), father=_how(father), mother=_how(mother))

    assert said is answer


def test_a_definition_holds_between_its_days():
    on = {rule.key for rule in rules_on(dt.date(2016, 2, 3))}
    after = {rule.key for rule in rules_on(dt.date(2016, 2, 4))}

    assert ("left-behind-2013" in on, "left-behind-2016" in on) == (True, False)
    assert ("left-behind-2013" in after, "left-behind-2016" in after) == (False, True)


def test_the_versions_of_a_reading_follow_each_other_without_overlap():
    changes = changes_of()

    assert [(one.before.key, one.after.key) for one in changes] == [
        ("left-behind-2013", "left-behind-2016")
    ]
    assert all(one.before.until_on + dt.timedelta(1) == one.after.from_on for one in changes)
    assert len({rule.key for rule in RULESETS}) == len(RULESETS)


def test_what_a_category_entitles_to_begins_with_its_law():
    kinds = [Category.DE_FACTO_UNSUPPORTED, Category.DIFF_ECONOMIC]

    now = [one.benefit for one in due_for(kinds, on=TODAY)]
    before = [one.benefit for one in due_for(kinds, on=dt.date(2019, 12, 31))]

    assert now == [Benefit.DE_FACTO_ALLOWANCE, Benefit.DIBAO, Benefit.SCHOOL_AID]
    assert before == [Benefit.DIBAO, Benefit.SCHOOL_AID]


def test_facts_are_those_of_the_day_and_of_this_child(liumin, xiaohai, wangyan, registered, team):
    father = families.add_relative(
        child=xiaohai, name="谭长青", relation=Relation.FATHER, by=liumin, at=AT
    ).relative
    for status, day in ((HOME, dt.date(2020, 1, 1)), (AWAY, FIRST_DAY)):
        families.note_parent_status(
            child=xiaohai, parent=father, status=status, from_on=day, by=liumin, at=AT
        )
    spans.note_hukou(
        child=xiaohai,
        region="镇安县",
        reach=Reach.OTHER_COUNTY,
        from_on=FIRST_DAY,
        by=liumin,
        at=AT,
    )
    benefits.check_benefit(
        child=xiaohai,
        benefit=Benefit.DIBAO,
        state=BenefitState.FULL,
        checked_on=TODAY,
        by=liumin,
        at=AT,
    )

    now = facts_of([xiaohai, wangyan], on=TODAY)
    then = facts_of([xiaohai], on=dt.date(2020, 6, 1))[xiaohai.pk]

    assert now[xiaohai.pk].father == How(AWAY, FIRST_DAY, since_known=True)
    assert (now[xiaohai.pk].reach, now[xiaohai.pk].receives) == (
        Reach.OTHER_COUNTY,
        {Benefit.DIBAO},
    )
    assert (then.father.status, then.reach, then.receives) == (HOME, None, set())
    assert (now[wangyan.pk].father, now[wangyan.pk].reach) == (None, None)


def test_a_hidden_home_is_no_fact(liumin, xiaohai):
    rows = Home.objects.unscoped("as the hidden address leaves it")
    rows.filter(person_id=xiaohai.pk).update(is_hidden=True, address="")

    assert facts_of([xiaohai], on=TODAY)[xiaohai.pk].home is None


def test_facts_cost_the_same_for_one_child_and_for_many(
    registered, team, liumin, django_assert_num_queries
):
    few, many = [registered("谭一", team)], [registered(f"谭{n}", team) for n in range(9)]

    for files in (few, many):
        with django_assert_num_queries(7):
            facts_of(files, on=TODAY)
