"""The five people as whom a newcomer can step into the demo."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class DemoRole:
    key: str
    title: str | Promise
    #: What this person sees, in one sentence.
    sees: str | Promise

    @property
    def email(self) -> str:
        return f"{self.key}@leerkring.example"


DEMO_ROLES = (
    DemoRole("begeleider", _("Procesbegeleider"), _("Leidt de groep, nodigt mensen uit en ziet de spiegel.")),
    DemoRole("lid", _("Lid"), _("Praat mee, vraagt en deelt, en ziet de spiegel.")),
    DemoRole("gast", _("Gast"), _("Denkt een tijdje mee. Ziet de spiegel niet.")),
    DemoRole("schoolleider", _("Schoolleider"), _("Houdt de schoolkalender bij. Leest niet mee.")),
    DemoRole("beheerder", _("Beheerder"), _("Voegt scholen toe. Ziet geen inhoud van groepen.")),
)
