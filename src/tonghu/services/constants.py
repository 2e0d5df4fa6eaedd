"""The words of services; codes and meanings come from the field's code lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """How a contact took place (``list:visit_mode``)."""

    HOME = "HOME", _("At home")
    FACE = "FACE", _("Face to face")
    SCHOOL = "SCHOOL", _("At school")
    COMMUNITY = "COMMUNITY", _("In the community")
    PHONE = "PHONE", _("Telephone")
    VIDEO = "VIDEO", _("Video")
    MESSAGE = "MESSAGE", _("Text messages")


class ContactKind(models.TextChoices):
    """What a contact was for (``list:visit_kind``)."""

    FIRST = "FIRST", _("First visit")
    ROUTINE = "ROUTINE", _("Regular visit")
    RISK = "RISK", _("Look at a risk")
    SCHOOL = "SCHOOL", _("Visit at school")
    PHONE = "PHONE", _("Call or video")
    PARENT_WORKPLACE = "PARENT_WORKPLACE", _("Where a parent works")
    FOLLOW_UP = "FOLLOW_UP", _("After closing")
    JOINT = "JOINT", _("Together with others")


class Result(models.TextChoices):
    """Who was met (``list:visit_result``); not having met anybody is an honest answer."""

    MET_CHILD = "MET_CHILD", _("Saw the child")
    MET_CARER_ONLY = "MET_CARER_ONLY", _("Saw the carer only")
    NOT_HOME = "NOT_HOME", _("Nobody was home")
    REFUSED = "REFUSED", _("Was not let in")
    MOVED = "MOVED", _("They have moved")
    UNSAFE = "UNSAFE", _("Broken off, not safe")


MET = (Result.MET_CHILD, Result.MET_CARER_ONLY)


class RiskChange(models.TextChoices):
    """How the child's situation seems to the worker; the level itself is set elsewhere."""

    SAME = "same", _("As before")
    UP = "up", _("More worrying")
    DOWN = "down", _("Less worrying")


class Safety(models.TextChoices):
    """How safe the child seems at the end of a contact; danger is told by telephone first."""

    SAFE = "safe", _("Safe")
    WORRIED = "worried", _("Worried")
    DANGER = "danger", _("In danger")


class Confirmed(models.TextChoices):
    """Who confirmed that the service took place."""

    SIGNATURE = "SIGNATURE", _("Signed on paper")
    CODE = "CODE", _("Code by message")
    TICK = "TICK", _("Said so")
    NONE = "NONE", _("Nobody")
