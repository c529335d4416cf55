from django.apps import AppConfig
from django.urls import reverse


class EffectivenessConfig(AppConfig):
    name = "leerkring.effectiveness"

    def ready(self) -> None:
        from leerkring.communities.access import Here
        from leerkring.ui import rooms

        def mirror(here: Here) -> str | None:
            if not here.may_see_mirror:
                return None
            return reverse("effectiveness:mirror", args=[here.community.pk])

        rooms.register("mirror", mirror)
