import http.client
import random
import re
import threading
import time

from tests.attachments import brought
from tests.faults.house import Browser, hidden

KILLS = 4
BORDER = "-----between-two-fields"


def as_form(fields: dict[str, str], photo: bytes) -> bytes:
    """A form with one file in it, as a browser sends it."""
    parts = [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{BORDER}\r\nContent-Disposition: form-data; name="papers"; filename="a.jpg"\r\n'
    parts.append(f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + photo + b"\r\n")
    return b"".join([*parts, f"--{BORDER}--\r\n".encode()])


def send(browser: Browser, address: str, body: bytes):
    kind = f"multipart/form-data; boundary={BORDER}"
    return browser.ask("POST", address, body, Content_Type=kind)


def halves(demo) -> list[tuple]:
    """What a server that was cut off could have left: bytes of no paper, papers without a row."""
    return [
        *demo.rows(
            "SELECT id FROM attachments_attachmentcontent WHERE id NOT IN "
            "(SELECT content_id FROM attachments_attachment) AND id NOT IN "
            "(SELECT small_id FROM attachments_attachment WHERE small_id IS NOT NULL)"
        ),
        *demo.rows(
            "SELECT id FROM attachments_attachment WHERE replace(id, '-', '') NOT IN "
            "(SELECT replace(subject_id, '-', '') FROM access_journalrow "
            "WHERE event = 'attachments.attachment.added')"
        ),
    ]


def test_server_killed_in_the_middle_of_adding_leaves_nothing_or_all_of_it(demo):
    demo.serve()
    worker, chance = Browser(demo.port).come_in("liumin"), random.Random(20261130)
    child = re.search(r"/children/([0-9a-f-]{36})/", worker.get("/children/").text)[1]
    address = f"/children/{child}/papers/new/"
    before = demo.rows("SELECT count(*) FROM attachments_attachment")[0][0]

    for kill in range(KILLS):
        form = worker.get(address).text
        fields = {name: hidden(form, name) for name in ("op_id", "csrfmiddlewaretoken")} | {
            "shows": "scan",
            "happened_on": "2026-05-04",
            "title": f"{kill}",
        }
        body = as_form(fields, brought.noise(kill))

        def try_it(body: bytes = body) -> None:
            try:
                send(Browser(demo.port, 5, dict(worker.cookies)), address, body)
            except (OSError, http.client.HTTPException):
                return

        sending = threading.Thread(target=try_it, daemon=True)
        sending.start()
        time.sleep(chance.uniform(0.02, 0.6))
        demo.kill()
        sending.join(10)
        assert halves(demo) == []
        demo.begin("start")
        demo.wait_until_ready()
        assert send(worker, address, body).status == 302
        assert send(worker, address, body).status == 302

    demo.kill()
    after = demo.rows("SELECT count(*) FROM attachments_attachment")[0][0]
    assert (after - before, halves(demo)) == (KILLS, [])
    doctor = demo.run("doctor")
    assert doctor.returncode == 0, doctor.stderr
