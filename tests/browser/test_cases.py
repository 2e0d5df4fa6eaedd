"""A case from the first word to its end, as a worker and her supervisor go through it."""

import datetime as dt
import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from tests.browser import seeing
from tonghu.kernel import clock

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SAID = {
    "lead": {
        "problem": "班主任说三周没有到校，奶奶叫不动。",
        "in_danger": "no",
        "source": "SCHOOL",
    },
    "risk": {"level": "L3_MEDIUM", "reason": "三周未到校；奶奶照料细心，愿意配合。"},
    "need": {
        "facts": "缺课三周，数学跟不上。",
        "needed": "第一天有人陪进教室。",
        "strength": "语文一直好。",
        "evidence": "班主任说明。",
        "score": "4",
    },
    "whole": {
        "informants": "孩子、奶奶、班主任",
        "seen_alone": "yes",
        "child_opinion": "想自己定哪天开始。",
        "risk_factors": "缺课",
        "protective_factors": "奶奶；班主任",
        "problems": "先回到学校。",
        "summary": "愿意自己定目标。",
    },
    "plan": {"unpaid_helper": "对门李婶", "told_child": True, "told_guardian": True},
    "goal": {
        "words": "每天按时到校",
        "set_by": "CHILD",
        "scale": "GAS",
        "much_less": "一周不足两天",
        "less": "一周三天",
        "hoped": "一周四天",
        "more": "每天到校，偶尔迟到",
        "much_more": "每天按时",
        "baseline": "-2",
    },
    "action": {"what": "早上七点敲门", "who": "PARENT"},
    "contact": {
        "result": "MET_CHILD",
        "seen_alone": "yes",
        "safety": "safe",
        "happened": "孩子自己开的门，说这周到校四天。",
    },
    "closure": {
        "reason": "GOAL_MET",
        "summary": "连续一个月按时到校。",
        "remaining_risk": "冬天要留意奶奶的身体。",
        "child_view": "现在敢自己去了。",
    },
}


def fill(page: Page, said: dict[str, object]) -> int:
    """Answer the questions of a page and return how many were required."""
    for name, value in said.items():
        asked = page.locator(f"main [name={name}]")
        kind = asked.first.evaluate("one => one.type || one.tagName")
        if kind == "radio":
            chosen = page.locator(f"main [name={name}][value='{value}']")
            page.locator(f"main label[for={chosen.get_attribute('id')}]").first.click()
        elif kind == "checkbox":
            asked.first.check()
        elif kind.startswith("select"):
            asked.first.select_option(str(value))
        else:
            asked.first.fill(str(value))
    names = page.locator("main [required]").evaluate_all("all => all.map(one => one.name)")
    return len(set(names))


def press(page: Page, selector: str = "main form[method=post] button.p") -> None:
    with page.expect_navigation():
        page.locator(selector).last.click()


def answered(page: Page, address: str, said: dict[str, object]) -> int:
    page.goto(address)
    required = fill(page, said)
    press(page)
    return required


def in_days(days: int) -> str:
    return f"{clock.day(clock.now()) + dt.timedelta(days=days):%Y-%m-%d}"


@dataclass
class Way:
    """The way of one case: the worker's browser, the supervisor's, what was seen and asked."""

    worker: Page
    supervisor: Page
    name: str
    file: str = ""
    case: str = ""
    plan: str = ""
    seen: list[list[str]] = field(default_factory=list)
    required: dict[str, int] = field(default_factory=dict)

    def look(self) -> None:
        self.seen.append(seeing.against_the_standard(self.worker))

    def hear_of_it(self) -> None:
        """Register the child, write the worry down, take the case on, judge the risk."""
        self.worker.goto("/children/new/")
        self.worker.locator("main [name=name]").fill(self.name)
        self.worker.locator("main [name=born]").fill("2014-03")
        self.worker.locator("main [name=place]").select_option(label="柳湾社区")
        press(self.worker, "main form[method=post] button")
        self.file = re.search(r"/children/[0-9a-f-]{36}/", self.worker.url)[0]
        self.required["lead"] = answered(self.worker, f"{self.file}leads/new/", SAID["lead"])
        self.worker.goto("/cases/?view=team")
        press(self.worker, f"main a:has-text('{self.name}')")
        self.case = re.search(r"/cases/[0-9a-f-]{36}/", self.worker.url)[0]
        for step in ("screen/", "accept/"):
            answered(self.worker, f"{self.case}{step}", {})
        answered(self.worker, f"{self.case}risk/", SAID["risk"] | {"review_on": in_days(30)})

    def assess(self) -> None:
        """Write the assessment; it is returned once, then approved."""
        answered(self.worker, f"{self.case}assessment/EDUCATION/", SAID["need"])
        answered(self.worker, f"{self.case}assessment/whole/", SAID["whole"])
        self.look()
        press(self.worker, "main form[action$='/assessment/submit/'] button")
        self.decide("return")
        self.worker.goto(f"{self.case}assessment/")
        press(self.worker, "main form[action$='/assessment/submit/'] button")
        self.decide("approve")

    def agree(self) -> None:
        """Plan with the family, have it approved, let child and worker sign."""
        self.worker.goto(f"{self.case}plan/new/")
        press(self.worker)
        self.plan = re.search(r"/plans/[0-9a-f-]{36}/", self.worker.url)[0]
        answered(self.worker, f"{self.plan}edit/", SAID["plan"] | {"review_on": in_days(80)})
        goal = SAID["goal"] | {"target_on": in_days(120)}
        answered(self.worker, f"{self.plan}goals/new/", goal)
        action = SAID["action"] | {"due_on": in_days(60)}
        answered(self.worker, f"{self.plan}actions/new/", action)
        self.worker.goto(self.plan)
        self.look()
        answered(self.worker, f"{self.plan}submit/", {})
        self.decide("approve")
        for who in ("child", "worker"):
            answered(self.worker, f"{self.plan}sign/", {"who": who})
        answered(self.worker, f"{self.plan}agree/", {})

    def meet(self) -> str:
        """Write a contact down and return where the case stands."""
        contact = answered(self.worker, f"{self.file}contacts/new/", SAID["contact"])
        self.required["contact"] = contact
        self.worker.goto(self.case)
        self.look()
        return str(self.worker.locator(".facts").inner_text())

    def close(self) -> str:
        """Propose to close, have it approved, and return where the case stands."""
        answered(self.worker, f"{self.case}closing/", SAID["closure"])
        self.worker.goto(f"{self.case}closing/")
        self.look()
        answered(self.worker, f"{self.case}closing/submit/", {})
        self.decide("approve")
        self.worker.goto(self.case)
        self.look()
        return str(self.worker.locator(".facts").inner_text())

    def decide(self, verb: str) -> None:
        """Let the supervisor approve what waits of this child, or return it with a comment."""
        page = self.supervisor
        page.goto("/reviews/")
        press(page, f"main a.btn:has-text('{self.name}')")
        if verb == "approve":
            press(page, "main form[action$='/approve/'] button")
            return
        page.locator("main details:has([name=words]) summary").first.click()
        page.locator("main [name=words]").first.fill("依据写在哪里？")
        with page.expect_navigation():
            page.locator("main form[action$='/comment/'] button").first.click()
        page.locator("main [name=reason]").fill("补一句依据。")
        press(page, "main button[form=return]")


@pytest.mark.parametrize(
    ("language", "size", "name"), [("zh", PHONE, "宇文若溪"), ("en", {}, "尉迟若溪")]
)
def test_case_goes_from_the_first_word_to_its_end(a_page, to_work_in, language, size, name):
    worker, supervisor = (
        a_page(to_work_in, language, who=who, **size) for who in ("liumin", "zhanglan")
    )
    way = Way(worker, supervisor, name)

    way.hear_of_it()
    way.assess()
    way.agree()
    under_way, ended = way.meet(), way.close()

    assert {"zh": "进行中", "en": "Under way"}[language] in under_way
    assert {"zh": "已结案", "en": "Closed"}[language] in ended
    assert (way.required["lead"] <= 6, way.required["contact"] <= 8) == (True, True)
    assert way.seen == [[], [], [], [], []]
    assert worker.watch.heard() + supervisor.watch.heard() == []
