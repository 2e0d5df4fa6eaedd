"""What people signs up for with the floors below, when the product starts."""

from django.utils.translation import gettext_lazy as _

from tonghu.access.events import say
from tonghu.access.roles import AgencyHead, SocialWorker, Supervisor
from tonghu.look.navigation import Entry, register
from tonghu.people.operations import (  # noqa: F401 -- their Rules are on the page of rules
    describing,
    families,
    places,
    registering,
    spans,
)

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
