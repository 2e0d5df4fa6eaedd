"""Where and in which words the code upholds each rule of the access policy."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tonghu.access.articles import Article
from tonghu.access.events import WORDS
from tonghu.access.roles import Role
from tonghu.kernel import law


@dataclass(frozen=True)
class Place:
    """A place in the code that upholds a rule, and what it says of itself to an auditor."""

    code: str
    says: str | Promise


@dataclass(frozen=True)
class Upheld:
    """A rule of the policy with the places that uphold it; none: it is not built yet."""

    article: Article
    places: list[Place]

    @property
    def words(self) -> list[str]:
        """Return what the places say, each sentence once."""
        return list(dict.fromkeys(str(place.says) for place in self.places))


def upheld(article: Article) -> Upheld:
    """Return where a rule is upheld."""
    codes = law.places().get(article.number, [])
    return Upheld(article, [Place(code, _words(code)) for code in codes])


def _words(code: str) -> str | Promise:
    """Return what a place says: its own words, those of a role, or its event's."""
    if own := law.words_at(code):
        return own
    thing = import_string(code)
    if isinstance(thing, type) and issubclass(thing, Role):
        return _("a role of its own, given with a first and a last day")
    event = WORDS.get(getattr(thing, "event", ""))
    return format_lazy(_("as an act on record: {words}"), words=event) if event else ""
