import json
import os
import re
import subprocess
import sys

import pytest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from tools.reference import everything

from tests.architecture.source import PACKAGE, ROOT
from tonghu.access.actors import system
from tonghu.access.articles import SECTIONS, Article
from tonghu.access.constants import OrganisationKind
from tonghu.access.operations import agencies, people
from tonghu.access.policy import JOURNAL, STAFF
from tonghu.access.roles import Auditor
from tonghu.access.sheets import SHEETS
from tonghu.access.upheld import upheld
from tonghu.kernel import clock, law
from tonghu.kernel.ids import new_id
from tonghu.kernel.rules import EVERYTHING, Rule

POLICY = ROOT / "docs" / "concepts" / "access-policy.md"
ARTICLES = [article for section in SECTIONS for article in section.articles]
NUMBER = re.compile(r"\bR[1-9]\d{0,2}\b")
SPAN = re.compile(r"\bR([1-9]\d{0,2})[–-]R?([1-9]\d{0,2})\b")


def defined(text: str) -> list[str]:
    """The numbers a policy's text defines, in its order."""
    return re.findall(r"(?:^- |\| )\*\*(R\d+)\*\*", text, re.M)


def named(text: str) -> set[str]:
    """The numbers a source names; R8–R16 names all of them."""
    spans = {f"R{n}" for a, b in SPAN.findall(text) for n in range(int(a), int(b) + 1)}
    return set(NUMBER.findall(text)) | spans


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """What no other test of this process has imported yet upholds its rules too."""
    everything()


def rows(page: str) -> dict[str, str]:
    """The rules a page lists, with what it says of each."""
    found = re.findall(r'<tr id="(R\d+)">(.*?)</tr>', page, re.S)
    assert len(found) == len(dict(found)), "a rule stands on the page twice"
    return dict(found)


@pytest.fixture
def auditor(db):
    """Luo Wen audits the demonstration's agency until the end of the year."""
    by, at = system(new_id()), clock.now()
    agencies.found_agency(name="秦晖", latin_name="Qinhui", credit_code="", by=by, at=at)
    office = agencies.add_organisation(
        kind=OrganisationKind.EVALUATOR, name="明德评估所", by=by, at=at
    )
    account = people.open_account(login="luowen", name="罗文", is_cast=True, by=by, at=at)
    today = clock.day(at)
    people.grant_role(
        account=account,
        organisation=office,
        role=Auditor.key,
        from_on=today,
        until_on=today,
        by=by,
        at=at,
    )
    return account


@pytest.fixture
def page(auditor, client, settings):
    """The page as the auditor reads it: ``page("en")``."""
    settings.DEMO = True

    def read(language: str) -> str:
        auditor.language = language
        auditor.save(update_fields=["language"])
        client.force_login(auditor)
        answer = client.get(reverse("permissions"))
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_the_text_defines_each_number_once_and_in_order():
    assert defined(POLICY.read_text("utf-8")) == [f"R{n}" for n in range(1, law.LAST + 1)]


def test_a_number_left_out_of_the_text_is_seen():
    text = POLICY.read_text("utf-8").replace("**R12**", "**12**")

    assert set(defined(POLICY.read_text("utf-8"))) - set(defined(text)) == {"R12"}


def test_the_titles_are_those_of_the_text():
    assert [article.number for article in ARTICLES] == defined(POLICY.read_text("utf-8"))


def test_the_sections_are_those_of_the_text():
    parts = re.split(r"^## .+$", POLICY.read_text("utf-8"), flags=re.M)[1:]

    in_text = [numbers for part in parts if (numbers := defined(part))]

    assert [[one.number for one in section.articles] for section in SECTIONS] == in_text


def test_the_sources_name_only_numbers_of_the_text():
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]

    found = {number for path in sources for number in named(path.read_text("utf-8"))}

    assert found - set(defined(POLICY.read_text("utf-8"))) == set()


def test_a_span_of_numbers_names_all_of_them():
    assert named("what closes (R55–R57, R59)") == {"R55", "R56", "R57", "R59"}


def test_a_number_the_policy_does_not_have_is_refused():
    before = law.places()

    with pytest.raises(ValueError, match="'R91'"):
        law.upholds("R91")(rows)

    assert law.places() == before


def test_each_place_says_how_in_words():
    places = [place for article in ARTICLES for place in upheld(article).places]

    assert [place.code for place in places if not place.says] == []


def test_a_place_without_words_is_seen():
    place = law.places()["R5"][0]
    words = law._words.pop(place, None)

    try:
        silent = [one.code for one in upheld(Article("R5", Promise())).places if not one.says]
    finally:
        law._words[place] = words

    assert silent == [place]


def test_only_what_is_built_lacks_something():
    assert [one.number for one in ARTICLES if one.still and not upheld(one).places] == []


def test_each_sheet_is_a_place_of_its_numbers():
    wanted = {
        (number, f"sheet {sheet.target_kind}") for sheet in SHEETS for number in sheet.numbers
    }

    noted = {(number, place) for number, places in law.places().items() for place in places}

    assert wanted - noted == set()
    assert ("R35", "sheet access.journal") in wanted


def test_a_server_has_loaded_every_place_its_page_lists():
    asked = """
import json, django
django.setup()
from django.urls import get_resolver
from tonghu.config.wsgi import application
from tonghu.kernel import law
get_resolver().url_patterns
shown = law.places()
from tools.reference import everything
everything()
print(json.dumps([one for one, places in law.places().items() if places != shown.get(one)]))
"""
    found = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=True,
        capture_output=True,
        text=True,
    )

    assert json.loads(found.stdout) == []


def test_joined_rules_carry_both_numbers_once():
    first = Rule("a", lambda by, on: EVERYTHING, law=("R1", "R41"))
    second = Rule("b", lambda by, on: EVERYTHING, law=("R41", "R42"))

    assert (first | second).law == ("R1", "R41", "R42")


def test_sheets_number_what_their_rules_code():
    assert STAFF.numbers == ("R33",)
    assert JOURNAL.numbers[0] == "R35"


@pytest.mark.parametrize(
    ("language", "unbuilt"), [("en", "not built yet"), ("zh-hans", "尚未实现")]
)
def test_the_page_says_of_each_rule_whether_it_is_built(page, language, unbuilt):
    listed = rows(page(language))

    assert list(listed) == [article.number for article in ARTICLES]
    assert {n for n, said in listed.items() if unbuilt in said} == (set(listed) - set(law.places()))


def test_the_page_says_in_which_words_a_rule_is_built(page):
    listed = rows(page("en"))

    silent = [
        (one.number, words)
        for one in ARTICLES
        for words in upheld(one).words
        if escape(words) not in listed[one.number]
    ]

    assert silent == []
