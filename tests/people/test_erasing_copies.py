"""Who was erased stays away: no byte, no word in the journal, no older copy brings it back."""

import sqlite3

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from tests.conftest import AT, QINHUI
from tests.people.erased import GRANDMA, NAME, WEEK, confirmed, erased
from tests.people.two_files import rows
from tonghu.access import journal
from tonghu.access.actors import system
from tonghu.access.models import JournalRow
from tonghu.kernel.checks import Grade
from tonghu.kernel.errors import Forbidden
from tonghu.people import daily
from tonghu.people.checks import erased_stay_away
from tonghu.people.constants import (
    ErasureState,
)
from tonghu.people.erasing import marks
from tonghu.people.models import (
    Erasure,
    Person,
    SearchKey,
)
from tonghu.people.operations import erasing


def test_journal_keeps_that_it_was_done_and_no_word_about_the_child(child, zhanglan, qinhui):
    about = JournalRow.objects.unscoped("tests").filter(about_id=child.pk)
    before = {name for row in about for name in journal.said_in(row).changes}

    erased(child, zhanglan, qinhui)

    assert "category" in before
    assert about.count() > 0
    assert {(row.sealed, journal.said_in(row).reason) for row in about.all()} == {("", "")}
    assert list(journal.verify_chain(QINHUI)) == []


@pytest.mark.parametrize(
    "changed", ["sealed = 'tg1.1.x'", "event = 'x', sealed = ''", "sealed = '', sealed_digest = ''"]
)
def test_database_lets_nothing_but_the_words_be_taken_out(child, changed):
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"UPDATE access_journalrow SET {changed} WHERE sealed <> ''")


def test_words_taken_out_of_rows_about_somebody_else_are_a_break(child, zhanglan, qinhui):
    row = JournalRow.objects.unscoped("tests").filter(about_id=child.pk).exclude(sealed="").first()
    journal.take_words_out([child.pk])

    assert row.seq in {found.seq for found in journal.verify_chain(QINHUI)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its files itself")
def test_no_byte_is_left_and_who_comes_back_with_a_copy_is_erased_again(
    child, zhanglan, qinhui, home, tmp_path
):
    key = max(rows(SearchKey).filter(child=child).values_list("key", flat=True), key=len)
    words = (NAME.encode(), child.number.encode(), key.encode(), GRANDMA.encode())
    before = {one: one in written(home) for one in words}
    confirmed(child, zhanglan, qinhui)
    copy = tmp_path / "older.sqlite3"
    with sqlite3.connect(home / "tonghu.sqlite3") as live, sqlite3.connect(copy) as older:
        live.backup(older)

    daily.carry_out_what_is_due(AT + WEEK)

    assert before == dict.fromkeys(words, True)
    assert {one: one in written(home) for one in words} == dict.fromkeys(words, False)
    assert erased_stay_away().grade is Grade.OK

    connection.close()
    with sqlite3.connect(copy) as older, sqlite3.connect(home / "tonghu.sqlite3") as live:
        older.backup(live)
    assert rows(Person).filter(name=NAME).exists()
    assert erased_stay_away().grade is Grade.REFUSED

    call_command("keep_out_erased")

    assert {one: one in written(home) for one in words} == dict.fromkeys(words, False)
    assert erased_stay_away().grade is Grade.OK
    assert daily.erase_who_came_back(AT) == 0
    assert rows(Erasure).get().state == ErasureState.DONE


@pytest.fixture
def no_list(home):
    """Nobody was erased by a test before."""
    marks.path().unlink(missing_ok=True)


def test_list_beside_the_database_is_made_whole_and_names_nobody(child, zhanglan, qinhui, no_list):
    erased(child, zhanglan, qinhui)

    assert daily.erase_who_came_back(AT) == 0

    said = marks.path().read_text()
    assert {marks.digest(child.pk)} == marks.on_the_list()
    assert (str(child.pk) in said, child.number in said) == (False, False)
    assert marks.path().stat().st_mode & 0o777 == 0o600


def test_who_was_never_erased_is_not_erased_again(child):
    with pytest.raises(Forbidden):
        erasing.erase_again(child=child, by=system(QINHUI), at=AT)


def written(home) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(home.glob("tonghu.sqlite3*")))
