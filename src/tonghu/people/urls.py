"""Addresses of children and of the lists they come from."""

from django.urls import path

from tonghu.people.web import rosters, search

urlpatterns = [
    path("search/", search.search, name="search"),
    path("rosters/", rosters.roster_list, name="roster-list"),
    path("rosters/<uuid:roster_id>/", rosters.roster, name="roster"),
    path("rosters/<uuid:roster_id>/columns/", rosters.roster_columns, name="roster-columns"),
    path("rosters/<uuid:roster_id>/import/", rosters.roster_import, name="roster-import"),
    path("rosters/<uuid:roster_id>/questions/", rosters.roster_questions, name="roster-questions"),
    path("rosters/<uuid:roster_id>/answer/", rosters.roster_answer, name="roster-answer"),
    path("rosters/<uuid:roster_id>/undo/", rosters.roster_undo, name="roster-undo"),
]
