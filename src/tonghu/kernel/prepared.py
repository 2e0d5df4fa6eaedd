"""Questions that every request asks: their SQL is made once, not each time.

Django takes ten times as long to write the SQL of a small question as the database takes to
answer it. Who is here, in which role, where the journal ends: these never change their shape.

    _of_key = Prepared(lambda: Session.objects.filter(session_key=Asked("key", CharField())))
    session = _of_key.first(key=key)

What every Rule asks inside its own question, as which files are closed to her, is a prepared set:

    rows.exclude(account_id__in=_closed_to(account=by.account_id))

A Rule has one shape for each role: a filter of rows that is prepared stands in any question
about them, a list, a count or one thing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import AutoField, BooleanField, Expression, F, Field, Model, Q, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
ROW = "the_row"
AT_ONCE = 500


@dataclass(frozen=True)
class Blank:
    """A place in the SQL that is filled when the question is asked."""

    name: str
    field: Field

    def filled(self, values: dict[str, Any]) -> Any:
        """Return what stands here this time, as the database takes it; it may be blank still."""
        value = values[self.name]
        if isinstance(value, Asked):
            return Blank(value.name, self.field)
        return self.field.get_db_prep_value(value, connection)


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

    def __call__(self, **values: Any) -> "Chosen":
        """Return the set with the blanks filled, to stand behind ``__in``."""
        return Chosen(self, values, self._field)

    def sql(self) -> tuple[str, Sequence[Any]]:
        """Return the SQL and what it is asked with."""
        if connection.vendor not in self._plans:
            compiler = self._make().query.get_compiler(connection=connection)
            self._plans[connection.vendor] = compiler.as_sql()
        return self._plans[connection.vendor]


class Chosen(Expression):
    """A prepared set: asked by itself, or inside another question."""

    def __init__(self, chosen: PreparedSet, values: dict[str, Any], field: Field) -> None:
        super().__init__(output_field=field)
        self.chosen, self.values = chosen, values

    def members(self, most: int | None = None) -> list[Any]:
        """Return the members of the set, or some, no more than so many."""
        sql, parameters = self.chosen.sql()
        limit = "" if most is None else f" LIMIT {most:d}"
        with connection.cursor() as cursor:
            cursor.execute(f"{sql}{limit}", _filled(parameters, self.values))
            return [self.field.to_python(value) for (value,) in cursor.fetchall()]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Write the inner question."""
        sql, parameters = self.chosen.sql()
        return f"({sql})", _filled(parameters, self.values)


class Common(Expression):
    """What two prepared sets have in common: looked up in neither, whatever their size."""

    def __init__(self, one: Chosen, other: Chosen) -> None:
        super().__init__(output_field=one.field)
        self.sets = (one, other)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Write both inner questions."""
        written = [one.as_sql(compiler, connection) for one in self.sets]
        first, second = (f"SELECT * FROM {sql} u{n}" for n, (sql, _) in enumerate(written))  # noqa: S608 -- our own tables
        return f"({first} INTERSECT {second})", [one for _, said in written for one in said]


class Listed(Expression):
    """Values that are at hand, to stand behind ``__in``: Django looks at each of them again."""

    def __init__(self, values: Iterable[Any], field: Field) -> None:
        super().__init__(output_field=field)
        self.listed = tuple(values)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Write one place for each; among none there is nobody."""
        if not self.listed:
            raise EmptyResultSet
        field = self.output_field
        said = [field.get_db_prep_value(one, connection) for one in self.listed]
        return f"({', '.join(['%s'] * len(said))})", said


def _filled(parameters: Sequence[Any], values: dict[str, Any]) -> list[Any]:
    return [one.filled(values) if isinstance(one, Blank) else one for one in parameters]


class PreparedFilter:
    """A filter of the rows of one table, written once; it stands in any question about them.

    Only what looks at the row itself and at sets is written beforehand. A filter that joins other
    tables, or that lets nothing through, is asked as it is.
    """

    def __init__(self, model: type[Model], make: Callable[[], Q]) -> None:
        self._model = model
        self._make = make
        self._plans: dict[str, tuple[str, Sequence[Any]] | None] = {}

    def __call__(self, **values: Any) -> Q | None:
        """Return the filter with the blanks filled, or nothing where it cannot be prepared."""
        plan = self._plan()
        return None if plan is None else Q(_Held(*plan, values))

    def lets_through(self, pk: Any, **values: Any) -> bool | None:
        """Tell whether one row passes, or nothing where the filter cannot be prepared."""
        plan = self._plan()
        if plan is None:
            return None
        key, quoted = self._model._meta.pk, connection.ops.quote_name
        if key is None:
            return None
        table, column = quoted(self._model._meta.db_table), quoted(str(key.column))
        sql = f"SELECT 1 FROM {table} {ROW} WHERE {ROW}.{column} = %s AND {plan[0]}"  # noqa: S608 -- our own tables
        with connection.cursor() as cursor:
            asked = [key.get_db_prep_value(pk, connection), *_filled(plan[1], values)]
            cursor.execute(sql, asked)
            return cursor.fetchone() is not None

    def _plan(self) -> tuple[str, Sequence[Any]] | None:
        if connection.vendor not in self._plans:
            self._plans[connection.vendor] = self._written()
        return self._plans[connection.vendor]

    def _written(self) -> tuple[str, Sequence[Any]] | None:
        query = QuerySet(self._model).filter(self._make()).query
        if sum(bool(uses) for uses in query.alias_refcount.values()) > 1:
            return None
        query.change_aliases({self._model._meta.db_table: ROW})
        compiler = query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.compile(query.where)
        except EmptyResultSet:
            return None
        return f"({sql})", parameters


class _Held(Expression):
    """A prepared filter inside a question: the row is whatever the question calls it."""

    def __init__(self, sql: str, parameters: Sequence[Any], values: dict[str, Any]) -> None:
        super().__init__(output_field=BooleanField())
        self.sql, self.parameters, self.values = sql, parameters, values
        self.row: Any = F("pk")

    def get_source_expressions(self) -> list[Any]:
        """Return the key of the row."""
        return [self.row]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Take the key of the row as the question calls it."""
        (self.row,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Write the filter with the row's name in its place."""
        row = compiler.quote_name_unless_alias(self.row.alias)
        return self.sql.replace(f"{ROW}.", f"{row}."), _filled(self.parameters, self.values)


def append(row: Model) -> None:
    """Insert a row whose number the app has made, with SQL that is made once for its table."""
    append_all([row])


def append_all(rows: Sequence[Model]) -> None:
    """Insert rows of one table, many in one statement; their numbers were made, or are not used."""
    for start in range(0, len(rows), AT_ONCE):
        _append(rows[start : start + AT_ONCE])


def _append(rows: Sequence[Model]) -> None:
    insert, one, fields = _insertion(type(rows[0]))
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in rows
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(insert + ", ".join([one] * len(rows)), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _insertion(model: type[Model]) -> tuple[str, str, Sequence[Field]]:
    quoted = connection.ops.quote_name
    fields = [one for one in model._meta.local_concrete_fields if not isinstance(one, AutoField)]
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    table, blanks = quoted(model._meta.db_table), ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608 -- our tables
    return insert, f"({blanks})", fields


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
