"""The nine roles as an auditor can read them: a role opens nothing, a duty does (R1, R8–R16)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.access.constants import DutyKind, OrganisationKind, ScopeKind
from tonghu.kernel.law import upholds


@dataclass(frozen=True)
class Role:
    """A kind of colleague: what it is for, where it may be given, which duty opens a file."""

    key: ClassVar[str]
    name: ClassVar[Promise]
    prose: ClassVar[Promise]
    given_by: ClassVar[OrganisationKind] = OrganisationKind.AGENCY
    scopes: ClassVar[tuple[ScopeKind, ...]] = (ScopeKind.ORGANISATION,)
    duties: ClassVar[tuple[DutyKind, ...]] = ()
    sees_names: ClassVar[bool] = True
    must_end: ClassVar[bool] = False


@upholds("R8")
class SocialWorker(Role):
    """Works with the child."""

    key = "worker"
    name = _("Social worker")
    prose = _(
        "Works with the children assigned to her and stands in for colleagues with dates. "
        "Sees colleagues' children of the same project and place as a card; a file only "
        "with a reason."
    )
    scopes = (ScopeKind.PROJECT, ScopeKind.PLACE, ScopeKind.ORGANISATION)
    duties = (DutyKind.ASSIGNMENT, DutyKind.COVER, DutyKind.TEAM)


@upholds("R9")
class Supervisor(Role):
    """Answers for safety and quality; supervises, does not write the case."""

    key = "supervisor"
    name = _("Supervisor")
    prose = _(
        "Reads and approves the work of the workers she supervises, day by day. "
        "Does not write the case herself."
    )
    scopes = (ScopeKind.PROJECT, ScopeKind.ORGANISATION)
    duties = (DutyKind.SUPERVISION,)


@upholds("R10")
class AgencyHead(Role):
    """The responsible person of the regulation on minors online, article 36."""

    key = "head"
    name = _("Agency head")
    prose = _(
        "The responsible person: grants roles that see names, reviews, releases. "
        "Reads a file or the journal only with a reason. Names a deputy for absence "
        "and conflicts of interest."
    )


@upholds("R11")
class FinanceOfficer(Role):
    """Money and its proof."""

    key = "finance"
    name = _("Finance officer")
    prose = _(
        "Checks claims and follows payments of her projects. Children are codes: she sees "
        "the day, place code and amount of a visit, never what was said."
    )
    scopes = (ScopeKind.PROJECT, ScopeKind.ORGANISATION)
    sees_names = False


@upholds("R12")
class AgencyAdministrator(Role):
    """The agency's set-up; no child, not even that one exists."""

    key = "administrator"
    name = _("Agency administrator")
    prose = _("Looks after people, roles and forms. Sees no child, not even that one exists.")
    sees_names = False


@upholds("R13")
class ChildDirector(Role):
    """The village's own person for its children."""

    key = "director"
    name = _("Child director")
    prose = _(
        "Knows the children who live in her village: due visits, eight questions, reporting "
        "a concern. Sees what safety needs, no ID number, no finding, no note of others."
    )
    given_by = OrganisationKind.COMMUNITY
    scopes = (ScopeKind.PLACE,)
    duties = (DutyKind.PLACE,)


@upholds("R14")
class BuyersOfficer(Role):
    """The buyer's desk."""

    key = "buyer"
    name = _("Buyer's officer")
    prose = _(
        "Follows the contracts the office bought: figures and reports with small counts "
        "hidden. No row about a child of any kind."
    )
    given_by = OrganisationKind.BUYER
    duties = (DutyKind.CONTRACT,)
    sees_names = False


@upholds("R15")
class Evaluator(Role):
    """The evaluator's room, while it is open."""

    key = "evaluator"
    name = _("Evaluator")
    prose = _(
        "Reads the sealed sample of one evaluation under codes, while its room is open, "
        "and writes only her own scores and findings."
    )
    given_by = OrganisationKind.EVALUATOR
    duties = (DutyKind.SAMPLE,)
    sees_names = False
    must_end = True


@upholds("R16")
class Auditor(Role):
    """A mandate with scope and last day."""

    key = "auditor"
    name = _("Auditor")
    prose = _(
        "Checks money, evidence, journal and permissions under a mandate with a last day. "
        "Children and colleagues are codes."
    )
    given_by = OrganisationKind.EVALUATOR
    duties = (DutyKind.MANDATE,)
    sees_names = False
    must_end = True


ROLES: dict[str, type[Role]] = {
    role.key: role
    for role in (
        SocialWorker,
        Supervisor,
        AgencyHead,
        FinanceOfficer,
        AgencyAdministrator,
        ChildDirector,
        BuyersOfficer,
        Evaluator,
        Auditor,
    )
}


def role_choices() -> list[tuple[str, Promise]]:
    """Return the roles as choices of a field."""
    return [(role.key, role.name) for role in ROLES.values()]


def needs_second_factor(role_key: str) -> bool:
    """Tell whether a role needs a second factor (R59): every role that could see a name.

    The administrator and the finance officer see colleagues' names and the journal; the
    external roles see masked files. None of them is let in on a password alone.
    """
    return role_key in ROLES
