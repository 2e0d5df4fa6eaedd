"""Addresses of casework."""

from django.urls import path

from tonghu.casework.web import cases, papers, stepping, support

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
    path(f"{CASE}papers/", papers.case_papers, name="case-papers"),
    path(f"{CASE}support/new/", support.support_new, name="support-new"),
    path("paper-shares/", papers.paper_shares, name="paper-shares"),
    path(f"{CASE}risk/", stepping.risk_new, name="risk-new"),
]
