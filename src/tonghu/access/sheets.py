"""One sheet per class of data: five separate Rules, and the order in which they are asked.

A sheet is the coded line of the policy's table in section 3: who may find, read, write,
approve and take away rows of one class. Domains declare theirs in ``policy.py``; the page
'who may do what' is made from all of them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from operator import attrgetter
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db.models import Expression, Model, Q, QuerySet, UUIDField
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.anybody import in_place_of, moment_of, said_of
from tonghu.access.openings import (
    closed_now,
    closed_to,
    held_open,
    let_in,
    not_theirs,
    open_glass,
    open_reasons,
)
from tonghu.access.roles import AgencyHead, SocialWorker, Supervisor
from tonghu.kernel.errors import Forbidden, Hidden, ReasonNeeded
from tonghu.kernel.law import note, upholds
from tonghu.kernel.prepared import Chosen, PreparedFilter, PreparedSet
from tonghu.kernel.registry import Registry
from tonghu.kernel.rules import (
    EVERYTHING,
    NOBODY,
    NOTHING,
    Rule,
    joined,
    only,
    sets_of,
    through,
)

M = TypeVar("M", bound=Model)
BREAKERS = (SocialWorker.key, Supervisor.key, AgencyHead.key)


class Action(StrEnum):
    """What somebody wants to do with a class of data (R2)."""

    FIND = "find"
    READ = "read"
    WRITE = "write"
    APPROVE = "approve"
    EXPORT = "export"


RULES = (*Action, "read_with_reason", "export_with_reason")
"""The names of a sheet's Rules."""


class Answer(StrEnum):
    """The answers of R6; the fifth, *masked*, is a sheet of its own."""

    ALLOW = "allow"
    REASON = "reason"
    FORBIDDEN = "forbidden"
    HIDDEN = "hidden"


class NeedsReason(ReasonNeeded):
    """The file opens once a reason is written down; says which file."""

    def __init__(self, target_kind: str, target_id: UUID) -> None:
        super().__init__(_("Write down why you need this first."))
        self.target_kind = target_kind
        self.target_id = target_id


SHEETS: list["Sheet"] = []
SHUT_TO_ALL: Registry[PreparedSet] = Registry("files closed to everybody")
"""Of a higher floor, by kind of file: what nobody finds any more, as what is to be erased."""


@upholds(
    "R5",
    "R6",
    "R7",
    "R39",
    "R45",
    "R77",
    says=gettext_lazy("each class of data is a filter: own agency, not closed, opened by a ground"),
)
@dataclass(frozen=True)
class Sheet:
    """Who may find, read, write, approve and take away rows of one class, on a day.

    ``target`` is the column that names the file a row belongs to, ``target_kind`` the kind
    written in duties, reasons and closings. Where ``breakable``, break-glass opens reading
    for workers, supervisors and the head (R66); where ``by_seal``, being named in a seal opens.
    """

    number: str
    name: Promise
    target_kind: str
    target: str = "pk"
    find: Rule = NOBODY
    read: Rule = NOBODY
    write: Rule = NOBODY
    approve: Rule = NOBODY
    export: Rule = NOBODY
    read_with_reason: Rule = NOBODY
    export_with_reason: Rule = NOBODY
    breakable: bool = False
    by_seal: bool = False
    law: tuple[str, ...] = field(default=())
    is_part: bool = False
    prepared: dict[Any, PreparedFilter] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    bounds: dict[Any, PreparedSet | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        if self.is_part:
            return  # its whole is on the page of rules
        words = format_lazy(gettext_lazy("its own five Rules: {name}"), name=self.name)
        note(self.numbers, f"sheet {self.target_kind}", words)
        SHEETS.append(self)

    def on(self, column: str, unless: Callable[[Actor], Q] | None = None) -> Self:
        """Return the sheet of a table whose rows name, in a column, the file of this class.

        The class is written down once, about files; its tables ask it through the column.
        ``unless`` names rows that a closing takes away besides, as of a family's other children.
        """

        def moved(rule: Rule) -> Rule:
            found = through(rule, column)
            if unless is None or rule is NOBODY:
                return found

            def where(by: Actor, on: dt.date) -> Q:
                opened = found.where(by, on)
                return opened if opened == NOTHING else opened & ~unless(by)

            return Rule(found.says, where, found.law)

        rules: dict[str, Any] = {name: moved(getattr(self, name)) for name in RULES}
        return replace(self, target=f"{column}_id", is_part=True, **rules)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the rules of the policy that the sheet and its Rules code, its own first."""
        rules = (rule for action in Action for rule in self.rules(action))
        of_rules = (number for rule in rules for number in rule.law)
        return tuple(dict.fromkeys((self.number, *self.law, *of_rules)))

    def where(self, action: Action, by: Actor, on: dt.date) -> Q:
        """Return the row filter of R5: nothing closes it, a duty or a reason opens it."""
        opened = self._rule(action).where(by, on)
        reasoned = self._reasoned(action).where(by, on)
        if reasoned != NOTHING:
            held = held_open(account=by.account_id, kind=self.target_kind, at=moment_of(by))
            opened = joined(opened, reasoned & self._at(held))
        if self.breakable and action is Action.READ and by.role_key in BREAKERS:
            opened = joined(opened, self._at(open_glass(by, self.target_kind)))
        if self.by_seal and action in (Action.READ, Action.WRITE) and by.account_id:
            opened = joined(opened, self._at(let_in(account=by.account_id, at=moment_of(by))))
        shut = ~self._at(self._shut_to(action, by)) & self._not_shut_to_all()
        return Q(agency_id=by.agency_id) & opened & shut

    def _shut_to(self, action: Action, by: Actor) -> Expression:
        """Return the files closed to this act: a sealed one is found by nobody (R57).

        Who is named in the seal and gave a reason today reads and writes; only who sealed
        it approves and takes away.
        """
        said = {"account": by.account_id, "kind": self.target_kind}
        if action is Action.FIND:
            return closed_to(**said)
        chosen = closed_now if action in (Action.READ, Action.WRITE) else not_theirs
        return chosen(**said, at=moment_of(by))

    def rows(self, action: Action, rows: "QuerySet[M]", by: Actor, *, on: dt.date) -> "QuerySet[M]":
        """Return the rows the actor may act on, for lists, counts and hints alike."""
        written = self._written(action, rows.model, by)(**said_of(by, on))
        where = self.where(action, by, on) if written is None else written
        return Rule(self.name, lambda b, d: where).rows(rows, by, on=on)

    def opens(self, action: Action, by: Actor, thing: Model, *, on: dt.date) -> bool:
        """Tell whether the actor may do this to a thing at hand."""
        written = self._written(action, type(thing), by)
        found = written.lets_through(thing.pk, **said_of(by, on))
        if found is not None:
            return found
        rows = type(thing)._base_manager.all()
        return rows.filter(self.where(action, by, on), pk=thing.pk).exists()

    def within(self, action: Action, by: Actor, *, on: dt.date) -> Chosen | None:
        """Return the files outside of which the actor may do this to none, if her Rule says so.

        A question about many begins with these few.
        """
        anybody = in_place_of(by)
        if (action, anybody) not in self.bounds:
            sets = sets_of(self.where(action, anybody, anybody.on))  # type: ignore[arg-type]
            self.bounds[action, anybody] = (
                PreparedSet(partial(sets[0].union, *sets[1:]), UUIDField()) if sets else None
            )
        bound = self.bounds[action, anybody]
        return None if bound is None else bound(**said_of(by, on))

    def _written(self, action: Action, model: type[Model], by: Actor) -> PreparedFilter:
        """Return the row filter of everybody in the actor's role, whoever she is."""
        anybody = in_place_of(by)
        key = (action, model, anybody)
        if key not in self.prepared:
            make = partial(self.where, action, anybody, anybody.on)  # type: ignore[arg-type]
            self.prepared[key] = PreparedFilter(model, make)
        return self.prepared[key]

    def get(self, action: Action, rows: "QuerySet[M]", by: Actor, pk: object, *, on: dt.date) -> M:
        """Return one row, or refuse in the way that gives nothing away.

        :raises Hidden: when the actor may not know of it, or there is none: two queries each.
        :raises NeedsReason: when a written reason would open it.
        :raises Forbidden: when she may find or read it, but not do this.
        """
        found = self.rows(action, rows, by, on=on).filter(pk=pk).first()
        if found is None:
            self._refuse(action, rows, by, pk, on)
        return found  # type: ignore[return-value]

    def require(self, action: Action, by: Actor, thing: Model, *, on: dt.date) -> None:
        """Refuse as :meth:`get` does, for a thing that is already at hand."""
        if not self.opens(action, by, thing, on=on):
            self._refuse(action, type(thing)._base_manager.all(), by, thing.pk, on)

    def require_for_any(self, action: Action, by: Actor, *, on: dt.date) -> None:
        """Refuse somebody who could do this to no row at all, before a whole class is taken.

        The class as a whole is the agency's, so its file is the agency.

        :raises NeedsReason: when a written reason would open it.
        :raises Forbidden: when the role never may.
        """
        if self._rule(action).where(by, on) != NOTHING:
            return
        if self._reasoned(action).where(by, on) == NOTHING:
            raise Forbidden(only(self._reasoned_or(action).says))
        held = open_reasons(by, self.target_kind).filter(target_id=by.agency_id)
        if not held.exists():
            raise NeedsReason(self.target_kind, by.agency_id)

    def is_offered(self, action: Action, by: Actor, *, on: dt.date) -> bool:
        """Tell whether the actor could do this to some row, for a page that offers the way there.

        Nothing is asked of the database; the operation behind the way asks its Rule.
        """
        return self._rule(action).where(by, on) != NOTHING

    def judge(self, action: Action, by: Actor, thing: Model, *, on: dt.date) -> Answer:
        """Return the answer of R6 in one word, for pages that offer or hide a button."""
        try:
            self.require(action, by, thing, on=on)
        except NeedsReason:
            return Answer.REASON
        except Forbidden:
            return Answer.FORBIDDEN
        except Hidden:
            return Answer.HIDDEN
        return Answer.ALLOW

    def _refuse(
        self, action: Action, rows: "QuerySet[M]", by: Actor, pk: object, on: dt.date
    ) -> None:
        knows = joined(self.where(Action.FIND, by, on), self.where(Action.READ, by, on))
        asks = Q(agency_id=by.agency_id) & self._reasoned(action).where(by, on)
        asks &= ~self._at(self._shut_to(action, by)) & self._not_shut_to_all()
        open_rows = Rule(self.name, lambda b, d: joined(knows, asks)).rows(rows, by, on=on)
        thing = open_rows.filter(pk=pk).first()
        if thing is None:
            raise Hidden(_("There is nothing here for you."))
        if type(thing)._base_manager.filter(asks, pk=pk).exists():
            file = attrgetter(self.target.replace("__", "."))(thing)
            raise NeedsReason(self.target_kind, file)
        raise Forbidden(only(self._rule(action).says))

    def opens_by_reason(self, target_kind: str) -> bool:
        """Tell whether a written reason opens files of this kind to anybody."""
        reasons = (self.read_with_reason, self.export_with_reason)
        return self.target_kind == target_kind and any(rule is not NOBODY for rule in reasons)

    def rules(self, action: Action) -> tuple[Rule, Rule]:
        """Return who may do this, and who may after writing down a reason."""
        return self._rule(action), self._reasoned(action)

    def _rule(self, action: Action) -> Rule:
        rule: Rule = getattr(self, action.value)
        return rule

    def _reasoned(self, action: Action) -> Rule:
        if action is Action.READ:
            return self.read_with_reason
        return self.export_with_reason if action is Action.EXPORT else NOBODY

    def _reasoned_or(self, action: Action) -> Rule:
        reasoned = self._reasoned(action)
        return self._rule(action) if reasoned is NOBODY else reasoned

    def _not_shut_to_all(self) -> Q:
        shut = SHUT_TO_ALL.get(self.target_kind)
        return ~self._at(shut()) if shut else EVERYTHING

    def _at(self, targets: "QuerySet | Expression") -> Q:
        return Q(**{f"{self.target}__in": targets})
