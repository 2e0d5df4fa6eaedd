"""Small rosters for tests, written by other programs than the ones that read them."""

import csv
import io

import xlsxwriter


def workbook(*sheets, hidden=(), dress=None, names=()):
    """Return an .xlsx with these sheets of rows; ``dress`` marks cells and rows of the first."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        for number, rows in enumerate(sheets):
            page = book.add_worksheet(names[number] if names else None)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if hasattr(cell, "year"):
                        page.write_datetime(at, column, cell, day)
                    elif cell not in (None, ""):
                        page.write(at, column, cell)
            if dress is not None and number == 0:
                dress(book, page)
            if number in hidden:
                page.hide()
    return content.getvalue()


def separated(rows, coding="utf-8", mark=","):
    """Return a table of text with these rows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark).writerows(rows)
    return text.getvalue().encode(coding)
