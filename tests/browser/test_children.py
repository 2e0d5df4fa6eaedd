"""A worker's days with the list: a child comes on it, is found again, a whole list comes in."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser import seeing

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
COLUMNS = "姓名,性别,出生日期,家庭住址,监护人姓名,监护人电话\n"


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).last.click()


def register(page: Page, name: str, born: str = "") -> None:
    page.goto("/children/new/")
    page.locator("main [name=name]").fill(name)
    page.locator("main [name=born]").fill(born)
    page.locator("main [name=place]").select_option(label="柳湾社区")
    press(page, "main form[method=post] button")


def found(page: Page, words: str) -> list[str]:
    page.goto("/")
    page.locator("[role=search] [name=q], form[action='/search/'] [name=q]").first.fill(words)
    with page.expect_navigation():
        page.locator("form[action='/search/'] [name=q]").first.press("Enter")
    return page.locator("main .lines b a").all_inner_texts()


@pytest.mark.parametrize(
    ("language", "size", "name", "sound"),
    [("zh", PHONE, "皇甫静姝", "huangfujingshu"), ("en", {}, "欧阳一诺", "ouyangyinuo")],
)
def test_child_is_registered_found_and_known_when_it_comes_again(
    a_page, to_work_in, language, size, name, sound
):
    page = a_page(to_work_in, language, who="liumin", **size)
    register(page, name, "2016-04")
    file = page.url
    first_faults = seeing.against_the_standard(page)

    by_sound = found(page, sound)
    register(page, name, "2016-04")
    likely = page.locator("main .known a.btn").get_attribute("href")
    second_faults = seeing.against_the_standard(page)
    press(page, "main .known a.btn")

    assert re.search(r"/children/[0-9a-f-]{36}/$", file)
    assert len(by_sound) == 1
    assert file.endswith(likely)
    assert page.url == file
    assert first_faults + second_faults + page.watch.heard() == []


def test_pressed_twice_a_child_comes_on_the_list_once(a_page, to_work_in):
    page = a_page(to_work_in, "zh", who="liumin")
    page.goto("/children/new/")
    page.locator("main [name=name]").fill("万俟清扬")
    sent = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)

    page.locator("main form[method=post] button").last.dblclick()
    page.wait_for_url(re.compile(r"/children/[0-9a-f-]{36}/$"))

    assert sent
    assert found(page, "万俟清扬") == ["万俟清扬"]


@pytest.mark.parametrize(("language", "size"), [("zh", {}), ("en", PHONE)])
def test_list_comes_in_is_answered_and_undone_whole(a_page, to_work_in, tmp_path, language, size):
    """Upload, columns, preview, import with progress, work list, undo."""
    page = a_page(to_work_in, language, who="liumin", **size)
    surname = {"zh": "濮阳", "en": "澹台"}[language]
    rows = [
        f"{surname}青,女,2014-03-02,二组 7 号,{surname}山,13900001111",
        f"{surname}白,男,2016-13-45,,,",
    ]
    path = tmp_path / "name-list.csv"
    path.write_text(COLUMNS + "\n".join(rows), encoding="gb18030")

    page.goto("/rosters/")
    page.locator("main [name=place]").select_option(label="柳湾社区")
    page.locator("main [type=file]").set_input_files(path)
    page.locator("main [name=source]").fill(f"柳湾小学 {language}")
    press(page, "main form[method=post] button")
    seen = [seeing.against_the_standard(page)]
    preview = page.locator("main").inner_text()
    address = page.url
    press(page, "main form[action$='/import/'] button")
    page.locator("main a[href$='/questions/']").wait_for()  # the page looks again by itself
    in_house = found(page, surname)
    page.goto(f"{address}questions/")
    asked = page.locator("main .lines li").count()
    seen.append(seeing.against_the_standard(page))
    page.goto(f"{address}undo/")
    seen.append(seeing.against_the_standard(page))
    press(page, "main form.ways button")

    assert "2016-13-45" in preview
    assert len(in_house) == 2
    assert asked >= 1
    assert found(page, surname) == []
    assert seen == [[], [], []]
    assert page.watch.heard() == []
