"""The short pages that change one child's file: each asks a few things and calls one operation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.people.models import Child
from tonghu.people.operations import describing, families, spans
from tonghu.people.policy import CHILDREN, CONTACT_DATA
from tonghu.people.queries import child_for
from tonghu.people.web import family_forms, identity_forms, life_forms
from tonghu.people.web.changing import ChangeForm

Act = Callable[..., Any]
either_way = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class Change:
    """One short page: its words, its form, and the operation behind it."""

    heading: str | Promise
    verb: str | Promise
    form: Callable[..., ChangeForm]
    act: Act
    why: str | Promise = ""


def change(request: Request, child_id: UUID, what: Change) -> HttpResponse:
    """Ask what the operation takes and call it; what it refuses is said on the page."""
    at = clock.now()
    on = clock.day(at)
    child = child_for(request.actor, child_id, on=on, action=Action.WRITE)
    record_look(child, by=request.actor, at=at)
    form = what.form(request.POST or None, child=child, by=request.actor, on=on)
    if request.method == "POST" and form.is_valid():
        refusal = refused(what.act, child=child, **form.said(), by=request.actor, at=at)
        if not refusal:
            for hint in form.hints():
                messages.warning(request, hint)
            return done(request, child)
        form.add_error(None, refusal)
    return asked(request, child, form, heading=what.heading, verb=what.verb, why=what.why)


def asked(request: Request, child: Child, form: Any, **said: Any) -> HttpResponse:
    """Show the short page."""
    context = {"child": child, "form": form, "name": child.person.called}
    return render(request, "people/change.html", context | said)


def done(request: Request, child: Child) -> HttpResponse:
    """Go back to the file; after the last act that was hers to do there, to the list."""
    on = clock.day(clock.now())
    if CHILDREN.opens(Action.READ, request.actor, child, on=on):
        messages.success(request, _("Saved."))
        return redirect("child", child_id=child.pk)
    messages.success(request, _("Saved. The child is in the care of another team now."))
    return redirect("child-list")


def refused(act: Act, **said: Any) -> str:
    """Call an operation; return the sentence it refuses with, or nothing.

    :raises Forbidden: when it is not hers to do.
    :raises Hidden: when the thing is not there for her.
    """
    try:
        act(**said)
    except (Forbidden, Hidden):
        raise
    except Refused as refusal:
        return str(refusal)
    return ""


IDENTITY = Change(
    gettext_lazy("Who this child is"),
    gettext_lazy("Save"),
    identity_forms.IdentityForm,
    describing.describe_child,
)
NUMBER = Change(
    gettext_lazy("The identity number"),
    gettext_lazy("Keep it sealed"),
    identity_forms.NumberForm,
    describing.note_identity_number,
)
NAME = Change(
    gettext_lazy("Another name of this child"),
    gettext_lazy("Add the name"),
    identity_forms.NameForm,
    describing.add_name,
    gettext_lazy("Found by it as by the name itself."),
)
RELATIVE = Change(
    gettext_lazy("Somebody of the family"),
    gettext_lazy("Add to the family"),
    family_forms.RelativeForm,
    families.add_relative,
    gettext_lazy("Guardians, carers and telephones are chosen among them afterwards."),
)
PHONE = Change(
    gettext_lazy("A telephone"),
    gettext_lazy("Add the telephone"),
    identity_forms.PhoneForm,
    describing.note_phone,
    gettext_lazy("Kept sealed; colleagues outside this file do not find it."),
)
RESIDENCE = Change(
    gettext_lazy("Where the child lives"),
    gettext_lazy("Save the address"),
    life_forms.ResidenceForm,
    spans.move,
    gettext_lazy("Where it lived before stays in the history."),
)
HUKOU = Change(
    gettext_lazy("Where the household is registered"),
    gettext_lazy("Save the registration"),
    life_forms.HukouForm,
    spans.note_hukou,
)
CARE = Change(
    gettext_lazy("Who cares for the child"),
    gettext_lazy("Save who cares"),
    life_forms.CareForm,
    spans.arrange_care,
    gettext_lazy("Who cared before ends the day before and stays in the history."),
)
SCHOOL = Change(
    gettext_lazy("How the child stands with school"),
    gettext_lazy("Save the school"),
    life_forms.SchoolForm,
    spans.enrol,
)
GUARDIAN = Change(
    gettext_lazy("Who is guardian"),
    gettext_lazy("Save the guardian"),
    family_forms.GuardianForm,
    families.begin_guardianship,
    gettext_lazy("A guardian is added as a relative first."),
)
PARENT = Change(
    gettext_lazy("How a parent is"),
    gettext_lazy("Save"),
    family_forms.ParentForm,
    families.note_parent_status,
)
HOUSEHOLD = Change(
    gettext_lazy("With whom the child lives"),
    gettext_lazy("Save the household"),
    family_forms.HouseholdForm,
    families.begin_household,
    gettext_lazy("A child may belong to two households."),
)
CATEGORY = Change(
    gettext_lazy("Confirm a category"),
    gettext_lazy("Confirm"),
    life_forms.CategoryForm,
    spans.confirm_category,
    gettext_lazy("Rules only suggest. Your name and your reason stand beside it."),
)


@page(CHILDREN, Action.WRITE)
@either_way
def identity(request: Request, child_id: UUID) -> HttpResponse:
    """Correct name, sex, birth, ethnic group."""
    return change(request, child_id, IDENTITY)


@page(CHILDREN, Action.WRITE)
@either_way
def number_new(request: Request, child_id: UUID) -> HttpResponse:
    """Keep the identity number; what does not fit is said and holds nothing up."""
    return change(request, child_id, NUMBER)


@page(CHILDREN, Action.WRITE)
@either_way
def name_new(request: Request, child_id: UUID) -> HttpResponse:
    """Add a nickname, a former name, another spelling."""
    return change(request, child_id, NAME)


@page(CHILDREN, Action.WRITE)
@either_way
def relative_new(request: Request, child_id: UUID) -> HttpResponse:
    """Add somebody of the family."""
    return change(request, child_id, RELATIVE)


@page(CONTACT_DATA, Action.WRITE)
@either_way
def phone_new(request: Request, child_id: UUID) -> HttpResponse:
    """Add a telephone of the child or of somebody of its family."""
    return change(request, child_id, PHONE)


@page(CONTACT_DATA, Action.WRITE)
@either_way
def residence_new(request: Request, child_id: UUID) -> HttpResponse:
    """Say where the child lives from a day on."""
    return change(request, child_id, RESIDENCE)


@page(CHILDREN, Action.WRITE)
@either_way
def hukou_new(request: Request, child_id: UUID) -> HttpResponse:
    """Say where the household is registered."""
    return change(request, child_id, HUKOU)


@page(CHILDREN, Action.WRITE)
@either_way
def care_new(request: Request, child_id: UUID) -> HttpResponse:
    """Say who cares for the child from a day on."""
    return change(request, child_id, CARE)


@page(CHILDREN, Action.WRITE)
@either_way
def school_new(request: Request, child_id: UUID) -> HttpResponse:
    """Say how the child stands with school from a day on."""
    return change(request, child_id, SCHOOL)


@page(CHILDREN, Action.WRITE)
@either_way
def guardian_new(request: Request, child_id: UUID) -> HttpResponse:
    """Say who is guardian, and on what it rests."""
    return change(request, child_id, GUARDIAN)


@page(CHILDREN, Action.WRITE)
@either_way
def parent_new(request: Request, child_id: UUID) -> HttpResponse:
    """Say how a parent is from a day on."""
    return change(request, child_id, PARENT)


@page(CHILDREN, Action.WRITE)
@either_way
def household_new(request: Request, child_id: UUID) -> HttpResponse:
    """Say who lives together with the child."""
    return change(request, child_id, HOUSEHOLD)


@page(CHILDREN, Action.WRITE)
@either_way
def category_new(request: Request, child_id: UUID) -> HttpResponse:
    """Confirm a category with a reason."""
    return change(request, child_id, CATEGORY)
