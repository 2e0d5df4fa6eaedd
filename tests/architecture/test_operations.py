"""Every public function in an operations module is an operation, and says what it refuses."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pytest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from tools import reference

from tests.architecture.source import Function, Module, dotted, literal
from tonghu.access.events import WORDS

THE_DOOR = "kernel.operations"
REFUSALS = {"Refused": "", "Forbidden": "Refused", "Hidden": "Refused", "ReasonNeeded": "Refused"}
RAISES = re.compile(r":raises (\w+):")
EVENT = re.compile(r"[a-z]+\.[a-z_]+\.[a-z_]+")
THE_JOURNALS_OWN = {
    "access.record.looked_at",
    "access.record.searched",
    "access.refused",
    "access.resend.differed",
}
IRREGULAR = {
    "begun",
    "broken",
    "chosen",
    "done",
    "drawn",
    "given",
    "known",
    "left",
    "made",
    "seen",
    "sent",
    "set",
    "taken",
    "withdrawn",
    "written",
}


def operations(sources: Iterable[Module]) -> Iterator[tuple[Module, Function]]:
    for module in sources:
        if "operations" in module.rooms and module.name != THE_DOOR:
            for function in module.functions():
                if not function.name.startswith("_"):
                    yield module, function


def event_of(function: Function) -> str | None:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and dotted(decorator) == "operation":
            return literal(decorator.args[0]) if decorator.args else None
    return None


def shape_faults(sources: Iterable[Module]) -> list[str]:
    """What is not a keyword-only, recorded function with ``by`` and ``at``."""
    return [
        f"{module.name}.{function.name} {fault}"
        for module, function in operations(sources)
        for fault in _shape(function)
    ]


def _shape(function: Function) -> Iterator[str]:
    takes = function.args
    if event_of(function) is None:
        yield "is no operation with an event"
    if takes.args or takes.posonlyargs or takes.vararg or takes.kwarg:
        yield "takes more than keywords"
    asked = dict(zip((one.arg for one in takes.kwonlyargs), takes.kw_defaults, strict=True))
    for name in ("by", "at"):
        if name not in asked:
            yield f"does not take {name}"
        elif asked[name] is not None:
            yield f"has a default for {name}"
    if function.returns is None or not ast.unparse(function.returns).startswith("Outcome["):
        yield "does not return an Outcome"


def event_faults(sources: Iterable[Module]) -> list[str]:
    """Events that are not dotted, not of their domain, not past, or there twice."""
    found = [
        (module, event) for module, function in operations(sources) if (event := event_of(function))
    ]
    twice = [
        event for event, times in Counter(event for _module, event in found).items() if times > 1
    ]
    faults = [f"{event} is the event of two operations" for event in twice]
    for module, event in found:
        last = event.rsplit(".", 1)[-1].split("_")
        if not EVENT.fullmatch(event):
            faults.append(f"{event} is not domain.thing.happened")
        if event.split(".")[0] != module.domain:
            faults.append(f"{event} is not an event of {module.domain}")
        if not any(word.endswith("ed") or word in IRREGULAR for word in last):
            faults.append(f"{event} does not say that it has happened")
    return faults


def silent_events(events: Iterable[str], words: Mapping[str, Promise]) -> list[str]:
    """Events the journal's page cannot tell of in both languages."""
    return sorted(event for event in events if event not in words or not _in_both(words[event]))


def _in_both(words: Promise) -> bool:
    with override("en"):
        english = str(words)
    with override("zh-hans"):
        chinese = str(words)
    return bool(english) and english.isascii() and bool(re.search("[一-鿿]", chinese))


class Refusing:
    """What each function of some sources can refuse, by what it raises and what it calls."""

    def __init__(self, sources: Iterable[Module]) -> None:
        self.modules = {f"tonghu.{module.name}": module for module in sources}
        self.parents = REFUSALS | {
            node.name: dotted(node.bases[0])
            for module in self.modules.values()
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ClassDef) and node.bases
        }

    def is_refusal(self, name: str) -> bool:
        while name in self.parents and name != "Refused":
            name = self.parents[name]
        return name == "Refused"

    def ancestry(self, name: str) -> set[str]:
        found = {name}
        while name in self.parents:
            name = self.parents[name]
            found.add(name)
        return found

    def refused_by(self, module: Module, function: Function) -> set[str]:
        """What it raises, what its module's private functions raise, what its callees say."""
        own = {one.name: one for one in module.functions()}
        found, todo, done = set(), [function], set()
        while todo:
            node = todo.pop()
            done.add(node.name)
            inside = [one for line in node.body for one in ast.walk(line)]
            found |= {dotted(one.exc) for one in inside if isinstance(one, ast.Raise) and one.exc}
            for call in (one for one in inside if isinstance(one, ast.Call)):
                name = dotted(call)
                if name in own and name.startswith("_") and name not in done:
                    todo.append(own[name])
                elif callee := own.get(name) or self.imported(module, name):
                    found |= set(RAISES.findall(ast.get_docstring(callee) or ""))
                elif name.endswith((".require", ".require_for_any")):
                    found.add("Forbidden")
        return {name for name in found if self.is_refusal(name)}

    def imported(self, module: Module, name: str) -> Function | None:
        """The function of another module of ours that a name stands for."""
        first, _, rest = name.partition(".")
        for node in module.tree.body:
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if first == (alias.asname or alias.name):
                        place = node.module if not rest else f"{node.module}.{alias.name}"
                        return self.function(place or "", rest or alias.name)
        return None

    def function(self, place: str, name: str) -> Function | None:
        if place not in self.modules:
            return None
        return next((one for one in self.modules[place].functions() if one.name == name), None)


def docstring_faults(sources: Iterable[Module]) -> list[str]:
    """Operations that refuse what their docstring does not name, or name what is no refusal."""
    sources = list(sources)
    refusing, faults = Refusing(sources), []
    for module, function in operations(sources):
        said = set(RAISES.findall(ast.get_docstring(function) or ""))
        silent = {
            name
            for name in refusing.refused_by(module, function)
            if not refusing.ancestry(name) & said
        }
        wrong = {name for name in said if not refusing.is_refusal(name)}
        faults += [
            f"{module.name}.{function.name} does not say that it raises {name}"
            for name in sorted(silent)
        ]
        faults += [
            f"{module.name}.{function.name} says {name}, which is no refusal"
            for name in sorted(wrong)
        ]
    return faults


GOOD = '''
class Late(Refused):
    """Too late."""

@operation("casework.case.closed")
def close_case(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Case]:
    """Close a case.

    :raises Late: after the day.
    """
    _in_time(case)
    return changed(case)

def _in_time(case):
    raise Late("x")
'''


def test_there_are_operations_to_look_at(sources):
    assert len(list(operations(sources))) > 40


def test_every_public_function_of_an_operations_module_is_an_operation(sources):
    assert shape_faults(sources) == []


def test_every_event_is_dotted_past_and_unique(sources):
    assert event_faults(sources) == []


def test_every_operation_says_what_it_refuses(sources):
    assert docstring_faults(sources) == []


def test_every_event_has_words_in_both_languages():
    assert silent_events(reference.operations(), WORDS) == []


def test_no_words_are_left_of_an_event_that_is_gone():
    assert WORDS.keys() - reference.operations().keys() == THE_JOURNALS_OWN


def test_an_event_without_words_is_named():
    words = {"casework.case.closed": _("signed in"), "casework.case.moved": _("was never said")}

    silent = silent_events(["casework.case.opened", *words], words)

    assert silent == ["casework.case.moved", "casework.case.opened"]


def test_a_good_operation_has_no_fault(plant):
    planted = plant({"casework/operations.py": GOOD})

    assert shape_faults(planted) + event_faults(planted) + docstring_faults(planted) == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('@operation("casework.case.closed")\n', "", "is no operation with an event"),
        ("*, case", "case", "takes more than keywords"),
        (", by: Actor", "", "does not take by"),
        (", at: dt.datetime", "", "does not take at"),
        ("at: dt.datetime", "at: dt.datetime = NOW", "has a default for at"),
        ("Outcome[Case]", "Case", "does not return an Outcome"),
    ],
)
def test_an_operation_of_another_shape_is_named(plant, good, bad, fault):
    planted = plant({"casework/operations/cases.py": GOOD.replace(good, bad, 1)})

    assert f"casework.operations.cases.close_case {fault}" in shape_faults(planted)


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        ("casework.closed", "casework.closed is not domain.thing.happened"),
        ("funds.case.closed", "funds.case.closed is not an event of casework"),
        ("casework.case.close", "casework.case.close does not say that it has happened"),
    ],
)
def test_an_event_of_another_form_is_named(plant, event, fault):
    text = GOOD.replace("casework.case.closed", event)

    assert event_faults(plant({"casework/operations.py": text})) == [fault]


def test_an_event_of_two_operations_is_named(plant):
    twice = GOOD + GOOD.replace("close_case", "shut_case")

    assert event_faults(plant({"casework/operations.py": twice})) == [
        "casework.case.closed is the event of two operations"
    ]


@pytest.mark.parametrize(
    "doing",
    [
        'raise Forbidden("x")',
        "CASES.require(Action.WRITE, by, case, on=day(at))",
        "require_set_up(by)",
        "grants.require_set_up(by)",
    ],
)
def test_a_refusal_the_docstring_is_silent_of_is_named(plant, doing):
    text = GOOD.replace("    _in_time(case)\n", f"    _in_time(case)\n    {doing}\n")
    imports = (
        "from tonghu.casework import grants\nfrom tonghu.casework.grants import require_set_up\n"
    )
    grants = 'def require_set_up(by):\n    """Ask.\n\n    :raises Forbidden: unless.\n    """\n'

    planted = plant({"casework/operations.py": imports + text, "casework/grants.py": grants})

    assert docstring_faults(planted) == [
        "casework.operations.close_case does not say that it raises Forbidden"
    ]


def test_a_refusal_of_a_private_function_counts(plant):
    text = GOOD.replace("    :raises Late: after the day.\n", "")

    assert docstring_faults(plant({"casework/operations.py": text})) == [
        "casework.operations.close_case does not say that it raises Late"
    ]


def test_a_parent_named_in_the_docstring_is_enough(plant):
    text = GOOD.replace(":raises Late:", ":raises Refused:")

    assert docstring_faults(plant({"casework/operations.py": text})) == []


def test_a_docstring_that_names_no_refusal_is_named(plant):
    text = GOOD.replace(":raises Late:", ":raises Refused:\n    :raises Latte:")

    assert docstring_faults(plant({"casework/operations.py": text})) == [
        "casework.operations.close_case says Latte, which is no refusal"
    ]
