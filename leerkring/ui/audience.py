"""Who can see something, in the words of the screen."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Audience(StrEnum):
    """From few to many."""

    ME = "me"
    #: Who is named at it, and nobody else in the group.
    NAMED = "named"
    PEOPLE = "people"
    #: As the community, of a meeting: there somebody may have been who has no account.
    ROOM = "room"
    COMMUNITY = "community"
    SCHOOL = "school"
    NETWORK = "network"
    EVERYONE = "everyone"


#: In one breath, after *Wie kan dit zien?*; and as a sentence.
WORDS: dict[Audience, tuple[str | Promise, str | Promise]] = {
    Audience.ME: (_("alleen jij"), _("Alleen jij ziet dit. De beheerder en je schoolleider niet.")),
    Audience.NAMED: (
        _("wie erbij is"),
        _(
            "Wie de les geeft en wie komt kijken. Verder niemand: de groep, je schoolleider en de beheerder niet."
        ),
    ),
    Audience.PEOPLE: (
        _("leden en begeleiders"),
        _(
            "De leden en procesbegeleiders van deze groep. Gasten niet, en je schoolleider en de beheerder niet."
        ),
    ),
    Audience.COMMUNITY: (
        _("deze groep"),
        _("Iedereen die in deze groep meedoet, ook gasten. Je schoolleider en de beheerder niet."),
    ),
    Audience.ROOM: (
        _("deze groep"),
        _(
            "Iedereen die in deze groep meedoet, ook gasten. Je schoolleider en de beheerder niet. Wie met de code op "
            "het bord binnenkwam, las in de bijeenkomst mee."
        ),
    ),
    Audience.SCHOOL: (_("de school"), _("Iedereen die op deze school in een groep meedoet.")),
    Audience.NETWORK: (_("het netwerk"), _("Iedereen die in dit netwerk van scholen in een groep meedoet.")),
    Audience.EVERYONE: (_("iedereen"), _("Iedereen, ook wie niet is ingelogd.")),
}
