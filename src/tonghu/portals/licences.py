"""The licences of everything the product is made with, as the package itself knows them."""

from dataclasses import dataclass
from email.message import Message
from importlib.metadata import distribution, requires
from typing import cast

VENDORED = (
    ("htmx", "2.0.11", "0BSD"),
    ("idb", "8.0.4", "ISC"),
    ("Noto Sans SC", "2.004", "OFL-1.1"),
)


@dataclass(frozen=True)
class Licence:
    """One part that others made."""

    name: str
    version: str
    licence: str


def licences() -> list[Licence]:
    """Return the libraries the product requires and the files it carries, by name."""
    named = [line.split(";")[0] for line in requires("tonghu") or []]
    names = {name.split("[")[0].split("=")[0].split(">")[0].split("<")[0].strip() for name in named}
    found = [licence_of(name) for name in sorted(names, key=str.lower)]
    return [*found, *(Licence(*one) for one in VENDORED)]


def licence_of(name: str) -> Licence:
    """Return what an installed library says of itself."""
    about = cast(Message, distribution(name).metadata)
    said = about.get("License-Expression") or about.get("License") or ""
    if not said or len(said) > 40:
        classified = [line for line in about.get_all("Classifier") or [] if "License ::" in line]
        said = classified[0].rsplit("::", 1)[-1].strip() if classified else "–"
    return Licence(about["Name"], about["Version"], said)
