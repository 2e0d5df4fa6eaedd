"""The sources as the tests walk them: parsed once, named as they are imported."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "tonghu"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One source file: ``access.operations.people`` of the package it stands in."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def domain(self) -> str:
        return self.name.split(".")[0]

    @property
    def rooms(self) -> list[str]:
        """The parts of the name below the domain: ``operations``, ``people``."""
        return self.name.split(".")[1:]

    def functions(self) -> Iterator[Function]:
        """The functions at the top of the module, those of others left out."""
        return (node for node in self.tree.body if isinstance(node, Function))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as people look it up."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


def modules(package: Path = PACKAGE, *, migrations: bool = False) -> list[Module]:
    """The modules of a package, in the order of their names."""
    found = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if "migrations" not in parts or migrations:
            named = [part for part in parts if part != "__init__"]
            found.append(_module(".".join(named), path))
    return found


def _module(name: str, path: Path) -> Module:
    text = path.read_text("utf-8")
    return Module(name, path, text, _parsed(text))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def dotted(node: ast.AST) -> str:
    """What a call or decorator names: ``clock.now``, ``Duty.objects.unscoped``."""
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def literal(node: ast.AST | None) -> str | None:
    """The text of a plain string, or nothing for whatever else stands there."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
