from tools import vendor


def test_third_party_files_are_the_ones_named():
    assert vendor.faults(vendor.listed()) == []


def test_a_changed_file_is_named():
    changed = [file | {"sha256": "0" * 64} for file in vendor.listed()[:1]]

    assert len(vendor.faults(changed)) == 1


def test_a_missing_file_is_named():
    missing = [file | {"target": "nowhere.js"} for file in vendor.listed()[:1]]

    assert vendor.faults(missing) == ["nowhere.js is missing"]


def test_each_script_has_its_licence():
    packages = [file["package"] for file in vendor.listed() if file["target"].endswith(".txt")]

    assert packages == sorted({file["package"] for file in vendor.listed()})
