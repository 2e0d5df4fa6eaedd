"""What referrals sign up for: words of events, a card on the case page, entries, a way on."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.events import say
from tonghu.access.sheets import Action
from tonghu.casework.beginnings import may, to
from tonghu.casework.constants import OPEN
from tonghu.casework.models import Case, ReferralStep
from tonghu.casework.operations import referring  # noqa: F401 -- its Rules are on the page of rules
from tonghu.casework.policy import CASES_PLANNED, PLANS
from tonghu.casework.referrals import referrals_of
from tonghu.casework.sections import Section, Way, section, way
from tonghu.casework.timeline import KINDS, Told, tells
from tonghu.look.addresses import address

say(
    {
        "casework.referral.prepared": gettext_lazy("prepared a referral"),
        "casework.referral.sent": gettext_lazy("sent a referral"),
        "casework.referral.accepted": gettext_lazy("noted that a referral was accepted"),
        "casework.referral.rejected": gettext_lazy("noted that a referral was turned down"),
        "casework.referral.served": gettext_lazy("noted what came of a referral"),
        "casework.referral.missed": gettext_lazy("noted that a service is not to be had"),
        "casework.referral.declined": gettext_lazy("noted that the family wants no referral"),
        "casework.referral.closed": gettext_lazy("closed a referral"),
        "casework.case.transferred": gettext_lazy("handed a case to another agency"),
    }
)
KINDS.register("referral", gettext_lazy("Referrals"))


@tells
def referrals(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell each step of each referral, so that the loop is seen to close."""
    rows = referrals_of(case, by, on=on)
    known = {row.pk: row for row in rows}
    steps = ReferralStep.objects.unscoped("of referrals that were read under their Rule")
    for one in steps.filter(referral__in=list(known)).select_related("by"):
        row = known[one.referral_id]
        yield Told(
            one.at,
            "referral",
            "arrow-right",
            _("Referral: %(receiver)s") % {"receiver": row.receiver},
            one.words,
            one.by.called if one.by else "",
            address("referral", row.pk),
            badge=one.get_to_state_display(),
        )


def _of_a_case(case: Case, by: Actor, on: dt.date) -> dict[str, Any] | None:
    if not PLANS.is_offered(Action.READ, by, on=on):
        return None
    rows = list(referrals_of(case, by, on=on))
    return {"rows": rows} if rows else None


section(
    Section(
        "referrals",
        gettext_lazy("Referrals"),
        "casework/parts/referrals.html",
        _of_a_case,
        order=70,
    )
)
way(
    Way(
        "refer",
        gettext_lazy("Refer the child"),
        to("referral-new"),
        OPEN,
        may(CASES_PLANNED),
        order=65,
    )
)
