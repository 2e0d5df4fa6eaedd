import re
from urllib.parse import urlsplit

import pytest
from python_calamine import CalamineWorkbook

from tests.browser.conftest import until
from tests.browser.people import Somebody

REASON = "信访件要求核对五月以来的登录"


def person_page(page, name):
    page.goto("/people/")
    page.locator("main tbody th a", has_text=name).click()


def ask_for_journal(page):
    """Ask as the head; she writes down a reason to read, then one to take away."""
    page.goto("/journal/")
    if "/reason/" in page.url:
        page.locator("[name=code]").first.check()
        page.locator("[name=words]").fill(REASON)
        page.locator("main form button").click()
    page.locator("main details.act summary").click()
    page.locator("main details.act textarea").fill(REASON)
    page.locator("main details.act button").click()


def test_journal_leaves_as_a_workbook_after_a_second_person_agrees(a_page, to_work_in, tmp_path):
    head = a_page(to_work_in, "zh", who="qinhui")
    supervisor = a_page(to_work_in, "zh", who="zhanglan")

    ask_for_journal(head)
    supervisor.goto("/waiting/")
    supervisor.locator("main a.btn.p").click()
    supervisor.locator("main .ways button.p").click()
    head.goto("/jobs/")
    head.locator("main .lines a").first.click()
    bar = head.locator("main progress, main form[action$='/file/']").first
    bar.wait_for()
    button = head.locator("main form[action$='/file/'] button")
    button.wait_for(timeout=30_000)  # the page looks again by itself
    with head.expect_download() as download:
        button.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)

    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    written = [" ".join(str(cell) for cell in row) for row in rows]
    assert re.fullmatch(r"日志-\d{8}\.xlsx", path.name)
    assert [line for line in written if REASON in line]
    assert [line for line in written if "秦慧" in line]
    assert head.watch.heard() + supervisor.watch.heard() == []


def test_leaver_loses_an_open_tab_and_is_brought_back(a_page, to_work_in):
    leaver = a_page(to_work_in, "zh", who="yangfan")
    administrator = a_page(to_work_in, "zh", who="hejing")
    leaver.goto("/account/")

    person_page(administrator, "杨帆")
    administrator.locator("main a[href$='/leave/']").click()
    administrator.locator("main .ways button.p").click()
    leaver.reload()
    stopped_at = urlsplit(leaver.url).path
    left = administrator.locator("main form[action$='/return/'] button")
    left.click()
    back = administrator.locator("main form[action$='/return/']").count()
    leaver.goto("/sign-in/")
    leaver.locator("[name=login]").fill("yangfan")
    leaver.locator("[name=password]").fill("tonghu-demo")
    leaver.locator("main form.sign button").click()

    assert stopped_at == "/sign-in/"
    assert back == 0
    assert urlsplit(leaver.url).path == "/"


def test_invited_and_confirmed_without_javascript(a_page, to_work_in):
    page = a_page(to_work_in, "en", java_script_enabled=False)
    page.goto("/sign-in/")
    page.locator("[name=login]").fill("hejing")
    page.locator("[name=password]").fill("tonghu-demo")
    page.locator("main form.sign button").click()
    way_in = Somebody(page, "hejing").invite("赵宁", "zhaoning", "supervisor")

    head = a_page(to_work_in, "en", who="qinhui", java_script_enabled=False)
    head.goto("/waiting/")
    head.locator("main .lines li", has_text="赵宁").locator("a.btn").click()
    head.locator("main .ways button.p").click()
    confirmed = head.locator(".notice.success").count()
    newcomer = Somebody(a_page(to_work_in, "en", java_script_enabled=False), "zhaoning")
    newcomer.come_in(way_in)

    assert confirmed == 1
    assert len(newcomer.codes) == 10
    assert newcomer.page.locator("main h1").inner_text().startswith("赵宁, ")


def test_journal_leaves_without_javascript(a_page, to_work_in):
    auditor = a_page(to_work_in, "en", who="luowen", java_script_enabled=False)
    auditor.goto("/journal/")
    auditor.locator("main details.act summary").click()
    auditor.locator("main details.act textarea").fill(REASON)
    auditor.locator("main details.act button").click()
    look_again = auditor.locator("main #job a.btn")
    looked = []

    def ready() -> bool:
        if look_again.count():
            looked.append(auditor.locator("main #job").inner_text())
            look_again.click()
        return auditor.locator("main form[action$='/file/']").count() == 1

    made = until(ready, 60)
    with auditor.expect_download() as download:
        auditor.locator("main form[action$='/file/'] button").click()

    assert made
    assert looked
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_server_error_page_is_not_reached(a_page, to_work_in, language):
    page = a_page(to_work_in, language, who="qinhui")
    seen = set()
    todo = ["/"]
    broken = []
    while todo:
        address = todo.pop()
        if address in seen or re.search(r"/(static|language|sign-out)/|/head/(paper/)?$", address):
            continue
        seen.add(address)
        answer = page.goto(address)
        if answer.status >= 500:
            broken.append(address)
        found = page.locator("a[href^='/']").evaluate_all(
            "all => all.map(one => one.getAttribute('href').split('#')[0])"
        )
        # One of a kind is enough: a person, a proposal, a page of a list.
        kinds = {re.sub(r"[0-9a-f-]{36}|=[^&]*", "·", one) for one in seen}
        todo += [one for one in found if re.sub(r"[0-9a-f-]{36}|=[^&]*", "·", one) not in kinds]

    assert broken == []
    assert len(seen) > 8
