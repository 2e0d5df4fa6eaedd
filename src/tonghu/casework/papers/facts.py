"""What forms say of a child and its family: recorded once on the file, printed wherever asked."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tonghu.access.sheets import Action
from tonghu.casework.papers.providers import Subject, Values, provides
from tonghu.kernel.money import in_yuan
from tonghu.look.templatetags.look import day_of_year
from tonghu.people import contact, words
from tonghu.people.cards import cards_of
from tonghu.people.consents import standings_of
from tonghu.people.constants import ConsentKind, ContactWay, Relation, Sex
from tonghu.people.entitled import checks_of
from tonghu.people.models import CareSpan, Child, Phone, ResidenceSpan
from tonghu.people.models.families import Span
from tonghu.people.numbers import shown
from tonghu.people.policy import CHILDREN, CONSENTS
from tonghu.people.queries import Family, Life, family_of, life_of
from tonghu.people.standing import last_four_of
from tonghu.people.web.consent_lines import SHORT
from tonghu.people.web.story import care_of, place_of, school_of


@dataclass(frozen=True)
class _File:
    """A child's file as the reader may read it, and where she may telephone."""

    child: Child
    on: dt.date
    family: Family
    life: Life
    phones: dict[UUID, list[Phone]]
    shows_contact: bool

    def now(self, spans: list) -> list:
        """Return which stretches hold on the day."""
        return [one for one in spans if _holds(one, self.on)]

    def reached(self, person: UUID) -> str:
        """Return the telephones of somebody; a hidden one is by arrangement."""
        found = self.phones.get(person, [])
        return words.together(
            list(dict.fromkeys(one.number or _("by arrangement") for one in found))
        )

    def parent(self, relation: Relation) -> str:
        """Return a parent's name, state and telephone."""
        states = {one.parent_id: str(one.get_status_display()) for one in self.family.statuses}
        return "\n".join(
            words.together(
                [one for one in (kin.relative.called, states.get(kin.relative_id)) if one]
            )
            for kin in self.family.kin
            if kin.relation == relation
        )


@provides("child")
def child(subject: Subject) -> Values:
    """Give who the child is, its family, home, school and what it is entitled by.

    Nothing where the reader may not read the file's identity (R21).
    """
    found, by, on = subject.case.child, subject.by, subject.on
    CHILDREN.require(Action.READ, by, found, on=on)
    family = family_of(found, by, on=on)
    people = [found.pk, *(one.relative_id for one in family.kin)]
    people += [one.guardian_id for one in family.guardians]
    file = _File(
        child=found,
        on=on,
        family=family,
        life=life_of(found),
        phones=contact.phones_of(found, people, by, on=on),
        shows_contact=contact.is_open(found, by, on=on),
    )
    return {
        **_identity(file),
        **_home(file),
        **_family(file),
        **_care(file),
        **_school(file),
        "categories": words.together(
            [str(one.get_category_display()) for one in file.now(file.life.categories)]
        ),
        "benefits": "\n".join(_benefits(file)),
        "consents": "\n".join(_consents(subject)),
        "worker": words.together(cards_of([found.pk], on=on)[found.pk].holders),
    }


def _identity(file: _File) -> Values:
    person = file.child.person
    last_four = last_four_of(file.child)
    return {
        "file_number": shown(file.child.number),
        "name": person.called,
        "sex": str(Sex(person.sex).label) if person.sex else "",
        "age": words.age(person.born_on, person.precision, file.on) if person.born_on else "",
        "born": words.birth(person.born_on, person.precision) if person.born_on else "",
        "ethnicity": person.ethnicity,
        "id_last_four": f"…{last_four}" if last_four else "",
        "registered_on": day_of_year(file.child.registered_on),
    }


def _home(file: _File) -> Values:
    homes, hukou = file.now(file.life.residences), file.now(file.life.hukou)
    return {
        "residence": "\n".join(_lived(one, file) for one in homes),
        "phone": file.reached(file.child.pk),
        "hukou": "\n".join(
            words.together([one.region, *([str(one.get_kind_display())] if one.kind else [])])
            for one in hukou
        ),
    }


def _lived(span: ResidenceSpan, file: _File) -> str:
    """Return where the child lives and since when; the house only where it is open (R22, R67)."""
    house = _("by arrangement") if span.is_hidden else span.address
    parts = [place_of(span), house if file.shows_contact else "", words.stretch(span, file.on)]
    return words.together(list(dict.fromkeys(one for one in parts if one)))


def _family(file: _File) -> Values:
    relations = {one.relative_id: str(one.get_relation_display()) for one in file.family.kin}
    guardians = file.family.guardians
    household = [
        words.together(
            [one for one in (member.person.called, relations.get(member.person_id)) if one]
        )
        for member in file.family.household
    ]
    return {
        "guardian": "\n".join(
            _("{name} ({relation})").format(
                name=one.guardian.called,
                relation=relations.get(one.guardian_id) or one.get_basis_display(),
            )
            for one in guardians
        ),
        "guardian_phone": words.together(
            [told for one in guardians if (told := file.reached(one.guardian_id))]
        ),
        "father": file.parent(Relation.FATHER),
        "mother": file.parent(Relation.MOTHER),
        "household": "\n".join(household),
    }


def _care(file: _File) -> Values:
    spans = file.now(file.life.care)
    return {
        "care": "\n".join(
            words.together([care_of(one), *([one.carer.called] if one.carer else [])])
            for one in spans
        ),
        "entrusted": "\n".join(_entrusted(one) for one in spans if one.is_entrusted),
    }


def _entrusted(span: CareSpan) -> str:
    parts = []
    if span.confirmed_on:
        parts.append(_("written on {day}").format(day=day_of_year(span.confirmed_on)))
    if span.weekly_contact:
        way = str(ContactWay(span.contact_by).label) if span.contact_by else ""
        parts.append(
            words.together([_("weekly contact with the parents"), *([way] if way else [])])
        )
    return words.together(parts) or _("entrusted, nothing in writing yet")


def _school(file: _File) -> Values:
    spans = file.now(file.life.schooling)
    return {"school": "\n".join(school_of(one, whole=True) for one in spans)}


def _benefits(file: _File) -> Iterator[str]:
    seen = set()
    for check in checks_of(file.child):
        if check.benefit in seen or not _holds(check, file.on):
            continue
        seen.add(check.benefit)
        told = [str(check.get_benefit_display()), str(check.get_state_display())]
        if check.monthly is not None:
            told.append(_("{yuan} yuan a month").format(yuan=f"{in_yuan(check.monthly):f}"))
        yield words.together(told)


def _consents(subject: Subject) -> Iterator[str]:
    """Yield how the purposes stand that were asked about, where the reader may read them (R61)."""
    rows = CONSENTS.rows(
        Action.READ, Child.objects.filter(pk=subject.case.child_id), subject.by, on=subject.on
    )
    if not rows.exists():
        return
    for one in standings_of(subject.case.child, on=subject.on):
        if one.answers:
            purpose, state = ConsentKind(one.purpose).label, SHORT[one.state]
            yield _("{purpose}: {state}").format(purpose=purpose, state=state)


def _holds(span: Span, on: dt.date) -> bool:
    return span.from_on <= on and (span.until_on is None or span.until_on >= on)
