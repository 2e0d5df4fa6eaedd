"""What is read goes through a Rule, or says why not; what is logged names nobody."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.architecture.source import Function, Module, dotted, literal

WORDS_OF_A_REASON = 3

QUESTIONS = {
    "access.queries.devices_of": "of one's own account, which is the user",
    "access.queries.names_of": "of rows that were found under their Rule",
    "access.queries.open_invitation": "part of a person's page, which asked its Rule",
    "access.queries.sessions_of": "of one's own account, which is the user",
    "people.queries.life_of": "part of a child's page, which asked its Rule",
}
"""Queries that take no actor, each with the reason."""

PAST_THE_RULE = {
    "config.checks": "doctor opens one sealed value of each column, and tells none",
    "access.sheets": "the sheet itself filters",
    "kernel.operations": "answers a resend with what it was answered before",
    "kernel.rotation": "seals every row anew, whoever's it is",
    "kernel.rules": "the Rule itself filters",
    "people.merging.tables": "whatever points at a file moves with it, on whatever floor",
}
"""Modules that use a table's base manager, which asks no Rule; each with the reason."""

LOGS = {"kernel.daily": "the dotted name of a duty, which is a function of ours"}
"""Modules whose log calls carry more than numbers, each with the reason."""

LOGGERS = {"log", "logger", "logging"}
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}
SAFE_TO_LOG = {
    "pk",
    "id",
    "hex",
    "key",
    "number",
    "strerror",
    "__name__",
    "__qualname__",
    "__module__",
}


def without_a_reason(sources: Iterable[Module]) -> list[str]:
    """Calls of ``unscoped`` that carry no sentence, or one that is put together."""
    return [
        f"{module.at(call)} {ast.unparse(call.args[0]) if call.args else ''}".strip()
        for module in sources
        for call in module.calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "unscoped"
        and not _is_a_reason(call)
    ]


def _is_a_reason(call: ast.Call) -> bool:
    said = literal(call.args[0]) if len(call.args) == 1 and not call.keywords else None
    return said is not None and len(said.split()) >= WORDS_OF_A_REASON


def questions(sources: Iterable[Module]) -> Iterator[tuple[Module, Function]]:
    for module in sources:
        if "queries" in module.rooms:
            for function in module.functions():
                if not function.name.startswith("_"):
                    yield module, function


def without_the_user(sources: Iterable[Module]) -> set[str]:
    """Queries that neither take who asks nor say ``unscoped_``."""
    return {
        f"{module.name}.{function.name}"
        for module, function in questions(sources)
        if not function.name.startswith("unscoped_") and "Actor" not in _kinds(function)
    }


def _kinds(function: Function) -> set[str]:
    takes = [*function.args.args, *function.args.kwonlyargs]
    return {ast.unparse(one.annotation) for one in takes if one.annotation}


def past_the_rule(sources: Iterable[Module]) -> set[str]:
    """Modules that ask a table without its guard."""
    return {
        module.name
        for module in sources
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"_base_manager", "_default_manager"}
    }


def logged(sources: Iterable[Module]) -> list[str]:
    """Log calls that carry more than a fixed sentence and numbers."""
    return [
        module.at(call)
        for module in sources
        for call in module.calls()
        if dotted(call).split(".")[0] in LOGGERS
        and dotted(call).rsplit(".", 1)[-1] in LEVELS
        and not _is_safe(call)
    ]


def _is_safe(call: ast.Call) -> bool:
    sentence, *told = call.args
    return (
        literal(sentence) is not None
        and all(isinstance(one, ast.Attribute) and one.attr in SAFE_TO_LOG for one in told)
        and all(one.arg == "exc_info" for one in call.keywords)
    )


def test_every_unscoped_question_says_why(sources):
    assert without_a_reason(sources) == []


def test_every_query_takes_who_asks(sources):
    assert without_the_user(sources) == QUESTIONS.keys()


def test_the_base_manager_is_asked_only_where_the_rule_is(sources):
    assert past_the_rule(sources) == PAST_THE_RULE.keys()


def test_the_log_names_nobody(sources):
    assert {place.split(":")[0] for place in logged(sources)} == LOGS.keys()


def test_there_is_something_to_look_at(sources):
    unscoped = [
        call for one in sources for call in one.calls() if dotted(call).endswith("unscoped")
    ]

    assert len(unscoped) > 40
    assert len(list(questions(sources))) > 20


@pytest.mark.parametrize(
    "argument", ["", "why", '""', '"all rows"', 'f"for {page} and {who}"', '"a good reason" + why']
)
def test_an_unscoped_question_without_a_sentence_is_named(plant, argument):
    planted = plant({"people/web/pages.py": f"rows = Child.objects.unscoped({argument})"})

    assert without_a_reason(planted) == [f"people.web.pages:1 {argument}".replace('"', "'").strip()]


def test_an_unscoped_question_with_a_sentence_is_none(plant):
    text = 'rows = Child.objects.unscoped("the roster is compared as a whole")'

    assert without_a_reason(plant({"people/rosters.py": text})) == []


def test_a_query_that_nobody_asks_is_named(plant):
    planted = plant(
        {
            "people/queries/children.py": """
                def children_in(village: str): ...
                def children_of(by: Actor): ...
                def unscoped_children(): ...
                def _narrowed(rows): ...
            """
        }
    )

    assert without_the_user(planted) == {"people.queries.children.children_in"}


def test_a_base_manager_elsewhere_is_named(plant):
    planted = plant({"people/web/pages.py": "rows = Child._base_manager.all()"})

    assert past_the_rule(planted) == {"people.web.pages"}


@pytest.mark.parametrize(
    "line",
    [
        'log.info(f"child {child.name}")',
        'log.warning("child %s", child.name)',
        'log.error("child %s", child)',
        "log.error(str(error))",
        'logging.info("sent %s", request.POST)',
        'logger.exception("broke", extra={"name": child.name})',
    ],
)
def test_a_log_call_that_could_name_somebody_is_named(plant, line):
    assert logged(plant({"people/tasks.py": line})) == ["people.tasks:1"]


def test_a_log_call_with_numbers_only_is_none(plant):
    assert logged(plant({"people/tasks.py": 'log.warning("child %s was kept", child.pk)'})) == []
