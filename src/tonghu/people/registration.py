"""What people signs up for with the floors below, when the product starts."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tonghu.access.events import say
from tonghu.access.reach import Places, keeps_places
from tonghu.access.roles import AgencyHead, ChildDirector, SocialWorker, Supervisor
from tonghu.attachments.carriers import Carrier
from tonghu.attachments.carriers import register as carry_papers
from tonghu.attachments.models import Attachment
from tonghu.look.navigation import Entry, register, register_place
from tonghu.people import (
    checks,  # noqa: F401 -- registers what doctor asks of erased children
    daily,  # noqa: F401 -- carries out what two persons decided
    tasks,  # noqa: F401 -- the worker of the jobs runs it
    teams,
    worklists,  # noqa: F401 -- signs the lists of people up
)
from tonghu.people.consents import photo_needs_consent
from tonghu.people.merging.pointers import follows_by_number
from tonghu.people.models import Child
from tonghu.people.operations import (  # noqa: F401 -- their Rules are on the page of rules
    benefits,
    consents,
    corrections,
    describing,
    doubles,
    emergencies,
    entrusting,
    erasing,
    families,
    hidden_in_emergency,
    hiding,
    holds,
    merging,
    places,
    registering,
    roster_answers,
    rosters,
    sealing,
    spans,
    suggestions,
    suspensions,
    ties,
)
from tonghu.people.policy import PAPERS, adds_for_the_village

# Administrators and finance officers find no child: they are offered no search (R11, R12).
FIND_CHILDREN = frozenset({AgencyHead.key, ChildDirector.key, SocialWorker.key, Supervisor.key})

register_place("search", "search", FIND_CHILDREN)
say(
    {
        "people.place.added": _("added a place"),
        "people.team.joined": _("put somebody in the team of a place"),
        "people.team.joined_with_role": _("put somebody in a team as her role began"),
        "people.team.left": _("took somebody out of the team of a place"),
        "people.supervision.begun": _("gave a worker a supervisor"),
        "people.supervision.ended": _("ended a supervision"),
        "people.child.registered": _("put a child on the list"),
        "people.child.assigned": _("gave a child's file to a worker"),
        "people.child.described": _("changed what is known of a child"),
        "people.double.noted": _("noted two files that may be one child's"),
        "people.double.suspected": _("put two files side by side"),
        "people.double.distinguished": _("said that two files are two children's"),
        "people.double.reconsidered": _("put two files back on the list of possible doubles"),
        "people.child.merged": _("merged two files of one child"),
        "people.merge.proposed": _("proposed to merge the files of two teams"),
        "people.child.parted": _("undid a merge of two files"),
        "people.double.left_open": _("left open whether two files are one child's"),
        "people.name.added": _("noted another name"),
        "people.identity_number.noted": _("noted the identity number"),
        "people.emergency.opened": _("named a child in full and opened its file in an emergency"),
        "people.seal.proposed": _("proposed to seal a file"),
        "people.seal.opened": _("opened a sealed file"),
        "people.seal.lifting_proposed": _("proposed to lift a seal"),
        "people.tie.declared": _("said that somebody of the staff is tied to the family"),
        "people.whereabouts.emergency_asked": _("asked to see what is hidden, in an emergency"),
        "people.whereabouts.concealed": _("hid something of a child from every page"),
        "people.whereabouts.lifting_proposed": _("proposed to show again what was hidden"),
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
        "people.entrusted_carer.checked": _("checked whether a carer is fit"),
        "people.entrusted_care.noted": _("noted what the law asks of entrusted care"),
        "people.school.begun": _("noted how a child stands with school"),
        "people.hukou.begun": _("noted where a household is registered"),
        "people.category.confirmed": _("confirmed a category"),
        "people.category.ended": _("ended a category"),
        "people.suggestion.declined": _("left a suggestion aside"),
        "people.suggestion.taken_up_again": _("took a suggestion up again"),
        "people.benefit.checked": _("noted how a benefit stands"),
        "people.consent.recorded": _("wrote down who agreed to what"),
        "people.consent.withdrawn": _("noted that a consent was taken back"),
        "people.consent.withdrawal_cancelled": _("undid a withdrawal noted by mistake"),
        "people.legal_duty.noted": _("noted that the law asks for no consent"),
        "people.legal_duty.ended": _("noted until when the law asked for no consent"),
        "people.suspension.begun": _("suspended a guardian's rights on a file"),
        "people.suspension.lifting_proposed": _("proposed to give a guardian's rights back"),
        "people.correction.asked": _("noted a request to correct something"),
        "people.correction.answered": _("answered a request to correct something"),
        "people.correction.reopened": _("took up a request again that was answered"),
        "people.erasure.proposed": _("proposed to erase a child's file"),
        "people.erasure.confirmed": _("confirmed that a file is erased, and closed it"),
        "people.erasure.stopped": _("stopped an erasure"),
        "people.child.erased": _("erased a child's file"),
        "people.child.erased_again": _("erased again a child whom an older copy brought back"),
        "people.hold.placed": _("kept a file for a court, the police or an inspection"),
        "people.hold.lifting_proposed": _("proposed not to keep a file any longer"),
        "people.roster.received": _("brought a roster"),
        "people.roster.mapped": _("said which column of a roster holds what"),
        "people.roster.begun": _("began the import of a roster"),
        "people.roster.import_asked": _("asked to import a roster"),
        "people.roster.batch_imported": _("imported lines of a roster"),
        "people.roster.likening_asked": _("asked to compare the new children of a roster"),
        "people.roster.children_likened": _("compared new files with the others"),
        "people.roster.batch_likened": _("compared new children of a roster"),
        "people.roster.line_settled": _("took over a line of a roster"),
        "people.roster.questions_answered": _("answered questions about a roster"),
        "people.roster.question_answered": _("answered a question about a roster"),
        "people.roster.differences_decided": _("decided what differs between a roster and files"),
        "people.roster.difference_accepted": _("wrote into a file what a roster says"),
        "people.roster.child_left_out": _("left a child of a roster out again"),
        "people.roster.child_taken_in": _("took a child of a roster in after all"),
        "people.roster.reverted": _("undid the import of a roster"),
    }
)
carry_papers(
    Carrier(
        kind=PAPERS.target_kind,
        sheet=PAPERS,
        rows=lambda: Child.objects.select_related("person"),
        name=lambda child: child.person.called,
        address=lambda pk: reverse("child-papers", args=[pk]),
        before_adding=photo_needs_consent,
        knows_own_alone=adds_for_the_village,
    )
)
keeps_places(
    "people.places",
    Places(
        offered=teams.places_to_name,
        called=teams.names_of_places,
        join=places.join_with_role,
        roles=(SocialWorker.key, Supervisor.key),
    ),
)
follows_by_number(Attachment, target_kind=PAPERS.target_kind)
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
        "people-work",
        "people-work",
        "clipboard-list",
        _("Work list"),
        frozenset({SocialWorker.key, Supervisor.key, AgencyHead.key}),
        order=20,
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
