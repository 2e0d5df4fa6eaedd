"""What of a child's file leaves the house, line by line, and what never does (R22 to R31, R88).

The preview and the paper are made by the same question, so that nobody signs what she has not
seen. Strict where in doubt: where anything of a child is hidden, no place, school or carer leaves
at all; there and where a guardian is or was suspended, no free text does. The paper looks the
same as one of a file on which nothing is hidden.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access import queries as access
from tonghu.access.actors import Actor
from tonghu.access.roles import ROLES
from tonghu.access.sheets import Action, Sheet
from tonghu.attachments.constants import AttachmentState
from tonghu.attachments.queries import papers_of
from tonghu.kernel import clock
from tonghu.kernel.law import upholds
from tonghu.kernel.money import in_yuan
from tonghu.look.templatetags.look import day_of_year
from tonghu.people import confidential, contact, words
from tonghu.people.consents import answers_ever
from tonghu.people.constants import GuardianshipBasis, Relation
from tonghu.people.entitled import checks_of
from tonghu.people.guardians import suspensions_of, was_ever_suspended
from tonghu.people.hiding import hidden_of
from tonghu.people.models import Child, Consent, Kinship
from tonghu.people.numbers import shown
from tonghu.people.policy import CHILDREN, CONSENTS, PAPERS, SUSPENSIONS
from tonghu.people.queries import Family, Life, family_of, life_of
from tonghu.people.rights import rights_of
from tonghu.people.standing import last_four_of
from tonghu.people.web.story import care_of, place_of, school_of

Line = tuple[str, str]
NAMED = (
    Relation.FATHER,
    Relation.MOTHER,
    Relation.STEP,
    Relation.GF_P,
    Relation.GM_P,
    Relation.GF_M,
    Relation.GM_M,
    Relation.UNCLE_AUNT,
)
"""Family by name. Who else is known may be who told the service something (R24)."""
PARENTS = (Relation.FATHER, Relation.MOTHER)
"""By name even where they are children of a file themselves."""
WHOLE = 3
"""Characters of a name of which the last two are the given name."""
DIGITS = re.compile(r"\d[\d -]{5,}\d")


@dataclass(frozen=True)
class Part:
    """One part of the file under its heading."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True)
class Removed:
    """A kind of thing that is on no copy, why, and how often this file has it, where one sees."""

    what: str
    why: str
    count: int | None = None


@dataclass(frozen=True)
class Contents:
    """What leaves, and what does not."""

    parts: list[Part]
    removed: list[Removed]


@dataclass(frozen=True)
class _File:
    """A child's file as the one who gives it out may read it, and how careful to be with it."""

    child: Child
    by: Actor
    on: dt.date
    family: Family
    life: Life
    children: set[UUID]
    unnamed: frozenset[str]
    is_hidden: bool
    is_silent: bool

    def may(self, sheet: Sheet, action: Action) -> bool:
        """Tell whether a class of the file may be taken away, or read."""
        rows = Child.objects.filter(pk=self.child.pk)
        return sheet.rows(action, rows, self.by, on=self.on).exists()

    def relation(self, person: UUID | None) -> str:
        """Return what somebody of the family is to the child, or nothing."""
        kin = (one for one in self.family.kin if one.relative_id == person)
        return next((str(one.get_relation_display()) for one in kin if self.is_named(one)), "")

    def is_named(self, kin: Kinship) -> bool:
        """Tell whether somebody stands on the copy by name: family, and no child of a file."""
        return kin.relation in NAMED and (
            kin.relation in PARENTS or kin.relative_id not in self.children
        )

    def text(self, words: str | None) -> str:
        """Return free text, unless it may tell of somebody else: then nothing (R40)."""
        told = words or ""
        if self.is_silent or DIGITS.search(told) or any(name in told for name in self.unnamed):
            return ""
        return told


@upholds(
    "R88", says=gettext_lazy("third parties, hidden values and suspicions are taken out of a copy")
)
def contents_of(child: Child, by: Actor, *, on: dt.date) -> Contents:
    """Return what of a file leaves the house, in the reader's language, and what does not.

    :raises Refused: unless ``by`` may take the file away.
    """
    CHILDREN.require(Action.EXPORT, by, child, on=on)
    file = _opened(child, by, on)
    told = [
        (_("Who this child is"), _identity(file)),
        (_("Family and guardians"), _family(file)),
        (_("Where the child lives and is registered"), _homes(file)),
        (_("Who cares for the child"), _care(file)),
        (_("School"), _school(file)),
        (_("Categories"), _categories(file)),
        (_("Benefits"), _benefits(file)),
        (_("Who agreed to what"), _consents(file)),
        (_("Papers on the file"), _papers(file)),
        (_("Corrections asked for"), _corrections(file)),
        (_("Who looked at the file"), _looks(file)),
    ]
    parts = [Part(heading, list(lines)) for heading, lines in told]
    return Contents([one for one in parts if one.lines], _removed(file))


def _opened(child: Child, by: Actor, on: dt.date) -> _File:
    kin = Kinship.objects.unscoped("whose names are taken out; they are shown to nobody")
    kin = kin.filter(child=child).select_related("relative")
    files = Child.objects.unscoped("who is a child of a file too, and so is not named")
    is_hidden = hidden_of(child).exists()
    file = _File(
        child=child,
        by=by,
        on=on,
        family=family_of(child, by, on=on),
        life=life_of(child),
        children=set(files.filter(pk__in=kin.values("relative")).values_list("pk", flat=True)),
        unnamed=frozenset(),
        is_hidden=is_hidden,
        is_silent=is_hidden or was_ever_suspended(child),
    )
    unnamed = frozenset(name for one in kin if not file.is_named(one) for name in _calls(one))
    return replace(file, unnamed=unnamed)


def _calls(kin: Kinship) -> Iterator[str]:
    """Yield how free text may call somebody: whole, in Latin letters, by two given characters."""
    name = kin.relative.name
    yield from (one for one in (name, kin.relative.latin_name) if one)
    if len(name) == WHOLE:
        yield name[1:]


def _identity(file: _File) -> Iterator[Line]:
    person = file.child.person
    yield _("File number"), shown(file.child.number)
    yield _("Name"), person.name
    if person.latin_name:
        yield _("Name in Latin letters"), person.latin_name
    for one in file.life.names:
        yield str(one.get_kind_display()), one.name
    if person.sex:
        yield _("Sex"), str(person.get_sex_display())
    yield _("Born"), words.birth(person.born_on, person.precision)
    if person.ethnicity:
        yield _("Ethnicity"), person.ethnicity
    if last_four := last_four_of(file.child):
        yield _("Identity number, last four"), f"…{last_four}"
    yield _("On the list since"), day_of_year(file.child.registered_on)


def _family(file: _File) -> Iterator[Line]:
    for kin in file.family.kin:
        if file.is_named(kin):
            yield str(kin.get_relation_display()), kin.relative.called
        elif kin.relation == Relation.SIBLING:
            yield str(kin.get_relation_display()), _("not named here")
    for one in file.family.guardians:
        if one.basis != GuardianshipBasis.NONE:
            basis = str(one.get_basis_display())
            yield _("Guardian"), words.together([one.guardian.called, basis])


def _homes(file: _File) -> Iterator[Line]:
    if file.is_hidden:
        return
    for home in file.life.residences:
        yield words.stretch(home, file.on), place_of(home)
    for hukou in file.life.hukou:
        told = [str(_("Household registered in {place}")).format(place=hukou.region)]
        kind = [str(hukou.get_kind_display())] if hukou.kind else []
        yield words.stretch(hukou, file.on), words.together(told + kind)


def _care(file: _File) -> Iterator[Line]:
    for span in file.life.care:
        carer = "" if file.is_hidden else file.relation(span.carer_id)
        told = [care_of(span), carer] if carer else [care_of(span)]
        yield words.stretch(span, file.on), words.together(told)


def _school(file: _File) -> Iterator[Line]:
    for span in [] if file.is_hidden else file.life.schooling:
        yield words.stretch(span, file.on), school_of(span, whole=True)


def _categories(file: _File) -> Iterator[Line]:
    for span in file.life.categories:
        told = [str(span.get_category_display()), file.text(span.reason)]
        yield words.stretch(span, file.on), words.together([one for one in told if one])


def _benefits(file: _File) -> Iterator[Line]:
    for check in checks_of(file.child):
        told = [str(check.get_benefit_display()), str(check.get_state_display())]
        if check.monthly is not None:
            told.append(_("{yuan} yuan a month").format(yuan=f"{in_yuan(check.monthly):f}"))
        yield day_of_year(check.from_on), words.together(told)


def _consents(file: _File) -> Iterator[Line]:
    if not file.may(CONSENTS, Action.EXPORT):
        return
    for row in answers_ever(file.child):
        if row.giver_id is not None:
            yield day_of_year(row.given_on), _answer(file, row)


def _answer(file: _File, row: Consent) -> str:
    of_child = row.giver_id == file.child.pk
    told = {
        "purpose": row.get_purpose_display(),
        "who": _("the child") if of_child else file.relation(row.giver_id) or _("a guardian"),
        "answer": row.get_answer_display(),
    }
    if row.withdrawn_on is None:
        return _("{purpose}: {who}, {answer}").format(**told)
    told["day"] = day_of_year(row.withdrawn_on)
    return _("{purpose}: {who}, {answer}, taken back on {day}").format(**told)


def _papers(file: _File) -> Iterator[Line]:
    if not file.may(PAPERS, Action.EXPORT):
        return
    here = papers_of(file.by, PAPERS.target_kind, file.child.pk, on=file.on)
    for paper in here.filter(state=AttachmentState.CLEAR):
        told = [str(paper.get_kind_display()), file.text(paper.title)]
        yield day_of_year(paper.happened_on), words.together([one for one in told if one])


def _corrections(file: _File) -> Iterator[Line]:
    for one in rights_of(file.child, file.by, on=file.on).requests:
        told = [str(one.get_part_display()), str(one.get_state_display())]
        yield day_of_year(one.asked_on), words.together(told)


def _looks(file: _File) -> Iterator[Line]:
    """Yield who looked, by role and day: which colleague it was is the journal's (R80, R82)."""
    rows = access.history_of(file.child.pk, file.by, looks=True, on=file.on)
    days: dict[dt.date, set[str]] = {}
    for at, role in rows.values_list("at", "role"):
        days.setdefault(clock.day(at), set()).add(role)
    for day in sorted(days, reverse=True):
        named = [str(ROLES[role].name) for role in ROLES if role in days[day]]
        if named:
            yield day_of_year(day), words.together(named)


def _removed(file: _File) -> list[Removed]:
    people = [file.child.pk, *(one.relative_id for one in file.family.kin)]
    phones = contact.phones_of(file.child, people, file.by, on=file.on)
    hidden = (
        len(confidential.hidden_for(file.child, file.by, on=file.on))
        if confidential.is_open(file.child, file.by, on=file.on)
        else None
    )
    suspended = (
        len(suspensions_of(file.child, on=file.on)) if file.may(SUSPENSIONS, Action.READ) else None
    )
    unnamed = sum(not file.is_named(one) for one in file.family.kin)
    return [
        Removed(
            _("Telephones and house addresses"),
            _("They lead to other people, and to the child."),
            sum(map(len, phones.values())),
        ),
        Removed(
            _("Names of brothers, sisters and people who are not family"),
            _("They have rights of their own; who told us something is never named."),
            unnamed,
        ),
        Removed(
            _("What is kept hidden for protection"),
            _("No place, school, carer or free text leaves where anything is hidden."),
            hidden,
        ),
        Removed(
            _("Decisions about whose rights are limited, and why"),
            _("Who is suspected must not learn of it; no free text leaves then."),
            suspended,
        ),
        *_always(),
    ]


def _always() -> list[Removed]:
    return [
        Removed(_("Reports, and who made them"), _("The law keeps a reporter secret.")),
        Removed(
            _("What the child said when it was asked"),
            _("It said so to you; it may say it again itself."),
        ),
        Removed(_("Notes on files that may be doubles"), _("They may be about another child.")),
        Removed(
            _("Names of staff in the journal, closings and seals"),
            _("The copy says role and day of each look."),
        ),
        Removed(_("What is in the papers"), _("The copy lists them; a single one is shown here.")),
    ]
