"""Printed documents: a Typst template and data become a PDF.

A template lies beside its domain (``<domain>/documents/*.typ``) and begins with
``#import "/documents/typst/base.typ": *``. What it says comes as data, already translated, and
is never made part of the template: a name that holds Typst's own signs prints as itself.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from tonghu.documents.characters import mark, number_of
from tonghu.documents.glyphs import FACES, can_draw, missing_glyphs

ROOT = Path(__file__).resolve().parent.parent
"""The folder a template's ``/`` means; nothing above it can be read by a template."""
STANDARDS = ["ua-1", "a-2a"]
"""Readable to a screen reader and fit for the archive; both refuse a character without a shape."""

PLACE = re.compile(r"(?P<file>[\w.-]+\.typ):(?P<line>\d+):(?P<column>\d+)")
IN_MEMORY = "__typst_py_bytes__.typ"


class TemplateFault(Exception):  # noqa: N818 -- a bug in a template, told by its place
    """A template does not fit its data; the message says where, never the data."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """For whom a copy that leaves the service was made, what for, and until when (R85)."""

    recipient: str
    purpose: str
    expires_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What every page of a document says besides its content.

    ``title`` also becomes the title in the file's properties, so it names no person (R82).
    ``language`` is one of the codes in ``settings.LANGUAGES``.
    """

    agency: str
    title: str
    number: str
    confidentiality: str
    printed_by: str
    language: str = "zh-hans"
    copy: Copy | None = None


@dataclass(frozen=True)
class Printed:
    """A finished document, and the characters in it that print as their number only."""

    pdf: bytes
    unprintable: tuple[str, ...]


def print_document(
    template: Path, *, imprint: Imprint, data: Mapping[str, Any], at: dt.datetime
) -> Printed:
    """Print a document at the moment ``at``; the same data at the same moment give the same file.

    Characters the typeface lacks are printed as their Unicode number; the document says so
    after its last line, and the answer lists them.

    :raises TemplateFault: when the template does not fit the data.
    :raises TypeError: when the data hold anything but text, numbers, truths, lists and mappings.
    """
    with override(imprint.language):
        frame = _frame(imprint, at)
        unprintable = tuple(missing_glyphs(_all_text([frame, data])))
        frame["unprintable"] = _told(unprintable)
        given = {"frame": _printable(frame), "data": _printable(data)}
    try:
        # The stub wants root and template of one type; either may be a path or bytes.
        pdf = typst.compile(  # type: ignore[call-overload]
            template.read_bytes(),
            root=ROOT,
            font_paths=_faces(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"document": json.dumps(given)},
            pdf_standards=STANDARDS,
            timestamp=at.astimezone(dt.UTC).replace(microsecond=0),
        )
    except typst.TypstError as fault:
        raise TemplateFault(_place(fault, template)) from None
    return Printed(pdf, unprintable)


def _frame(imprint: Imprint, at: dt.datetime) -> dict[str, Any]:
    """Return what stands on every page, in the words of the document's language."""
    printed = _("Printed by {who} on {when}").format(who=imprint.printed_by, when=_minute(at))
    copy = imprint.copy
    return {
        "language": imprint.language[:2],
        "agency": imprint.agency,
        "title": imprint.title,
        "number": imprint.number,
        "confidentiality": imprint.confidentiality,
        "printed": printed,
        "pages": _("Page {page} of {pages}"),
        "copy": copy
        and _("Copy for {recipient}. Purpose: {purpose}. To be destroyed by {until}.").format(
            recipient=copy.recipient, purpose=copy.purpose, until=_minute(copy.expires_at)
        ),
        "watermark": copy and f"{copy.recipient}\n{_minute(at)}",
    }


def _told(unprintable: tuple[str, ...]) -> str | None:
    """Return the sentence that owns up to the characters the typeface lacks."""
    if not unprintable:
        return None
    numbers = _(", ").join(map(number_of, unprintable))
    return _("The typeface lacks these characters; their Unicode numbers stand instead: {}").format(
        numbers
    )


def _minute(moment: dt.datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}"


def _printable(value: Any) -> Any:
    """Return the data with every text in it fit to be printed; the keys are the template's."""
    if isinstance(value, str | Promise):
        return mark(str(value), can_write=can_draw)
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


def _all_text(value: Any) -> str:
    """Return every text in the data, one after the other."""
    if isinstance(value, str | Promise):
        return str(value)
    if isinstance(value, Mapping):
        value = list(value.values())
    return "".join(map(_all_text, value)) if isinstance(value, list | tuple) else ""


def _place(fault: typst.TypstError, template: Path) -> str:
    """Return where a fault lies, without Typst's words on it: they may quote the data."""
    if found := PLACE.search(fault.diagnostic):
        name = template.name if found["file"] == IN_MEMORY else found["file"]
        return f"{name}, line {found['line']}, column {found['column']}"
    return template.name


@cache
def _faces() -> typst.Fonts:
    """Return our two faces and no other: neither the machine's nor those inside Typst."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FACES])
