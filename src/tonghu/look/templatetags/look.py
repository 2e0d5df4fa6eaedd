"""Icons, amounts, dates and the parts of a page, named in the settings as template builtins."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.boundfield import BoundWidget
from django.http import QueryDict  # noqa: TID251 -- only to write addresses
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy

from tonghu.kernel import clock
from tonghu.kernel.ids import new_id
from tonghu.look.addresses import address
from tonghu.look.icons import ICONS
from tonghu.look.navigation import Shown

register = template.Library()

MINUS = "\N{MINUS SIGN}"
SHORT_LABEL = 14
TILES_ABREAST = 4
WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
"""Our own, since Django's Chinese has only the long names."""


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """Draw an icon; it says nothing of its own, words stand beside it."""
    path = ICONS[name]
    return mark_safe(  # noqa: S308 -- a path of our own table and a whole number
        f'<svg class="ic" width="{int(size)}" height="{int(size)}" viewBox="0 0 24 24" fill="none" '
        'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" '
        f'aria-hidden="true"><path d="{path}"/></svg>'
    )


@register.simple_tag
def address_of(name: str, number: UUID) -> str:
    """Write the address of the page of one thing, for the links of a list."""
    return address(name, number)


@register.simple_tag
def op_id() -> SafeString:
    """Give a form the key of one sending: pressed twice or sent again, it is done once."""
    return format_html('<input type="hidden" name="op_id" value="{}">', new_id())


@register.simple_tag
def menu(entries: Sequence[Shown], part: str) -> SafeString:
    """Write the links of the menu or of the bottom bar, as this person finds them."""
    return _menu(tuple(entries), part, get_language())


@lru_cache(maxsize=512)
def _menu(entries: tuple[Shown, ...], part: str, language: str | None) -> SafeString:
    """Write the links once for all who find the same ones on the same page."""
    return render_to_string(part, {"entries": entries})


@register.simple_tag
def yuan(fen: int) -> str:
    """Write an amount kept in fen, with the unit where the language puts it."""
    whole, rest = divmod(abs(fen), 100)
    amount = f"{whole:,}.{rest:02}" if rest else f"{whole:,}"
    words = pgettext("amount of money", "¥%(amount)s") % {"amount": amount}
    return f"{MINUS}{words}" if fen < 0 else words


@register.filter
def signed(number: int) -> str:
    """Write a change with a real plus or minus sign."""
    return f"{number:+,}".replace("-", MINUS) if number else "0"


@register.filter
def day(date: dt.date | None, today: dt.date | None = None) -> str:
    """Write a day with its weekday, and with the year when it is not this one."""
    if date is None:
        return ""
    if isinstance(date, dt.datetime):
        date = clock.day(date)
    is_near = date.year == (today or clock.day(clock.now())).year
    return _day_words(date, is_near, get_language())


@register.filter
def day_of_year(date: dt.date | None) -> str:
    """Write a day of a history: with its year, whichever it is, and without the weekday."""
    if date is None:
        return ""
    return date_format(date, pgettext("date format: a day of another year", "j M Y"))


@lru_cache(maxsize=512)
def _day_words(date: dt.date, is_near: bool, language: str | None) -> str:  # noqa: FBT001 -- a key
    """Write a day in the present language; a list says the same few days in each row."""
    if is_near:
        written = date_format(date, pgettext("date format: a day of this year", "j M"))
    else:
        written = date_format(date, pgettext("date format: a day of another year", "j M Y"))
    return pgettext("day with weekday", "%(weekday)s %(date)s") % {
        "weekday": WEEKDAYS[date.weekday()],
        "date": written,
    }


@register.filter
def moment_words(moment: dt.datetime | None, today: dt.date | None = None) -> str:
    """Write a moment as people say it: today and the hour, or the day and the hour."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    now = today or clock.day(clock.now())
    hour = date_format(local, "H:i")
    if local.date() == now:
        return gettext("Today %(hour)s") % {"hour": hour}
    if local.date() == now - dt.timedelta(days=1):
        return gettext("Yesterday %(hour)s") % {"hour": hour}
    if local.year == now.year:
        date = date_format(local, pgettext("date format: a day of this year", "j M"))
    else:
        date = date_format(local, pgettext("date format: a day of another year", "j M Y"))
    return f"{date} {hour}"


@register.inclusion_tag("look/parts/field.html")
def field(field: BoundField) -> dict[str, Any]:
    """Draw one field: label, hint, error, and the browser's own control."""
    return {"field": field}


@register.filter
def kind(field: BoundField) -> str:
    """Say how a field is drawn: as tiles, as one tick, as a day, or as it comes."""
    drawn = getattr(field.field.widget, "input_type", "")
    if drawn == "checkbox" and not hasattr(field.field, "choices"):
        return "tick"
    if drawn in {"radio", "checkbox"}:
        return "tiles"
    return "day" if drawn == "date" else "plain"


@register.filter
def abreast(field: BoundField) -> bool:
    """Say whether the tiles of a field are few and short enough to stand side by side."""
    labels = [str(label) for value, label in field.field.choices if value != ""]  # type: ignore[attr-defined]
    # A Chinese character is twice as wide as a Latin one.
    widths = [sum(2 if letter > "\u2e80" else 1 for letter in label) for label in labels]
    return len(labels) <= TILES_ABREAST and max(widths, default=0) <= SHORT_LABEL


@register.filter
def hint(choice: BoundWidget) -> str:
    """Return the sentence below one choice, where the form gives its widget ``option_hints``."""
    hints = getattr(choice.parent_widget, "option_hints", {})
    return str(hints.get(choice.data["value"], ""))


@register.filter
def as_day(field: BoundField) -> str:
    """Repeat the date of a field in the reader's words; the control speaks the phone's language."""
    value = field.value()
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            return ""
    return day(value)


@register.inclusion_tag("look/parts/errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List what is missing, with links to the fields; it takes the focus."""
    fields = [form[name] for name in form.errors if name in form.fields]
    return {"form": form, "fields": fields, "whole": form.non_field_errors()}


class Onward(Protocol):
    """A page of a list too long to be counted to its end: its rows, and where the next begin."""

    rows: Sequence[Any]
    total: int
    total_is_known: bool
    more: str


@register.inclusion_tag("look/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page | Onward) -> dict[str, Any]:
    """Show which rows stand here, of how many, and the way on; filters stay as they are.

    A numbered page is asked for as ``?page=``, one that only goes on as ``?after=``.
    """
    request = context.get("request")
    kept = request.GET.copy() if request else QueryDict(mutable=True)
    begun = bool(kept.pop("after", None))
    kept.pop("page", None)
    query = f"{kept.urlencode()}&" if kept else ""
    return {"page": page, "query": query, "numbered": isinstance(page, Page), "begun": begun}


@register.inclusion_tag("look/parts/progress.html")
def progress(done: int, total: int, words: str = "") -> dict[str, Any]:
    """Show how far long work has come, in numbers and as a bar."""
    return {"done": done, "total": total, "words": words}


@register.inclusion_tag("look/parts/empty.html")
def empty(title: str, words: str = "", href: str = "", verb: str = "") -> dict[str, Any]:
    """Say that nothing is here and what to do next."""
    return {"title": title, "words": words, "href": href, "verb": verb}


@register.inclusion_tag("look/parts/sync.html")
def sync(state: str = "saved", waiting: int = 0) -> dict[str, Any]:
    """Say whether everything has arrived: ``saved``, ``waiting`` or ``offline``."""
    return {"state": state, "waiting": waiting}


@register.inclusion_tag("look/parts/steps.html")
def steps(steps: list[tuple[str, str]], now: int) -> dict[str, Any]:
    """Show the steps of a task, ``(name, href)`` each; ``now`` is the number of the present one."""
    rows = [
        {"n": n, "name": name, "href": href, "done": n < now, "now": n == now}
        for n, (name, href) in enumerate(steps, 1)
    ]
    return {"steps": rows}


@register.inclusion_tag("look/parts/removable.html")
def removable(label: str, href: str) -> dict[str, Any]:
    """Show an active filter that one press takes away."""
    return {"label": label, "href": href}
