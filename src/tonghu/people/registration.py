"""What people signs up for with the floors below, when the product starts."""

from django.utils.translation import gettext_lazy as _

from tonghu.access.events import say
from tonghu.access.roles import AgencyHead, ChildDirector, SocialWorker, Supervisor
from tonghu.look.navigation import Entry, register, register_place
from tonghu.people import (
    tasks,  # noqa: F401 -- the worker of the jobs runs it
)
from tonghu.people.operations import (  # noqa: F401 -- their Rules are on the page of rules
    describing,
    doubles,
    families,
    places,
    registering,
    roster_answers,
    rosters,
    spans,
)

# Administrators and finance officers find no child: they are offered no search (R11, R12).
FIND_CHILDREN = frozenset({AgencyHead.key, ChildDirector.key, SocialWorker.key, Supervisor.key})

register_place("search", "search", FIND_CHILDREN)
say(
    {
        "people.place.added": _("added a place"),
        "people.team.joined": _("put somebody in the team of a place"),
        "people.team.left": _("took somebody out of the team of a place"),
        "people.supervision.begun": _("gave a worker a supervisor"),
        "people.supervision.ended": _("ended a supervision"),
        "people.child.registered": _("put a child on the list"),
        "people.child.assigned": _("gave a child's file to a worker"),
        "people.child.described": _("changed what is known of a child"),
        "people.double.noted": _("noted two files that may be one child's"),
        "people.double.distinguished": _("said that two files are two children's"),
        "people.double.left_open": _("left open whether two files are one child's"),
        "people.name.added": _("noted another name"),
        "people.identity_number.noted": _("noted the identity number"),
        "people.phone.noted": _("noted a telephone"),
        "people.relative.added": _("added somebody of the family"),
        "people.relative.shared": _("tied a relative to a second child"),
        "people.guardianship.begun": _("noted a guardian"),
        "people.parent_status.noted": _("noted how a parent is"),
        "people.household.begun": _("noted a household"),
        "people.household.joined": _("let somebody join a household"),
        "people.household.left": _("let somebody leave a household"),
        "people.residence.begun": _("noted where a child lives"),
        "people.care.begun": _("noted who cares for a child"),
        "people.school.begun": _("noted how a child stands with school"),
        "people.hukou.begun": _("noted where a household is registered"),
        "people.category.confirmed": _("confirmed a category"),
        "people.category.ended": _("ended a category"),
        "people.roster.received": _("brought a roster"),
        "people.roster.mapped": _("said which column of a roster holds what"),
        "people.roster.begun": _("began the import of a roster"),
        "people.roster.import_asked": _("asked to import a roster"),
        "people.roster.batch_imported": _("imported lines of a roster"),
        "people.roster.line_settled": _("took over a line of a roster"),
        "people.roster.questions_answered": _("answered questions about a roster"),
        "people.roster.question_answered": _("answered a question about a roster"),
        "people.roster.differences_decided": _("decided what differs between a roster and files"),
        "people.roster.difference_accepted": _("wrote into a file what a roster says"),
        "people.roster.reverted": _("undid the import of a roster"),
    }
)


register(
    Entry(
        "children",
        "child-list",
        "home-heart",
        _("Children"),
        frozenset({SocialWorker.key, Supervisor.key, AgencyHead.key}),
        order=15,
    )
)
register(
    Entry(
        "rosters",
        "roster-list",
        "table",
        _("Rosters"),
        frozenset({SocialWorker.key, Supervisor.key}),
        order=25,
    )
)
