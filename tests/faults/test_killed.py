import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import uuid4

from tests.faults.house import Browser, hidden, invitation_of

KILLS = 10
CLIENTS = 3


@dataclass
class Client(threading.Thread):
    """Invites one colleague after the other; sends again whatever was not acknowledged."""

    number: int
    browser: Browser
    stop: threading.Event
    kept: dict[str, tuple[str, str]] = field(default_factory=dict)
    cut_off: int = 0

    def __hash__(self) -> int:
        return id(self)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        token = self.browser.token("/people/new/")
        while not self.stop.is_set():
            login, op_id = f"k{self.number}x{len(self.kept)}", str(uuid4())
            fields = invitation_of(login) | {"op_id": op_id, "csrfmiddlewaretoken": token}
            self.kept[op_id] = (login, self.acknowledged(fields))

    def acknowledged(self, fields: dict[str, str]) -> str:
        """Send until the answer shows the way in."""
        while True:
            try:
                answer = self.browser.post_as_is("/people/new/", fields)
            except (OSError, http.client.HTTPException):
                self.cut_off += 1
                time.sleep(0.05)
                continue
            assert answer.status == 200, answer.text
            return re.search(r"/invitation/([\w-]+)/", answer.text)[1]


def test_server_killed_in_the_middle_of_writing_keeps_what_it_acknowledged_once(
    demo, administrator
):
    stop, chance = threading.Event(), random.Random(20261125)
    clients = [
        Client(n, Browser(demo.port, 5, dict(administrator.cookies)), stop) for n in range(CLIENTS)
    ]
    for client in clients:
        client.start()

    for _kill in range(KILLS):
        kept = sum(len(client.kept) for client in clients)
        until = time.monotonic() + 20
        while sum(len(client.kept) for client in clients) < kept + CLIENTS:
            assert time.monotonic() < until, "nobody gets through"
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.2))
        demo.kill()
        demo.begin("start")
        demo.wait_until_ready()
    stop.set()
    for client in clients:
        client.join(20)
    demo.kill()

    sent = {op_id: one for client in clients for op_id, one in client.kept.items()}
    assert sum(client.cut_off for client in clients) >= KILLS
    found = demo.rows(
        "SELECT replace(j.op_id, '-', ''), a.login FROM access_journalrow j "
        "JOIN access_account a ON a.id = j.subject_id "
        "WHERE j.event = 'access.account.welcomed' AND j.op_id IS NOT NULL",
    )
    assert sorted(found) == sorted(
        (op_id.replace("-", ""), login) for op_id, (login, _token) in sent.items()
    )
    accounts = demo.rows("SELECT login FROM access_account WHERE login LIKE 'k%x%'")
    assert sorted(accounts) == sorted((login,) for login, _token in sent.values())
    ways_in = {kept for (kept,) in demo.rows("SELECT token_hash FROM access_invitation")}
    assert {sha256(token.encode()).hexdigest() for _login, token in sent.values()} <= ways_in
    doctor = demo.run("doctor")
    assert doctor.returncode == 0, doctor.stderr


def test_form_pressed_twice_is_done_once_and_answered_alike(demo, administrator):
    form = administrator.get("/people/new/").text
    sent = invitation_of("twice") | {
        "op_id": hidden(form, "op_id"),
        "csrfmiddlewaretoken": hidden(form, "csrfmiddlewaretoken"),
    }

    pages = [administrator.post_as_is("/people/new/", sent).text for _press in range(2)]

    ways_in = [re.search(r"/invitation/([\w-]+)/", page)[1] for page in pages]
    assert ways_in[0] == ways_in[1]
    assert administrator.get(f"/invitation/{ways_in[0]}/").status == 200
    assert demo.rows("SELECT count(*) FROM access_account WHERE login = 'twice'") == [(1,)]


def test_form_sent_again_with_other_content_is_refused_and_reported(demo, administrator):
    form = administrator.get("/people/new/").text
    sent = invitation_of("first") | {
        "op_id": hidden(form, "op_id"),
        "csrfmiddlewaretoken": hidden(form, "csrfmiddlewaretoken"),
    }
    administrator.post_as_is("/people/new/", sent)

    answer = administrator.post_as_is("/people/new/", sent | {"login": "second"})

    assert "This was sent before with other content." in answer.text
    assert demo.rows("SELECT login FROM access_account WHERE login IN ('first', 'second')") == [
        ("first",)
    ]
    assert demo.rows(
        "SELECT count(*) FROM access_journalrow WHERE event = 'access.resend.differed'"
    ) == [(1,)]


def test_key_of_a_sending_that_is_none_is_not_understood(administrator):
    sent = invitation_of("odd") | {"op_id": "1 OR 1=1"}

    answer = administrator.post("/people/new/", sent)

    assert answer.status == 400
    assert "The browser sent something we cannot read" in answer.text


def test_download_sent_again_is_on_record_each_time(demo):
    auditor = Browser(demo.serve().port).come_in("luowen")
    job = auditor.post("/journal/export/", {}, page="/journal/").headers["Location"]
    until = time.monotonic() + 30
    while f'action="{job}file/"' not in auditor.get(job).text:
        assert time.monotonic() < until, demo.said
        time.sleep(0.2)
    op_id = str(uuid4())

    kinds = [
        auditor.post(f"{job}file/", {"op_id": op_id}, page=job).headers["Content-Type"]
        for _press in range(2)
    ]

    assert kinds == ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] * 2
    assert demo.rows(
        "SELECT count(*) FROM access_journalrow WHERE event = 'jobs.file.downloaded'"
    ) == [(2,)]
