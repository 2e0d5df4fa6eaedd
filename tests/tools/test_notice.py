import re

from tools import generated, notice, vendor


def test_notice_is_what_would_be_written():
    assert generated.stale(notice.files()) == []


def test_notice_names_each_carried_file_with_its_hash():
    text = notice.files()["NOTICE"]

    carried = re.findall(r"^  (src/\S+)\n    ([0-9a-f]{64})$", text, re.M)

    assert sorted(carried) == sorted((one["target"], one["sha256"]) for one in vendor.listed())


def test_notice_names_each_requirement_with_the_version_of_the_lock():
    libraries = notice.files()["NOTICE"].split(notice.REQUIRED)[1]

    named = re.findall(r"^([a-z0-9-]+) (\S+) \(.+\)$", libraries, re.M)

    assert dict(named) == notice.required()


def test_notice_follows_a_new_version():
    files = [one | {"version": "99.0"} for one in vendor.listed()[:1]]

    assert f"{files[0]['package']} 99.0" in notice.notice(files, {})


def test_every_library_says_its_licence():
    assert "(–)" not in notice.files()["NOTICE"]
