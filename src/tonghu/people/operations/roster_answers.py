"""The work list of a roster: a person answers, one question or many of a kind."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.constants import LineOutcome, RosterAnswer, RosterState
from tonghu.people.models import Child, Roster, RosterLine, RosterQuestion
from tonghu.people.operations.accepting import accept_difference
from tonghu.people.operations.arriving import leave_out
from tonghu.people.operations.likening import note_likely
from tonghu.people.operations.rosters import NotNow
from tonghu.people.policy import CHILDREN, ROSTERS
from tonghu.people.roster.lines import Line
from tonghu.people.takeover.answers import (
    ARRIVED,
    DIFFERENCES,
    KNOWN_CHILD,
    NoSuchAnswer,
    answers_for,
    put,
    understood,
)
from tonghu.people.takeover.arrived import repeats_of
from tonghu.people.takeover.known import compare
from tonghu.people.takeover.said import kept, line_of
from tonghu.people.takeover.settling import (
    Settled,
    children_of_keys,
    questions_of,
    take_in,
)
from tonghu.people.takeover.undoing import take_back
from tonghu.people.takeover.writing import Made

DUPLICATE = "DUP_IN_ROSTER"


@operation("people.roster.questions_answered")
def answer_questions(
    *,
    roster: Roster,
    questions: list[RosterQuestion],
    answer: RosterAnswer,
    value: str = "",
    by: Actor,
    at: dt.datetime,
) -> Outcome[Roster]:
    """Answer questions of one kind alike; all are answered or none is.

    :raises Refused: unless ``by`` is of the team of the place.
    :raises NotNow: before the list was imported, and after it was undone.
    :raises NoSuchAnswer: when a question has no such answer, or was answered.
    :raises NotUnderstood: when the value cannot be read in its field.
    """
    ROSTERS.require(Action.WRITE, by, roster, on=day(at))
    roster = _imported(roster)
    asked = RosterQuestion.objects.unscoped("of the list that was locked, as they stand now")
    related = asked.select_related("line__child__person", "line__roster", "proposed__person")
    fresh = related.select_related("roster__source", "roster__place").filter(roster=roster)
    found = fresh.in_bulk([one.pk for one in questions])
    if len(found) != len(questions):
        raise NoSuchAnswer(_("This question is there no more. Nothing was changed."))
    for question in (found[one.pk] for one in questions):
        answer_question(question=question, answer=answer, value=value, by=by, at=at)
    return changed(roster, {"answered": (None, len(questions))}) if questions else unchanged(roster)


@operation("people.roster.differences_decided")
def decide_differences(
    *,
    roster: Roster,
    taken: list[RosterQuestion],
    left: list[RosterQuestion],
    by: Actor,
    at: dt.datetime,
) -> Outcome[Roster]:
    """Accept some differences between a list and the files, and refuse others; all or none.

    What is refused is not asked again for the same value of the same source.

    :raises Refused: unless ``by`` is of the team of the place and may write the files.
    :raises NotNow: before the list was imported, and after it was undone.
    :raises NoSuchAnswer: when one of them was decided in the meantime.
    """
    for questions, answer in ((left, RosterAnswer.LEAVE), (taken, RosterAnswer.TAKE)):
        answer_questions(roster=roster, questions=questions, answer=answer, by=by, at=at)
    told = {"taken": (None, len(taken)), "left": (None, len(left))}
    return changed(roster, told) if taken or left else unchanged(roster)


@operation("people.roster.child_taken_in")
def take_in_after_all(
    *, question: RosterQuestion, by: Actor, at: dt.datetime
) -> Outcome[RosterQuestion]:
    """Take back that a child of a newer list was left out: its line is taken over as it stands.

    Who has been put on the list meanwhile is found again; who only may be the same is asked about.

    :raises Refused: unless ``by`` is of the team of the place.
    :raises NotNow: before the list was imported, and after it was undone.
    :raises NoSuchAnswer: when the child is not left out any more.
    """
    ROSTERS.require(Action.WRITE, by, question.roster, on=day(at))
    roster = _imported(question.roster)
    asked = RosterQuestion.objects.unscoped("of the list that was locked, as it stands now")
    left = asked.filter(roster=roster, code=ARRIVED, answer=RosterAnswer.LEAVE)
    now = left.select_related("line__roster__source", "line__roster__place").filter(pk=question.pk)
    found = now.first()
    row = found.line if found else None
    if found is None or row is None:
        raise NoSuchAnswer(_("This child is not left out any more. Nothing was changed."))
    assign(found, answer=RosterAnswer.TAKE, answered_by=by.account, answered_at=at)
    assign(row, outcome=LineOutcome.DECISION)
    _settle(row, line_of(row), by, at)
    for other in repeats_of(row) if row.child else ():
        settled = take_in(row.roster, line_of(other), row.child, by, on=day(at))
        _write(other, settled, anew=True, by=by, at=at)
    return changed(found, {"answer": (RosterAnswer.LEAVE, RosterAnswer.TAKE)}, about=row.child_id)


@operation("people.roster.question_answered")
def answer_question(
    *, question: RosterQuestion, answer: RosterAnswer, value: str, by: Actor, at: dt.datetime
) -> Outcome[RosterQuestion]:
    """Answer one question, and take over what waited for it.

    :raises Refused: unless ``by`` is of the team of the place, and may write the file where the
        question is about one.
    :raises NobodyHoldsIt: when a child that nobody holds is said to have moved away.
    :raises UsedSince: when a new child is refused whose file somebody has used since.
    :raises NoSuchAnswer: when the question has no such answer, or was answered.
    :raises NotUnderstood: when the value cannot be read in its field.
    """
    ROSTERS.require(Action.WRITE, by, question.roster, on=day(at))
    if question.answer or answer not in answers_for(question):
        raise NoSuchAnswer(_("This question has been answered, or not in that way."))
    row, meant = question.line, ""
    if answer == RosterAnswer.VALUE:
        meant = understood(question.field, value, on=day(at))
    if question.code in DIFFERENCES and question.proposed is not None:
        return _decide(question, question.proposed, answer, value.strip()[:120], by, at)
    assign(question, answer=answer, value=meant, answered_by=by.account, answered_at=at)
    if row is not None:
        _apply(question, row, meant, by, at)
    about = row.child_id if row is not None else None
    return changed(question, {"answer": ("", answer)}, about=about)


def _imported(roster: Roster) -> Roster:
    """Return a list as it stands now, and keep others off it until commit."""
    rows = Roster.objects.unscoped("its Rule was asked by the operation")
    held = rows.select_for_update(of=("self",)).select_related("source", "place").get(pk=roster.pk)
    if held.state != RosterState.IMPORTED:
        raise NotNow(_("Import the list first; what is open can be answered then."))
    return held


def _decide(
    question: RosterQuestion,
    child: Child,
    answer: RosterAnswer,
    value: str,
    by: Actor,
    at: dt.datetime,
) -> Outcome[RosterQuestion]:
    """Accept or refuse a difference or a new child, or say what became of one off the list."""
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    if question.code == ARRIVED:
        if answer == RosterAnswer.LEAVE:
            leave_out(question=question, by=by, at=at)
    elif answer in (RosterAnswer.TAKE, RosterAnswer.MOVED):
        accept_difference(question=question, words=value, by=by, at=at)
    assign(question, answer=answer, value=value, answered_by=by.account, answered_at=at)
    return changed(question, {"answer": ("", answer)}, about=child.pk)


def _apply(
    question: RosterQuestion, row: RosterLine, meant: str, by: Actor, at: dt.datetime
) -> None:
    line = line_of(row)
    if meant:
        put(line.fields, question.field, meant)
        assign(row, said=kept(line))
    if row.child is not None:
        _change(question, row, line, by, at)
    elif row.outcome == LineOutcome.DECISION:
        _settle(row, line, by, at)


def _change(
    question: RosterQuestion, row: RosterLine, line: Line, by: Actor, at: dt.datetime
) -> None:
    """Carry an answer about a line that was taken over into its child's file."""
    if question.code == DUPLICATE and question.answer != RosterAnswer.SAME:
        _part(question, row, line, by, at)
    elif question.value:
        _write(row, take_in(row.roster, line, row.child, by, on=day(at)), anew=False, by=by, at=at)


def _part(
    question: RosterQuestion, row: RosterLine, line: Line, by: Actor, at: dt.datetime
) -> None:
    """Take a repeated line from the file it was linked to: it is another child, or left out."""
    take_back([row], set())
    row.made = ""
    if question.answer == RosterAnswer.OTHER:
        _write(row, take_in(row.roster, line, None, by, on=day(at)), anew=True, by=by, at=at)
    else:
        assign(row, outcome=LineOutcome.REFUSED, child=None, made="")


def _settle(row: RosterLine, line: Line, by: Actor, at: dt.datetime) -> None:
    """Take over a line that waited whole, once everything about the whole is answered."""
    asked = RosterQuestion.objects.unscoped("of the line that is being answered")
    of_whole = [one for one in asked.filter(line=row) if one.field == "row" or one.field == "name"]
    if any(one.answer == RosterAnswer.LEAVE for one in of_whole):
        assign(row, outcome=LineOutcome.REFUSED)
        return
    if any(not one.answer for one in of_whole) or not line.fields.name:
        return
    child = _same_as(row, line, of_whole)
    if child is None and not any(one.code == KNOWN_CHILD for one in of_whole):
        match = compare({0: line}, row.roster, by, on=day(at))[0]
        child = match.certain
        if child is None and match.likely:
            waiting = Settled(LineOutcome.DECISION, likely=match.likely)
            RosterQuestion.objects.bulk_create(questions_of(row.roster, row, waiting))
            return
    _write(row, take_in(row.roster, line, child, by, on=day(at)), anew=True, by=by, at=at)


def _same_as(row: RosterLine, line: Line, asked: list[RosterQuestion]) -> Child | None:
    """Return the file a person said the line is, of the list or of another line."""
    for one in asked:
        if one.answer == RosterAnswer.SAME and one.code == KNOWN_CHILD:
            return one.proposed
        if one.answer == RosterAnswer.SAME and one.code == DUPLICATE:
            found = children_of_keys(row.roster, set(line.proposed))
            if not found:
                raise NoSuchAnswer(_("The other row waits too. Decide that one first."))
            return next(iter(found.values()))
    return None


def _write(row: RosterLine, settled: Settled, *, anew: bool, by: Actor, at: dt.datetime) -> None:
    before = Made.of_text(row.made)
    made = settled.made
    made.rows = before.rows + made.rows
    made.filled = {**made.filled, **before.filled}
    made.opened = made.opened or before.opened
    outcome = settled.outcome if anew else row.outcome
    assign(row, outcome=outcome, child=settled.child, made=made.as_text())
    RosterQuestion.objects.bulk_create(questions_of(row.roster, row, settled))
    if anew and settled.made.opened and settled.child is not None:
        note_likely(roster=row.roster, opened=[settled.child], by=by, at=at)
