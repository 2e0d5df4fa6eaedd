"""What a merge changed, row by row with what stood there before, so that it can be parted."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from tonghu.kernel.encryption import indices_of
from tonghu.kernel.operations import assign
from tonghu.people.hiding import put_back
from tonghu.people.merging.tables import every_row_of
from tonghu.people.models import HiddenField

Row = tuple[str, str]
DAYS = ("from_on", "until_on")


@dataclass
class Kept:
    """Rows that were changed, made and taken away by one merge, in that order of time."""

    changed: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    made: list[Row] = field(default_factory=list)
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def change(self, row: Model, **values: Any) -> None:
        """Change a row and keep what it said."""
        names = {*values, *(DAYS if values.keys() & set(DAYS) else ())}
        before = {name: getattr(row, name) for name in names}
        if assign(row, **values):
            after = {name: getattr(row, name) for name in names}
            self.changed.append((row._meta.label_lower, str(row.pk), before, after))

    def make(self, row: Model) -> None:
        """Add a row that goes again when the files are parted."""
        row.save(force_insert=True)
        self.made.append((row._meta.label_lower, str(row.pk)))

    def hid(self, field: HiddenField) -> None:
        """Remember what became hidden with the whole; its value stands in that table alone."""
        self.made.append((field._meta.label_lower, str(field.pk)))

    def take(self, row: Model) -> None:
        """Take a row away that would say something of a child and itself; keep all of it."""
        said = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
        self.taken.append((row._meta.label_lower, said))
        row.delete()

    def moved(self) -> set[str]:
        """Return the keys of the rows that were changed."""
        return {pk for _label, pk, _before, _after in self.changed}

    def as_text(self) -> str:
        """Return what is kept, sealed, with the merge."""
        said = {"changed": self.changed, "made": self.made, "taken": self.taken}
        return json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> "Kept":
        """Return what was kept."""
        said = json.loads(text)
        return cls(
            [tuple(one) for one in said["changed"]],
            [tuple(one) for one in said["made"]],
            [tuple(one) for one in said["taken"]],
        )

    def put_back(self) -> None:
        """Undo it, the newest first.

        What somebody has changed since stays as she left it; what she deleted stays deleted.
        """
        for label, pk in reversed(self.made):
            for row in every_row_of(apps.get_model(label)).filter(pk=pk):
                if isinstance(row, HiddenField):
                    put_back(row)
                else:
                    row.delete()
        for label, pk, before, after in reversed(self.changed):
            model = apps.get_model(label)
            row = every_row_of(model).filter(pk=pk).first()
            if row is not None:
                _again(row, _read(model, before), _read(model, after))
        for label, said in reversed(self.taken):
            model = apps.get_model(label)
            if not every_row_of(model).filter(pk=said[_key(model)]).exists():
                model(**_read(model, said)).save(force_insert=True)


def _again(row: Model, before: dict[str, Any], after: dict[str, Any]) -> None:
    untouched = {name: old for name, old in before.items() if getattr(row, name) == after[name]}
    if not set(DAYS) <= untouched.keys():  # a span has both its days from one hand
        untouched = {name: old for name, old in untouched.items() if name not in DAYS}
    for name, old in untouched.items():
        setattr(row, name, old)
    if untouched:
        row.save(update_fields=[*untouched, *indices_of(type(row), untouched)])


def _read(model: type[Model], said: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {one.attname: one for one in model._meta.concrete_fields}
    return {
        name: None if value is None else columns[name].to_python(value)
        for name, value in said.items()
    }


def _key(model: type[Model]) -> str:
    return model._meta.pk.attname if model._meta.pk else "id"
