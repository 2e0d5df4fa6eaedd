"""Keep the words of the service in both languages, without any gettext program.

    python tools/messages.py extract     # write every catalogue, keeping what is translated
    python tools/messages.py compile     # make the .mo files Django reads
    python tools/messages.py check       # fail on what is missing, careless or in the wrong place

English is the language of the code; each domain keeps its Chinese beside it.
"""

import argparse
import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as read_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tonghu"
LOCALE = "zh_Hans"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
OWN_WORDS = {"demo", "migrations", "locale", "static"}
"""Folders whose files may hold Chinese: made-up people, history, the catalogues themselves."""

HAN = "\u4e00-\u9fff"
NEXT_TO_HAN = f"[{HAN}\u201c\u201d]"
TEXT_RULES = {
    "half-width punctuation after Chinese": rf"{NEXT_TO_HAN}[,;:?!()]",
    "half-width punctuation before Chinese": rf"[,;?!()]{NEXT_TO_HAN}",
    "full stop of the other script": rf"[{HAN}]\.(\s|$)",
    "spaced middle dot": rf"{NEXT_TO_HAN} [·•] {NEXT_TO_HAN}",
    "three dots instead of an ellipsis": r"\.\.\.",
    "exclamation mark": "\uff01",
    "a word we do not use": "请稍后|请稍候|案主|问题儿童|操作成功|successfully",
}
ENGLISH_RULES = {
    "three dots instead of an ellipsis": r"\.\.\.",
    "exclamation mark": r"!",
    "a word we do not use": r"(?i)successfully|\bplease wait\b",
}
ALONE = {"提交", "确定", "操作"}
SOURCE_RULES = {
    "inline style": re.compile(r"\sstyle=|cssText|setAttribute\(.style"),
    "inline handler": re.compile(r"\son[a-z]+=[\"']"),
    "inline script": re.compile(r"<script(?![^>]*\s(?:src=|type=.application/json))"),
    "Chinese outside a catalogue": re.compile(f"[{HAN}]"),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
CALL = re.compile(r"(?<![\w.])(gettext|ngettext|pgettext|npgettext|_)\s*\(")
LITERAL = re.compile(
    r"\s*u?('''(?:\\.|[^\\])*?'''|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*(,?)", re.S
)
NOT_WORDS = re.compile(
    r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|\{%\s*blocktrans.*?endblocktrans(late)?\s*%\}"
    r"|<script.*?</script>|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<!DOCTYPE[^>]*>",
    re.S,
)
SAID_BY_ATTRIBUTE = re.compile(
    r"\s(?:aria-label|title|placeholder|alt|data-l)=([\"'])(.*?)\1", re.S
)
LATIN = re.compile(r"(?<![\w&])[A-Za-z]{2,}")


@dataclass
class Domain:
    """One package with its words and its catalogue."""

    folder: Path
    wanted: Catalog = field(default_factory=lambda: Catalog(locale=LOCALE))

    @property
    def po(self) -> Path:
        """Return where its Chinese stands."""
        return self.folder / "locale" / LOCALE / "LC_MESSAGES" / "django.po"

    def sources(self, *endings: str) -> Iterator[Path]:
        """Go through its own files, those with words of their own left out."""
        for path in sorted(self.folder.rglob("*")):
            inside = path.relative_to(self.folder).parts
            if path.suffix in endings and not OWN_WORDS.intersection(inside):
                yield path


def domains(package: Path = PACKAGE) -> list[Domain]:
    """Return every package of the service with the messages its sources name."""
    found = [Domain(init.parent) for init in sorted(package.glob("*/__init__.py"))]
    for domain in found:
        for path in domain.sources(".py"):
            _take_python(domain, path, package)
        for path in domain.sources(".html", ".txt"):
            _take_template(domain, path, package)
    return found


def _place(path: Path, package: Path) -> str:
    return path.relative_to(package.parent.parent).as_posix()


def _at(path: Path, package: Path) -> tuple[str, int]:
    # Catalogues carry no line numbers: they would change with every edit above.
    return _place(path, package), 0


def _take_python(domain: Domain, path: Path, package: Path) -> None:
    with path.open("rb") as source:
        for _line, words, _comments, context in read_python("python", source, keywords=KEYWORDS):
            domain.wanted.add(words, locations=[_at(path, package)], context=context)


def _take_template(domain: Domain, path: Path, package: Path) -> None:
    from django.utils.translation.template import templatize  # noqa: PLC0415 -- slow to load

    code = templatize(path.read_text("utf-8"))
    for call in CALL.finditer(code):
        literals, at = [], call.end()
        while (found := LITERAL.match(code, at)) is not None:
            literals.append(_value(found[1]))
            at = found.end()
            if not found[2]:
                break
        name = call[1]
        context = literals.pop(0) if name.startswith(("p", "np")) and literals else None
        count = 2 if name.startswith("n") else 1
        if len(literals) >= count:
            words = tuple(literals[:2]) if count == 2 else literals[0]
            domain.wanted.add(words, locations=[_at(path, package)], context=context)


def _value(literal: str) -> str:
    return str(ast.literal_eval(literal))


def held(domain: Domain) -> Catalog:
    """Return what the domain's catalogue holds; an empty one where there is none yet."""
    if not domain.po.is_file():
        return Catalog(locale=LOCALE)
    with domain.po.open("rb") as source:
        return read_po(source, locale=LOCALE)


def messages_of(catalog: Catalog) -> dict[tuple[str, str | None], Message]:
    """Return the messages of a catalogue without its heading."""
    return {_key(message): message for message in catalog if message.id}


def _key(message: Message) -> tuple[str, str | None]:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return first, message.context


def extract(domain: Domain) -> None:
    """Write the catalogue of a domain: what its sources say, with the Chinese it already has."""
    known = messages_of(held(domain))
    for key, message in messages_of(domain.wanted).items():
        message.locations = sorted(set(message.locations))
        if key in known and bool(known[key].pluralizable) == bool(message.pluralizable):
            message.string = known[key].string
            message.user_comments = known[key].user_comments
    if not messages_of(domain.wanted):
        return
    text = io.BytesIO()
    write_po(
        text, domain.wanted, omit_header=True, sort_by_file=True, include_lineno=False, width=96
    )
    heading = (
        'msgid ""\nmsgstr ""\n'
        '"Language: zh_Hans\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    domain.po.parent.mkdir(parents=True, exist_ok=True)
    domain.po.write_text(heading + text.getvalue().decode().rstrip() + "\n", "utf-8")


def compile_catalogue(domain: Domain) -> None:
    """Make the file Django reads from a domain's catalogue."""
    if domain.po.is_file():
        text = io.BytesIO()
        write_mo(text, held(domain))
        # A server or a second test run may be reading it just now.
        half = domain.po.with_suffix(f".{os.getpid()}")
        half.write_bytes(text.getvalue())
        half.replace(domain.po.with_suffix(".mo"))


def faults(package: Path = PACKAGE) -> list[str]:
    """Return a sentence for everything that is missing, careless or in the wrong place."""
    every = domains(package)
    found = list(_quarrels(every, package))
    for domain in every:
        found += _catalogue_faults(domain, package)
        for path in domain.sources(".py", ".html", ".js"):
            found += _source_faults(path, package)
        for path in domain.sources(".html"):
            found += _bare_words(path, package)
    return found


def _catalogue_faults(domain: Domain, package: Path) -> Iterator[str]:
    wanted, catalog = messages_of(domain.wanted), held(domain)
    known, po = messages_of(catalog), _place(domain.po, package)
    for key, message in wanted.items():
        if key not in known or bool(known[key].pluralizable) != bool(message.pluralizable):
            places = ", ".join(sorted({place for place, _line in message.locations}))
            yield f"{places}: not in {po}: {key[0]!r}"
    obsolete = [_key(message) for message in catalog.obsolete.values()]
    for key in [*(key for key in known if key not in wanted), *obsolete]:
        yield f"{po}: obsolete: {key[0]!r}"
    for message in known.values():
        for fault in _message_faults(message):
            yield f"{po}: {fault}: {_key(message)[0]!r}"


def _quarrels(every: list[Domain], package: Path) -> Iterator[str]:
    """Django merges all catalogues: one message has one Chinese, whoever says it."""
    first: dict[tuple[str, str | None], tuple[Message, Path]] = {}
    for domain in every:
        for key, message in messages_of(held(domain)).items():
            other, po = first.setdefault(key, (message, domain.po))
            if other.string != message.string:
                where = f"{_place(domain.po, package)}: not the Chinese of {_place(po, package)}"
                yield f"{where}: {key[0]!r}"


def _message_faults(message: Message) -> Iterator[str]:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if not strings or not all(strings):
        yield "no translation"
        return
    if message.fuzzy:
        yield "fuzzy translation"
    wanted = {name for words in ids for name in PLACEHOLDER.findall(words)}
    for words in strings:
        if set(PLACEHOLDER.findall(words)) != wanted:
            yield "placeholders differ"
        if words in ALONE:
            yield "a verb that does not say what is done"
        yield from (rule for rule, bad in TEXT_RULES.items() if re.search(bad, words))
    for words in ids:
        yield from (rule for rule, bad in ENGLISH_RULES.items() if re.search(bad, words))


def _source_faults(path: Path, package: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    lines = text.splitlines()
    for rule, bad in SOURCE_RULES.items():
        numbers = {text.count("\n", 0, found.start()) for found in bad.finditer(text)}
        for number in sorted(numbers):
            yield f"{_place(path, package)}:{number + 1}: {rule}: {lines[number].strip()[:80]}"


def _bare_words(path: Path, package: Path) -> Iterator[str]:
    text = NOT_WORDS.sub(" ", path.read_text("utf-8"))
    said = [found[2] for found in SAID_BY_ATTRIBUTE.finditer(text)]
    said += re.sub(r"<[^>]*>", "\n", text).splitlines()
    for words in said:
        if LATIN.search(words):
            yield f"{_place(path, package)}: words outside gettext: {words.strip()[:80]!r}"


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["extract", "compile", "check"])
    command = parser.parse_args().command
    if command == "check":
        found = faults()
        print("\n".join(found) or "every message stands in both languages")
        return int(bool(found))
    for domain in domains():
        extract(domain) if command == "extract" else compile_catalogue(domain)
    return 0


if __name__ == "__main__":
    sys.exit(main())
