"""The whole file of a child before it leaves: every line, what is taken out, three questions."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import child_for
from tonghu.people.rights import may_have_the_file
from tonghu.people.web.changes import refused
from tonghu.people.web.changing import ChangeForm
from tonghu.people.web.fields import OneOf, offer
from tonghu.portals import operations
from tonghu.portals.whole_file_said import contents_of


class WholeFileForm(ChangeForm):
    """For whom a copy is, and the three questions before it leaves."""

    recipient = OneOf(
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("The child from 14 on, or a guardian who may know of the file."),
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the copy"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
    identity_seen = forms.BooleanField(
        label=gettext_lazy("I have seen who the recipient is: the person stood before me")
    )
    nobody_in_danger = forms.BooleanField(
        label=gettext_lazy("Nobody comes into danger by what stands above; I have read it all")
    )
    child_told = forms.BooleanField(
        label=gettext_lazy("The child was told that the copy goes to this person")
    )

    def known(self) -> dict[str, str]:
        """Begin with the language of the house."""
        return {"language": settings.LANGUAGE_CODE}

    def prepare(self) -> None:
        """Offer who may have it."""
        people = may_have_the_file(self.child, on=self.on)
        offer(self, "recipient", [(one, one.called) for one in people])


@page(CHILDREN, Action.EXPORT)
@require_http_methods(["GET", "POST"])
def whole_file(request: Request, child_id: UUID) -> HttpResponse:
    """Show each line that would leave and what is taken out, then ask a second person."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    child = child_for(by, child_id, on=on, action=Action.EXPORT)
    record_look(child, by=by, at=at)
    form = WholeFileForm(request.POST or None, child=child, by=by, on=on)
    if request.method == "POST" and form.is_valid():
        refusal = refused(
            operations.ask_for_whole_file, child=child, **form.cleaned_data, by=by, at=at
        )
        if not refusal:
            messages.success(request, _("A second person sees it now. Nothing has left yet."))
            return redirect("child-rights", child_id=child.pk)
        form.add_error(None, refusal)
    context = {
        "child": child,
        "name": child.person.called,
        "contents": contents_of(child, by, on=on),
        "form": form,
        "is_somebody": bool(may_have_the_file(child, on=on)),
    }
    return render(request, "portals/whole_file.html", context)
