"""PDFs: taken apart and put together again from their pages alone.

What a PDF can do by itself stands round its pages and in their margins: scripts, actions when it
is opened, files inside it, forms that send, who wrote it. The pages go into a new document;
whatever active is left in them then is a reason to refuse it.
"""

import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from tonghu.attachments.constants import MOST_PAGES
from tonghu.attachments.examining.jpeg import without_notes
from tonghu.attachments.examining.refusals import Active, Locked, NotReadable, TooLarge

BROKEN = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError)
"""What pypdf raises at files that are not what they say; recursion is one of them by depth."""
HARMLESS = {"/Text", "/FreeText", "/Highlight", "/Underline", "/Stamp", "/Ink", "/Square", "/Line"}
"""Marks on a page that only show something."""
OF_A_PAGE = ("/AA", "/Metadata", "/PieceInfo", "/AF")
OF_A_MARK = ("/A", "/AA", "/Popup", "/FS", "/AF", "/T", "/NM", "/Parent")
ACTIVE = {
    "/JS",
    "/JavaScript",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/OpenAction",
    "/AA",
    "/RichMedia",
    "/XFA",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
}


def of_pages_alone(content: bytes) -> bytes:
    """Return the PDF with its pages and nothing else.

    :raises Locked: when it has a password.
    :raises TooLarge: when it has more pages than are kept.
    :raises Active: when something in a page would act by itself, or is a form to fill in.
    :raises NotReadable: when it is broken or cut off.
    """
    try:
        return _of_pages_alone(content)
    except (*BROKEN, RecursionError) as error:
        raise NotReadable(
            _("This PDF cannot be opened; it may have been cut off. Save or scan it again.")
        ) from error


def _of_pages_alone(content: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise Locked(_("This PDF has a password. Save it without one, then add it again."))
    if len(reader.pages) > MOST_PAGES:
        raise TooLarge(_("This PDF has more than 200 pages. Add the part that matters."))
    writer = PdfWriter()
    for page in reader.pages:
        _strip(page)
        writer.add_page(page)
    if not writer.pages:
        raise NotReadable(_("This PDF has no page. Save or scan it again."))
    writer.metadata = None
    _strip_pictures(writer)
    if any(_is_active(one) for one in _things_in(writer._root_object)):
        raise Active(
            _("This PDF would do something by itself when opened. Print it as a PDF and add that.")
        )
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _strip(page: DictionaryObject) -> None:
    for name in OF_A_PAGE:
        page.pop(NameObject(name), None)
    marks = page.get("/Annots")
    if marks is None:
        return
    found = [mark.get_object() for mark in marks.get_object()]
    if any(mark.get("/Subtype") == "/Widget" for mark in found):
        raise Active(
            _(
                "This PDF is a form to fill in. Print it as a PDF, so that the answers stay,"
                " and add that."
            )
        )
    kept = [mark for mark in found if mark.get("/Subtype") in HARMLESS]
    for mark in kept:
        for name in OF_A_MARK:
            mark.pop(NameObject(name), None)
    page[NameObject("/Annots")] = ArrayObject(kept)


def _strip_pictures(writer: PdfWriter) -> None:
    """Take the notes of a camera out of the photos that a scanning app put into the pages."""
    for thing in _things_in(writer._root_object):
        if isinstance(thing, StreamObject):
            thing.pop(NameObject("/Metadata"), None)
            if thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
                thing._data = without_notes(thing._data)


def _is_active(thing: DictionaryObject) -> bool:
    names = {str(name) for name in thing} | {str(thing.get("/S")), str(thing.get("/Type"))}
    return bool(names & ACTIVE)


def _things_in(root: Any) -> Iterator[DictionaryObject]:
    """Yield every dictionary that the document leads to, each once."""
    waiting, seen = [root], set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += list(dict.values(one))
        elif isinstance(one, ArrayObject):
            waiting += list(list.__iter__(one))
