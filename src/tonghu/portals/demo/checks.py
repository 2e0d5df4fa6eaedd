"""The made-up agency and a real one never share a data folder: its passwords are no secret."""

from django.conf import settings

from tonghu.access.constants import OrganisationKind
from tonghu.access.models import Account, Organisation
from tonghu.kernel.checks import Verdict, check, ok, refused
from tonghu.portals.demo.cast import AGENCY


def real_agencies() -> int:
    """Return how many agencies of this data folder are not the made-up one."""
    rows = Organisation.objects.unscoped("counts agencies, names none")
    return rows.filter(kind=OrganisationKind.AGENCY).exclude(pk=AGENCY).count()


@check("data.demonstration", asks_database=True)
def kept_apart() -> Verdict:
    """Refuse the made-up cast in a real house, and a real house in demo mode."""
    if settings.DEMO and real_agencies():
        return refused(
            f"{settings.HOME} holds a real agency: demo mode would open its door.",
            "Use another folder: tonghu demo --data FOLDER",
        )
    if not settings.DEMO and Account.objects.filter(is_cast=True).exists():
        return refused(
            f"{settings.HOME} holds the made-up agency, whose passwords are no secret.",
            "Use another TONGHU_HOME, or run: tonghu demo",
        )
    return ok("no made-up people among real ones")
