"""The words of assessment, guardianship capacity and supervision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answered(models.TextChoices):
    """Who answered an instrument."""

    CHILD = "child", _("The child itself")
    PARENT = "parent", _("A parent or whoever cares")
    TEACHER = "teacher", _("A teacher")
    WORKER = "worker", _("The social worker")


class Capacity(models.TextChoices):
    """How guardianship stands, from gone to as it should be (``list:guardianship_status``)."""

    ABSENT = "ABSENT", _("Guardianship absent")
    IMPROPER = "IMPROPER", _("Guardianship improper")
    INSUFFICIENT = "INSUFFICIENT", _("Guardianship insufficient")
    NORMAL = "NORMAL", _("Guardianship as it should be")


class Supervised(models.TextChoices):
    """How a supervision was held."""

    INDIVIDUAL = "individual", _("One to one")
    GROUP = "group", _("In a group")
    ON_SITE = "on_site", _("Along on a visit")
    EXTERNAL = "external", _("With somebody from outside")
