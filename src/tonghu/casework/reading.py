"""What was submitted, as it is read: the supervisor's queue, one paper, what changed in it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Sheet
from tonghu.casework.comparing import Piece, compared
from tonghu.casework.models import Case, MarginNote, Submission
from tonghu.casework.policy import ASSESSMENTS, PARTS_OF_CASES
from tonghu.casework.reviewing import KINDS, parts_in
from tonghu.kernel.law import upholds

SUBMISSIONS = ("submitted_by", "decided_by", "case__child__person")


@dataclass(frozen=True)
class Read:
    """A submission with the notes in its margin, by part."""

    submission: Submission
    notes: list[MarginNote]

    @property
    def open_notes(self) -> list[MarginNote]:
        """Return the notes that no newer version has settled."""
        return [one for one in self.notes if one.settled_at is None]


@dataclass(frozen=True)
class Compared:
    """One part of a paper: its words against those of the version before, and its notes."""

    key: str
    label: str | Promise
    pieces: list[Piece]
    notes: list[MarginNote] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Tell whether words were put in or taken out."""
        return any(one.kind != "same" for one in self.pieces)


@dataclass(frozen=True)
class Paper:
    """A submission as the supervisor reads it."""

    submission: Submission
    before: Submission | None
    parts: list[Compared]
    open_notes: int

    @property
    def changes(self) -> int:
        """Return in how many parts words changed; none in a first version."""
        return sum(one.is_changed for one in self.parts) if self.before else 0


@upholds("R38", says=gettext_lazy("her own papers wait in another’s queue"))
def waiting_for(by: Actor, *, on: dt.date) -> list[Submission]:
    """Return what waits for this person's decision, the longest first; never her own."""
    rows = _waiting(by, on).select_related(*SUBMISSIONS).defer("content")
    return list(rows.order_by("submitted_at", "pk"))


def waiting_count(by: Actor, *, on: dt.date) -> int:
    """Return how many papers wait for this person's decision."""
    return _waiting(by, on).count()


def _waiting(by: Actor, on: dt.date) -> "QuerySet[Submission]":
    rows = Submission.objects.unscoped("of cases whose Rule is asked here").filter(decision="")
    hers = Q()
    for sheet, kinds in _kinds_by_sheet():
        if sheet.is_offered(Action.APPROVE, by, on=on):
            cases = sheet.rows(Action.APPROVE, Case.objects.all(), by, on=on)
            hers |= Q(kind__in=kinds, case__in=cases.values("pk"))
    if not hers:
        return rows.none()
    return rows.filter(hers).exclude(submitted_by=by.account_id)


def submission_for(by: Actor, pk: UUID, *, on: dt.date) -> Submission:
    """Return one submission that this person decides about and may read.

    :raises Hidden: when she may not know of it.
    :raises NeedsReason: when a written reason would open it, as for the head.
    :raises Forbidden: when the decision is somebody else's.
    """
    rows = Submission.objects.select_related(*SUBMISSIONS)
    found = ASSESSMENTS.get(Action.APPROVE, rows, by, pk, on=on)
    return ASSESSMENTS.get(Action.READ, rows, by, found.pk, on=on)


def read(submission: Submission) -> Paper:
    """Return a submission part by part against the version before; it was found by its Rule."""
    rows = Submission.objects.unscoped("of a submission that was found under its Rule")
    earlier = rows.filter(paper=submission.paper, version__lt=submission.version)
    before = earlier.select_related("submitted_by").order_by("-version").first()
    notes = _notes(submission)
    return Paper(
        submission, before, list(_parts(submission, before, notes)), sum(map(len, notes.values()))
    )


def last_word(paper: UUID, case: Case, by: Actor, *, on: dt.date) -> Read | None:
    """Return the last submission of a paper with its notes, to who may read the case."""
    rows = Submission.objects.filter(paper=paper, case=case).select_related(*SUBMISSIONS)
    found = PARTS_OF_CASES.rows(Action.READ, rows, by, on=on).order_by("-version").first()
    if found is None:
        return None
    return Read(found, [one for notes in _notes(found).values() for one in notes])


def _kinds_by_sheet() -> list[tuple[Sheet, list[str]]]:
    kinds: dict[int, list[str]] = defaultdict(list)
    sheets: dict[int, Sheet] = {}
    for key, known in KINDS.items():
        kinds[id(known.sheet)].append(key)
        sheets[id(known.sheet)] = known.sheet
    return [(sheet, kinds[key]) for key, sheet in sheets.items()]


def _notes(submission: Submission) -> dict[str, list[MarginNote]]:
    rows = MarginNote.objects.unscoped("of a submission that was found under its Rule")
    found: dict[str, list[MarginNote]] = defaultdict(list)
    for note in rows.filter(submission=submission).select_related("by").order_by("at", "id"):
        found[note.part].append(note)
    return found


def _parts(
    submission: Submission, before: Submission | None, notes: dict[str, list[MarginNote]]
) -> Iterator[Compared]:
    now = {one.key: one for one in parts_in(submission.content)}
    then = {one.key: one for one in parts_in(before.content)} if before else {}
    for key in dict.fromkeys([*now, *then]):
        label = (now.get(key) or then[key]).label
        old = then[key].text if key in then else ""
        new = now[key].text if key in now else ""
        pieces = compared(old, new) if before else [Piece("same", new)]
        yield Compared(key, label, pieces, notes.get(key, []))
