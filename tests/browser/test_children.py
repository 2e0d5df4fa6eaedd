"""A worker's days with the list: a child comes on it, is found again, a whole list comes in."""

import re
from pathlib import Path

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

    bring(page, path, f"柳湾小学 {language}")
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


@pytest.mark.parametrize(
    ("language", "size", "name"), [("zh", PHONE, "令狐若溪"), ("en", {}, "呼延若溪")]
)
def test_two_files_of_one_child_are_merged_and_parted(a_page, to_work_in, language, size, name):
    page = a_page(to_work_in, language, who="liumin", **size)
    register(page, name, "2015-06-01")
    first = page.url
    register(page, name, "2015-06-01")
    press(page, "main button[value=unsure]")
    second = page.url

    page.goto("/doubles/")
    seen = [seeing.against_the_standard(page)]
    press(page, f"main .lines li:has-text('{name}') a.btn")
    seen.append(seeing.against_the_standard(page))
    press(page, "main button[value=merge]")
    page.goto(second)
    leads_to, page_of_first = page.url, page.goto(first) and page.url
    press(page, "main a[href^='/merges/']")
    seen.append(seeing.against_the_standard(page))
    press(page, "main form[action$='/undo/'] button")
    page.goto(second)

    assert len({leads_to, page_of_first}) == 1
    assert page.url == second
    assert seen == [[], [], []]
    assert page.watch.heard() == []


@pytest.mark.parametrize(("language", "size", "child"), [("zh", {}, 0), ("en", PHONE, 1)])
def test_guardian_who_is_suspected_is_asked_no_more(a_page, to_work_in, language, size, child):
    page = a_page(to_work_in, language, who="zhanglan", **size)
    page.goto("/children/?category=LEFT_BEHIND")
    page.locator("main tbody th a").nth(child).click()
    file = page.url
    page.goto(f"{file}guardians/suspend/")
    seen = [seeing.against_the_standard(page)]

    page.locator("main [name=guardian]").first.check()
    page.locator("main [name=ground][value=suspect]").check()
    page.locator("main [name=reason]").fill("孩子说被父亲打过，已向派出所报告")
    press(page, "main form[method=post] button")
    page.goto(file)
    seen.append(seeing.against_the_standard(page))
    page.goto(f"{file}consents/")
    seen.append(seeing.against_the_standard(page))

    assert page.locator("main a[href*='/guardians/suspended/']").count() >= 1
    assert seen == [[], [], []]
    assert page.watch.heard() == []


@pytest.mark.parametrize(("language", "size"), [("zh", PHONE), ("en", {})])
def test_newer_list_asks_and_is_undone(a_page, to_work_in, tmp_path, language, size):
    page = a_page(to_work_in, language, who="liumin", **size)
    surname, source = {"zh": ("淳于", "石桥幼儿园"), "en": ("太叔", "石桥小学")}[language]
    first = [f"{surname}青,女,2014-03-02,二组7号,{surname}山,16132910001"]
    first.append(f"{surname}白,男,2016-05-04,二组9号,{surname}水,16132910002")
    newer = [first[0].replace("二组7号", "三组8号"), f"{surname}蓝,女,2017-01-09,,,"]

    for number, rows in enumerate((first, newer)):
        path = tmp_path / f"list-{number}.csv"
        path.write_text(COLUMNS + "\n".join(rows), encoding="utf-8")
        bring(page, path, source)
        address = page.url
        press(page, "main form[action$='/import/'] button")
        page.locator("main .strip").wait_for()  # the page looks again by itself
    page.goto(f"{address}changes/")
    seen = [seeing.against_the_standard(page)]
    counts = page.locator("main .tabs .n").all_inner_texts()
    page.goto(f"{address}undo/")
    press(page, "main form.ways button")

    assert counts == ["1", "1", "1"]
    assert found(page, f"{surname}蓝") == []
    assert seen == [[]]
    assert page.watch.heard() == []


def bring(page: Page, path: Path, source: str) -> None:
    page.goto("/rosters/")
    page.locator("main [name=place]").select_option(label="柳湾社区")
    page.locator("main [type=file]").set_input_files(path)
    page.locator("main [name=source]").fill(source)
    press(page, "main form[method=post] button")
