"""A family whose members can be asked, and the answers they give."""

import datetime as dt
from collections.abc import Callable

from tests.conftest import AT, FIRST_DAY, QINHUI, TODAY
from tonghu.access.actors import Actor, system
from tonghu.people.constants import (
    ChildView,
    ConsentAnswer,
    ConsentKind,
    ConsentLanguage,
    ConsentWay,
    GuardianshipBasis,
    Precision,
    Relation,
)
from tonghu.people.models import Child, Consent, Person
from tonghu.people.operations import consents, describing, families

PHOTO, SHARE, SERVICE = ConsentKind.PHOTO, ConsentKind.DATA_SHARE, ConsentKind.SERVICE
YES, NO = ConsentAnswer.YES, ConsentAnswer.NO
Ask = Callable[..., Consent]


def guardian_of(child: Child, name: str, relation: Relation) -> Person:
    """Add somebody to the family, who is its guardian."""
    by = system(QINHUI)
    kin = families.add_relative(child=child, name=name, relation=relation, by=by, at=AT)
    families.begin_guardianship(
        child=child,
        guardian=kin.relative,
        basis=GuardianshipBasis.PARENTS,
        from_on=FIRST_DAY - dt.timedelta(days=4000),
        by=by,
        at=AT,
    )
    return kin.relative


def answered(
    child: Child,
    giver: Person,
    answer: ConsentAnswer = YES,
    purpose: ConsentKind = PHOTO,
    *,
    by: Actor | None = None,
    view: ChildView = ChildView.WILLING,
    given_on: dt.date = TODAY,
    expires_on: dt.date | None = None,
    limits: str = "",
    at: dt.datetime = AT,
) -> Consent:
    """Write one answer down, as the program does."""
    return consents.record_answers(
        child=child,
        answers={purpose: answer},
        giver=giver,
        way=ConsentWay.FACE,
        language=ConsentLanguage.DIALECT,
        child_view=view,
        child_words="她说可以，不要拍脸",
        limits=limits,
        given_on=given_on,
        expires_on=expires_on,
        by=by or system(QINHUI),
        at=at,
    )


def born(child: Child, born_on: dt.date | None, precision: str = Precision.DAY) -> None:
    """Correct the birth date of a child."""
    person = child.person
    describing.describe_child(
        child=child,
        name=person.name,
        latin_name="",
        sex=person.sex,
        born_on=born_on,
        precision=precision if born_on else "",
        ethnicity="",
        by=system(QINHUI),
        at=AT,
    )
    person.refresh_from_db()
