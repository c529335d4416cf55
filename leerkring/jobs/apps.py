"""The app of jobs; it collects the handlers of all rooms when the house starts."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "leerkring.jobs"
    default = True

    def ready(self) -> None:
        autodiscover_modules("jobs")
