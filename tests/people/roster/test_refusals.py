import io
import struct
import zipfile

import pytest

from tests.people.roster.making import separated, workbook
from tests.people.roster.test_layouts import HEAD, HONG, MING, read
from tonghu.kernel.errors import Refused
from tonghu.people.roster import reading, refusals


def packed(members, *, kind=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", kind) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def changed(content, **members):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed(parts | {name.replace("__", "/"): text for name, text in members.items()})


def compound(*names):
    """Return an old Office file whose directory holds these names and whose streams are empty."""
    entries = b""
    for name, kind in [("Root Entry", 5), *((name, 2) for name in names)]:
        raw = name.encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack("<HB", len(raw) + 2, kind)
        entries += b"\0" * 49 + struct.pack("<II", 0xFFFFFFFE, 0) + b"\0" * 4
    entries = entries.ljust(512 * -(-len(entries) // 512), b"\0")
    many = len(entries) // 512
    table = [0xFFFFFFFD, *range(2, many + 1), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    head = reading.MAGIC + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)[4:]
    head = head[:44] + struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return head + struct.pack("<128I", *table) + entries


GOOD = workbook([HEAD, MING, HONG])
BIG = b"<x>" + b" " * 3_000_000 + b"</x>"
LIST = separated([HEAD, MING, HONG], "gb18030")

REFUSED = {
    "nothing": (b"", refusals.Empty),
    "blanks": (b" \r\n\r\n,,,\r\n", refusals.Empty),
    "a page": (
        b"<html><table><tr><td>\xe5\xa7\x93</td></tr></table></html>",
        refusals.NotASpreadsheet,
    ),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", refusals.NotASpreadsheet),
    "a photo": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 4, refusals.NotASpreadsheet),
    "noise": (bytes(range(128, 256)) * 9 + b"\xff", refusals.NotASpreadsheet),
    "a text document": (packed({"word/document.xml": "<a/>"}), refusals.NotASpreadsheet),
    "an empty package": (packed({}), refusals.NotASpreadsheet),
    "an old letter": (compound("WordDocument"), refusals.NotASpreadsheet),
    "a document type": (
        changed(GOOD, xl__sharedStrings__xml=b""),
        None,
    ),
    "a locked workbook": (compound("EncryptionInfo", "EncryptedPackage"), refusals.Encrypted),
    "an old one with macros": (compound("Workbook", "_VBA_PROJECT_CUR"), refusals.HasMacros),
    "macros": (changed(GOOD, **{"xl__vbaProject.bin": b"x"}), refusals.HasMacros),
    "a bomb": (changed(GOOD, **{"xl__media__a.xml": BIG}), refusals.TooLarge),
    "many parts": (
        packed(
            {"xl/workbook.xml": "", "[Content_Types].xml": ""} | {f"{n}": "" for n in range(2000)}
        ),
        refusals.TooLarge,
    ),
    "half a workbook": (GOOD[: len(GOOD) // 2], refusals.CutOff),
    "half an old one": (compound("Workbook")[:700], refusals.CutOff),
    "half a list": (LIST[:-3] + b'","\xb1', refusals.CutOff),
    "an open quote": (separated([HEAD, MING]) + '"李红,女\n'.encode(), refusals.CutOff),
    "a damaged sheet": (
        changed(GOOD, **{"xl__worksheets__sheet1.xml": b"<worksheet><sheetData><row>"}),
        refusals.CutOff,
    ),
    "no headings": (workbook([["王明", "男"], ["李红", "女"]]), refusals.NoChildren),
    "sums per village": (
        workbook([["村名", "负责人姓名", "留守儿童数", "困境儿童数"], ["大坪村", "李强", 12, 3]]),
        refusals.NoChildren,
    ),
    "sums per kind": (
        workbook([["村", "儿童", "留守"], ["大坪村", 12, 3], ["云岭村", 5, 1]]),
        refusals.NoChildren,
    ),
    "an empty form": (workbook([["花名册"], HEAD]), refusals.NoChildren),
    "a letter": ("各村：请于9月10日前报送花名册。".encode(), refusals.NoChildren),
    "500 columns": (
        workbook([[f"第{n}列" for n in range(500)], ["1"] * 500]),
        refusals.TooManyColumns,
    ),
    "500 columns of text": (separated([[*HEAD, *["x"] * 500], MING]), refusals.TooManyColumns),
    "a cell far below": (
        workbook([HEAD, MING], dress=lambda _book, page: page.write(1_048_575, 3, "x")),
        refusals.TooManyRows,
    ),
    "too many lines": (separated([HEAD, *[MING] * 200_001]), refusals.TooManyRows),
}
REFUSED["a document type"] = (
    changed(
        GOOD,
        **{"xl__sharedStrings.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst/>'},
    ),
    refusals.NotASpreadsheet,
)


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_sound_roster_is_refused_in_one_sentence(name):
    content, refusal = REFUSED[name]

    with pytest.raises(refusals.RosterRefused) as refused:
        read(content)

    assert type(refused.value) is refusal
    assert issubclass(refusal, Refused)
    assert str(refused.value).count(". ") <= 2


def test_each_refusal_has_a_code_of_its_own():
    every = refusals.RosterRefused.__subclasses__()

    assert len({refusal.code for refusal in every}) == len(every) == 9


def test_what_is_a_workbook_is_read_whatever_its_name_and_its_extra_parts():
    assert len(read(changed(GOOD, **{"xl__media__image1.png": b"\x89PNG"})).lines) == 2


@pytest.mark.parametrize("at", range(0, len(GOOD), 97))
def test_a_spoilt_byte_never_gives_more_than_a_refusal(at):
    spoilt = GOOD[:at] + bytes([GOOD[at] ^ 0x55]) + GOOD[at + 1 :]

    try:
        lines = read(spoilt).lines
    except refusals.RosterRefused:
        return
    assert len(lines) <= 3
