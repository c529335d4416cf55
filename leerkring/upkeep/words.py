"""What an outcome means and what to do about it, for who keeps the instance."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: outcome → what the mail server made of it, and what to do.
MAIL: dict[str, Any] = {
    "sent": _(
        "De mailserver nam de proefmail aan. Kijk in je postvak, ook bij ongewenste mail, of hij aankomt."
    ),
    "off": _(
        "Er is nog geen mailserver ingesteld: mail komt als bestand in de gegevensmap. Zet LEERKRING_MAIL_URL en "
        "start Leerkring opnieuw."
    ),
    "password": _(
        "De mailserver kent deze gebruikersnaam of dit wachtwoord niet. Kijk LEERKRING_MAIL_URL na; leestekens in "
        "het wachtwoord schrijf je als %-codes."
    ),
    "certificate": _(
        "Het certificaat van de mailserver klopt niet met zijn naam, of is verlopen. Gebruik de naam die op het "
        "certificaat staat, of vraag je mailbeheerder het te vernieuwen."
    ),
    "tls": _(
        "De versleuteling lukt niet. Kijk of de poort bij het begin van LEERKRING_MAIL_URL past: smtp+tls hoort bij "
        "587, smtps bij 465."
    ),
    "sender": _(
        "De mailserver wil niet namens deze afzender versturen. Zet in LEERKRING_MAIL_FROM een adres dat bij deze "
        "mailserver hoort."
    ),
    "recipient": _(
        "De mailserver weigert mail aan jouw adres. Vaak moet je eerst inloggen: zet gebruikersnaam en wachtwoord in "
        "LEERKRING_MAIL_URL."
    ),
    "timeout": _(
        "De mailserver antwoordt niet op tijd. Vaak houdt een firewall de poort dicht; vraag het je netwerkbeheerder."
    ),
    "refused": _(
        "Op dit adres en deze poort luistert geen mailserver. Kijk LEERKRING_MAIL_URL na en of de mailserver draait."
    ),
    "name": _(
        "De naam van de mailserver is niet te vinden. Kijk in LEERKRING_MAIL_URL of hij goed is geschreven."
    ),
    "hung_up": _(
        "De mailserver verbrak de verbinding. Kijk of de poort bij het begin van LEERKRING_MAIL_URL past: smtp+tls "
        "hoort bij 587, smtps bij 465."
    ),
    "answered": _(
        "De mailserver nam de proefmail niet aan. Zijn antwoord zegt waarom; vraag het je mailbeheerder."
    ),
    "unreachable": _(
        "De mailserver is niet te bereiken. Kijk LEERKRING_MAIL_URL na en of deze computer verbinding heeft."
    ),
}

#: State of a mail → what became of it. What arrived is not told: it says how much there was to tell.
MAILS: dict[str, Any] = {
    "waiting": _("Nog niet aangenomen"),
    "refused": _("Geweigerd"),
    "given_up": _("Na een week opgegeven"),
}

#: Reason (as /healthz says it) → what is wrong, and what to do.
ILLNESS: dict[str, Any] = {
    "the disk is full": _(
        "De schijf is vol: er kan niets meer worden bewaard. Maak ruimte; daarna werkt alles vanzelf weer."
    ),
    "the database cannot be written": _(
        "In de database kan niet worden geschreven. Kijk of de schijf en de database er zijn, en in het logboek van "
        "de server."
    ),
    "migrations are pending": _("De tabellen lopen achter op het programma. Start Leerkring opnieuw."),
    "the demo is not complete": _("De demo is niet compleet. Maak hem met: leerkring demo"),
}

#: kind of job → what it does.
JOBS: dict[str, Any] = {
    "site.clear_sessions": _("Verlopen sessies opruimen"),
    "site.wipe": _("Overschrijven wat gewist is"),
    "people.clear_photos": _("Foto's opruimen die van niemand meer zijn"),
    "people.away_turns": _("Bijhouden wie er even niet is"),
    "people.away_back": _("Bijhouden wie er weer is"),
    "communities.mail": _("Meldingen mailen"),
    "communities.mail_invitation": _("Een uitnodiging mailen"),
    "communities.mail_code": _("Een code mailen"),
    "communities.close_admission": _("Een vraag aan alle leden sluiten"),
    "communities.clear_ways_in": _("Verlopen uitnodigingen en deuren opruimen"),
    "communities.clear_inboxes": _("Oude meldingen opruimen"),
    "communities.vanish": _("Beëindigde groepen na dertig dagen wissen"),
    "knowledge.vanish": _("De prullenbak na dertig dagen legen"),
    "goals.settle": _("Doelen en visie die op niemand meer wachten, afspreken"),
    "goals.look_again": _("Vragen of wat bewaard is, nog zo gaat"),
    "meetings.remind": _("Zeggen dat een bijeenkomst dichtbij is"),
    "meetings.agreements_due": _("Zeggen dat de dag van een afspraak er is"),
    "meetings.clear_handouts": _("Bestanden opruimen die bij geen bijeenkomst meer horen"),
    "meetings.pass": _("Van bijeenkomsten die voorbij zijn niet meer vragen of je komt"),
    "meetings.close_rooms": _("Bijeenkomsten sluiten die niemand sloot"),
    "meetings.clear_rooms": _("Wat van een bijeenkomst een week bewaard is, opruimen"),
    "meetings.tell_calendars": _("Bijeenkomsten in agenda's zetten, per mail"),
    "insights.ask": _("Vragen hoe ging wat iemand zou proberen"),
    "practice.ask": _("Vragen of een lesbezoek doorging"),
    "practice.vanish": _("Lesbezoeken van lang geleden voorgoed weghalen"),
    "insights.vanish": _("Weggehaalde inzichten voorgoed weggooien"),
    "practice.ask_tryouts": _("Vragen hoe een probeersel ging"),
    "practice.vanish_tryouts": _("Weggehaalde probeersels voorgoed weggooien"),
    "effectiveness.make_community": _("Een spiegel uit een bestand maken"),
    "effectiveness.discard_uploads": _("Tijdelijke bestanden opruimen"),
    "upkeep.backup": _("Back-up van elke nacht"),
    "upkeep.backup_now": _("Back-up tussendoor"),
    "upkeep.mail_test": _("Proefmail"),
    "upkeep.vanished": _("Bijhouden wat gewist is"),
}


def mail(outcome: str, detail: str = "") -> str:
    """The sentence, with what the server itself said."""
    sentence = str(MAIL[outcome])
    return f"{sentence} ({gettext('De mailserver zei')}: {detail})" if detail else sentence
