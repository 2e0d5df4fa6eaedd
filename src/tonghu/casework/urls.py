"""Addresses of casework."""

from django.urls import path

from tonghu.casework.web import assessments, capacity, cases, reviews, stepping, supervision

CASE = "cases/<uuid:case_id>/"
urlpatterns = [
    path("cases/", cases.case_list, name="case-list"),
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
    path(f"{CASE}risk/", stepping.risk_new, name="risk-new"),
    path(f"{CASE}assessment/", assessments.assessment, name="assessment"),
    path(f"{CASE}assessment/whole/", assessments.assessment_whole, name="assessment-whole"),
    path(f"{CASE}assessment/submit/", assessments.assessment_submit, name="assessment-submit"),
    path(f"{CASE}assessment/<str:need>/", assessments.assessment_need, name="assessment-need"),
    path(f"{CASE}assessed/", assessments.case_assessed, name="case-assessed"),
    path(f"{CASE}scores/new/", assessments.score_new, name="score-new"),
    path("reviews/", reviews.review_list, name="review-list"),
    path("reviews/<uuid:submission_id>/", reviews.review, name="review"),
    path("reviews/<uuid:submission_id>/comment/", reviews.review_comment, name="review-comment"),
    path("reviews/<uuid:submission_id>/return/", reviews.review_return, name="review-return"),
    path("reviews/<uuid:submission_id>/approve/", reviews.review_approve, name="review-approve"),
    path("team/", supervision.team, name="team"),
    path("supervision/", supervision.supervision_list, name="supervision-list"),
    path("supervision/<uuid:note_id>/", supervision.supervision, name="supervision"),
    path(
        "supervision/with/<uuid:account_id>/", supervision.supervision_new, name="supervision-new"
    ),
    path("supervision/tasks/<uuid:task_id>/done/", supervision.task_done, name="task-done"),
    path("supervision/tasks/<uuid:task_id>/again/", supervision.task_again, name="task-again"),
    path(f"{CASE}capacity/new/", capacity.capacity_new, name="capacity-new"),
    path("capacities/<uuid:capacity_id>/", capacity.capacity, name="capacity"),
    path("capacities/<uuid:capacity_id>/write/", capacity.capacity_write, name="capacity-write"),
    path("capacities/<uuid:capacity_id>/submit/", capacity.capacity_submit, name="capacity-submit"),
]
