"""The words of reports of harm; codes and meanings come from the field's code lists."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

REPORT_WITHIN = dt.timedelta(hours=24)
"""From finding it to telling an authority; the law says "at once" (MPL 11)."""
ANSWER_WITHIN = dt.timedelta(days=7)
"""After which somebody asks what became of it *(decided)*."""
SUPERVISOR_AFTER = dt.timedelta(hours=6)
HEAD_AFTER = dt.timedelta(hours=24)
"""How long a report waits before it also stands on their Today; in danger it does at once."""


class Situation(models.TextChoices):
    """What was seen or is suspected (``list:mandatory_report_case``; 2020 Opinion, article 4)."""

    R1 = "R1", _("Injury of private parts that is not normal")
    R2 = "R2", _("A girl under 14: sexual assault, pregnancy or abortion")
    R3 = "R3", _("A girl of 14 or more: pregnancy or abortion after an assault")
    R4 = "R4", _("Several injuries, starved or unconscious: perhaps abused or bullied")
    R5 = "R5", _("Hurt or dead by suicide, self-harm, work, poison, drugging, beating")
    R6 = "R6", _("Abandoned, or long without care")
    R7 = "R7", _("Of unknown origin, missing, trafficked")
    R8 = "R8", _("Made to beg")
    R9 = "R9", _("Other serious harm, or in danger now")


class Channel(models.TextChoices):
    """Who was told (``list:report_channel``)."""

    POLICE = "POLICE", _("Police (110)")
    CIVIL_AFFAIRS = "CIVIL_AFFAIRS", _("Civil affairs bureau")
    EDUCATION = "EDUCATION", _("Education bureau")
    PROCURATORATE = "PROCURATORATE", _("Procuratorate")
    HOTLINE = "HOTLINE", _("Hotline 12345 or child protection hotline")
    TOWNSHIP = "TOWNSHIP", _("Child-protection station of the township")
    INTERNAL = "INTERNAL", _("Head of our agency (never instead of the others)")


class Concerns(models.TextChoices):
    """Who may have done it; decides who reads the report (R63)."""

    UNKNOWN = "unknown", _("Not known")
    FAMILY = "family", _("Somebody of the family or who cares for the child")
    STAFF = "staff", _("Somebody who works or helps at our agency")
    OTHER = "other", _("Somebody else")


class Kind(models.TextChoices):
    """What happened with a report."""

    REPORTED = "reported", _("Told an authority")
    RECEIPT = "receipt", _("Receipt number")
    FEEDBACK = "feedback", _("What they said")
    ANSWERED = "answered", _("Answered")


class HarmType(models.TextChoices):
    """What kind of harm (``list:harm_type``)."""

    PHYSICAL = "PHYSICAL", _("Physical abuse")
    SEXUAL = "SEXUAL", _("Sexual abuse")
    EMOTIONAL = "EMOTIONAL", _("Emotional abuse")
    NEGLECT = "NEGLECT", _("Neglect")
    ABANDON = "ABANDON", _("Abandonment")
    DV_WITNESS = "DV_WITNESS", _("Sees violence at home")
    BULLYING = "BULLYING", _("Bullying")
    ONLINE = "ONLINE", _("Harm online")
    LABOUR = "LABOUR", _("Child labour")
    TRAFFICKING = "TRAFFICKING", _("Trafficking")
    BEGGING = "BEGGING", _("Organised begging")
    SELF_HARM = "SELF_HARM", _("Self-harm or suicide")
    EARLY_MARRIAGE = "EARLY_MARRIAGE", _("Early marriage or betrothal")
    ILLEGAL_ADOPTION = "ILLEGAL_ADOPTION", _("Given away against the law")
    INJURY = "INJURY", _("Accident")
    OTHER = "OTHER", _("Another kind")


class Notified(models.TextChoices):
    """Who is told of an incident."""

    GUARDIAN = "guardian", _("Guardian")
    POLICE = "police", _("Police")
    HOSPITAL = "hospital", _("Hospital")
    BUYER = "buyer", _("Buyer of the project")
    SCHOOL = "school", _("School")
    HEAD = "head", _("Head of our agency")
    OTHER = "other", _("Somebody else")
