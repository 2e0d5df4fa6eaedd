"""A child's network as pages and papers show it: both drawings, each with its sentence."""

import datetime as dt

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tonghu.access.actors import Actor
from tonghu.casework.drawings.ecomap import Spoke, ecomap
from tonghu.casework.drawings.families import tree_of
from tonghu.casework.drawings.genogram import Tree, genogram
from tonghu.casework.drawings.marks import NARROW, WIDE
from tonghu.casework.models import Case
from tonghu.casework.models.support import HOLDS, TieStrength
from tonghu.casework.support import MOST_TIES, Network, Tie
from tonghu.people import words
from tonghu.people.queries import Family


def family_drawn(
    case: Case, family: Family, by: Actor, *, on: dt.date, width: int = WIDE
) -> SafeString:
    """Return the family as a drawing; the caller asked the file's Rule."""
    tree = tree_of(case.child, family, by, on=on)
    return genogram(tree, says=_sentence_of(tree), width=width)


def _sentence_of(tree: Tree) -> str:
    told = {"names": words.together([one.name.replace("\n", " ") for one in tree.members])}
    return _("The family, drawn: %(names)s.") % told


def network_drawn(
    case: Case, network: Network, by: Actor, *, on: dt.date, width: int = WIDE
) -> SafeString:
    """Return the map of support as a drawing; nothing where it would be too crowded to read."""
    outside = [one for one in network.ties if not one.at_home]
    if not outside or len(outside) > MOST_TIES:
        return SafeString("")
    tree = tree_of(case.child, network.family, by, on=on)
    spokes = [Spoke(one.name, _look(one), one.row.flow) for one in outside]
    return ecomap(spokes, tree, says=_sentence(network), width=width)


def _look(tie: Tie) -> str:
    strength = tie.row.strength
    is_calm = strength not in (TieStrength.TENSE, TieStrength.BROKEN)
    return "NEW" if tie.is_new and is_calm else strength


def _sentence(network: Network) -> str:
    count = len(network.ties)
    good = sum(one.row.strength in HOLDS for one in network.ties)
    tense = sum(one.row.strength == TieStrength.TENSE for one in network.ties)
    told = ngettext(
        "Who supports the child, drawn: %(n)s tie, %(good)s to lean on, %(tense)s tense. "
        "The table says the same.",
        "Who supports the child, drawn: %(n)s ties, %(good)s to lean on, %(tense)s tense. "
        "The table says the same.",
        count,
    )
    return told % {"n": count, "good": good, "tense": tense}


__all__ = ["NARROW", "WIDE", "family_drawn", "network_drawn"]
