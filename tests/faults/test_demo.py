import json
import resource
import socket
import time

from tests.faults.house import Browser, House

MEMBERS = {"login", "name", "role", "organisation", "password"}


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_demo_prints_its_cast_and_its_address_and_starts_again_in_little_time(tmp_path):
    house = House(tmp_path / "data")
    arguments = ("demo", "--port", str(house.port), "--data", str(house.home))
    try:
        house.serve(*arguments)
        house.terminate()
        first = house.said.splitlines()
        began = cpu_of_children()
        house.serve(*arguments)
        house.terminate()
        used = cpu_of_children() - began
    finally:
        house.close()

    assert len(first) == 12
    assert first[0].split()[:2] == ["qinhui", "tonghu-demo"]
    assert first[-2:] == ["  One press each: /demo/", house.address]
    assert house.said.splitlines() == first * 2
    # Processor time, so that a busy machine does not decide; the rest is waiting for nothing.
    assert used < 5


def test_demo_prints_its_cast_as_one_document(demo):
    done = demo.run("demo", "--cast", "--json", "--data", str(demo.home))

    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr, document["address"]) == (0, "", demo.address)
    assert len(document["cast"]) == 10
    assert all(
        set(one) >= MEMBERS and all(one[name] for name in MEMBERS) for one in document["cast"]
    )


def test_demo_says_that_there_is_no_cast_yet(tmp_path):
    done = House(tmp_path / "data").run(
        "demo", "--cast", "--json", "--data", str(tmp_path / "data")
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"No demonstration lies in {tmp_path}/data. Start one: tonghu demo\n"


def test_cast_signs_in_with_its_password_in_demo_mode_only(demo):
    fields = {"login": "liumin", "password": "tonghu-demo"}
    demo.serve()
    browser = Browser(demo.port)

    answer = browser.post("/sign-in/", fields)

    assert (answer.status, answer.headers["Location"]) == (302, "/")
    assert browser.get("/").status == 200
    demo.terminate()
    seen = demo.python_code(
        "from django.test import Client\n"
        "client = Client(HTTP_HOST='127.0.0.1')\n"
        f"client.post('/sign-in/', {fields})\n"
        "print(client.get('/').status_code, client.get('/demo/').status_code)\n"
        f"client.cookies['sessionid'] = '{browser.cookies['sessionid']}'\n"
        "print(client.get('/').status_code)\n",
        TONGHU_DEMO="",
    )
    assert seen.split() == ["302", "404", "302"]


def test_demo_has_no_page_of_the_cast_in_a_real_house(house):
    house.serve()

    statuses = [Browser(house.port).get(path).status for path in ("/demo/", "/demo/sign-in/")]

    assert statuses == [404, 404]


def test_server_ends_soon_while_somebody_sends_slowly_and_work_is_under_way(demo):
    auditor = Browser(demo.serve().port).come_in("luowen")
    job = auditor.post("/journal/export/", {}, page="/journal/").headers["Location"]
    until = time.monotonic() + 60
    while "Starting worker" not in demo.said:
        assert time.monotonic() < until, auditor.get(job).text
        time.sleep(0.05)
    with socket.create_connection(("127.0.0.1", demo.port)) as slow:
        slow.sendall(
            b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999\r\n\r\nx"
        )

        took = demo.terminate()

    assert took < 5
    assert demo.server.returncode == 0
    assert "Traceback" not in demo.said


def test_server_whose_parent_was_killed_frees_the_folder_and_the_port(demo):
    demo.serve()

    demo.server.kill()
    demo.server.wait()
    until = time.monotonic() + 10
    while demo.run("doctor", "--at-start").returncode == 0 and time.monotonic() < until:
        try:
            Browser(demo.port, patience=2).get("/healthz")
        except OSError:
            break
        time.sleep(0.2)

    assert demo.serve().server.poll() is None


def test_server_replaces_a_process_of_its_pages_that_was_killed(demo):
    demo.serve()
    with open(f"/proc/{demo.server.pid}/task/{demo.server.pid}/children") as children:
        (pages,) = children.read().split()

    House.end(int(pages))

    demo.wait_until_ready()
    with open(f"/proc/{demo.server.pid}/task/{demo.server.pid}/children") as children:
        assert pages not in children.read().split()
