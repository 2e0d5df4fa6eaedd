import re
import shlex
from contextlib import suppress

import pytest

from tests.docs.papers import (
    HEADINGS,
    LONGEST_ADR,
    ROOT,
    code,
    commands,
    is_said,
    leads_nowhere,
    links,
    papers,
    quoted,
    said_by_the_pages,
)
from tonghu.config import cli
from tonghu.kernel.checks import run_checks
from tonghu.kernel.environment import SETTINGS

GUIDES = sorted((ROOT / "docs/guides").glob("*.md"))
DECISIONS = sorted((ROOT / "docs/adr").glob("*.md"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))


def name(path):
    return path.relative_to(ROOT).as_posix()


def is_understood(arguments):
    with suppress(SystemExit):
        cli.parser().parse_args(arguments)
        return True
    return False


@pytest.fixture(scope="module")
def said():
    return said_by_the_pages()


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_paper_leads_somewhere_with_each_link_and_picture(paper):
    assert [link for link in links(paper) if leads_nowhere(paper, link)] == []


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_paper_names_only_targets_of_the_makefile(paper):
    named = {words[0] for words in commands(paper, "make")}

    assert named - TARGETS == set()


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_paper_names_only_commands_the_program_understands(paper):
    asked = [words for words in commands(paper, "tonghu") if not is_understood(words)]

    assert asked == []


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_paper_names_only_settings_there_are(paper):
    named = set(re.findall(r"\bTONGHU_[A-Z_]+|\bDATABASE_URL\b", paper.read_text()))

    assert named - {setting.name for setting in SETTINGS} == set()


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_paper_names_only_files_there_are(paper):
    spans = [words for line in code(paper) for words in re.findall(r"[\w./-]+", line)]
    ours = [one for one in spans if re.match(r"(src|tests|tools|requirements)/", one)]

    assert [one for one in ours if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_decision_is_short_and_has_its_four_parts(decision):
    lines = decision.read_text().splitlines()

    assert len(lines) <= LONGEST_ADR
    assert [line[3:] for line in lines if line.startswith("## ")] == HEADINGS


def test_decisions_are_numbered_and_listed():
    index = (ROOT / "docs/README.md").read_text()
    listed = re.findall(r"\((adr/\d{4}-[a-z-]+\.md)\)", index)

    assert listed == [path.relative_to(ROOT / "docs").as_posix() for path in DECISIONS]
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("guide", GUIDES, ids=name)
def test_guide_has_its_twin_and_stands_in_the_index(guide):
    stem = guide.name.removesuffix(".md").removesuffix(".zh")
    twin = f"{stem}.md" if guide.name.endswith(".zh.md") else f"{stem}.zh.md"

    assert f"]({twin})" in guide.read_text()
    assert f"](guides/{guide.name})" in (ROOT / "docs/README.md").read_text()


@pytest.mark.parametrize("guide", GUIDES, ids=name)
def test_guide_quotes_what_the_pages_say(guide, said):
    assert [label for label in quoted(guide) if not is_said(label, said)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("guide", ["doctor.md", "doctor.zh.md"])
def test_guide_to_doctor_explains_every_check(guide):
    text = (ROOT / "docs/guides" / guide).read_text()
    explained = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", text, re.M)

    assert sorted(explained) == sorted(
        ["journal.head", *(name for name, _verdict in run_checks(all_of_them=True))]
    )


def planted(folder, text):
    paper = folder / "paper.md"
    paper.write_text(text)
    return paper


def test_missing_file_picture_and_heading_are_found(tmp_path):
    paper = planted(
        tmp_path,
        "# One\n[a](gone.md) ![b](gone.png) [c](#one) [d](#two) [e](paper.md#two) "
        "`[f](code.md)` [g](https://example.org)\n```\n[h](fence.md)\n```\n",
    )

    missing = [link for link in links(paper) if leads_nowhere(paper, link)]

    assert missing == ["gone.md", "gone.png", "#two", "paper.md#two"]


def test_unknown_command_and_target_are_found(tmp_path):
    paper = planted(
        tmp_path,
        "`make tea`\n```\n# tonghu migrate && tonghu drink --all\n"
        ".venv/bin/tonghu doctor --head FILE > out  # why\n```\n",
    )

    assert commands(paper, "make") == [["tea"]]
    assert commands(paper, "tonghu") == [
        ["migrate"],
        shlex.split("drink --all"),
        shlex.split("doctor --head FILE"),
    ]
    assert [is_understood(words) for words in commands(paper, "tonghu")] == [True, False, True]


def test_label_no_page_has_is_found(tmp_path, said):
    paper = planted(tmp_path, 'Press "Invite a colleague", "Welcome, …", "Launch rocket"。“出发吧”')

    assert [label for label in quoted(paper) if not is_said(label, said)] == [
        "Launch rocket",
        "出发吧",
    ]
