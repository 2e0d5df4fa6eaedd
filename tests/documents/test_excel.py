import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tests.conftest import AT
from tonghu.documents import excel
from tonghu.documents.excel import MOST_IN_A_CELL, TooManyRows, cell_text, write_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def write(tmp_path):
    """Write rows of one sheet and return where: ``write([["a", 1]])``."""

    def written(rows, **other) -> Path:
        path = tmp_path / "files" / "book"
        path.parent.mkdir(exist_ok=True)
        given = {
            "title": "Journal",
            "sheet": "Journal",
            "columns": [("A", 10), ("B", 20)],
            "notes": ["For 刘敏."],
            "at": AT,
        }
        with translation.override("en"):
            write_workbook(path, rows=rows, **given | other)
        return path

    return written


def at_the_clock(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # noqa: DTZ001 -- a workbook knows no zone


def read(path: Path) -> list[list]:
    book = CalamineWorkbook.from_path(path)
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def cells(path: Path) -> list[ElementTree.Element]:
    """The cells as they stand in the file, below notes and headings."""
    with zipfile.ZipFile(path) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    return [cell for row in list(sheet.iter(f"{MAIN}row"))[2:] for cell in row]


def test_a_workbook_has_its_notes_headings_and_rows(write):
    path = write([["刘敏", 1], ["张岚", 2]])

    assert read(path) == [["For 刘敏.", ""], ["A", "B"], ["刘敏", 1.0], ["张岚", 2.0]]


def test_a_workbook_without_rows_has_its_headings(write):
    assert read(write([])) == [["For 刘敏.", ""], ["A", "B"]]


def test_a_workbook_tells_how_many_rows_it_has(tmp_path):
    heard = []

    done = write_workbook(
        tmp_path / "book",
        title="T",
        sheet="S",
        columns=[("A", 5)],
        rows=([number] for number in range(1203)),
        notes=[],
        at=AT,
        progress=heard.append,
    )

    assert (done, heard) == (1203, [500, 1000])


def test_many_rows_are_all_there_in_their_order(write):
    path = write([number, f"第{number}行"] for number in range(20_000))

    assert read(path)[2:] == [[float(number), f"第{number}行"] for number in range(20_000)]


@pytest.mark.parametrize(
    ("value", "read_back"),
    [
        (dt.date(2026, 6, 1), dt.date(2026, 6, 1)),
        (at_the_clock(2026, 6, 1, 10, 30), at_the_clock(2026, 6, 1, 10, 30)),
        (AT, at_the_clock(2026, 6, 1, 10, 0)),  # 02:00 UTC is ten in Xi'an
        (dt.datetime(2026, 5, 31, 17, 0, tzinfo=dt.UTC), at_the_clock(2026, 6, 1, 1, 0)),
        (dt.time(14, 5), dt.time(14, 5)),
        (True, True),
        (False, False),
        (7, 7.0),
        (Decimal("12.50"), 12.5),
        (-3.5, -3.5),
        (999_999_999_999_999, 999_999_999_999_999.0),
        (610102201501010017, "610102201501010017"),
        (None, ""),
        ("", ""),
        ("610102201501010017", "610102201501010017"),
        ("007", "007"),
        ("2026-06-01", "2026-06-01"),
        ("TRUE", "TRUE"),
        ("1e5", "1e5"),
        ("https://tonghu.example/", "https://tonghu.example/"),
        ("mailto:a@b", "mailto:a@b"),
        ("  刘敏  ", "  刘敏  "),
        ("一\n二", "一\n二"),
        ("<b>&amp;", "<b>&amp;"),
        ("_x0041_", "_x0041_"),
    ],
    ids=str,
)
def test_a_value_stays_what_it_was(write, value, read_back):
    found = read(write([[value, "."]]))[2][0]

    assert found == read_back
    assert type(found) is type(read_back)


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 138", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}", "=cmd|'/c'!A0"]
)
def test_a_text_that_looks_like_a_formula_stays_text(write, text):
    path = write([[text, "."]])

    assert read(path)[2][0] == text
    first = cells(path)[0]
    assert first.attrib["t"] in ("s", "inlineStr")
    assert first.find(f"{MAIN}f") is None


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_text_that_looks_like_a_formula_stays_text_when_it_is_edited(write, sign):
    path = write([[f"{sign}1", "刘敏"]])

    with zipfile.ZipFile(path) as parts:
        styles = ElementTree.fromstring(parts.read("xl/styles.xml"))
    formats = styles.find(f"{MAIN}cellXfs")
    quoted = [formats[int(cell.attrib["s"])].get("quotePrefix") for cell in cells(path)]
    assert quoted == ["1", None]


def test_notes_and_headings_are_no_formulas_either(write):
    path = write([], notes=["=1+1"], columns=[("=2+2", 5), ("+3", 5)])

    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert read(path) == [["=1+1", ""], ["=2+2", "+3"]]
    assert "<f>" not in sheet


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a〔U+0000〕b"),
        ("a\x1bb", "a〔U+001B〕b"),
        ("a\x7fb", "a〔U+007F〕b"),
        ("a\ud842b", "a〔U+D842〕b"),
        ("a\u202eb", "a〔U+202E〕b"),
        ("a\uffffb", "a〔U+FFFF〕b"),
        ("a\r\nb", "a\nb"),
        ("a\tb", "a b"),
        ("𠮷野", "𠮷野"),
        ("\ue000", "\ue000"),
        ("王\u200d小", "王\u200d小"),
    ],
)
def test_a_character_that_cannot_be_written_stays_visible(write, text, shown):
    assert read(write([[text, "."]]))[2][0] == shown


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(text=st.text(max_size=40))
def test_no_text_damages_the_file(write, text):
    found = read(write([[text, "."]]))[2][0]

    assert found == cell_text(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("长" * MOST_IN_A_CELL, MOST_IN_A_CELL),
        ("𠮷" * (MOST_IN_A_CELL // 2), MOST_IN_A_CELL // 2),
    ],
)
def test_a_text_that_just_fits_is_whole(write, text, length):
    assert len(read(write([[text, "."]]))[2][0]) == length


def test_a_text_too_long_for_a_cell_says_what_is_missing(write):
    found = read(write([["长" * 40_000, "."]]))[2][0]

    assert found.endswith("长… 23617 characters left out")
    assert found.count("长") + 23_617 == 40_000


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("日志", "日志"),
        ("a[b]:c*d?e/f\\g'h", "a b  c d e f g h"),
        ("长" * 40, "长" * 31),
        ("''", "1"),
        ("", "1"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(write, words, name):
    assert CalamineWorkbook.from_path(write([], sheet=words)).sheet_names == [name]


def test_a_workbook_hides_nothing(write):
    path = write([["刘敏", 1]])

    book = CalamineWorkbook.from_path(path)
    assert [(one.name, one.visible) for one in book.sheets_metadata] == [
        ("Journal", SheetVisibleEnum.Visible)
    ]
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        names = parts.namelist()
    assert 'hidden="1"' not in sheet
    assert not [name for name in names if "comment" in name or "vba" in name or "link" in name]


def test_a_workbook_names_no_person_and_no_folder(write, tmp_path):
    path = write([["刘敏", 1]], title="日志", agency="秦晖社会工作服务中心")

    with zipfile.ZipFile(path) as parts:
        properties = parts.read("docProps/core.xml").decode()
        everything = b"".join(parts.read(name) for name in parts.namelist())
    assert "<dc:title>日志</dc:title>" in properties
    assert "<dc:creator>秦晖社会工作服务中心</dc:creator>" in properties
    assert "2026-06-01T02:00:00Z" in properties
    assert "刘敏" not in properties
    assert str(tmp_path).encode() not in everything


def test_more_rows_than_a_sheet_holds_are_refused_and_leave_nothing(write, tmp_path, monkeypatch):
    monkeypatch.setattr(excel, "MOST_ROWS", 5)
    assert len(read(write([[1, 2]] * 3))) == 5
    (tmp_path / "files" / "book").unlink()

    with pytest.raises(TooManyRows, match="Narrow the filter"):
        write([[1, 2]] * 4)

    assert list((tmp_path / "files").iterdir()) == []


def test_a_failure_on_the_way_leaves_nothing(write, tmp_path):
    def rows():
        yield [1, 2]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(rows())

    assert list((tmp_path / "files").iterdir()) == []


def test_a_failure_leaves_the_file_that_was_there_before(write):
    path = write([["before", 1]])

    with pytest.raises(ZeroDivisionError):
        write([[1, 2]] * 600, progress=lambda done: 1 / 0)

    assert read(path)[2] == ["before", 1.0]


def test_a_file_is_whole_when_it_appears(write, tmp_path):
    seen = []

    def rows():
        for number in range(600):
            seen.append((tmp_path / "files" / "book").exists())
            yield [number, "."]

    path = write(rows())

    assert (any(seen), path.exists()) == (False, True)
    assert [one.name for one in path.parent.iterdir()] == ["book"]
