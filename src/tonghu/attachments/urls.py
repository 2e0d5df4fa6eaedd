"""Addresses of single papers and pictures; the list of a file stands with the file."""

from django.urls import path

from tonghu.attachments.web import papers

ONE = "papers/<uuid:attachment_id>/"
urlpatterns = [
    path(ONE, papers.paper, name="paper"),
    path(f"{ONE}content/", papers.paper_content, name="paper-content"),
    path(f"{ONE}small/", papers.paper_small, name="paper-small"),
    path(f"{ONE}take-off/", papers.paper_withdraw, name="paper-withdraw"),
    path(f"{ONE}put-back/", papers.paper_put_back, name="paper-put-back"),
    path(f"{ONE}let-on/", papers.paper_release, name="paper-release"),
]
