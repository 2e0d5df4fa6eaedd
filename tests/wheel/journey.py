"""A house run by the installed wheel, without any network but the loopback.

python -m tests.wheel.journey PYTHON HOME    # inside ``unshare --net``, as root
"""

import base64
import fcntl
import io
import json
import re
import socket
import struct
import sys
from pathlib import Path

from pypdf import PdfReader

from tests.faults.house import Browser, House

SIOCSIFFLAGS, UP_AND_RUNNING = 0x8914, 0x1 | 0x40
SETUP = (
    "setup",
    "--agency=秦晖社会工作服务中心",
    "--head=qinhui=秦慧",
    "--administrator=hejing=何静",
    "--json",
)
PASSWORD = "four-words-nobody-guesses"
PRINT = """
import base64, datetime as dt, tempfile, pathlib
from tonghu.documents.pdf import Imprint, print_document
template = pathlib.Path(tempfile.mkdtemp()) / "page.typ"
template.write_text('#import "/documents/typst/base.typ": *\\n' + '''{body}''')
imprint = Imprint(agency="秦晖社会工作服务中心", title="日志", number="1",
    confidentiality="内部", printed_by="何静")
at = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
printed = print_document(template, imprint=imprint, data={data}, at=at)
print(base64.b64encode(printed.pdf).decode())
"""


class Installed(House):
    """The wheel's own command; nothing of the sources, no other program."""

    def environment(self, **more: str) -> dict[str, str]:
        kept = super().environment(**more)
        del kept["PYTHONPATH"]
        return kept | {"PATH": "/nowhere"}


def main(python: Path, home: Path) -> None:
    """Go the way of a new agency, and say each step that was reached."""
    raise_the_loopback()
    assert no_way_out()
    print("no way out")
    house = Installed(home, python=python)
    assert "site-packages" in house.python_code("import tonghu; print(tonghu.__file__)")
    done = house.run(*SETUP)
    assert done.returncode == 0, done.stderr
    print("an agency was entered")
    house.serve()
    try:
        look_around(house)
        come_in(house, json.loads(done.stdout))
        fonts = printed_fonts(house)
        print("printed with", ", ".join(sorted(fonts)))
        assert house.run("doctor").returncode == 0
        print("doctor is content")
    finally:
        house.terminate()


def raise_the_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        fcntl.ioctl(asked, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", UP_AND_RUNNING))


def no_way_out() -> bool:
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=2).close()
    except OSError:
        return True
    return False


def look_around(house: House) -> None:
    page = Browser(house.port).get("/sign-in/").text
    styles = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)[1]
    packed = Browser(house.port).ask("GET", styles, Accept_Encoding="br")
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.body) > 1000
    print("styles come compressed")
    pages = [Browser(house.port, language=one).get("/sign-in/").text for one in ("zh-hans", "en")]
    assert "登录" in pages[0]
    assert "Sign in" in pages[1]
    print("pages speak", " and ".join(re.search(r'<html lang="(.+?)"', one)[1] for one in pages))


def come_in(house: House, agency: dict) -> None:
    way_in = next(one["path"] for one in agency["invited"] if one["login"] == "hejing")
    answer = Browser(house.port).post(way_in, {"password": PASSWORD})
    assert answer.status == 302, answer.text
    browser = Browser(house.port)
    answer = browser.post("/sign-in/", {"login": "hejing", "password": PASSWORD})
    assert answer.status == 302, answer.text
    # Whoever sets up an agency brings a second factor first; a browser test goes on from here.
    step = browser.get("/").headers["Location"]
    assert (step, browser.get(step).status) == ("/second-factor/", 200)
    print("invited and signed in")


def printed_fonts(house: House) -> set[str]:
    code = PRINT.format(body="#show: sheet\n童护 *Tonghu*", data="{}")
    pdf = base64.b64decode(house.python_code(code))
    found = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(font.get_object()["/BaseFont"].rpartition("+")[2].removesuffix("-Identity-H"))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
