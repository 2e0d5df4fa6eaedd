"""What is looked for on every page: each function returns the faults it sees, in words."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

WIDE, PHONE, NARROWEST = 1280, 390, 320
TALL = 844
STANDARD = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}
A_REFUSAL = re.compile(r"responded with a status of 4\d\d|status of 503")
REPORT_CSP = """
document.addEventListener('securitypolicyviolation', event =>
  console.error(`CSP ${event.effectiveDirective} ${event.blockedURI}`))
"""

TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= edge) { return [] }
  return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > edge + 1 && !e.children.length)
    .map(e => `wider than the screen: <${e.tagName.toLowerCase()} class="${e.className}"> `
      + e.textContent.trim().slice(0, 40))
    .concat(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${edge}`)
}"""

TOO_SMALL = """() => {
  const least = 44
  const seen = e => e.checkVisibility({ checkOpacity: false }) && e.getClientRects().length
  const hidden = e => { const b = e.getBoundingClientRect(); return b.width <= 1 || b.right < 0 }
  const target = e => e.matches('[type=radio], [type=checkbox]') ? (e.closest('label') || e) : e
  // A link inside a sentence has the height of its line (the inline exception of 2.5.8).
  const inSentence = e => e.matches('a') && getComputedStyle(e).display === 'inline'
    && e.parentElement.textContent.trim().length > e.textContent.trim().length
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(e => e.type !== 'hidden' && seen(e) && !hidden(e) && !inSentence(e)).map(target)
    .filter(e => e.getBoundingClientRect().height < least - 0.5)
    .map(e => `${Math.round(e.getBoundingClientRect().height)} px high: `
      + `<${e.tagName.toLowerCase()}> ${(e.textContent || e.name || '').trim().slice(0, 40)}`)
}"""

STYLED_IN_PLACE = """() => [...document.querySelectorAll('[style], style')].map(e =>
  `styled in place: <${e.tagName.toLowerCase()} style="${e.getAttribute('style')}">`)"""

CAN_TAKE_FOCUS = """() => {
  const names = [], wanted =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
  for (const e of document.querySelectorAll(wanted)) {
    if (e.disabled || !e.checkVisibility()) { continue }
    // Of a group of radio buttons the browser stops at one.
    if (e.type === 'radio' && names.some(n => n.name === e.name && n.form === e.form)) { continue }
    names.push(e)
  }
  names.forEach((e, n) => { e.dataset.stop = n })
  return names.length
}"""
HAS_FOCUS = """() => {
  const e = document.activeElement
  const ring = [e, e.closest('label'), e.nextElementSibling].filter(Boolean)
    .some(part => parseFloat(getComputedStyle(part).outlineWidth) >= 3
      && getComputedStyle(part).outlineStyle !== 'none')
  return [e.dataset.stop ?? null, ring, e.outerHTML.slice(0, 80)]
}"""


class Watch:
    """Hears what the browser complains of while a page is used."""

    def __init__(self, page: Page) -> None:
        self._heard: list[str] = []
        page.add_init_script(REPORT_CSP)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._heard.append(f"script: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not A_REFUSAL.search(message.text):
            self._heard.append(f"console: {message.text}")

    def heard(self) -> list[str]:
        """Return what was heard since the last time."""
        heard, self._heard[:] = list(self._heard), []
        return heard


def against_the_standard(page: Page) -> list[str]:
    """Run axe; return each rule that is broken, and where."""
    found: dict[str, Any] = Axe().run(page, options=STANDARD).response
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways."""
    found: list[str] = page.evaluate(TOO_WIDE)
    return found


def too_small(page: Page) -> list[str]:
    """Return what a thumb would miss."""
    found: list[str] = page.evaluate(TOO_SMALL)
    return found


def styled_in_place(page: Page) -> list[str]:
    """Return the elements that carry a style of their own."""
    found: list[str] = page.evaluate(STYLED_IN_PLACE)
    return found


def focus_faults(page: Page) -> list[str]:
    """Walk the page with the Tab key: every stop in order, each with a ring one can see."""
    stops: int = page.evaluate(CAN_TAKE_FOCUS)
    page.evaluate("document.activeElement.blur()")
    faults, met = [], []
    for _ in range(stops):
        page.keyboard.press("Tab")
        number, ring, html = page.evaluate(HAS_FOCUS)
        met.append(number)
        if not ring:
            faults.append(f"no focus ring: {html}")
    if met != [str(n) for n in range(stops)]:
        faults.append(f"focus order: {met}")
    return faults


def faults_of(page: Page) -> list[str]:
    """Look at the page wide, on a phone and on the narrowest phone."""
    faults = styled_in_place(page)
    page.set_viewport_size({"width": WIDE, "height": 800})
    faults += [f"wide: {one}" for one in against_the_standard(page) + too_wide(page)]
    page.set_viewport_size({"width": PHONE, "height": TALL})
    seen = against_the_standard(page) + too_wide(page) + too_small(page)
    faults += [f"phone: {one}" for one in seen]
    page.set_viewport_size({"width": NARROWEST, "height": TALL})
    faults += [f"narrowest: {one}" for one in too_wide(page)]
    page.set_viewport_size({"width": WIDE, "height": 800})
    return faults
