"""What the families of the demonstration agreed to, and the one father who is suspected.

``talks.csv`` has a line for each talk with a home. Nobody exists.
"""

import datetime as dt

from tonghu.access.actors import Actor
from tonghu.kernel import clock
from tonghu.people.ages import CONSENT, Birth
from tonghu.people.constants import (
    ConsentAnswer,
    ConsentKind,
    ConsentLanguage,
    ConsentWay,
    GuardianshipBasis,
    LegalBasis,
    Relation,
    SuspensionGround,
)
from tonghu.people.models import Child, Consent, Person
from tonghu.people.operations import consents, families, suspensions
from tonghu.portals.demo.children import Home, Row, rows_of

CARER = "CARER"
SUSPECT = "31"
TAKEN_BACK = {"09": ConsentKind.PHOTO, "35": ConsentKind.PUBLISH}
"""Homes in which a consent to something was taken back a few days ago."""


def enter_talks(homes: dict[str, Home], supervisor: Actor) -> None:
    """Write down what was asked and answered, home by home; some homes were not asked yet."""
    given: dict[str, list[Consent]] = {}
    for row in rows_of("talks.csv"):
        home = homes[row["home"]]
        for child in home.children:
            given.setdefault(row["home"], []).extend(_asked(home, child, row))
    for number, purpose in TAKEN_BACK.items():
        _taken_back(homes[number], given[number][0].child, purpose)
    _suspected(homes[SUSPECT], supervisor)


def _asked(home: Home, child: Child, row: Row) -> list[Consent]:
    """Ask the guardian about one child, and from 14 on the child itself."""
    said = [_answer(home, child, _giver(home, child, row), row["words"], row)]
    birth = Birth.known(child.person.born_on, child.person.precision)
    if row["own"] and birth and birth.is_under(CONSENT, _day(home, row)) is False:
        said.append(_answer(home, child, child.person, row["own"], row))
    return said


def _answer(home: Home, child: Child, giver: Person, words: str, row: Row) -> Consent:
    yes = dict.fromkeys(_purposes(row["yes"]), ConsentAnswer.YES)
    no = dict.fromkeys(_purposes(row["no"]), ConsentAnswer.NO)
    return consents.record_answers(
        child=child,
        answers=yes | no,
        giver=giver,
        way=ConsentWay.FACE if giver.pk == child.pk else ConsentWay(row["way"]),
        language=ConsentLanguage(row["language"]),
        child_view=row["view"],
        child_words=words,
        limits=row["limits"],
        evidence="同意书在档案柜" if row["way"] == ConsentWay.SIGNED else "",
        given_on=_day(home, row),
        expires_on=clock.day(home.at) + dt.timedelta(days=int(row["until_in"])),
        by=home.by,
        at=home.at,
    )


def _giver(home: Home, child: Child, row: Row) -> Person:
    """Return who answers; where both parents are gone a grandmother is guardian by law."""
    if row["giver"] != CARER:
        return home.family[Relation(row["giver"])]
    families.begin_guardianship(
        child=child,
        guardian=home.carer,
        basis=GuardianshipBasis.RELATIVE,
        from_on=child.person.born_on or _day(home, row),
        since_known=False,
        by=home.by,
        at=home.at,
    )
    return home.carer


def _taken_back(home: Home, child: Child, purpose: ConsentKind) -> None:
    rows = Consent.objects.unscoped("it was entered a moment ago")
    consent = rows.filter(child=child, purpose=purpose).exclude(giver=child.person).get()
    consents.withdraw_consent(
        consent=consent,
        person=home.family[Relation.MOTHER],
        way=ConsentWay.MESSAGE,
        withdrawn_on=clock.day(home.at) - dt.timedelta(days=3),
        by=home.by,
        at=home.at,
    )


def _suspected(home: Home, supervisor: Actor) -> None:
    """Suspend the rights of a father who is suspected; the duty to report asks nobody."""
    (child,) = home.children
    consents.note_legal_duty(
        child=child,
        purposes=[ConsentKind.DATA_SHARE],
        basis=LegalBasis.REPORT,
        reason="孩子说父亲打她，已向派出所和镇里报告",
        given_on=clock.day(home.at),
        by=home.by,
        at=home.at,
    )
    suspensions.suspend_guardian(
        child=child,
        guardian=home.family[Relation.FATHER],
        ground=SuspensionGround.SUSPECT,
        reason="孩子说父亲回家时多次打她，手臂有旧伤，已向派出所报告",
        by=supervisor,
        at=home.at,
    )


def _purposes(codes: str) -> list[ConsentKind]:
    return [ConsentKind(code) for code in codes.split("|") if code]


def _day(home: Home, row: Row) -> dt.date:
    return clock.day(home.at) - dt.timedelta(days=int(row["ago"]))
