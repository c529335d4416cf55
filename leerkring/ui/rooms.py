"""What the top bar offers: a community's rooms and a person's own pages.

The apps above register what exists (in their AppConfig.ready); nothing here knows them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

#: Someone in a community (`communities.access.Here`) -> the room's address, or None when it is not theirs.
Address = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class Tab:
    """One room of a community as the bar shows it."""

    key: str
    label: Any
    icon: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One of a person's own pages; `address(user)` is None when it is not theirs."""

    label: Any
    icon: str
    address: Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What the page *Mijn gegevens* leads to beside what it knows itself; `address(user)` as in MenuItem."""

    label: Any
    text: Any
    address: Callable[[Any], str | None]


#: In the order of the bar.
KNOWN: dict[str, tuple[Any, str]] = {
    "today": (_("Vandaag"), "house"),
    "goals": (_("Doelen"), "target"),
    "meetings": (_("Bijeenkomsten"), "calendar-days"),
    "practice": (_("Praktijk"), "eye"),
    "products": (_("Producten"), "file-pen-line"),
    "knowledge": (_("Kennis"), "lightbulb"),
    "mirror": (_("Spiegel"), "gauge"),
    "members": (_("Leden"), "users"),
}
#: What a room consists of, when that is several lists: each has its own address. In the order in which they stand.
PARTS: dict[str, dict[str, Any]] = {
    "practice": {"visits": _("Lesbezoek"), "tryouts": _("Uitproberen"), "cases": _("Casussen")},
    "knowledge": {"conversations": _("Gesprekken"), "insights": _("Inzichten")},
}
_addresses: dict[str, Address] = {}
_parts: dict[tuple[str, str], Address] = {}
_menu: list[MenuItem] = []
_own: list[OwnPage] = []


def register(key: str, address: Address) -> None:
    """Opens the room `key` (one of KNOWN).

    Raises:
        KeyError: there is no such room.
    """
    if key not in KNOWN:
        raise KeyError(key)
    _addresses[key] = address


def register_part(room: str, part: str, address: Address) -> None:
    """Opens a part of the room `room` (both of PARTS).

    Raises:
        KeyError: there is no such part.
    """
    if part not in PARTS[room]:
        raise KeyError(part)
    _parts[room, part] = address


def register_menu(item: MenuItem) -> None:
    """Adds an own page to the menu under the person's name, in order of registering."""
    if item not in _menu:
        _menu.append(item)


def register_own(page: OwnPage) -> None:
    """Adds a page to those that *Mijn gegevens* leads to, in order of registering."""
    if page not in _own:
        _own.append(page)


def own_pages(user: Any) -> list[tuple[Any, Any, str]]:
    """(label, one sentence, address) of the registered own pages that are this person's."""
    found = [(page.label, page.text, page.address(user)) for page in _own]
    return [(label, text, address) for label, text, address in found if address]


def tabs(here: Any, *, path: str = "", current: str = "") -> list[Tab]:
    """The rooms that exist for this person; the current one is named, or found by the longest address."""
    found = [(key, address(here)) for key in KNOWN if (address := _addresses.get(key))]
    shown = [(key, address) for key, address in found if address]
    if not current:
        fitting = [(len(address), key) for key, address in shown if path.startswith(address)]
        current = max(fitting)[1] if fitting else ""
    return [Tab(key, *KNOWN[key], address, key == current) for key, address in shown]


def parts(here: Any, room: str, *, path: str = "") -> list[tuple[Any, str, bool]]:
    """(label, address, whether one is in it) of the parts of a room that exist for this person."""
    found = [
        (label, address(here)) for key, label in PARTS[room].items() if (address := _parts.get((room, key)))
    ]
    return [(label, address, path.startswith(address)) for label, address in found if address]


def menu(user: Any) -> list[tuple[Any, str, str]]:
    """(label, icon, address) of this person's own pages."""
    found = [(item.label, item.icon, item.address(user)) for item in _menu]
    return [(label, icon, address) for label, icon, address in found if address]
