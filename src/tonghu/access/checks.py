"""What doctor asks of the journal: does each chain hold, does the clock stand after its end?

Also the system check that every address has a policy (R90).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from tonghu.access.heads import check_head, heads_on_record, is_head
from tonghu.access.journal import agencies_on_record, last_moment, verify_chain
from tonghu.access.web.pages import policy_of
from tonghu.kernel import clock
from tonghu.kernel.checks import Verdict, check, ok, refused
from tonghu.kernel.law import upholds


@check("journal.chain", at_start=False, asks_database=True)
def chains_hold() -> Verdict:
    """Refuse a journal that was changed behind the program's back."""
    agencies = agencies_on_record()
    breaks = [found for agency in agencies for found in verify_chain(agency)]
    if breaks:
        first = breaks[0]
        return refused(
            f"The journal of {first.agency_id} is broken at row {first.seq}: {first.words} "
            f"({len(breaks)} places).",
            "Keep this copy as evidence, restore the last good backup, tell the agency head.",
        )
    return ok(f"{len(agencies)} chains hold")


@check("journal.clock", asks_database=True)
def clock_after_journal() -> Verdict:
    """Refuse a clock that stands before the last row of the journal."""
    last, at = last_moment(), clock.now()
    if last and at < last:
        return refused(
            f"The clock says {at:%F %T}, the journal ends at {last:%F %T} (UTC).",
            "Set the clock of this machine right.",
        )
    return ok("the clock stands after the last row of the journal")


@check("journal.heads", at_start=False, asks_database=True)
def own_heads_hold() -> Verdict:
    """Refuse a journal that is not the one that was signed on an earlier day."""
    return _held_against(heads_on_record())


def against(path: Path) -> Verdict:
    """Hold the journal against a signed end that was kept outside the house."""
    try:
        documents = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) else "it is no JSON"
        return refused(f"{path} cannot be read: {words}.", "Name the file that was kept.")
    documents = documents if isinstance(documents, list) else [documents]
    if not documents or not all(is_head(document) for document in documents):
        return refused(f"{path} is no signed end of a journal.", "Name the file that was kept.")
    return _held_against(documents)


def _held_against(documents: list[dict[str, Any]]) -> Verdict:
    breaks = [found for document in documents for found in check_head(document)]
    if breaks:
        return refused(
            f"Row {breaks[0].seq}: {breaks[0].words}.",
            "Keep this copy as evidence, restore the last good backup, tell the agency head.",
        )
    return ok(f"{len(documents)} signed ends: nothing was changed, nothing is missing")


@register()
@upholds("R90")
def every_address_has_a_policy(**_kwargs: Any) -> list[CheckMessage]:
    """Report addresses whose view was never marked with what it demands."""
    return [
        Error(f"{route} has no policy", id="tonghu.R90")
        for route, view in addresses(get_resolver())
        if policy_of(view) is None
    ]


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every address of the product with its view."""
    for one in resolver.url_patterns:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from addresses(one, route)
        elif isinstance(one, URLPattern):
            yield route, one.callback
