"""The acts on plans, reviews, closings and follow-ups, as the journal tells them."""

from django.utils.translation import gettext_lazy as _

from tonghu.access.events import say

say(
    {
        "casework.plan.begun": _("began a version of a plan"),
        "casework.plan.described": _("wrote in a plan"),
        "casework.goal.named": _("put a goal into a plan"),
        "casework.goal.described": _("changed a goal of a plan"),
        "casework.goal.left_out": _("left a goal out, or put it back"),
        "casework.goal.rated": _("rated a goal"),
        "casework.goal.contact_linked": _("said which goals a contact was about"),
        "casework.plan_action.agreed": _("put down who does what"),
        "casework.plan_action.left_out": _("left an action of a plan out, or put it back"),
        "casework.plan_action.finished": _("noted that an action of a plan was done"),
        "casework.plan.signed": _("noted a signature under a plan"),
        "casework.plan.signature_withdrawn": _("took a signature back"),
        "casework.case.plan_agreed": _("agreed on the plan with the family"),
        "casework.plan.renewed": _("agreed on a later version of a plan"),
        "casework.safety_plan.recorded": _("wrote a safety plan"),
        "casework.case.review_begun": _("began the review of a case"),
        "casework.review.described": _("wrote in a review"),
        "casework.case.reviewed": _("finished the review of a case"),
        "casework.closure.described": _("wrote why a case ends"),
        "casework.case.closing_proposed": _("proposed to close a case"),
        "casework.case.closing_returned": _("returned the closing of a case"),
        "casework.case.closed": _("closed a case"),
        "casework.follow_up.planned": _("planned to come again"),
        "casework.case.follow_up_begun": _("began the follow-up of a case"),
        "casework.follow_up.recorded": _("wrote a follow-up down"),
        "casework.follow_up.called_off": _("called a follow-up off"),
        "casework.case.archived": _("put a case into the archive"),
        "casework.case.described": _("corrected what a case says of itself"),
    }
)
