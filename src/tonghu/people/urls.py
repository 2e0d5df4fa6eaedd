"""Addresses of children, of the lists they come from, and of the places of the agency."""

from django.urls import path

from tonghu.people.web import (
    changes,
    child,
    children,
    endings,
    intake,
    places,
    roster_changes,
    rosters,
    search,
)

FILE = "children/<uuid:child_id>/"
urlpatterns = [
    path("children/", children.child_list, name="child-list"),
    path("children/new/", intake.child_new, name="child-new"),
    path(FILE, child.child, name="child"),
    path(f"{FILE}give/", child.child_give, name="child-give"),
    path(f"{FILE}take/", child.child_take, name="child-take"),
    path(f"{FILE}identity/", changes.identity, name="child-identity"),
    path(f"{FILE}identity-number/", changes.number_new, name="number-new"),
    path(f"{FILE}names/new/", changes.name_new, name="name-new"),
    path(f"{FILE}relatives/new/", changes.relative_new, name="relative-new"),
    path(f"{FILE}telephones/new/", changes.phone_new, name="phone-new"),
    path(f"{FILE}addresses/new/", changes.residence_new, name="residence-new"),
    path(f"{FILE}registration/new/", changes.hukou_new, name="hukou-new"),
    path(f"{FILE}care/new/", changes.care_new, name="care-new"),
    path(f"{FILE}school/new/", changes.school_new, name="school-new"),
    path(f"{FILE}guardians/new/", changes.guardian_new, name="guardian-new"),
    path(f"{FILE}parents/new/", changes.parent_new, name="parent-new"),
    path(f"{FILE}households/new/", changes.household_new, name="household-new"),
    path(
        f"{FILE}households/<uuid:household_id>/join/",
        endings.household_join,
        name="household-join",
    ),
    path(
        f"{FILE}households/members/<uuid:member_id>/leave/",
        endings.household_leave,
        name="household-leave",
    ),
    path(f"{FILE}categories/new/", changes.category_new, name="category-new"),
    path(f"{FILE}categories/<uuid:span_id>/end/", endings.category_end, name="category-end"),
    path("set-up/places/", places.places, name="places"),
    path("set-up/places/team/", places.team_new, name="team-new"),
    path("set-up/places/team/<uuid:duty_id>/end/", places.team_end, name="team-end"),
    path("set-up/places/supervision/", places.supervision_new, name="supervision-new"),
    path(
        "set-up/places/supervision/<uuid:duty_id>/end/",
        places.supervision_end,
        name="supervision-end",
    ),
    path("search/", search.search, name="search"),
    path("rosters/", rosters.roster_list, name="roster-list"),
    path("rosters/<uuid:roster_id>/", rosters.roster, name="roster"),
    path("rosters/<uuid:roster_id>/columns/", rosters.roster_columns, name="roster-columns"),
    path("rosters/<uuid:roster_id>/import/", rosters.roster_import, name="roster-import"),
    path("rosters/<uuid:roster_id>/questions/", rosters.roster_questions, name="roster-questions"),
    path("rosters/<uuid:roster_id>/changes/", roster_changes.changes, name="roster-changes"),
    path("rosters/<uuid:roster_id>/decide/", roster_changes.decide, name="roster-decide"),
    path("rosters/<uuid:roster_id>/answer/", rosters.roster_answer, name="roster-answer"),
    path("rosters/<uuid:roster_id>/undo/", rosters.roster_undo, name="roster-undo"),
]
