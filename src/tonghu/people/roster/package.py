"""The marks of an .xlsx workbook, read from its parts in a stream under limits."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.parsers import expat

from tonghu.people.roster.marks import Marks
from tonghu.people.roster.refusals import CutOff, Encrypted, HasMacros, NotASpreadsheet, TooLarge

MOST_MEMBERS: Final = 2_000
MOST_UNFOLDED: Final = 400 * 2**20
MOST_RATIO: Final = 250
SMALL: Final = 2**20
"""A part below this may be folded as tightly as it likes."""
MOST_DEPTH: Final = 64
MOST_MERGED: Final = 20_000
MOST_COMMENT: Final = 500

_CHUNK: Final = 2**16
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_WORKBOOK: Final = "xl/workbook.xml"

Attributes = dict[str, str]


def check(archive: zipfile.ZipFile) -> None:
    """Look at a package from outside before anything in it is read.

    :raises TooLarge: when it would unfold to more than any roster, or tells lies about it.
    :raises HasMacros: when it carries a program.
    :raises Encrypted: when parts are locked.
    :raises NotASpreadsheet: when it is a package of another kind.
    """
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNFOLDED:
        raise TooLarge
    if any(m.file_size > SMALL and m.file_size > MOST_RATIO * m.compress_size for m in members):
        raise TooLarge
    if any(member.flag_bits & 1 for member in members):
        raise Encrypted
    if any(name.lower().endswith("vbaproject.bin") or "macrosheets/" in name for name in names):
        raise HasMacros
    if _WORKBOOK not in names or "[Content_Types].xml" not in names:
        raise NotASpreadsheet
    if len(set(names)) < len(names):
        raise CutOff


def drain(archive: zipfile.ZipFile) -> None:
    """Read every part once: what it unfolds to is what it said, and no part declares entities.

    :raises CutOff: when a part is damaged or longer than it says.
    :raises NotASpreadsheet: when a part brings a document type of its own.
    """
    for member in archive.infolist():
        with archive.open(member) as part:
            head = part.read(_CHUNK)
            if b"<!DOCTYPE" in head or "<!DOCTYPE".encode("utf-16-le") in head:
                raise NotASpreadsheet
            while part.read(_CHUNK):
                pass


def marks_of(archive: zipfile.ZipFile) -> tuple[dict[str, Marks], bool]:
    """Return the marks of each sheet by its name, and whether the book counts from 1904."""
    book = _Book()
    _parse(archive, _WORKBOOK, book.start)
    targets = _relations(archive, _WORKBOOK)
    struck = _struck_formats(archive)
    marks = {}
    for name, relation in book.sheets:
        part = targets.get(relation, ("", ""))[1]
        if part in archive.NameToInfo:
            marks[name] = _read_sheet(archive, part, struck)
    return marks, book.from_1904


class _Book:
    """Which sheets there are, and from which year the days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return relation id → its kind and the part it leads to."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    _parse(archive, f"{folder}/_rels/{name}.rels", start)
    return found


def _struck_formats(archive: zipfile.ZipFile) -> set[int]:
    """Return the numbers of the cell formats whose letters are crossed out."""
    fonts: list[bool] = []
    formats: list[int] = []
    within: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        within.append(tag)
        if tag == "font" and within[-2:-1] == ["fonts"]:
            fonts.append(False)
        elif tag == "strike" and within[-3:-1] == ["fonts", "font"]:
            fonts[-1] = attributes.get("val", "1") not in {"0", "false"}
        elif tag == "xf" and within[-2:-1] == ["cellXfs"]:
            formats.append(int(attributes.get("fontId", "0")))

    _parse(archive, "xl/styles.xml", start, lambda _tag: _drop(within))
    return {at for at, font in enumerate(formats) if font < len(fonts) and fonts[font]}


def _drop(within: list[str]) -> None:
    within.pop()


class _Sheet:
    """Collects the marks of one sheet while its part streams by."""

    def __init__(self, struck: set[int]) -> None:
        self.marks = Marks()
        self._struck = struck
        self._row = -1
        self._column = -1
        self._kind = self._format = ""
        self._formula = self._value = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "v" or tag == "is":
            self._value = True
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if attributes.get("hidden") in {"1", "true"} or attributes.get("ht") == "0":
                self.marks.hidden_rows.add(self._row)
        elif tag == "mergeCell":
            self._merge(attributes["ref"])
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes["min"]), int(attributes["max"])
            self.marks.hidden_columns.update(range(first - 1, min(last, 1024)))

    def _merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        if len(self.marks.merged) < MOST_MERGED:
            self.marks.merged.append((*column_of(first), *column_of(last or first)))

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._column = column_of(reference)[1] if reference else self._column + 1
        self._kind, self._format = attributes.get("t", ""), attributes.get("s", "")
        self._formula = self._value = False

    def end(self, tag: str) -> None:
        if tag != "c" or not (self._value or self._formula):
            return
        row, column = self._row, self._column
        self.marks.holds(row, column)
        # A text without letters may be what the formula gave; all else without a value was
        # never calculated. Whether there is a value is known once the cells are read.
        if (self._formula and self._kind != "str") or self._kind == "e":
            self.marks.no_result[row].add(column)
        if self._struck and self._format and int(self._format) in self._struck:
            self.marks.crossed[row].add(column)


def _read_sheet(archive: zipfile.ZipFile, part: str, struck: set[int]) -> Marks:
    sheet = _Sheet(struck)
    _parse(archive, part, sheet.start, sheet.end)
    for kind, target in _relations(archive, part).values():
        if kind == "comments" and target in archive.NameToInfo:
            sheet.marks.comments.update(_comments(archive, target))
    return sheet.marks


def _comments(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    found: list[tuple[tuple[int, int], list[str]]] = []
    inside = [False]

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "comment":
            found.append((column_of(attributes.get("ref", "")), []))
        inside[0] = tag == "t"

    def text(words: str) -> None:
        if inside[0] and found:
            found[-1][1].append(words)

    _parse(archive, part, start, text=text)
    for cell, words in found:
        yield cell, "".join(words).strip()[:MOST_COMMENT]


def column_of(reference: str) -> tuple[int, int]:
    """Return row and column of a cell, counted from nought: 4 and 1 for ``B5``.

    :raises CutOff: when it is no reference to a cell.
    """
    found = _REFERENCE.match(reference)
    if found is None:
        raise CutOff
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


class _Local(dict[str, str]):
    """The name of each tag without the prefix of its space, found out once."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition(":")[2]
        return name


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Stream one part through a parser that knows no document types; none is no fault."""
    if part not in archive.NameToInfo:
        return
    parser = expat.ParserCreate()
    depth = [0]
    local = _Local()

    def open_tag(tag: str, attributes: Attributes) -> None:
        depth[0] += 1
        if depth[0] > MOST_DEPTH:
            raise CutOff
        start(local[tag], attributes)

    def close_tag(tag: str) -> None:
        depth[0] -= 1
        if end is not None:
            end(local[tag])

    parser.StartElementHandler = open_tag
    parser.EndElementHandler = close_tag
    parser.StartDoctypeDeclHandler = _refuse
    parser.CharacterDataHandler = text
    with archive.open(part) as stream:
        _feed(parser, stream)


def _feed(parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 -- expat takes no keywords
        parser.Parse(b"", True)  # noqa: FBT003 -- expat takes no keywords
    except (expat.ExpatError, ValueError, KeyError) as fault:
        raise CutOff from fault


def _refuse(*_declared: object) -> None:
    raise NotASpreadsheet
