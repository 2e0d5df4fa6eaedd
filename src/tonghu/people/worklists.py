"""What people itself puts on the work list: suggestions, benefits, care, doubles, rosters, age."""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.periods import in_force
from tonghu.look.addresses import address
from tonghu.look.templatetags.look import day_of_year
from tonghu.people import entitled
from tonghu.people.ages import CARE, CONSENT, MINORITY, Birth
from tonghu.people.constants import BenefitState, CareArrangement, Precision
from tonghu.people.definitions.entitlements import due_for
from tonghu.people.entrusting import missing_of
from tonghu.people.models import BenefitCheck, CareSpan, CategorySpan, Child
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import open_counts_for, possible_doubles_for, rosters_for
from tonghu.people.renewals import renewals_for
from tonghu.people.rights import open_requests_for
from tonghu.people.suggestions import Kind, open_suggestions_for
from tonghu.people.work import Prominence, Task, WorkList, work_list

SOON = dt.timedelta(days=60)
LINES_OF_AGE = (CONSENT, CARE, MINORITY)
UNLAWFUL = (CareArrangement.ALONE, CareArrangement.NONE, CareArrangement.CHILD_HEADED)


def alone(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return children under 16 for whom no adult cares (law on minors, article 21)."""
    files = _own_files(by, on)
    care = CareSpan.objects.unscoped("of files the actor may write, asked above")
    care = care.filter(in_force(on), child__in=files.values("pk"), arrangement__in=UNLAWFUL)
    spans = care.select_related("child__person").order_by("child__person__sort_key")
    found = [one for one in spans if _may_be_under(CARE, one.child, on)]
    return [
        Task(
            one.child.person.called,
            str(one.get_arrangement_display()),
            address("child", one.child_id),
            _("Open the file"),
            "h",
        )
        for one in found[:most]
    ]


def entrusted(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return entrusted care of which something is missing that the law asks (articles 22, 23)."""
    care = CareSpan.objects.unscoped("of files the actor may write, asked above")
    files = _own_files(by, on).values("pk")
    spans = care.filter(in_force(on), child__in=files, is_entrusted=True)
    found: list[Task] = []
    for one in spans.select_related("child__person").order_by("child__person__sort_key"):
        if missing := missing_of(one, on):
            what = pgettext("between names", ", ").join(str(words) for words in missing)
            link = reverse("entrusted-care", args=[one.child_id, one.pk])
            found.append(Task(one.child.person.called, what, link, _("Note it"), "m"))
        if len(found) == most:
            break
    return found


def suggested(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return what the rules suggest."""
    words = {Kind.BEGIN: _("begin: %(category)s"), Kind.END: _("end: %(category)s")}
    return [
        Task(
            one.child.person.called,
            words[one.kind] % {"category": one.category.label},
            address("suggestions", one.child.pk),
            _("Look and decide"),
        )
        for one in open_suggestions_for(by, on=on, most=most)
    ]


def not_arriving(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return what is due and does not arrive."""
    return [_of_check(one, "m") for one in entitled.not_arriving_for(by, on=on)[:most]]


def to_ask_again(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return the benefits whose day to ask again has come."""
    return [_of_check(one, "") for one in entitled.to_ask_again_for(by, on=on)[:most]]


def never_asked(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return confirmed categories from which a benefit follows that nobody asked about."""
    return [_of_category(one, on) for one in entitled.never_asked_for(by, on=on)[:most]]


def doubles(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return pairs of files that may be one child's."""
    return [
        Task(
            one.one.person.called,
            _("may be the same as %(name)s") % {"name": one.other.person.called},
            address("double", one.pk),
            _("Compare"),
        )
        for one in possible_doubles_for(by, on=on)[:most]
    ]


def consents_to_renew(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return whose consent runs out within a month or has run out: it is asked for again."""
    found = []
    for one in renewals_for(by, on=on)[:most]:
        purposes = pgettext("between names", ", ").join(str(each.label) for each in one.purposes)
        said = (
            _("%(purposes)s, ran out on %(day)s")
            if one.until < on
            else _("%(purposes)s, until %(day)s")
        )
        again = urlencode([("purpose", each.value) for each in one.purposes])
        link = f"{reverse('consent-new', args=[one.child.pk])}?{again}"
        what = said % {"purposes": purposes, "day": day_of_year(one.until)}
        found.append(Task(one.child.person.called, what, link, _("Ask again"), "m"))
    return found


def roster_questions(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return the lists that leave questions open."""
    found = list(rosters_for(by, on=on))
    counts = open_counts_for(by, found, on=on)
    return [
        Task(
            one.source.name,
            ngettext("%(n)s question", "%(n)s questions", counts[one.pk]) % {"n": counts[one.pk]},
            address("roster-questions", one.pk),
            _("Answer"),
        )
        for one in found
        if counts.get(one.pk)
    ][:most]


def coming_of_age(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return children for whom an age of the law comes within sixty days: 14, 16, 18."""
    found = sorted(_birthdays(by, on), key=lambda one: one[0])
    return [
        Task(
            child.person.called,
            _("%(n)s years old on %(day)s") % {"n": limit, "day": day_of_year(day)},
            address("child", child.pk),
            _("Open the file"),
        )
        for day, limit, child in found[:most]
    ]


def _birthdays(by: Actor, on: dt.date) -> Iterator[tuple[dt.date, int, Child]]:
    files = _own_files(by, on)
    for limit in LINES_OF_AGE:
        born = files.filter(
            person__precision=Precision.DAY,
            person__born_on__gt=_years_before(on, limit),
            person__born_on__lte=_years_before(on + SOON, limit),
        )
        for child in born:
            if child.person.born_on:  # a birthday nobody knows is on no list
                yield _years_before(child.person.born_on, -limit), limit, child


def _years_before(day: dt.date, years: int) -> dt.date:
    """Return the day some years before; 29 February becomes 1 March, as in :func:`ages.years`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return dt.date(day.year - years, 3, 1)


def _may_be_under(limit: int, child: Child, on: dt.date) -> bool:
    birth = Birth.known(child.person.born_on, child.person.precision)
    return birth is None or birth.is_under(limit, on) is not False


def _own_files(by: Actor, on: dt.date) -> "QuerySet[Child]":
    files = CHILDREN.rows(Action.WRITE, Child.objects.filter(merged_into=None), by, on=on)
    return files.select_related("person").order_by("person__sort_key")


def _of_check(check: BenefitCheck, mood: str) -> Task:
    told = {"benefit": check.get_benefit_display(), "state": BenefitState(check.state).label}
    return Task(
        check.child.person.called,
        _("%(benefit)s: %(state)s") % told,
        reverse("benefit-again", args=[check.child_id, check.pk]),
        _("Ask again"),
        mood,
    )


def _of_category(span: CategorySpan, on: dt.date) -> Task:
    first = due_for([span.category], on=on)[0]
    told = {"benefit": first.benefit.label, "category": span.get_category_display()}
    return Task(
        span.child.person.called,
        _("%(category)s: %(benefit)s") % told,
        address("benefit-new", span.child_id),
        _("Ask"),
    )


def corrections(by: Actor, on: dt.date, most: int) -> list[Task]:
    """Return what child or guardian asks to have corrected, due first (PIPL 46)."""
    return [
        Task(
            one.child.person.called,
            _("%(part)s, answer by %(day)s")
            % {"part": one.get_part_display(), "day": day_of_year(one.due_on)},
            reverse("correction-answer", args=[one.child_id, one.pk]),
            gettext_lazy("Answer"),
            "bad" if one.due_on < on else "",
        )
        for one in open_requests_for(by, on=on)[:most]
    ]


for _one in (
    WorkList(
        "alone",
        gettext_lazy("Children for whom no adult cares"),
        gettext_lazy("A child under 16 may not live alone (law on minors, article 21)."),
        alone,
        order=10,
        place=Prominence.URGENT,
        icon="alert-triangle",
    ),
    WorkList(
        "not-arriving",
        gettext_lazy("Due, but not received"),
        gettext_lazy("Somebody asked, and it does not arrive, or not in full."),
        not_arriving,
        order=20,
        place=Prominence.TODAY,
        icon="coins",
    ),
    WorkList(
        "consents",
        gettext_lazy("Consents to ask for again"),
        gettext_lazy(
            "A month before a yes runs out it stands here, and two months after. "
            "The service goes on without it."
        ),
        consents_to_renew,
        order=25,
        place=Prominence.TODAY,
        icon="note",
    ),
    WorkList(
        "corrections",
        gettext_lazy("Somebody asks to correct something"),
        gettext_lazy("Answered within fifteen working days; the day it is due stands beside it."),
        corrections,
        order=15,
        place=Prominence.TODAY,
        icon="file-text",
    ),
    WorkList(
        "suggested",
        gettext_lazy("The rules suggest, you decide"),
        gettext_lazy("Each with what it rests on. A reason belongs to either answer."),
        suggested,
        order=30,
    ),
    WorkList(
        "doubles",
        gettext_lazy("May be one child with two files"),
        gettext_lazy("You answer for both files; nobody else is told."),
        doubles,
        order=35,
    ),
    WorkList(
        "rosters",
        gettext_lazy("Questions about rosters"),
        gettext_lazy("What a list left open; what you leave stays empty."),
        roster_questions,
        order=40,
    ),
    WorkList(
        "entrusted",
        gettext_lazy("Entrusted care: what the law still asks"),
        gettext_lazy(
            "A fit carer, school and committee told, contact every week (articles 22, 23)."
        ),
        entrusted,
        order=50,
    ),
    WorkList(
        "to-ask-again",
        gettext_lazy("Benefits to ask about again"),
        gettext_lazy("The day you set has come."),
        to_ask_again,
        order=60,
    ),
    WorkList(
        "never-asked",
        gettext_lazy("Nobody has asked yet whether it arrives"),
        gettext_lazy("A confirmed category entitles to it."),
        never_asked,
        order=70,
    ),
    WorkList(
        "coming-of-age",
        gettext_lazy("Children who come of an age of the law"),
        gettext_lazy("14: consent of their own; 16: left-behind and migrant end; 18: aftercare."),
        coming_of_age,
        order=80,
    ),
):
    work_list(_one)
