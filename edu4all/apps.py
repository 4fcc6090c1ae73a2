from django.apps import AppConfig

from .checks import register_checks


class FrameConfig(AppConfig):
    """The frame as an app of its own, so that its checks run with every command."""

    name = "edu4all"
    label = "frame"

    def ready(self) -> None:
        register_checks()
