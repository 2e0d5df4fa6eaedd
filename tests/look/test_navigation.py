import pytest
from django.template.loader import render_to_string

from tonghu.look import navigation
from tonghu.look.context import Shell
from tonghu.look.navigation import Entry

TODAY = Entry("today", "today", "list-check", "Today", order=1)
PEOPLE = Entry("people", "people", "users-group", "People", frozenset({"administrator"}))


def test_entries_for_shows_a_role_its_own(request_of):
    navigation.register(PEOPLE)
    navigation.register(TODAY)

    as_administrator = navigation.entries_for(request_of(role="administrator"))
    as_worker = navigation.entries_for(request_of(role="worker"))

    assert [entry.key for entry in as_administrator] == ["today", "people"]
    assert [entry.key for entry in as_worker] == ["today"]


def test_entries_for_a_stranger_are_none(request_of):
    navigation.register(TODAY)

    assert navigation.entries_for(request_of(role=None)) == []


def test_entries_for_marks_the_page_one_is_on(request_of):
    navigation.register(TODAY)
    navigation.register(PEOPLE)

    shown = navigation.entries_for(request_of("/people/", role="administrator"))

    assert [entry.key for entry in shown if entry.current] == ["people"]


def test_waiting_counts_for_the_person_who_asks(request_of):
    navigation.register(
        Entry("today", "today", "list-check", "Today", waiting=lambda r: len(r.actor.role.key))
    )

    assert navigation.entries_for(request_of(role="head"))[0].waiting == 4


def test_register_twice_is_once():
    navigation.register(TODAY)
    navigation.register(TODAY)

    with pytest.raises(ValueError, match="today"):
        navigation.register(Entry("today", "people", "user", "Other"))


def test_phone_bar_has_room_for_four(request_of):
    for number in range(6):
        navigation.register(
            Entry(f"e{number}", "people", "user", "E", order=number, phone=number != 1)
        )

    shell = Shell(request_of())

    assert [entry.key for entry in shell.phone_entries] == ["e0", "e2", "e3", "e4"]


def test_place_nobody_offers_is_nowhere():
    assert navigation.address_of("search") is None
    navigation.register_place("search", "people")
    assert navigation.address_of("search") == "/people/"


def test_shell_names_who_acts_and_for_whom(request_of):
    navigation.register(TODAY)

    html = render_to_string("look/base.html", request=request_of())

    assert "Liu Min" in html
    assert "Qinhui Social Work Centre" in html
    assert html.count('aria-current="page"') == 2
    assert 'role="search"' not in html


def test_shell_offers_search_and_sign_out_where_they_exist(request_of):
    navigation.register_place("search", "people")
    navigation.register_place("sign_out", "today")

    html = render_to_string("look/base.html", request=request_of())

    assert 'role="search"' in html
    assert "Sign out" in html


def test_shell_changes_the_language_with_a_form(request_of):
    html = render_to_string("look/base.html", request=request_of("/people/?q=1"))

    assert 'action="/i18n/setlang/"' in html
    assert 'name="next" value="/people/?q=1"' in html
    assert 'name="csrfmiddlewaretoken"' in html
