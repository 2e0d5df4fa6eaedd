import pytest
from tools import vendor

from tonghu.portals.licences import VENDORED


@pytest.fixture
def one():
    return vendor.listed()[0]


def test_third_party_files_are_the_ones_named():
    assert vendor.faults(vendor.listed()) == []


def test_a_changed_file_is_named(one):
    changed = one | {"sha256": "0" * 64}

    assert [fault.split(":")[0] for fault in vendor.faults([changed])] == [one["target"]]


def test_a_missing_file_is_named(one):
    missing = one | {"target": "nowhere.js"}

    assert vendor.faults([missing]) == ["nowhere.js is missing"]


def test_the_lists_name_scripts_and_fonts():
    kinds = {file["target"].rsplit(".", 1)[-1] for file in vendor.listed()}

    assert kinds == {"js", "ttf", "txt"}


def test_no_file_of_others_lies_outside_the_lists():
    assert vendor.unlisted(vendor.listed()) == []


def test_a_file_in_no_list_is_named(one):
    others = [file for file in vendor.listed() if file != one]

    assert vendor.unlisted(others) == [one["target"]]


def test_each_package_has_its_licence():
    packages = [file["package"] for file in vendor.listed() if file["target"].endswith(".txt")]

    assert sorted(packages) == sorted({file["package"] for file in vendor.listed()})


def test_the_page_of_licences_names_the_listed_versions_and_licences():
    listed = {file["package"]: (file["version"], file["licence"]) for file in vendor.listed()}
    shown = {name: (version, licence) for name, version, licence in VENDORED}

    assert shown["htmx"] == listed["htmx.org"]
    assert shown["idb"] == listed["idb"]
    assert shown["Noto Sans SC"][1] == listed["@expo-google-fonts/noto-sans-sc"][1]
    assert len(shown) == len(listed)
