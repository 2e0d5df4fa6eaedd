"""Spans of one kind follow each other: what begins ends what was, and a later one stands."""

import datetime as dt
from typing import TypeVar

from django.db.models import Q, QuerySet

from tonghu.kernel.operations import Changes, assign
from tonghu.people.models.families import Span

S = TypeVar("S", bound=Span)
BY_ITSELF = ("id", "agency", "from_on", "until_on")
A_DAY = dt.timedelta(days=1)


def begin(rows: "QuerySet[S]", span: S) -> tuple[S, Changes]:
    """Let a span begin among the others of its kind, and return what stands now.

    ``rows`` are the spans of the same person and kind. One that holds on the first day ends the
    day before; one that began on the same day is corrected; one that begins later stays, and
    the new one ends before it.
    """
    same = rows.filter(from_on=span.from_on).first()
    if same is not None:
        return same, assign(same, **_said(span))
    for earlier in rows.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=span.from_on), from_on__lt=span.from_on
    ):
        assign(earlier, until_on=span.from_on - A_DAY)
    later = rows.filter(from_on__gt=span.from_on).order_by("from_on").first()
    if later and (span.until_on is None or span.until_on >= later.from_on):
        span.until_on = later.from_on - A_DAY
    span.save(force_insert=True)
    return span, {
        name: (None, value) for name, value in _said(span).items() if value not in ("", None)
    }


def _said(span: Span) -> dict[str, object]:
    return {
        field.name: getattr(span, field.name)
        for field in span._meta.concrete_fields
        if field.name not in BY_ITSELF
    }
