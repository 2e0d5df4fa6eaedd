"""Addresses of the pages that compose domains."""

from django.urls import path

from tonghu.access.web.pages import open_page
from tonghu.look.web.views import styleguide
from tonghu.portals.web import organisations, pages, roster_back, today, whole_file

urlpatterns = [
    path("", today.today, name="today"),
    path("set-up/", pages.set_up, name="set-up"),
    path("set-up/agency/", pages.agency, name="agency"),
    path("set-up/organisations/", organisations.organisations, name="organisations"),
    path("who-may-do-what/", pages.permissions, name="permissions"),
    path("about/", pages.about, name="about"),
    path("journal/head/paper/", pages.journal_head_paper, name="journal-head-paper"),
    path("rosters/<uuid:roster_id>/back/", roster_back.roster_back, name="roster-back"),
    path("children/<uuid:child_id>/whole-file/", whole_file.whole_file, name="whole-file"),
    path("journal/export/", pages.journal_export, name="journal-export"),
    path(
        "styleguide/",
        open_page("shows the parts of a page with made-up people")(styleguide),
        name="styleguide",
    ),
]
