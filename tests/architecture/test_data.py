"""Tables are tables: a decision for each column, no signals, no overridden save, no raw SQL."""

import ast
import re
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.source import Module, dotted, modules
from tonghu.kernel.ids import new_id
from tonghu.kernel.privacy import decide, keep, undecided

OTHERS = {
    "account.EmailAddress": "allauth's: no address is ever entered, sign-in is by name",
    "account.EmailConfirmation": "allauth's: never written, there is no mail",
    "auth.Group": "Django's: never written, roles are memberships",
    "auth.Permission": "Django's: names of tables, of nobody",
    "axes.AccessAttempt": "axes': sign-in name and address of failed tries, for a day at most",
    "axes.AccessAttemptExpiration": "axes': when a lock-out ends",
    "axes.AccessFailureLog": "axes': off by setting, never written",
    "axes.AccessLog": "axes': off by setting, never written; the journal tells of sign-ins",
    "contenttypes.ContentType": "Django's: names of tables, of nobody",
    "django_tasks_database.DBTaskResult": "the queue's: numbers of jobs, nothing else",
    "mfa.Authenticator": "allauth's: second factors, their secrets sealed by our adapter",
}
"""Tables that others bring, each with what it holds: they have no ``privacy`` of ours."""

SQL = {
    "access.journal": "the chain's lock on PostgreSQL",
    "config.checks": "SQLite's pragmas can only be asked in SQL",
    "kernel.forgetting": "empties SQLite's log, which is asked for in SQL alone",
    "kernel.prepared": "asks and appends with SQL that Django made once",
    "kernel.scoping": "guards raw as it guards every other question",
    "kernel.tenancy": "PostgreSQL's row-level security is set in SQL",
    "config.serving": "the server's parent asks one question a second without Django",
}
"""Modules that speak SQL, each with the reason; migrations aside."""

WRITERS = {
    "access.factors": "seals the same secrets of second factors under a newer key",
    "access.journal": "takes out the words about an erased child, inside the operation",
    "access.leaving": "ends sessions, devices and links inside the operation that calls it",
    "access.notices": "puts notices before people inside the operation that calls it",
    "access.registration": "forgets failed tries, a library's rows",
    "access.web.middleware": "notes once a minute when a session was last used",
    "attachments.examining.pictures": "no row: a picture is written into memory",
    "attachments.moving": "moves or erases papers inside the operation of a floor above",
    "casework.moving": "takes a step of a case, inside the operation that names it",
    "jobs.tasks": "counts a running job's progress, which is no event",
    "kernel.encryption": "no row: the arguments of a field",
    "kernel.operations": "assign: what operations save with",
    "kernel.rotation": "seals the same values under a newer key",
    "kernel.scoping": "passes update and delete on once a Rule was asked",
    "people.erasing.removing": "removes what points at an erased child, inside the operation",
    "people.merging.keeping": "changes what a merge moves and puts it back, inside the operation",
    "people.merging.since": "part of parting two files, whose operation asked the Rule",
    "people.hiding": "moves a value out of the ordinary tables and back, inside the operation",
    "people.search.index": "writes the keys a child is found by, inside the operation",
    "people.takeover.undoing": "takes back what a roster added, inside the operation",
    "people.takeover.writing": "adds what the lines of a roster say, inside the operation",
    "people.timeline": "lets a span begin among the others, inside the operation",
    "portals.demo.papers": "no row: a picture is written into memory",
    "portals.demo.loading": "gives the made-up cast its password, in demo mode only",
}
"""Modules that write besides the operations, each with the reason."""

ONE_WRITE = {"save", "create", "bulk_create", "delete", "get_or_create", "update_or_create"}
PASSED_BY = {"save", "asave", "delete", "adelete", "save_base", "full_clean"}
SIGNALS = re.compile(r"(^|\.)(signals|dispatch)(\.|$)")
RAW = {"raw", "extra", "execute", "executemany", "executescript", "cursor", "RawSQL", "RunSQL"}


def overrides(sources: Iterable[Module]) -> list[str]:
    """Tables that change what saving or deleting does."""
    return [
        f"{module.name}.{table.name}.{method.name}"
        for module in sources
        if "models" in module.rooms
        for table in ast.walk(module.tree)
        if isinstance(table, ast.ClassDef)
        for method in table.body
        if isinstance(method, ast.FunctionDef) and method.name in PASSED_BY
    ]


def signals(sources: Iterable[Module]) -> list[str]:
    """Modules that import a signal, Django's or a library's."""
    return [
        module.at(node)
        for module in sources
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(SIGNALS.search(name) for name in _imported(node))
    ]


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    before = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
    return [f"{before}{alias.name}" for alias in node.names]


def speaking_sql(sources: Iterable[Module]) -> set[str]:
    """Modules that send SQL of their own."""
    return {
        module.name
        for module in sources
        for call in module.calls()
        if dotted(call).rsplit(".", 1)[-1] in RAW
    }


def writing(sources: Iterable[Module]) -> set[str]:
    """Modules that write rows, operations aside."""
    return {
        module.name
        for module in sources
        if "operations" not in module.rooms or module.domain == "kernel"
        for call in module.calls()
        if _writes(call)
    }


def _writes(call: ast.Call) -> bool:
    name = dotted(call).rsplit(".", 1)[-1]
    by_query = name in {"update", "bulk_update"} and bool(call.keywords) and not call.args
    return by_query or (name in ONE_WRITE and isinstance(call.func, ast.Attribute))


def tables(*, ours: bool) -> list[type[models.Model]]:
    return [one for one in apps.get_models() if one.__module__.startswith("tonghu.") is ours]


@pytest.mark.parametrize("table", tables(ours=True), ids=lambda one: one._meta.label)
def test_every_column_has_a_decision(table):
    assert undecided(table) == []


def test_tables_of_others_are_listed_with_what_they_hold():
    assert {one._meta.label for one in tables(ours=False)} == OTHERS.keys()


@isolate_apps("tonghu.access")
def test_a_column_without_a_decision_is_named():
    class Child(models.Model):
        id = models.UUIDField(primary_key=True, default=new_id)
        name = models.CharField(max_length=80)
        privacy = decide(links="id", scrub=keep)

        class Meta:
            app_label = "access"

        def __str__(self) -> str:
            return self.name

    assert undecided(Child) == ["access.Child.name must stand in exactly one group"]


@isolate_apps("tonghu.access")
def test_a_table_without_decisions_is_named():
    class Child(models.Model):
        class Meta:
            app_label = "access"

        def __str__(self) -> str:
            return "–"

    assert undecided(Child) == ["access.Child has no privacy decision"]


def test_no_table_changes_what_saving_does(sources):
    assert overrides(sources) == []


def test_nothing_listens_to_signals(sources):
    assert signals(sources) == []


def test_sql_stands_only_where_it_must(sources):
    assert speaking_sql(sources) == SQL.keys()


def test_only_operations_write_and_what_is_listed(sources):
    assert writing(sources) == WRITERS.keys()


def test_an_overridden_save_is_named(plant):
    planted = plant(
        {
            "people/models/children.py": """
                class Child(models.Model):
                    def save(self, *args, **kwargs):
                        self.pinyin = pinyin(self.name)
                        super().save(*args, **kwargs)
            """
        }
    )

    assert overrides(planted) == ["people.models.children.Child.save"]


@pytest.mark.parametrize(
    "line",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "from django.db.models import signals",
        "import django.dispatch",
        "from allauth.account.signals import user_logged_in",
    ],
)
def test_a_signal_is_named(plant, line):
    assert signals(plant({"people/registration.py": line})) == ["people.registration:1"]


@pytest.mark.parametrize(
    "line",
    [
        "Child.objects.raw(words)",
        "rows.extra(where=[words])",
        "connection.cursor()",
        "rows.annotate(n=RawSQL(words, []))",
        "migrations.RunSQL(words)",
    ],
)
def test_sql_elsewhere_is_named(plant, line):
    assert speaking_sql(plant({"people/queries.py": line})) == {"people.queries"}


@pytest.mark.parametrize(
    "line",
    [
        "child.save()",
        "Child.objects.create(name=name)",
        "Child.objects.bulk_create(children)",
        "children.update(village=village)",
        "child.delete()",
    ],
)
def test_a_write_outside_the_operations_is_named(plant, line):
    planted = plant({"people/web/pages.py": line, "people/operations.py": line})

    assert writing(planted) == {"people.web.pages"}


def test_a_dictionary_may_be_updated(plant):
    assert writing(plant({"people/events.py": "WORDS.update(words)"})) == set()


def test_migrations_are_walked_only_when_asked(plant):
    planted = {"people/migrations/0001_children.py": "migrations.RunSQL(words)"}

    assert plant(planted) == []
    assert speaking_sql(modules(migrations=True)) >= {"access.migrations.0002_journal_append_only"}
