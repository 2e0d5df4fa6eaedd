"""Addresses of casework."""

from django.urls import path

from tonghu.casework.web import cases, emergency, handovers, incidents, referrals, reports, stepping

CASE = "cases/<uuid:case_id>/"
INCIDENT = "incidents/<uuid:incident_id>/"
REFERRAL = "referrals/<uuid:referral_id>/"
REPORT = "reports/<uuid:report_id>/"
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
]
urlpatterns += [
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
    path(f"{CASE}referrals/new/", referrals.referral_new, name="referral-new"),
    path(REFERRAL, referrals.referral, name="referral"),
    path(f"{REFERRAL}send/", referrals.referral_send, name="referral-send"),
    path(f"{REFERRAL}answer/", referrals.referral_step, name="referral-step"),
    path(f"{REFERRAL}transfer/", referrals.referral_transfer, name="referral-transfer"),
    path(f"{CASE}handover/", handovers.handover_new, name="handover-new"),
    path("handovers/<uuid:handover_id>/", handovers.handover, name="handover"),
    path("people/<uuid:account_id>/caseload/", handovers.caseload, name="caseload"),
    path(f"{CASE}incidents/new/", incidents.incident_new, name="incident-new"),
    path(INCIDENT, incidents.incident, name="incident"),
    path(f"{INCIDENT}told/", incidents.incident_notified, name="incident-notified"),
    path(f"{INCIDENT}review/", incidents.incident_review, name="incident-review"),
    path(f"{CASE}conferences/new/", incidents.conference_new, name="conference-new"),
    path("conferences/<uuid:conference_id>/", incidents.conference, name="conference"),
    path("decisions/<uuid:decision_id>/", incidents.decision, name="decision"),
]
