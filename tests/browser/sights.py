"""What is looked at: pages in their states, who sees them, and what is done there first."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

PASSWORD = "tonghu-demo"


def press_empty(page: Page) -> None:
    page.locator("main form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")
    page.locator("main form[method=post]").first.locator("button").last.click()
    page.wait_for_selector(".missing")


def first_link(page: Page) -> None:
    page.locator("main tbody th a").first.click()


def leave(page: Page) -> None:
    page.locator("main tbody th a").last.click()
    page.locator("main a[href$='/leave/']").click()


def decide(page: Page) -> None:
    page.locator("main a[href*='/waiting/']").first.click()


def prove_again(page: Page) -> None:
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button").first.click()


def locked(page: Page) -> None:
    for _ in range(6):
        page.goto("/sign-in/")
        page.locator("[name=login]").fill("nobody")
        page.locator("[name=password]").fill("not the password")
        page.locator("main form button").first.click()


def open_details(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")


PARTS = [
    "identity",
    "identity-number",
    "names/new",
    "relatives/new",
    "telephones/new",
    "addresses/new",
    "registration/new",
    "care/new",
    "school/new",
    "guardians/new",
    "parents/new",
    "households/new",
    "categories/new",
    "give",
    "papers",
    "papers/new",
    "hide",
    "ties",
    "suggestions",
    "benefits/new",
    "consents",
    "consents/new",
    "consents/duty",
    "rights",
]
"""Parts of a file that its holder opens."""
OF_SUPERVISORS = ["guardians/suspend", "seal"]


def change(part: str) -> Callable[[Page], None]:
    """Open the short form of one part of the first file on the list."""

    def open_form(page: Page) -> None:
        first_link(page)
        page.goto(f"{page.url}{part}/")

    return open_form


def open_child(page: Page) -> None:
    first_link(page)
    open_details(page)


def register_known(page: Page) -> None:
    page.locator("main [name=name]").fill("谭小海")
    page.locator("main [name=place]").select_option(label="柳湾社区")
    page.locator("main form[method=post] button").last.click()


def to_first(selector: str) -> Callable[[Page], None]:
    """Open what the first such link leads to."""

    def open_it(page: Page) -> None:
        page.locator(selector).first.click()

    return open_it


def to_roster(page: Page) -> None:
    page.locator("main .lines b a").first.click()


def to_questions(page: Page) -> None:
    page.locator("main a[href$='/questions/']").first.click()


def bring_no_list(page: Page) -> None:
    page.locator("main [type=file]").set_input_files(
        files=[{"name": "名单.xlsx", "mimeType": "application/zip", "buffer": b"no list"}]
    )
    page.locator("main form[method=post] button").last.click()


def press_last_empty(page: Page) -> None:
    page.locator("main form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")
    page.locator("main form[method=post]").last.locator("button").last.click()
    page.wait_for_selector(".missing")


@dataclass(frozen=True)
class Sight:
    """A page in one state: who sees it, where, and what is done there first."""

    who: str
    address: str
    first: Callable[[Page], None] | None = None
    status: int = 200


SIGHTS = {
    "sign-in": Sight("", "/sign-in/"),
    "sign-in, empty": Sight("", "/sign-in/", press_empty),
    "sign-in, locked": Sight("", "/sign-in/", locked),
    "demonstration": Sight("", "/demo/"),
    "about": Sight("", "/about/"),
    "not found": Sight("", "/nothing/", status=404),
    "invitation over": Sight("", "/invitation/none/", status=404),
    "style guide": Sight("liumin", "/styleguide/"),
    "today, worker": Sight("liumin", "/"),
    "account": Sight("liumin", "/account/"),
    "password": Sight("liumin", "/account/password/"),
    "password, empty": Sight("liumin", "/account/password/", press_empty),
    "factors": Sight("liumin", "/account/factors/"),
    "second factor": Sight("liumin", "/second-factor/"),
    "who may do what": Sight("liumin", "/who-may-do-what/"),
    "journal, own": Sight("liumin", "/journal/"),
    "journal, nothing fits": Sight("liumin", "/journal/?since=2001-01-01&until=2001-01-02"),
    "forbidden": Sight("liumin", "/people/new/", status=403),
    "search": Sight("liumin", "/search/"),
    "search, too short": Sight("liumin", "/search/?q=t"),
    "search, nobody": Sight("liumin", "/search/?q=赵钱孙"),
    "search, found": Sight("liumin", "/search/?q=谭"),
    "children": Sight("liumin", "/children/"),
    "children, narrowed": Sight("zhanglan", "/children/?view=team&category=LEFT_BEHIND"),
    "children, none": Sight("liumin", "/children/?category=STREET"),
    "child": Sight("liumin", "/children/", first_link),
    "child, all open": Sight("liumin", "/children/", open_child),
    "colleague's child": Sight("yangfan", "/children/?view=team", first_link),
    "child, nobody's": Sight("liumin", "/children/?view=nobodys"),
    "register": Sight("liumin", "/children/new/"),
    "register, empty": Sight("liumin", "/children/new/", press_empty),
    "register, known": Sight("liumin", "/children/new/", register_known),
    **{f"file, {part}": Sight("liumin", "/children/", change(part)) for part in PARTS},
    **{f"file, {part}": Sight("zhanglan", "/children/", change(part)) for part in OF_SUPERVISORS},
    "work list": Sight("liumin", "/people/work/"),
    "work list, none": Sight("yangfan", "/people/work/"),
    "entrusted care": Sight("liumin", "/people/work/", to_first("#entrusted .btn")),
    "rules": Sight("liumin", "/people/rules/"),
    "doubles": Sight("liumin", "/doubles/"),
    "sealed files": Sight("liumin", "/children/sealed/"),
    "rosters": Sight("zhanglan", "/rosters/"),
    "roster": Sight("zhanglan", "/rosters/", to_roster),
    "roster, questions": Sight("zhanglan", "/rosters/", to_questions),
    "roster, no list": Sight("zhanglan", "/rosters/", bring_no_list),
    "places": Sight("hejing", "/set-up/places/"),
    "place, empty": Sight("hejing", "/set-up/places/", press_last_empty),
    "is it you": Sight("zhanglan", "/account/factors/app/"),
    "code app": Sight("yangfan", "/account/factors/app/", prove_again),
    "passkey": Sight("yangfan", "/account/factors/passkeys/new/"),
    "today, head": Sight("qinhui", "/"),
    "waiting acts": Sight("qinhui", "/waiting/"),
    "waiting act": Sight("qinhui", "/waiting/", decide),
    "reason": Sight("qinhui", "/journal/"),
    "reason, empty": Sight("qinhui", "/journal/", press_empty),
    "today, administrator": Sight("hejing", "/"),
    "set-up": Sight("hejing", "/set-up/"),
    "agency": Sight("hejing", "/set-up/agency/"),
    "organisations": Sight("hejing", "/set-up/organisations/"),
    "people": Sight("hejing", "/people/"),
    "people, none found": Sight("hejing", "/people/?q=zzz"),
    "person": Sight("hejing", "/people/", first_link),
    "invite": Sight("hejing", "/people/new/"),
    "invite, empty": Sight("hejing", "/people/new/", press_empty),
    "leave": Sight("hejing", "/people/", leave),
    "journal": Sight("hejing", "/journal/?refused=on&since=2001-01-01"),
    "journal, auditor": Sight("luowen", "/journal/", open_details),
    "jobs": Sight("luowen", "/jobs/"),
    "today, buyer": Sight("majing", "/"),
}


def arrive(page: Page, sight: Sight) -> None:
    answer = page.goto(sight.address)
    assert answer
    assert answer.status == sight.status
    if sight.first:
        sight.first(page)
