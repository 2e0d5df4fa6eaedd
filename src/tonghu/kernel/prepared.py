"""Questions that every request asks: their SQL is made once, not each time.

Django takes ten times as long to write the SQL of a small question as the database takes to
answer it. Who is here, in which role, where the journal ends: these never change their shape.

    _of_key = Prepared(lambda: Session.objects.filter(session_key=Asked("key", CharField())))
    session = _of_key.first(key=key)

A Rule is never prepared: its filter may have another shape for each person. What every Rule
asks inside its own question, as which files are closed to her, is a prepared set:

    rows.exclude(account_id__in=_closed_to(account=by.account_id))
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Blank:
    """A place in the SQL that is filled when the question is asked."""

    name: str
    field: Field

    def filled(self, values: dict[str, Any]) -> Any:
        """Return what stands here this time, as the database takes it."""
        return self.field.get_db_prep_value(values[self.name], connection)


class Asked(Expression):
    """A value that is known only when the question is asked."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Leave a blank."""
        return "%s", [Blank(self.name, self.output_field)]


class Prepared(Generic[M]):
    """A question about whole rows, with blanks; ``make`` writes it as any other query."""

    def __init__(self, make: Callable[[], "QuerySet[M]"]) -> None:
        self._make = make
        self._plans: dict[str, _Plan[M]] = {}

    def all(self, **values: Any) -> list[M]:
        """Ask, with the blanks filled, and return the rows."""
        plan = self._plans.get(connection.vendor)
        if plan is None:
            plan = self._plans[connection.vendor] = _Plan(self._make())
        return plan.rows(values)

    def first(self, **values: Any) -> M | None:
        """Ask, with the blanks filled, and return the first row, if there is one."""
        return next(iter(self.all(**values)), None)


class PreparedSet:
    """A question for one column, asked inside another question; its SQL is made once too."""

    def __init__(self, make: Callable[[], "QuerySet[Any, Any]"], field: Field) -> None:
        self._make = make
        self._field = field
        self._plans: dict[str, tuple[str, Sequence[Any]]] = {}

    def __call__(self, **values: Any) -> Expression:
        """Return the set with the blanks filled, to stand behind ``__in``."""
        return _Chosen(self, values, self._field)

    def sql(self) -> tuple[str, Sequence[Any]]:
        """Return the SQL and what it is asked with."""
        if connection.vendor not in self._plans:
            compiler = self._make().query.get_compiler(connection=connection)
            self._plans[connection.vendor] = compiler.as_sql()
        return self._plans[connection.vendor]


class _Chosen(Expression):
    """A prepared set inside another question."""

    def __init__(self, chosen: PreparedSet, values: dict[str, Any], field: Field) -> None:
        super().__init__(output_field=field)
        self.chosen, self.values = chosen, values

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Write the inner question."""
        sql, parameters = self.chosen.sql()
        return f"({sql})", _filled(parameters, self.values)


def _filled(parameters: Sequence[Any], values: dict[str, Any]) -> list[Any]:
    return [one.filled(values) if isinstance(one, Blank) else one for one in parameters]


def append(row: Model) -> None:
    """Insert a row whose number the app has made, with SQL that is made once for its table."""
    sql, fields = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    row._state.adding, row._state.db = False, connection.alias


@cache
def _insertion(model: type[Model]) -> tuple[str, Sequence[Field]]:
    quoted, fields = connection.ops.quote_name, model._meta.local_concrete_fields
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    blanks = ", ".join(["%s"] * len(fields))
    table = quoted(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({blanks})", fields  # noqa: S608 -- our tables


class _Plan(Generic[M]):
    """A query in the SQL of one kind of database, and how its rows become instances."""

    def __init__(self, queryset: "QuerySet[M]") -> None:
        self.compiler: Any = queryset.query.get_compiler(connection=connection)
        self.sql, self.parameters = self.compiler.as_sql()
        select, klass = self.compiler.select, self.compiler.klass_info
        start, end = klass["select_fields"][0], klass["select_fields"][-1] + 1
        self.model: type[M] = klass["model"]
        self.own = slice(start, end)
        self.names = [column[0].target.attname for column in select[self.own]]
        self.related = get_related_populators(klass, select, connection.alias)  # type: ignore[call-arg]  # the types are of a later Django
        self.converters = self.compiler.get_converters([column[0] for column in select])

    def rows(self, values: dict[str, Any]) -> list[M]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, _filled(self.parameters, values))
            found: Sequence[Any] = cursor.fetchall()
        return [self._instance(row) for row in self._converted(found)]

    def _converted(self, found: Sequence[Any]) -> "Sequence[Any] | Iterator[Any]":
        if not found or not self.converters:
            return found
        converted: Iterator[Any] = self.compiler.apply_converters(found, self.converters)
        return converted

    def _instance(self, row: Sequence[Any]) -> M:
        instance = self.model.from_db(connection.alias, self.names, row[self.own])
        for one in self.related:
            one.populate(row, instance)
        return instance
