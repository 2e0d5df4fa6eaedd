"""Reads the papers of the repository: what they link to, name and quote."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from tools import messages

ROOT = Path(__file__).resolve().parent.parent.parent
BUILT = {".venv", "var", "dist", "node_modules", "static"}
HEADINGS = ["Context", "Decision", "Consequences", "What would change our mind"]
LONGEST_ADR = 40
_FENCE = re.compile(r"^(?:\d+\. |- | *)```.*?^ *```$", re.M | re.S)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_QUOTED = re.compile(r'"([^"\n]+)"|“([^”\n]+)”')
_PLACE = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")


def papers(root: Path = ROOT) -> list[Path]:
    """Return every Markdown file that is not built or fetched."""
    found = sorted(root.rglob("*.md"))
    return [path for path in found if not BUILT.intersection(path.relative_to(root).parts)]


def links(path: Path) -> list[str]:
    """Return where a paper points inside the repository."""
    prose = _SPAN.sub("", _FENCE.sub("", path.read_text()))
    return [to for to in _LINK.findall(prose) if not re.match(r"[a-z]+:", to)]


def leads_nowhere(path: Path, link: str) -> bool:
    """Tell whether a link's file or heading is missing."""
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    if not target.exists():
        return True
    return bool(anchor) and anchor not in _anchors(target)


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", path.read_text()), re.M)
    return {re.sub(r"[^\w -]", "", one.lower()).strip().replace(" ", "-") for one in headings}


def code(path: Path) -> Iterator[str]:
    """Yield each line of code in a paper: of its fences, then each span of its prose."""
    text = path.read_text()
    for fence in _FENCE.findall(text):
        yield from fence.splitlines()[1:-1]
    yield from _SPAN.findall(_FENCE.sub("", text))


def commands(path: Path, program: str) -> list[list[str]]:
    """Return the arguments of every call of a program, as a shell would cut them."""
    found = []
    for line in code(path):
        for part in line.strip().removeprefix("# ").split(" && "):
            called = re.match(rf"(?:\S*/)?{program} ([a-z].*)", part.strip())
            if called:
                said = re.split(r"\s[<>|&]", called[1])[0]
                found.append(shlex.split(said, comments=True))
    return found


def quoted(path: Path) -> list[str]:
    """Return the labels and sentences that a guide quotes from the pages."""
    prose = _SPAN.sub("", _FENCE.sub("", path.read_text()))
    return [one or other for one, other in _QUOTED.findall(prose)]


def said_by_the_pages() -> str:
    """Return all that the pages and the server say, in both languages, a line each."""
    said = [source.read_text() for source in (ROOT / "src/tonghu/config").glob("*.py")]
    for domain in messages.domains():
        for message in messages.messages_of(messages.held(domain)).values():
            for words in (message.id, message.string):
                said += [words] if isinstance(words, str) else list(words)
    return "\n".join(_PLACE.sub("…", one.replace("\n", " ")) for one in said)


def is_said(label: str, said: str) -> bool:
    """Tell whether the pages say this; ``…`` stands for what differs each time."""
    pieces = [re.escape(piece) for piece in re.split("…+", label.rstrip("。，,."))]
    return bool(re.search(r"(?:^|[.。:：\"] ?)" + "[^\n]*".join(pieces), said, re.M))
