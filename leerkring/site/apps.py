"""The app of the site itself: its logs, its nightly work."""

from django.apps import AppConfig
from django.conf import settings

from leerkring.site import logs


class SiteConfig(AppConfig):
    name = "leerkring.site"
    label = "site"
    default = True

    def ready(self) -> None:
        logs.configure(level=settings.LOG_LEVEL, file=settings.LOG_FILE)
