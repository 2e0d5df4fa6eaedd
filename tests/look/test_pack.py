import gzip
import json

import brotli
import pytest
from tools import pack

from tonghu.look.statics import PackedStatics


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("statics") / "static"
    pack.pack(folder)
    return folder


def test_budgets_are_held():
    assert pack.faults(pack.weights()) == []


def test_a_budget_overrun_is_named():
    heavy = {".css": {"app.css": 9 * 1024 + 1}, ".js": {}}

    assert pack.faults(heavy) == ["stylesheet: 9217 bytes, the budget is 9216"]


def test_only_named_files_of_third_parties_are_packed():
    named = [name for names in pack.THIRD_PARTY.values() for name in names]

    found = pack.sources()

    strangers = [name for name, path in found.items() if not path.is_relative_to(pack.PACKAGE)]
    assert strangers == named
    assert all(found[name].is_file() for name in named)


def test_squeezed_keeps_what_the_browser_reads():
    css = "/* why */\n.a > b {\n  color: red;\n  width: calc(1px + 2px);\n}\n"

    assert pack.squeezed(css) == ".a>b{color:red;width:calc(1px + 2px)}"


def test_both_compressed_forms_open_to_the_same(packed):
    name = json.loads((packed / "staticfiles.json").read_text())["paths"]["tonghu/app.css"]
    plain = (packed / name).read_bytes()

    assert brotli.decompress((packed / f"{name}.br").read_bytes()) == plain
    assert gzip.decompress((packed / f"{name}.gz").read_bytes()) == plain


def test_packed_statics_answers_with_the_packed_name(packed, settings):
    settings.DEBUG = False

    url = PackedStatics(location=packed, base_url="/static/").url("tonghu/app.css")

    assert url.startswith("/static/tonghu/app.")
    assert url != "/static/tonghu/app.css"


def test_packed_statics_answers_even_where_nothing_was_packed(tmp_path, settings):
    settings.DEBUG = False

    url = PackedStatics(location=tmp_path, base_url="/static/").url("tonghu/app.css")

    assert url == "/static/tonghu/app.css"
