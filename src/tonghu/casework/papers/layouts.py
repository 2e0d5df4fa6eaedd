"""The forms that print from the case and its contacts, in the field's order of cells."""

from django.utils.translation import gettext_lazy as _

from tonghu.casework.papers.form import Field, Form, Grid, Lines, Origin, form
from tonghu.casework.policy import CASES, CASES_ASSESSED

PEN, OWN = Origin.PEN, Origin.OWN
WORKER, SUPERVISOR = _("Social worker"), _("Supervisor")
GUARDIAN, CHILD = _("Guardian"), _("Child, if able")

WHO = Grid(
    (
        Field("name", _("Name")),
        Field("case_number", _("Case number")),
        Field("sex", _("Sex")),
        Field("age", _("Age")),
    )
)
"""The head of every form that is about a child we know."""

intake = form(
    Form(
        "intake",
        _("Case intake form"),
        (CASES,),
        ("child", "case"),
        (
            Grid(
                (
                    Field("case_number", _("Case number")),
                    Field("heard_on", _("Heard of on")),
                    Field("worker", _("Holds the case")),
                    Field("source", _("How we heard of it")),
                    Field("referrer", _("Who told us"), wide=True),
                )
            ),
            Grid(
                (
                    Field("name", _("Name")),
                    Field("sex", _("Sex")),
                    Field("born", _("Born")),
                    Field("age", _("Age")),
                    Field("ethnicity", _("Ethnicity")),
                    Field("id_last_four", _("Identity number, last four")),
                    Field("hukou", _("Household registered in")),
                    Field("phone", _("Child’s telephone")),
                    Field("residence", _("Lives at, since when"), wide=True),
                    Field("school", _("School, grade, class"), wide=True),
                ),
                _("The child"),
            ),
            Grid(
                (
                    Field("guardian", _("Guardian and relation")),
                    Field("guardian_phone", _("Guardian’s telephone")),
                    Field("father", _("Father")),
                    Field("mother", _("Mother")),
                    Field("household", _("Lives with")),
                    Field("care", _("Care in fact")),
                    Field("entrusted", _("Entrusted care")),
                    Field("best_time", _("Best time to reach the family")),
                    Field("categories", _("Categories"), wide=True),
                    Field("benefits", _("Benefits and earlier help"), wide=True),
                ),
                _("Family and care"),
            ),
            Grid(
                (
                    Field("problem", _("The worry, in the family’s own words"), wide=True),
                    Field("child_view", _("What the child says"), wide=True),
                    Field("in_danger", _("In danger now")),
                    Field("kind", _("Kind of case")),
                    Field("consents", _("Consent"), wide=True),
                    Field("decision", _("Decision"), wide=True),
                    Field("opinion", _("Supervisor’s opinion"), wide=True, origin=PEN),
                ),
                _("Why we come, and what was decided"),
            ),
        ),
        signers=(WORKER, SUPERVISOR, GUARDIAN),
    )
)

contact = form(
    Form(
        "contact",
        _("Contact record"),
        (CASES,),
        ("child", "case", "contact"),
        (
            WHO,
            Grid(
                (
                    Field("when", _("When"), origin=OWN),
                    Field("minutes", _("Duration"), origin=OWN),
                    Field("mode", _("How"), origin=OWN),
                    Field("contact_kind", _("What for"), origin=OWN),
                    Field("with_whom", _("With whom"), origin=OWN),
                    Field("result", _("Who was met"), origin=OWN),
                    Field("seen_alone", _("Talked with the child alone"), origin=OWN),
                    Field("author", _("Recorded by"), origin=OWN),
                    Field("happened", _("What was seen and heard"), wide=True, origin=OWN),
                    Field("done", _("What was done"), wide=True, origin=OWN),
                    Field("reaction", _("How they took it"), wide=True, origin=OWN),
                    Field("risk_change", _("Safer or not"), origin=OWN),
                    Field("confirmed", _("Confirmed by"), origin=OWN),
                    Field("next_step", _("Next step, and until when"), wide=True, origin=OWN),
                    Field("corrects", _("Correction"), origin=OWN),
                    Field("reviewed", _("Reviewed")),
                ),
            ),
        ),
        signers=(WORKER, SUPERVISOR, _("Service received by")),
        one_of="contacts",
    )
)

record = form(
    Form(
        "contacts",
        _("Record of contacts"),
        (CASES,),
        ("child", "case", "contacts"),
        (
            WHO,
            Lines(
                "contacts",
                "",
                (
                    Field("when", _("When"), origin=OWN),
                    Field("how", _("How"), origin=OWN),
                    Field("what", _("What happened, what was done"), origin=OWN),
                    Field("by", _("Recorded by"), origin=OWN),
                ),
                (4, 4, 12, 3),
            ),
        ),
        signers=(WORKER, SUPERVISOR),
    )
)

course = form(
    Form(
        "course",
        _("Course of the case and of its risk"),
        (CASES, CASES_ASSESSED),
        ("child", "case", "risk"),
        (
            WHO,
            Grid(
                (
                    Field("risk_level", _("Risk now")),
                    Field("risk_review_on", _("Look at it again on")),
                    Field("risk_reason", _("Why it is judged so"), wide=True),
                )
            ),
            Lines(
                "steps",
                _("How the case went"),
                (
                    Field("on", _("On")),
                    Field("what", _("Step")),
                    Field("why", _("Why")),
                    Field("by", _("By")),
                ),
                (4, 5, 10, 3),
            ),
            Lines(
                "risks",
                _("How the risk was judged"),
                (
                    Field("on", _("On")),
                    Field("level", _("Risk")),
                    Field("reason", _("Why")),
                    Field("by", _("By")),
                ),
                (4, 5, 10, 3),
            ),
        ),
        signers=(WORKER, SUPERVISOR),
    )
)

whole = form(
    Form(
        "whole",
        _("Whole file of the case"),
        (CASES,),
        ("child", "case"),
        (
            Grid(
                (
                    Field("name", _("Name")),
                    Field("case_number", _("Case number")),
                    Field("kind", _("Kind of case")),
                    Field("state", _("Stands at")),
                    Field("heard_on", _("Heard of on")),
                    Field("closed_on", _("Closed on")),
                    Field("worker", _("Holds the case")),
                    Field("printed_on", _("As of")),
                )
            ),
        ),
        is_whole=True,
    )
)
