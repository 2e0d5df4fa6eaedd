"""The papers and pictures of one file: shown, and more of them taken in.

The page belongs to the floor of the file, which has asked its Rule; it calls these two.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request
from tonghu.attachments.carriers import carrier_of
from tonghu.attachments.constants import PUT_BACK_WITHIN, AttachmentState
from tonghu.attachments.links import link
from tonghu.attachments.models import Attachment
from tonghu.attachments.queries import papers_of
from tonghu.attachments.receiving import Receipt, receive
from tonghu.attachments.web.forms import AddForm
from tonghu.kernel import clock

A_PAGE = 24
A_FEW = 6


@dataclass(frozen=True)
class Shelf:
    """Whose papers a page is about: the file, what pages call it, and the ways from here."""

    kind: str
    file_id: UUID
    name: str
    back: str
    here: str
    add: str


@dataclass(frozen=True)
class Shot:
    """One paper as a list shows it; ``proof`` opens its small picture for five minutes."""

    paper: Attachment
    proof: str


def shots(papers: list[Attachment], request: Request) -> list[Shot]:
    """Return papers with the proofs of their small pictures."""
    return [
        Shot(one, link(one.pk, "small", request.actor) if _has_picture(one) else "")
        for one in papers
    ]


def newest_papers(request: Request, kind: str, file_id: UUID, *, on: dt.date) -> list[Shot]:
    """Return the newest few of a file, for the page of the file itself."""
    rows = papers_of(request.actor, kind, file_id, on=on)
    return shots(list(rows.exclude(state=AttachmentState.WITHDRAWN)[:A_FEW]), request)


def _has_picture(paper: Attachment) -> bool:
    return paper.small_id is not None and paper.state == AttachmentState.CLEAR


def show_papers(request: Request, shelf: Shelf, *, at: dt.datetime) -> HttpResponse:
    """Show what stands on a file, the newest day first, and below what was taken off it."""
    on, by = clock.day(at), request.actor
    rows = papers_of(by, shelf.kind, shelf.file_id, on=on)
    listed = Paginator(rows.exclude(state=AttachmentState.WITHDRAWN), A_PAGE).get_page(
        request.GET.get("page")
    )
    withdrawn = rows.filter(state=AttachmentState.WITHDRAWN).order_by("-withdrawn_at")
    context = {
        "shelf": shelf,
        "page": listed,
        "shots": shots(list(listed), request),
        "withdrawn": withdrawn[:A_PAGE],
        "put_back_since": at - PUT_BACK_WITHIN,
        "may_add": carrier_of(shelf.kind).allows(Action.WRITE, by, shelf.file_id, on=on),
    }
    return render(request, "attachments/papers.html", context)


def take_papers(request: Request, shelf: Shelf, *, at: dt.datetime) -> HttpResponse:
    """Take in several files at once; what is refused is said file by file."""
    form = AddForm(
        request.POST or None, request.FILES or None, initial={"happened_on": clock.day(at)}
    )
    if request.method == "POST" and form.is_valid():
        receipt = receive(
            form.brought(),
            kind_of_file=shelf.kind,
            target_id=shelf.file_id,
            shows=form.shown(),
            title=form.cleaned_data["title"],
            happened_on=form.cleaned_data["happened_on"],
            by=request.actor,
            at=at,
        )
        if receipt.kept:
            return _thanked(request, receipt, shelf)
        for name, words in receipt.refused:
            form.add_error("papers", _of_one_file(name, words))
    return render(request, "attachments/paper_new.html", {"form": form, "shelf": shelf})


def _of_one_file(name: str, words: str) -> str:
    return _("%(name)s: %(words)s") % {"name": name, "words": words}


def _thanked(request: Request, receipt: Receipt, shelf: Shelf) -> HttpResponse:
    kept = len(receipt.kept)
    said: Any = ngettext("%(n)s added to the file.", "%(n)s added to the file.", kept)
    messages.success(request, said % {"n": kept})
    for name, words in receipt.refused:
        messages.error(request, _of_one_file(name, words))
    return redirect(shelf.here)
