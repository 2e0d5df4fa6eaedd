"""The look of the service: pages, parts, words of the frame."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Everything that is drawn the same way in every domain."""

    name = "tonghu.look"
