"""Addresses of casework."""

from django.urls import path

from tonghu.casework.web import (
    agreeing,
    assessments,
    capacity,
    case_list,
    cases,
    emergency,
    ending,
    facts,
    handovers,
    incidents,
    papers,
    plans,
    referrals,
    reports,
    reviewing_stage,
    reviews,
    stepping,
    supervision,
    support,
    week,
)

CASE = "cases/<uuid:case_id>/"
INCIDENT = "incidents/<uuid:incident_id>/"
REFERRAL = "referrals/<uuid:referral_id>/"
REPORT = "reports/<uuid:report_id>/"
PLAN, GOAL, ACTION = "plans/<uuid:plan_id>/", "goals/<uuid:goal_id>/", "actions/<uuid:action_id>/"
STAGE, FOLLOW_UP = "stages/<uuid:stage_id>/", "follow-ups/<uuid:follow_up_id>/"
BEGUN = [
    path("week/", week.week, name="week"),
    path("cases/", case_list.case_list, name="case-list"),
    path(CASE, cases.case, name="case"),
    path("children/<uuid:child_id>/leads/new/", stepping.lead_new, name="lead-new"),
    path(f"{CASE}screen/", stepping.case_screen, name="case-screen"),
    path(f"{CASE}decline/", stepping.case_decline, name="case-decline"),
    path(f"{CASE}known/", stepping.case_known, name="case-known"),
    path(f"{CASE}accept/", stepping.case_accept, name="case-accept"),
    path(f"{CASE}suspend/", stepping.case_suspend, name="case-suspend"),
    path(f"{CASE}resume/", stepping.case_resume, name="case-resume"),
    path(f"{CASE}reopen/", stepping.case_reopen, name="case-reopen"),
    path(f"{CASE}safe/", stepping.case_safe, name="case-safe"),
    path(f"{CASE}papers/", papers.case_papers, name="case-papers"),
    path(f"{CASE}support/new/", support.support_new, name="support-new"),
    path("cases/papers/", papers.papers_many, name="papers-many"),
    path("paper-shares/", papers.paper_shares, name="paper-shares"),
    path(f"{CASE}risk/", stepping.risk_new, name="risk-new"),
]
ASSESSED = [
    path("reviews/", reviews.review_list, name="review-list"),
    path("reviews/<uuid:submission_id>/", reviews.review, name="review"),
    path("reviews/<uuid:submission_id>/approve/", reviews.review_approve, name="review-approve"),
    path("reviews/<uuid:submission_id>/comment/", reviews.review_comment, name="review-comment"),
    path("reviews/<uuid:submission_id>/return/", reviews.review_return, name="review-return"),
    path(f"{CASE}assessed/", assessments.case_assessed, name="case-assessed"),
    path(f"{CASE}assessment/", assessments.assessment, name="assessment"),
    path(f"{CASE}assessment/submit/", assessments.assessment_submit, name="assessment-submit"),
    path(f"{CASE}assessment/whole/", assessments.assessment_whole, name="assessment-whole"),
    path(f"{CASE}scores/new/", assessments.score_new, name="score-new"),
    path("team/", supervision.team, name="team"),
    path("supervision/", supervision.supervision_list, name="supervision-list"),
    path("supervision/<uuid:note_id>/", supervision.supervision, name="supervision"),
    path(
        "supervision/with/<uuid:account_id>/", supervision.supervision_new, name="supervision-new"
    ),
    path("supervision/tasks/<uuid:task_id>/done/", supervision.task_done, name="task-done"),
    path("supervision/tasks/<uuid:task_id>/again/", supervision.task_again, name="task-again"),
    path(f"{CASE}assessment/<str:need>/", assessments.assessment_need, name="assessment-need"),
    path(f"{CASE}capacity/new/", capacity.capacity_new, name="capacity-new"),
    path("capacities/<uuid:capacity_id>/", capacity.capacity, name="capacity"),
    path("capacities/<uuid:capacity_id>/write/", capacity.capacity_write, name="capacity-write"),
    path("capacities/<uuid:capacity_id>/submit/", capacity.capacity_submit, name="capacity-submit"),
]
PLANNED = [
    path(f"{CASE}plan/", plans.case_plan, name="case-plan"),
    path(f"{CASE}plan/new/", plans.plan_new, name="plan-new"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}edit/", plans.plan_edit, name="plan-edit"),
    path(f"{PLAN}goals/new/", plans.goal_new, name="goal-new"),
    path(f"{GOAL}edit/", plans.goal_edit, name="goal-edit"),
    path(f"{GOAL}out/", plans.goal_out, name="goal-out"),
    path(f"{GOAL}rate/", plans.goal_rate, name="goal-rate"),
    path(f"{PLAN}actions/new/", plans.action_new, name="action-new"),
    path(f"{ACTION}done/", plans.action_done, name="action-done"),
    path(f"{ACTION}out/", plans.action_out, name="action-out"),
    path(f"{PLAN}submit/", agreeing.plan_submit, name="plan-submit"),
    path(f"{PLAN}sign/", agreeing.plan_sign, name="plan-sign"),
    path(f"{PLAN}agree/", agreeing.plan_agree, name="plan-agree"),
    path("signatures/<uuid:signature_id>/back/", agreeing.signature_back, name="signature-back"),
    path(f"{CASE}safety/new/", plans.safety_new, name="safety-new"),
]
ENDED = [
    path(f"{CASE}review/", reviewing_stage.case_review, name="case-review"),
    path(STAGE, reviewing_stage.stage, name="stage"),
    path(f"{STAGE}edit/", reviewing_stage.stage_edit, name="stage-edit"),
    path(f"{CASE}go-on/", reviewing_stage.case_go_on, name="case-go-on"),
    path(f"{CASE}closing/", ending.case_closing, name="case-closing"),
    path(f"{CASE}closing/submit/", ending.case_propose, name="case-propose"),
    path("closings/<uuid:closure_id>/", ending.closure, name="closure"),
    path(FOLLOW_UP, ending.follow_up, name="follow-up"),
    path(f"{FOLLOW_UP}off/", ending.follow_up_off, name="follow-up-off"),
    path(f"{CASE}archive/", ending.case_archive, name="case-archive"),
    path(f"{CASE}edit/", facts.case_edit, name="case-edit"),
    path("cases/steps/", facts.case_steps, name="case-steps"),
]
HARM = [
    path("reports/", reports.report_list, name="report-list"),
    path("reports/new/", reports.report_new, name="report-new"),
    path("children/<uuid:child_id>/report/", reports.report_of_child, name="report-of-child"),
    path(REPORT, reports.report, name="report"),
    path(f"{REPORT}receipt/", reports.report_receipt, name="report-receipt"),
    path(f"{REPORT}told/", reports.report_told, name="report-told"),
    path(f"{REPORT}heard/", reports.report_heard, name="report-heard"),
    path(f"{REPORT}file/", reports.report_place, name="report-place"),
    path(f"{REPORT}end/", reports.report_end, name="report-end"),
    path(f"{REPORT}reporter/", reports.report_reporter, name="report-reporter"),
    path("children/<uuid:child_id>/emergency/", emergency.emergency_new, name="emergency-new"),
    path(f"{CASE}emergency/", emergency.case_emergency, name="case-emergency"),
    path(f"{CASE}incidents/new/", incidents.incident_new, name="incident-new"),
    path(INCIDENT, incidents.incident, name="incident"),
    path(f"{INCIDENT}told/", incidents.incident_notified, name="incident-notified"),
    path(f"{INCIDENT}review/", incidents.incident_review, name="incident-review"),
    path(f"{CASE}conferences/new/", incidents.conference_new, name="conference-new"),
    path("conferences/<uuid:conference_id>/", incidents.conference, name="conference"),
    path("decisions/<uuid:decision_id>/", incidents.decision, name="decision"),
]
ONWARD = [
    path(f"{CASE}referrals/new/", referrals.referral_new, name="referral-new"),
    path(REFERRAL, referrals.referral, name="referral"),
    path(f"{REFERRAL}send/", referrals.referral_send, name="referral-send"),
    path(f"{REFERRAL}answer/", referrals.referral_step, name="referral-step"),
    path(f"{REFERRAL}transfer/", referrals.referral_transfer, name="referral-transfer"),
    path(f"{CASE}handover/", handovers.handover_new, name="handover-new"),
    path("handovers/<uuid:handover_id>/", handovers.handover, name="handover"),
    path("people/<uuid:account_id>/caseload/", handovers.caseload, name="caseload"),
]
urlpatterns = [*BEGUN, *ASSESSED, *PLANNED, *ENDED, *HARM, *ONWARD]
