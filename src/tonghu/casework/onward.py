"""The words of referrals: to whom, how soon, what leaves the house, how it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Receiver(models.TextChoices):
    """What kind of place a child is referred to."""

    CIVIL_AFFAIRS = "civil", _("Civil affairs, child-protection centre")
    SCHOOL = "school", _("School or education bureau")
    HOSPITAL = "hospital", _("Hospital, rehabilitation, counselling")
    POLICE = "police", _("Police, procuratorate, court, legal aid")
    WOMEN = "women", _("Women’s federation, youth league, disabled persons’ federation")
    AGENCY = "agency", _("Another social-work agency")
    OTHER = "other", _("Another place")


class Urgency(models.TextChoices):
    """How soon it is needed."""

    NOW = "now", _("Today")
    WEEK = "week", _("Within a week")
    MONTH = "month", _("Within a month")


class Datum(models.TextChoices):
    """What can leave with a referral; each is ticked by itself."""

    NAME = "name", _("Name")
    AGE = "age", _("Age")
    SEX = "sex", _("Sex")
    GUARDIANS = "guardians", _("Guardians, by name")
    PHONE = "phone", _("Telephone of the family")
    ADDRESS = "address", _("Address")
    SCHOOL = "school", _("School")
    RISK = "risk", _("Level of risk")
    WORRY = "worry", _("What the worry is")


class ReferralState(models.TextChoices):
    """How a referral stands (``list:referral_status``); it ends when the receiver has answered."""

    DRAFT = "DRAFT", _("Prepared")
    CONSENT_WAIT = "CONSENT_WAIT", _("Waits for consent")
    SENT = "SENT", _("Sent off")
    ACCEPTED = "ACCEPTED", _("Accepted")
    REJECTED = "REJECTED", _("Turned down")
    SERVED = "SERVED", _("Service given")
    UNAVAILABLE = "UNAVAILABLE", _("Service not to be had")
    DECLINED = "DECLINED", _("The family does not want it")
    CLOSED = "CLOSED", _("Closed, with the outcome")


S = ReferralState
LEADS_TO: dict[str, tuple[ReferralState, ...]] = {
    S.DRAFT: (S.SENT, S.DECLINED),
    S.CONSENT_WAIT: (S.SENT, S.DECLINED),
    S.SENT: (S.ACCEPTED, S.REJECTED, S.UNAVAILABLE, S.DECLINED),
    S.ACCEPTED: (S.SERVED, S.UNAVAILABLE, S.DECLINED),
    S.SERVED: (S.CLOSED,),
    S.REJECTED: (S.CLOSED,),
    S.UNAVAILABLE: (S.CLOSED,),
    S.DECLINED: (S.CLOSED,),
}
"""From each state of a referral, where it can go."""
WAITING = (S.SENT, S.ACCEPTED)
"""States in which the receiver owes a word."""
