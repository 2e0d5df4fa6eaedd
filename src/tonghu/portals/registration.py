"""What the pages sign up for: places in the navigation, cards on Today, words of events."""

import datetime as dt
from collections.abc import Iterator

from django.http import HttpRequest  # noqa: TID251 -- the navigation counts for a request
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.digest import DIGESTED
from tonghu.access.emergencies import glass_to_review, glasses_for, is_late, review_due_on
from tonghu.access.events import say, words_for
from tonghu.access.roles import (
    AgencyAdministrator,
    AgencyHead,
    Auditor,
    Supervisor,
)
from tonghu.access.sheets import Action
from tonghu.access.two_persons import act_of
from tonghu.casework.worklist import works_with_cases
from tonghu.kernel.clock import day, now
from tonghu.look.navigation import Entry, register, register_place
from tonghu.look.templatetags.look import day_of_year, moment_words
from tonghu.people import rights
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import possible_doubles_for
from tonghu.people.work import Prominence, open_for, words_of_tasks
from tonghu.portals import (  # noqa: F401 -- the worker of the jobs runs them too
    harm_cards,
    journal_export,
    roster_back,
    whole_file,
)
from tonghu.portals.checklist import checklist_for
from tonghu.portals.demo import checks  # noqa: F401 -- keeps the made-up agency apart
from tonghu.portals.today_cards import Card, Group, today_card
from tonghu.services.drafting import FORMS
from tonghu.services.queries import drafts_for

OF_GLASS = "access.breakglass"
SETS_UP = frozenset({AgencyAdministrator.key, AgencyHead.key})

say(
    {
        "portals.journal.export_asked": gettext_lazy("asked to take the journal away"),
        "portals.roster.back_asked": gettext_lazy("asked for a sheet for the keeper of a roster"),
        "portals.whole_file.asked": gettext_lazy("asked to give out a copy of a file"),
    }
)


def _waiting(request: HttpRequest) -> int:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return len(queries.waiting_for(actor, on=day(now())))


register_place("home", "today")
register_place("account", "account")
register_place("sign_out", "account_logout")
register(Entry("today", "today", "list-check", gettext_lazy("Today"), order=10))
register(Entry("set-up", "set-up", "clipboard-list", gettext_lazy("Set-up"), SETS_UP, order=20))
register(
    Entry(
        "people",
        "person-list",
        "users-group",
        gettext_lazy("People and roles"),
        SETS_UP | {Supervisor.key},
        order=30,
    )
)
register(
    Entry(
        "waiting",
        "waiting-list",
        "check",
        gettext_lazy("For two persons"),
        SETS_UP | {Supervisor.key},
        waiting=_waiting,
        order=40,
    )
)
register(Entry("journal", "journal", "shield", gettext_lazy("Journal"), order=60))
register(
    Entry(
        "jobs",
        "job-list",
        "clock",
        gettext_lazy("Long work"),
        frozenset({AgencyHead.key, Auditor.key}),
        phone=False,
        order=70,
    )
)
register(
    Entry(
        "permissions",
        "permissions",
        "scale",
        gettext_lazy("Who may do what"),
        phone=False,
        order=80,
    )
)


@today_card
def acts_for_two(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Offer the acts that wait for this person as the second one."""
    for proposal in queries.waiting_for(by, on=day(at)):
        yield Card(
            Group.TODAY,
            "users-group",
            proposal.concerns.called if proposal.concerns else proposal.proposed_by.called,
            act_of(proposal).name,
            _("Look and decide"),
            reverse("waiting", args=[proposal.pk]),
        )


@today_card
def leaving_the_house(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Say what two persons let leave outside the office hours, to the head who can stop it."""
    if by.role_key != AgencyHead.key:
        return
    for proposal in queries.leaving_for(by, on=day(at)):
        yield Card(
            Group.TODAY,
            "clock",
            proposal.proposed_by.called,
            act_of(proposal).name,
            _("Look, stop it if needed"),
            reverse("waiting", args=[proposal.pk]),
            due=_("leaves %(moment)s") % {"moment": moment_words(proposal.not_before)},
        )


@today_card
def possible_doubles(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Offer the pairs across teams to the head, who has no work list of files."""
    if by.role_key != AgencyHead.key:
        return
    count = possible_doubles_for(by, on=day(at)).count()
    if count:
        yield Card(
            Group.TODAY,
            "arrows-right-left",
            _("Possible doubles"),
            ngettext(
                "%(n)s pair of files may be one child’s",
                "%(n)s pairs of files may be one child’s",
                count,
            )
            % {"n": count},
            _("Compare"),
            reverse("double-list"),
        )


@today_card
def notices(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Show what this person must be told, until she has said that she has seen it."""
    readable = glasses_for(by, on=day(at))
    for notice in queries.notices_for(by):
        if notice.event == DIGESTED:
            yield Card(
                Group.TODAY,
                "note",
                _("Notice"),
                words_for(notice.event),
                _("Read it"),
                reverse("reason-list"),
            )
            continue
        if notice.subject_kind == OF_GLASS and readable.filter(pk=notice.subject_id).exists():
            yield Card(
                Group.OVERDUE,
                "alert-triangle",
                _("Notice"),
                words_for(notice.event),
                _("Read it"),
                reverse("emergency", args=[notice.subject_id]),
            )
            continue
        yield Card(
            Group.OVERDUE,
            "alert-triangle",
            _("Notice"),
            words_for(notice.event),
            _("I have seen it"),
            reverse("notice-seen", args=[notice.pk]),
            post=True,
        )


@today_card
def emergencies_to_review(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Offer the emergencies of others to look back on; past three working days, as an alarm."""
    for glass in glass_to_review(by, on=day(at)):
        late = is_late(glass, on=day(at))
        yield Card(
            Group.OVERDUE if late else Group.TODAY,
            "alert-triangle",
            glass.account.called,
            _("Nobody has looked back on this emergency in time")
            if late
            else _("An emergency waits for somebody else’s review"),
            _("Look back on it"),
            reverse("emergency", args=[glass.pk]),
            due=_("by %(day)s") % {"day": day_of_year(review_due_on(glass))},
        )


@today_card
def erasures_waiting(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Say that files wait to be erased, to those who can still stop it."""
    waiting = [one for one in rights.erasures_for(by, on=day(at)) if one.state == "waiting"]
    if waiting:
        count, first = len(waiting), min(one.due_at for one in waiting)
        yield Card(
            Group.TODAY,
            "clock",
            ngettext("%(n)s file waits to be erased", "%(n)s files wait to be erased", count)
            % {"n": count},
            _("The first on %(day)s; until then it can be stopped.")
            % {"day": day_of_year(day(first))},
            _("Look and decide"),
            reverse("erasure-list"),
        )


@today_card
def work_on_files(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Show what cannot wait about the files this person answers for; the rest has its page."""
    if not CHILDREN.is_offered(Action.WRITE, by, on=day(at)):
        return
    for one in open_for(by, on=day(at), at_least=Prominence.TODAY):
        urgent = one.place is Prominence.URGENT
        yield Card(
            Group.OVERDUE if urgent else Group.TODAY,
            one.icon,
            one.title,
            words_of_tasks(one.tasks),
            _("Open the list"),
            f"{reverse('people-work')}#{one.key}",
        )


@today_card
def begun_writing(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Offer what this person has begun to write and not sent."""
    if not works_with_cases(by):
        return
    for draft in drafts_for(by, on=day(at)):
        kept = FORMS[draft.form]
        yield Card(
            Group.TODAY,
            "note",
            draft.child.person.called,
            _("%(what)s, as far as you wrote, %(moment)s")
            % {"what": kept.name, "moment": moment_words(draft.saved_at, day(at))},
            _("Go on writing"),
            kept.address(draft.child_id, draft.about),
        )


@today_card
def set_up_steps(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Offer the next step of the set-up to those who do it."""
    if by.role_key not in SETS_UP:
        return
    steps = [step for part in checklist_for(by, at, day(at)) for step in part.steps]
    todo = [step for step in steps if not step.done]
    if todo:
        count = len(todo)
        yield Card(
            Group.FIRST,
            "clipboard-list",
            _("Set up the agency"),
            ngettext("%(n)s step is open: %(first)s", "%(n)s steps are open: %(first)s", count)
            % {"n": count, "first": todo[0].title},
            _("Go on"),
            reverse("set-up"),
        )


@today_card
def first_steps(by: Actor, at: dt.datetime) -> Iterator[Card]:
    """Offer a first look around to somebody who is new here."""
    if by.role_key in SETS_UP:
        return
    yield Card(
        Group.FIRST,
        "eye",
        _("Get to know your role"),
        by.role.prose,
        _("See who may do what"),
        reverse("permissions"),
    )
    yield Card(
        Group.FIRST,
        "key",
        _("Look after your way in"),
        _("Add a second device or print recovery codes, before a phone is lost."),
        _("Open your account"),
        reverse("account"),
    )
