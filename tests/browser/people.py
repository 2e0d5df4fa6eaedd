"""People at a browser: what they hold, and the ways they come in."""

import base64
import hashlib
import hmac
import struct
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

PASSWORD = "four rivers meet at dusk"
STEP = 30


@dataclass
class CodeApp:
    """A code app on somebody's phone (RFC 6238), as any of them computes it."""

    key: str
    used: int = 0

    def code(self) -> str:
        """Return the six digits of now; waits for new ones when these were used already."""
        while (step := int(time.time()) // STEP) <= self.used:
            time.sleep(0.5)
        self.used = step
        secret = base64.b32decode(self.key)
        digest = hmac.digest(secret, struct.pack(">Q", step), hashlib.sha1)
        at = digest[-1] & 15
        number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"


@dataclass
class Somebody:
    """One person, her browser, and what she proves herself with."""

    page: Page
    login: str
    app: CodeApp | None = None
    codes: list[str] = field(default_factory=list)

    def accept(self, invitation: str) -> None:
        """Choose a password behind the address of an invitation."""
        self.page.goto(invitation)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.press("main form button")

    def connect_code_app(self) -> None:
        """Set up a code app, and write the recovery codes down."""
        self.page.goto("/account/factors/app/")
        self.prove_again()
        key = self.page.locator("main code.secret").inner_text().strip()
        self.app = CodeApp(key)
        self.page.locator("[name=code]").fill(self.app.code())
        self.press("main form button")

    def prove_again(self) -> None:
        """Give the password once more, where the way in asks for it."""
        if "/sign-in/again/" in self.page.url:
            self.page.locator("[name=password]").fill(PASSWORD)
            self.press("main form.sign button")

    def write_codes_down(self) -> None:
        """Read the recovery codes from the page."""
        self.codes = self.page.locator("main .codes code").all_inner_texts()

    def give_password(self) -> None:
        """Enter name and password."""
        self.page.goto("/sign-in/")
        self.page.locator("[name=login]").fill(self.login)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.press("main form.sign button")

    def give_code(self, code: str) -> None:
        """Enter a code as the second step."""
        self.page.locator("[name=code]").fill(code)
        self.press("main form.sign button")

    def come_in(self, invitation: str) -> None:
        """Go the whole way from the invitation to the first page of work."""
        self.accept(invitation)
        self.connect_code_app()
        self.write_codes_down()
        self.page.goto("/")

    def invite(self, name: str, login: str, role: str) -> str:
        """Invite a colleague; return the address to hand over."""
        self.page.goto("/people/new/")
        self.page.locator("[name=name]").fill(name)
        self.page.locator("[name=login]").fill(login)
        self.page.locator(f"[name=role][value={role}]").check()
        self.press("main form button")
        return self.page.locator("main code.secret").first.inner_text()

    def sign_out(self) -> None:
        """End the session from the menu."""
        self.page.goto("/account/")
        self.press(".side .foot form:last-child button")

    def press(self, selector: str) -> None:
        """Press the first such button and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


def hold_passkeys(page: Page) -> Any:
    """Give the browser a built-in authenticator that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session
