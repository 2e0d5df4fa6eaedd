"""What no browser sends by itself. A table of them goes to every address, on both engines."""

import re
import socket
from uuid import uuid4

import psycopg
import pytest

from tests.faults.house import Browser, House, invitation_of
from tests.postgres import postgresql

NOT_UNDERSTOOD = "The browser sent something we cannot read"
FORM = "application/x-www-form-urlencoded"
TRACE = re.compile(r"Traceback|File &quot;|site-packages|\.py&quot;|Exception|DEBUG = True")
NOBODY = "01980000-0000-7000-8000-0000000000ff"

ODD = (
    "%00",
    "%ff%fe%ED%A0%80",
    "%F0%9F%98%80",
    "-1",
    "99999999999999999999999999",
    "1e309",
    "NaN",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    NOBODY,
    "not-a-uuid",
    "..%2F..%2F..%2Fetc%2Fpasswd",
    "%27%20OR%201%3D1--",
    "%3Cscript%3E",
    "x" * 3000,
)
PARAMETERS = (
    "q",
    "after",
    "about",
    "account",
    "refused",
    "since",
    "until",
    "next",
    "page",
    "kind",
)
FIELDS = (
    "login",
    "password",
    "name",
    "latin_name",
    "phone",
    "role",
    "organisation",
    "from_on",
    "until_on",
    "credit_code",
    "code",
    "words",
    "reason",
    "membership",
    "next",
    "since",
    "until",
    "about",
    "credential",
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request, tmp_path_factory):
    """The made-up agency, served on either engine to everybody in this module."""
    home = tmp_path_factory.mktemp(request.param) / "home"
    one = House(home, {"TONGHU_DEMO": "1"})
    if request.param == "sqlite":
        one.serve("demo", "--data", str(home))
        yield one
        one.close()
        return
    with postgresql() as url:
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("CREATE DATABASE demo")
        one.environ["DATABASE_URL"] = f"{url.rpartition('/')[0]}/demo"
        for arguments in (["migrate"], ["manage", "load_demo"]):
            done = one.run(*arguments)
            assert done.returncode == 0, done.stderr
        one.serve("start")
        yield one
        one.close()


@pytest.fixture(scope="module")
def people(demo):
    """Somebody of each role that sees other pages, and a stranger."""
    logins = ("hejing", "qinhui", "luowen", "liumin")
    return [Browser(demo.port)] + [Browser(demo.port).come_in(login) for login in logins]


@pytest.fixture
def hejing(people):
    return people[1]


@pytest.fixture(scope="module")
def addresses(demo) -> list[str]:
    """Every address of the product, with a number in each place where one belongs."""
    said = demo.python_code(
        "from django.urls import get_resolver\n"
        "from tonghu.access.checks import addresses\n"
        "print('\\n'.join(route for route, _view in addresses(get_resolver())))\n"
    )
    known = re.sub(r"<uuid:\w+>", NOBODY, said)
    known = re.sub(r"<int:\w+>", "99999999999999999999", known)
    found = [f"/{one}" for one in re.sub(r"<str:\w+>", "%00%ff", known).split()]
    assert len(found) > 50
    return found


def assert_in_our_words(answer, what) -> None:
    assert answer.status < 500, (what, answer.status, answer.text[:500])
    assert TRACE.search(answer.text) is None, (what, TRACE.search(answer.text), answer.text[:900])


def test_get_with_odd_values_is_no_fault_of_ours_anywhere(people, addresses):
    for browser in people:
        for address in addresses:
            if "sign-out" in address:
                continue
            for turn in range(2):
                values = ODD[turn::2]
                said = [f"{name}={values[n % 8]}" for n, name in enumerate(PARAMETERS)]
                query = "&".join(said) if turn else "&".join(said).replace("%00", "0")
                assert_in_our_words(browser.get(f"{address}?{query}"), (address, query))


@pytest.mark.parametrize("value", ODD, ids=lambda value: value[:24])
def test_every_parameter_takes_every_odd_value(hejing, value):
    for page in ("/people/", "/journal/", "/sign-in/", f"/reason/agency/{NOBODY}/", "/jobs/"):
        for name in PARAMETERS:
            answer = hejing.get(f"{page}?{name}={value}")

            assert_in_our_words(answer, (page, name, value))
            assert answer.status in ((400,) if value == "%00" else (200, 302, 403, 404))


@pytest.mark.parametrize("turn", range(4))
def test_every_form_takes_odd_values_in_all_fields(people, addresses, turn):
    odd = [value for value in ODD if value != "%00"]
    for browser in people[:3]:
        said = [f"{name}={odd[(turn * 4 + n) % len(odd)]}" for n, name in enumerate(FIELDS)]
        token = browser.token("/sign-in/" if browser is people[0] else "/account/password/")
        body = "&".join([f"csrfmiddlewaretoken={token}", "language=en", *said]).encode()
        for address in addresses:
            if "sign-out" in address or "demo/" in address:
                continue

            answer = browser.ask("POST", address, body, Content_Type=FORM)

            assert_in_our_words(answer, (address, said))


def test_no_form_takes_a_nul(people, addresses):
    token = people[1].token("/account/password/")
    for name in FIELDS:
        body = f"csrfmiddlewaretoken={token}&{name}=a%00b".encode()
        for address in ("/people/new/", "/set-up/agency/", "/language/", "/journal/export/"):
            answer = people[1].ask("POST", address, body, Content_Type=FORM)

            assert (answer.status, NOT_UNDERSTOOD in answer.text) == (400, True), (address, name)


@pytest.mark.parametrize("name", ["from_on", "until_on"])
@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_days_without_a_day_before_or_after_are_refused_in_the_form(hejing, name, day):
    answer = hejing.post("/people/new/", invitation_of("odd") | {name: day})

    assert answer.status == 200
    assert "Choose a day between 1900 and 2199." in answer.text


def test_body_that_is_too_large_is_refused(hejing):
    token = hejing.token("/people/new/").encode()
    body = b"csrfmiddlewaretoken=" + token + b"&name=" + b"x" * (2 * 1024 * 1024)

    answer = hejing.ask("POST", "/people/new/", body, Content_Type=FORM)

    assert (answer.status, NOT_UNDERSTOOD in answer.text) == (400, True)


def test_body_that_is_huge_is_refused_whatever_it_says_it_is(hejing):
    body = b"x" * (26 * 1024 * 1024)
    for kind in (FORM, "multipart/form-data; boundary=b", "application/json"):
        answer = hejing.ask("POST", "/people/new/", body, Content_Type=kind)

        assert answer.status == 413
        assert "That is too much at once" in answer.text


def test_ten_thousand_fields_are_refused(hejing):
    body = "&".join(f"f{n}=1" for n in range(10_000)).encode()

    for address in ("/people/new/", "/sign-in/"):
        answer = hejing.ask("POST", address, body, Content_Type=FORM)

        assert (answer.status, NOT_UNDERSTOOD in answer.text) == (400, True)
    assert hejing.ask("POST", "/no/such/page/", body, Content_Type=FORM).status == 404


@pytest.mark.parametrize("token", ["", "csrfmiddlewaretoken=", "csrfmiddlewaretoken=" + "x" * 64])
def test_form_without_its_token_is_refused_and_nothing_is_done(demo, hejing, token):
    fields = "&".join(f"{name}={value}" for name, value in invitation_of("forged").items())

    answer = hejing.ask("POST", "/people/new/", f"{token}&{fields}".encode(), Content_Type=FORM)

    assert answer.status == 403
    assert "The form was open too long" in answer.text
    code = "from tonghu.access.models import Account; print(Account.objects.filter(login='forged'))"
    assert demo.python_code(code) == "<QuerySet []>\n"


def test_form_from_another_site_is_refused(hejing):
    token = hejing.token("/people/new/")
    body = f"csrfmiddlewaretoken={token}".encode()

    answer = hejing.ask(
        "POST", "/people/new/", body, Content_Type=FORM, Origin="https://evil.example"
    )

    assert (answer.status, "The form was open too long" in answer.text) == (403, True)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80:80", "a b", "@", "", "[::1"]
)
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/people/new/", "/static/staticfiles.json"])
def test_forged_host_is_refused(hejing, host, path):
    answer = hejing.ask("GET", path, Host=host)

    assert answer.status == 400
    assert_in_our_words(answer, host)
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2fetc/passwd",
        "/static//etc/passwd",
        "/static/tonghu/../../config/settings.py",
        "/static/%5c..%5c..%5csettings.py",
        "/../../../../etc/passwd",
        "/jobs/..%2f..%2fkeys/file/",
        "/invitation/..%2f..%2fkeys/",
    ],
)
def test_way_out_of_the_folder_leads_nowhere(hejing, path):
    answer = hejing.get(path)

    assert answer.status in (400, 404)
    assert "root:" not in answer.text
    assert "SECRET" not in answer.text


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=b",
        "multipart/form-data; boundary=" + "b" * 300,
        f"{FORM}; charset=utf-7",
        f"{FORM}; charset=rot13",
        f"{FORM}; charset=undefined",
        f"{FORM}; charset=\x80",
        "multipart/form-data; boundary=b; charset=rot13",
        "application/json",
        "text/xml",
        "x" * 500,
        "",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nhalf',
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="../../x"\r\n\r\nx\r\n--b--',
        b"[" * 100_000,
        b"\xff\xfe\x00=\xed\xa0\x80&%=%%&&&===",
    ],
    ids=["empty", "half", "traversal", "deep", "noise"],
)
def test_body_of_another_kind_is_refused(hejing, kind, body):
    answer = hejing.ask("POST", "/people/new/", body, Content_Type=kind)

    assert 400 <= answer.status < 500
    assert_in_our_words(answer, kind)


def test_file_name_with_a_way_out_in_a_form_with_its_token_writes_nothing(hejing):
    token = hejing.token("/people/new/")
    parts = {"csrfmiddlewaretoken": token} | invitation_of("with a file")
    body = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    body += '--b\r\nContent-Disposition: form-data; name="f"; filename="../../../x"\r\n\r\nx\r\n'

    answer = hejing.ask(
        "POST",
        "/people/new/",
        (body + "--b--\r\n").encode(),
        Content_Type="multipart/form-data; boundary=b",
    )

    assert answer.status == 200
    assert "/invitation/" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X"])
def test_method_that_is_not_offered_is_refused_everywhere(people, addresses, method):
    for browser in people[:2]:
        for address in addresses:
            answer = browser.ask(method, address)

            assert_in_our_words(answer, (method, address))


def test_method_that_is_not_offered_is_answered_in_words(hejing):
    token = hejing.token("/people/new/")

    answer = hejing.ask("POST", "/people/", b"x=1", X_CSRFToken=token, Content_Type=FORM)

    assert (answer.status, answer.headers["Allow"]) == (405, "GET")
    assert NOT_UNDERSTOOD in answer.text


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 10_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: x\r\n" * 20_000 + b"\r\n",
        b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid=\x00\xff\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid=" + b"x" * 5000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ;;=;a;\xe7\xab\xa5=1;messages=x\r\n\r\n",
    ],
    ids=[
        "huge header",
        "many headers",
        "long address",
        "no host",
        "odd version",
        "two hosts",
        "negative length",
        "two lengths",
        "broken chunks",
        "tls",
        "NUL in a cookie",
        "long cookie",
        "odd cookies",
    ],
)
def test_noise_on_the_line_is_never_a_fault_of_ours(demo, raw):
    with socket.create_connection(("127.0.0.1", demo.port), timeout=20) as line:
        try:
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
            answer = line.recv(4096)
        except (ConnectionResetError, BrokenPipeError):
            answer = b""

    assert not answer.startswith((b"HTTP/1.1 5", b"HTTP/1.0 5")), answer[:300]
    assert Browser(demo.port).get("/healthz").status == 200


def test_sign_in_with_odd_names_is_refused_in_words(demo):
    for login in ("x" * 3000, "\u202e管理员", "' OR 1=1 --", "a" * 61, "😀"):
        stranger = Browser(demo.port)

        answer = stranger.post("/sign-in/", {"login": login, "password": "x" * 5000})

        assert answer.status in (200, 429), login
        assert_in_our_words(answer, login)


@pytest.mark.parametrize(
    "place", ["NaN", "x.y", "//evil.example/", "https://evil.example", "\\\\e"]
)
def test_way_on_after_signing_in_leads_nowhere_else(demo, place):
    fields = {"login": "yangfan", "password": "tonghu-demo", "next": place}

    answer = Browser(demo.port).post("/sign-in/", fields)

    assert (answer.status, answer.headers["Location"]) == (302, "/")


def test_address_that_never_was_says_nothing_of_itself(hejing):
    answer = hejing.get(f"/people/{uuid4()}/secret-{uuid4()}/")

    assert answer.status == 404
    assert "secret" not in answer.text
