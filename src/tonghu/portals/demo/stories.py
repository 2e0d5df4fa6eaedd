"""The cases of the demonstration: ``stories.toml`` tells them, the operations do them.

Each act is done as of its day by the worker who holds the file, decisions by her supervisor; so
journal, timeline and papers show what a real year would. Nobody exists.
"""

import datetime as dt
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tonghu.access.actors import Actor
from tonghu.casework.assessing import newest_of
from tonghu.casework.constants import PaperKind, Signer
from tonghu.casework.endings import months_after
from tonghu.casework.models import (
    Case,
    FollowUp,
    Goal,
    Plan,
    PlanAction,
    StageReview,
    Submission,
    SupportMap,
)
from tonghu.casework.operations import (
    assessing,
    closings,
    leads,
    planning,
    rating,
    referring,
    reviews,
    risk,
    safety,
    signing,
    submitting,
    support,
)
from tonghu.casework.operations.emergency import act_at_once
from tonghu.kernel import clock
from tonghu.people.constants import (
    ChildView,
    ConsentAnswer,
    ConsentKind,
    ConsentLanguage,
    ConsentWay,
    Relation,
)
from tonghu.people.models import Child
from tonghu.people.operations import consents
from tonghu.portals.demo.cast import FIRST_DAY
from tonghu.portals.demo.children import Home
from tonghu.services.constants import ContactKind, Mode, Result
from tonghu.services.models import Appointment
from tonghu.services.operations.contacts import Said, record_contact

STORIES = Path(__file__).with_name("stories.toml")
AT_WORK = dt.time(2, 30)
"""Half past ten in the morning, in UTC."""
Told = dict[str, Any]


@dataclass
class Story:
    """One case as far as it is told."""

    child: Child
    home: Home
    siblings: list[Child]
    worker: Actor
    supervisor: Actor
    now: dt.datetime
    case: Case | None = None
    plan: Plan | None = None
    goals: list[Goal] = field(default_factory=list)
    actions: list[PlanAction] = field(default_factory=list)
    drawn: SupportMap | None = None
    sent: Submission | None = None

    def when(self, told: Told) -> dt.datetime:
        """Return the moment of an act."""
        on = clock.day(self.now) - dt.timedelta(days=told["ago"])
        return min(dt.datetime.combine(on, AT_WORK, tzinfo=dt.UTC), self.now)

    def do(self, told: Told) -> None:
        """Do one act as of its day."""
        act, at = VERBS[told["verb"]], self.when(told)
        with clock.at(at):
            act(self, told, {"by": self.worker, "at": at})


def enter_cases(homes: dict[str, Home], at_work: dict[str, Actor], at: dt.datetime) -> None:
    """Do what was done in the cases, one after the other, as far as the agency was there."""
    found = {one.person.name: (one, home) for home in homes.values() for one in home.children}
    longest = (clock.day(at) - FIRST_DAY).days
    for told in tomllib.loads(STORIES.read_text("utf-8"))["case"]:
        if told["do"][0]["ago"] > longest:
            continue  # nobody held the file yet
        child, home = found[told["child"]]
        story = Story(
            child,
            home,
            [found[name][0] for name in told.get("siblings", ())],
            at_work[told["worker"]],
            at_work["zhanglan"],
            at,
        )
        for act in told["do"]:
            story.do(act)


def _without(told: Told, *names: str) -> Told:
    return {key: value for key, value in told.items() if key not in ("ago", "verb", *names)}


def _lead(story: Story, told: Told, who: Told) -> None:
    heard_on = clock.day(who["at"])
    story.case = leads.record_lead(child=story.child, heard_on=heard_on, **_without(told), **who)


def _accept(story: Story, told: Told, who: Told) -> None:
    leads.accept(case=_of(story), siblings=story.siblings, **_without(told), **who)


def _of(story: Story) -> Case:
    if story.case is None:
        raise LookupError(f"{story.child} has no case yet.")
    story.case.refresh_from_db()
    return story.case


def _risk(story: Story, told: Told, who: Told) -> None:
    review_on = clock.day(who["at"]) + dt.timedelta(days=told["review_in"])
    risk.judge_risk(case=_of(story), review_on=review_on, **_without(told, "review_in"), **who)


def _emergency(story: Story, told: Told, who: Told) -> None:
    story.case = act_at_once(child=story.child, reason=told["reason"], **who)


def _visit(story: Story, told: Told, who: Told) -> None:
    days = told.get("next_in")
    said = Said(
        happened_at=who["at"] - dt.timedelta(minutes=told.get("minutes", 45) + 30),
        minutes=told.get("minutes", 45),
        mode=told.get("mode", Mode.HOME),
        kind=told.get("kind", ContactKind.ROUTINE),
        result=told.get("result", Result.MET_CHILD),
        happened=told["happened"],
        seen_alone=told.get("alone"),
        with_whom=told.get("with_whom", ""),
        done=told.get("done", ""),
        reaction=told.get("reaction", ""),
        safety=told.get("safety", "" if told.get("result") == Result.NOT_HOME else "safe"),
        risk_change=told.get("change", "same"),
        next_step=told.get("next", ""),
        next_on=clock.day(who["at"]) + dt.timedelta(days=days) if days else None,
        confirmed=told.get("confirmed", "TICK"),
        reflection=told.get("reflection", ""),
    )
    record_contact(child=story.child, said=said, keeps=_arranged(story, who["at"]), **who)


def _arranged(story: Story, at: dt.datetime) -> Appointment | None:
    """Return what was arranged for this day or before, so that the visit keeps it."""
    rows = Appointment.objects.unscoped("of a case this file tells itself")
    rows = rows.filter(child=story.child, kept_by=None, called_off_at=None)
    return rows.filter(on__lte=clock.day(at)).order_by("on").first()


def _assess(story: Story, told: Told, who: Told) -> None:
    case = _of(story)
    for need in told["need"]:
        said = assessing.NeedSaid(**{key: value for key, value in need.items() if key != "need"})
        assessing.write_need(case=case, need=need["need"], said=said, base=0, **who)
    whole = assessing.WholeSaid(**told["whole"])
    assessing.describe_whole(case=case, said=whole, base=0, **who)


def _submit(story: Story, told: Told, who: Told) -> None:
    case = _of(story)
    paper = newest_of(case) if told["kind"] == PaperKind.ASSESSMENT else story.plan
    story.sent = submitting.submit(case=case, kind=told["kind"], paper=paper, **who)


def _sent(story: Story) -> Submission:
    rows = Submission.objects.unscoped("of a case this file tells itself")
    return rows.select_related("case").get(case=story.case, decision="")


def _approve(story: Story, told: Told, who: Told) -> None:
    submitting.approve(submission=_sent(story), by=story.supervisor, at=who["at"])


def _return(story: Story, told: Told, who: Told) -> None:
    sent, decides = _sent(story), {"by": story.supervisor, "at": who["at"]}
    submitting.comment(submission=sent, part=told["part"], words=told["note"], **decides)
    submitting.give_back(submission=sent, reason=told["reason"], **decides)


def _plan(story: Story, told: Told, who: Told) -> None:
    today = clock.day(who["at"])
    plan = story.plan = planning.begin_plan(case=_of(story), **who)
    said = {
        "unpaid_helper": told["unpaid_helper"],
        "limits": told["limits"],
        "told_child": True,
        "told_guardian": True,
        "review_on": today + dt.timedelta(days=told["review_in"]),
    }
    planning.describe_plan(plan=plan, said=said, **who)
    for goal in told["goal"]:
        target = today + dt.timedelta(days=goal["target_in"])
        words = {key: value for key, value in goal.items() if key != "target_in"}
        said = words | {"scale": "GAS", "target_on": target}
        story.goals.append(planning.set_goal(plan=plan, said=said, **who))
    for action in told.get("action", ()):
        due = today + dt.timedelta(days=action["due_in"])
        words = {key: value for key, value in action.items() if key != "due_in"}
        said = words | {"due_on": due}
        story.actions.append(planning.agree_action(plan=plan, said=said, **who))


def _done(story: Story, told: Told, who: Told) -> None:
    action = story.actions[told["action"]]
    planning.note_done(action=action, done_on=clock.day(who["at"]), **who)


def _review(story: Story, told: Told, who: Told) -> None:
    case = _of(story)
    reviews.begin_review(case=case, **who)
    for goal, level in zip(story.goals, told["levels"], strict=True):
        on = clock.day(who["at"])
        rating.rate_goal(goal=goal, level=level, on=on, note=told["note"], **who)
    _judged(case, told, who)
    stage = StageReview.objects.unscoped("of a case this file tells itself").get(
        case=case, done_on=None
    )
    reviews.describe_review(stage=stage, said=told["said"], **who)
    reviews.go_on(case=case, **who)


def _judged(case: Case, told: Told, who: Told) -> None:
    review_on = clock.day(who["at"]) + dt.timedelta(days=told["review_in"])
    said = {"level": told["level"], "reason": told["reason"], "review_on": review_on}
    risk.judge_risk(case=case, **said, **who)


def _map(story: Story, told: Told, who: Told) -> None:
    family = {str(one): person for one, person in story.home.family.items()}
    ties = [
        support.SaidTie(
            person=story.home.carer if tie.get("carer") else family.get(tie.get("family", "")),
            **{key: value for key, value in tie.items() if key not in ("carer", "family")},
        )
        for tie in told["tie"]
    ]
    drawn_on = clock.day(who["at"])
    story.drawn = support.draw_support(
        case=_of(story),
        occasion=told["occasion"],
        drawn_on=drawn_on,
        drawn_with=told["drawn_with"],
        ties=ties,
        base=story.drawn,
        **who,
    )


def _agree(story: Story, told: Told, who: Told) -> None:
    if story.plan is None:
        raise LookupError(f"{story.child} has no plan yet.")
    today = clock.day(who["at"])
    signs: dict[str, Any] = {"plan": story.plan, "on": today} | who
    signing.sign_plan(part=Signer.CHILD, person=story.child.person, **signs)
    signing.sign_plan(part=Signer.WORKER, **signs)
    signing.agree(plan=story.plan, **who)


def _rate(story: Story, told: Told, who: Told) -> None:
    goal = story.goals[told["goal"]]
    on = clock.day(who["at"])
    rating.rate_goal(goal=goal, level=told["level"], on=on, note=told["note"], **who)


def _safety(story: Story, told: Told, who: Told) -> None:
    safety.write_safety_plan(case=_of(story), **_without(told), **who)


def _refer(story: Story, told: Told, who: Told) -> None:
    said = referring.Onward(
        receiver_kind=told["receiver_kind"],
        receiver=told["receiver"],
        need=told["need"],
        reason=told["why"],
        urgency="week",
        data=told["data"],
    )
    consents.record_answers(
        child=story.child,
        answers={ConsentKind.DATA_SHARE: ConsentAnswer.YES},
        giver=story.home.family[Relation.MOTHER],
        way=ConsentWay.PHONE,
        language=ConsentLanguage.MANDARIN,
        child_words=told["asked"],
        child_view=ChildView.WILLING,
        given_on=clock.day(who["at"]),
        **who,
    )
    referral = referring.prepare_referral(case=_of(story), said=said, **who)
    answer_by = clock.day(who["at"]) + dt.timedelta(days=14)
    referring.send_referral(referral=referral, feedback_due_on=answer_by, **who)
    for days, act, words in (
        (3, referring.accept_referral, told["accepted"]),
        (17, referring.note_service, told["served"]),
        (20, referring.close_referral, told["outcome"]),
    ):
        at = who["at"] + dt.timedelta(days=days)
        with clock.at(at):
            act(referral=referral, words=words, by=who["by"], at=at)


def _close(story: Story, told: Told, who: Told) -> None:
    case = _of(story)
    said = {"reason": told["closure_reason"]} | _without(told, "closure_reason")
    closings.describe_closure(case=case, said=said, **who)
    days = [months_after(clock.day(who["at"]), months) for months in (1, 3, 6)]
    closings.plan_follow_ups(case=case, days=days, **who)
    closings.propose_closing(case=case, **who)


def _follow(story: Story, told: Told, who: Told) -> None:
    rows = FollowUp.objects.unscoped("of a case this file tells itself").filter(case=story.case)
    said = {
        "mode": "HOME",
        "child_seen": True,
        "risk": "NONE",
        "stable": True,
        "benefits_kept": True,
        "note": told["note"],
        "decision": "FINE",
    }
    follow_up = rows.order_by("due_on")[told["n"]]
    on = clock.day(who["at"])
    closings.record_follow_up(follow_up=follow_up, on=on, said=said, **who)


def _step(operation: Callable[..., Any]) -> Callable[[Story, Told, Told], None]:
    return lambda story, told, who: operation(case=_of(story), **_without(told), **who) and None


VERBS: dict[str, Callable[[Story, Told, Told], None]] = {
    "lead": _lead,
    "screen": _step(leads.begin_screening),
    "decline": _step(leads.decline),
    "accept": _accept,
    "risk": _risk,
    "emergency": _emergency,
    "visit": _visit,
    "assess": _assess,
    "submit": _submit,
    "approve": _approve,
    "return": _return,
    "plan": _plan,
    "agree": _agree,
    "rate": _rate,
    "safety": _safety,
    "done": _done,
    "review": _review,
    "map": _map,
    "refer": _refer,
    "close": _close,
    "follow": _follow,
}
