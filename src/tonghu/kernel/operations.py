"""The one door for writing: a decorated function is whole, allowed and on the record.

    @operation("casework.case.closed")
    def close_case(*, case: Case, reason: str, by: Actor, at: dt.datetime) -> Outcome[Case]: ...

Permission, effect and journal row stand or fall together. An operation may call operations:
they join the outer transaction and share its ``act``. What it refuses leaves nothing but a
journal row that says so.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, wraps
from typing import Any, Generic, ParamSpec, Protocol, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tonghu.kernel.encryption import indices_of
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.kernel.ids import new_id
from tonghu.kernel.rules import Actor

P = ParamSpec("P")
T = TypeVar("T", bound=models.Model)

Changes = Mapping[str, tuple[Any, Any]]


class OtherContent(Refused):
    """The same ``op_id`` came before with other content; nothing was overwritten."""


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What an operation leaves behind, and what the journal shall say of it."""

    thing: T
    is_news: bool
    changes: Changes = field(default_factory=dict)
    reason: str = ""
    about: UUID | None = None


def changed(
    thing: T, changes: Changes | None = None, *, reason: str = "", about: UUID | None = None
) -> Outcome[T]:
    """Say that the operation did something; it goes on record.

    ``about`` is the file whose history this belongs to, when it is not the thing itself.
    """
    return Outcome(thing, is_news=True, changes=changes or {}, reason=reason, about=about)


def unchanged(thing: T) -> Outcome[T]:
    """Say that all was already so; nothing to record."""
    return Outcome(thing, is_news=False)


def assign(thing: models.Model, **values: Any) -> Changes:
    """Set and save the attributes that differ; return what was and what is, by field."""
    changes = {
        name: (getattr(thing, name), value)
        for name, value in values.items()
        if getattr(thing, name) != value
    }
    for name, (_before, after) in changes.items():
        setattr(thing, name, after)
    if changes:
        thing.save(update_fields=[*changes, *indices_of(thing._meta.model, changes)])
    return changes


@dataclass(frozen=True)
class Entry:
    """One line for the journal."""

    event: str
    act: UUID
    at: dt.datetime
    by: Actor
    subject_kind: str
    subject_id: UUID | None
    about_id: UUID | None = None
    changes: Changes = field(default_factory=dict)
    reason: str = ""
    op_id: UUID | None = None
    content: str = ""


@dataclass(frozen=True)
class FirstAnswer:
    """What the journal knows of an ``op_id`` that came before."""

    account_id: UUID | None
    agency_id: UUID
    event: str
    content: str
    subject_kind: str
    subject_id: UUID


class Journal(Protocol):
    """Where lines are kept; the domain ``access`` brings it when the product starts."""

    def write(self, entry: Entry) -> None:
        """Append one line."""

    def first_answer(self, op_id: UUID) -> FirstAnswer | None:
        """Return what a key that came before was answered."""


_journal_at: list[str] = []
_act: ContextVar[UUID | None] = ContextVar("act", default=None)
EVENTS: set[str] = set()


def keep_journal_with(dotted: str) -> None:
    """Name the class of the journal that every operation writes to, as ``package.Class``."""
    _journal_at[:] = [dotted]
    journal.cache_clear()


@cache
def journal() -> Journal:
    """Return the journal; without one nothing may be written."""
    kept: Journal = import_string(_journal_at[0])()
    return kept


def operation(event: str) -> Callable[[Callable[P, Outcome[T]]], Callable[P, T]]:
    """Make a keyword-only function with ``by`` and ``at`` one recorded transaction.

    ``event`` is dotted, past tense: ``"access.person.invited"``. When ``by.op_id`` is set and
    came before with the same content, the first answer is returned and nothing is written.

    :raises OtherContent: when it came before with other content, or from somebody else.
    :raises Refused: whatever the function refuses; the journal then says who was refused.
    """
    EVENTS.add(event)

    def decorate(function: Callable[P, Outcome[T]]) -> Callable[P, T]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            if _act.get() is not None:
                return _inner(event, function, kwargs)
            return _outer(event, function, kwargs)

        run.event = event  # type: ignore[attr-defined]
        return run

    return decorate


def _outer(event: str, function: Callable[..., Outcome[T]], kwargs: Mapping[str, Any]) -> T:
    by, at = cast(Actor, kwargs["by"]), cast(dt.datetime, kwargs["at"])
    act = new_id(at)
    token = _act.set(act)
    try:
        return _attempt(event, function, kwargs, act)
    except (Forbidden, Hidden, OtherContent) as refusal:
        record_refusal(event, refusal, by=by, at=at, things=kwargs)
        raise
    finally:
        _act.reset(token)


def _attempt(
    event: str, function: Callable[..., Outcome[T]], kwargs: Mapping[str, Any], act: UUID
) -> T:
    by = cast(Actor, kwargs["by"])
    content = digest(kwargs) if by.op_id else ""
    try:
        with transaction.atomic():
            if by.op_id and (first := journal().first_answer(by.op_id)):
                return cast(T, _answer_again(first, event, content, by))
            return _recorded(event, function, kwargs, act, content)
    except OtherContent:
        raise
    except (IntegrityError, Refused):
        # Two resends in the same second: where the other one has won, its answer is ours, also
        # when this one was refused because of what the other had just done.
        first = journal().first_answer(by.op_id) if by.op_id else None
        if first is None:
            raise
        return cast(T, _answer_again(first, event, content, by))


def _inner(event: str, function: Callable[..., Outcome[T]], kwargs: Mapping[str, Any]) -> T:
    act = cast(UUID, _act.get())
    with transaction.atomic():
        return _recorded(event, function, kwargs, act, content=None)


def _recorded(
    event: str,
    function: Callable[..., Outcome[T]],
    kwargs: Mapping[str, Any],
    act: UUID,
    content: str | None,
) -> T:
    outcome = function(**kwargs)
    by, thing = kwargs["by"], outcome.thing
    op_id = by.op_id if content is not None else None
    if outcome.is_news or op_id:
        journal().write(
            Entry(
                event=event,
                act=act,
                at=kwargs["at"],
                by=by,
                subject_kind=thing._meta.label_lower,
                subject_id=thing.pk,
                about_id=outcome.about or thing.pk,
                changes=outcome.changes,
                reason=outcome.reason,
                op_id=op_id,
                content=content or "",
            )
        )
    return thing


def _answer_again(first: FirstAnswer, event: str, content: str, by: Actor) -> Any:
    sent = (by.account_id, by.agency_id, event, content)
    if (first.account_id, first.agency_id, first.event, first.content) != sent:
        raise OtherContent(
            _("This was sent before with other content. Nothing was overwritten; both are kept.")
        )
    from_label = apps.get_model(first.subject_kind)
    return from_label._base_manager.get(pk=first.subject_id)


def record_refusal(
    event: str,
    refusal: Refused,
    *,
    by: Actor,
    at: dt.datetime,
    things: Mapping[str, Any] | None = None,
    asked: UUID | None = None,
) -> None:
    """Put a refused act on record, once: what was asked for by number, never by name (R81)."""
    if refusal.on_record:
        return
    subject = next(
        (value for value in (things or {}).values() if isinstance(value, models.Model)), None
    )
    kind = "resend.differed" if isinstance(refusal, OtherContent) else "refused"
    with transaction.atomic():  # the chain is locked until commit: without one, not at all
        journal().write(
            Entry(
                event=f"access.{kind}",
                act=new_id(at),
                at=at,
                by=by,
                subject_kind=subject._meta.label_lower if subject else event,
                subject_id=subject.pk if subject else asked,
                reason=event,
            )
        )
    refusal.on_record = True


def digest(kwargs: Mapping[str, Any]) -> str:
    """Return a hash of an operation's content, without who, when and from where."""
    content = {name: _plain(value) for name, value in kwargs.items() if name not in ("by", "at")}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, dt.date | dt.time | UUID):
        return str(value)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, type):
        return value.__qualname__
    if isinstance(value, list | tuple | set | frozenset):
        plain = [_plain(one) for one in value]
        return sorted(plain, key=str) if isinstance(value, set | frozenset) else plain
    return {str(key): _plain(one) for key, one in _parts(value).items()}


def _parts(value: Any) -> Mapping[Any, Any]:
    if isinstance(value, Mapping):
        return value
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    raise TypeError(f"An operation cannot be sent with a {type(value).__name__}.")
