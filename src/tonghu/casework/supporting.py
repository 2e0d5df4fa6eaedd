"""What the support network signs up for: its card on the case page, its paper, its way there."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action, Answer
from tonghu.casework.constants import ALIVE
from tonghu.casework.drawings.network import NARROW, WIDE, family_drawn, network_drawn
from tonghu.casework.models import Case
from tonghu.casework.papers.form import Drawn, Field, Form, Grid, Lines, Origin, Picture, form
from tonghu.casework.papers.layouts import WHO, WORKER
from tonghu.casework.papers.providers import Subject, Values, provides
from tonghu.casework.policy import CASES, CASES_PLANNED
from tonghu.casework.sections import WIDE as BELOW
from tonghu.casework.sections import Section, section
from tonghu.casework.support import gain_in_words, network_of
from tonghu.look.templatetags.look import day_of_year
from tonghu.people import words
from tonghu.people.policy import CHILDREN
from tonghu.people.queries import family_of


def _network(case: Case, by: Actor, on: dt.date) -> dict[str, Any] | None:
    if CHILDREN.judge(Action.READ, by, case.child, on=on) is not Answer.ALLOW:
        return None
    if CASES_PLANNED.judge(Action.READ, by, case, on=on) is not Answer.ALLOW:
        return None
    network = network_of(case, by, on=on)
    family = network.family if network else family_of(case.child, by, on=on)
    may_draw = CASES_PLANNED.judge(Action.WRITE, by, case, on=on) is Answer.ALLOW
    said: dict[str, Any] = {
        "network": network,
        "gain": gain_in_words(network),
        "may_draw": may_draw and case.state in ALIVE,
        "family_wide": family_drawn(case, family, by, on=on),
        "family_narrow": family_drawn(case, family, by, on=on, width=NARROW),
    }
    if network:
        said["map_wide"] = network_drawn(case, network, by, on=on)
        said["map_narrow"] = network_drawn(case, network, by, on=on, width=NARROW)
    return said


section(
    Section("network", _("Support network"), "casework/parts/network.html", _network, 40, BELOW)
)


@provides("network")
def network(subject: Subject) -> Values:
    """Give the newest map: its drawing, its ties, what is missing; nothing where none was drawn."""
    found = network_of(subject.case, subject.by, on=subject.on)
    family = found.family if found else family_of(subject.case.child, subject.by, on=subject.on)
    tree = family_drawn(subject.case, family, subject.by, on=subject.on, width=WIDE)
    drawn = _picture(tree)
    if found is None:
        return {"family_drawn": drawn}
    ring = network_drawn(subject.case, found, subject.by, on=subject.on)
    return {
        "family_drawn": drawn,
        **({"network_drawn": _picture(ring)} if ring else {}),
        "map_on": day_of_year(found.map.on),
        "map_occasion": str(found.map.get_occasion_display()),
        "drawn_with": found.map.drawn_with,
        "gaps": "\n".join(found.gaps),
        "gain": gain_in_words(found),
        "ties": [
            {
                "who": " ".join(part for part in (one.name, one.relation) if part),
                "side": str(one.row.get_side_display()),
                "tie": words.together(
                    [part for part in (str(one.row.get_strength_display()), one.row.strain) if part]
                ),
                "flow": str(one.row.get_flow_display()),
                "gives": one.gives,
            }
            for one in found.ties
        ],
    }


def _picture(svg: str) -> Picture:
    says = svg.partition('aria-label="')[2].partition('"')[0]
    return Picture(svg=str(svg), says=says)


OWN = Origin.OWN
form(
    Form(
        "network",
        _("Support network and family"),
        (CASES, CASES_PLANNED),
        ("child", "case", "network"),
        (
            WHO,
            Grid(
                (
                    Field("map_on", _("Drawn on"), origin=OWN),
                    Field("map_occasion", _("On which occasion"), origin=OWN),
                    Field("drawn_with", _("Drawn together with"), wide=True, origin=OWN),
                    Field("gaps", _("What is missing"), wide=True),
                    Field("gain", _("Since the first map"), wide=True),
                )
            ),
            Drawn("network_drawn", _("Who supports the child")),
            Lines(
                "ties",
                _("The ties in words"),
                (
                    Field("who", _("Who"), origin=OWN),
                    Field("side", _("Where from"), origin=OWN),
                    Field("tie", _("Tie"), origin=OWN),
                    Field("flow", _("Who helps whom"), origin=OWN),
                    Field("gives", _("What it gives"), origin=OWN),
                ),
                (6, 4, 5, 4, 6),
            ),
            Drawn("family_drawn", _("The family, drawn")),
        ),
        signers=(WORKER,),
    )
)
