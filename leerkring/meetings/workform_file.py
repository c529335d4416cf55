"""A work form as a file that goes from one place to another: JSON, signed by the house it leaves.

What is in it and how it is signed: docs/werkvorm-bestand.md.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _

from leerkring import __version__
from leerkring.meetings.house_key import house_key, public_key
from leerkring.meetings.workform import Workform
from leerkring.meetings.workform_reading import LARGEST, plain, read, too_large
from leerkring.ui.refusal import Refused

FORMAT = "leerkring/workform"
VERSION = 1
ENDING = ".werkvorm"
ALGORITHM = "Ed25519"


class Seal(StrEnum):
    """What the signature of a file says."""

    OURS = "ours"  # signed here, and not changed since
    GOOD = "good"  # signed elsewhere, and not changed since
    BROKEN = "broken"  # changed since, or the signature is no signature
    NONE = "none"


@dataclass(frozen=True)
class Opened:
    """What a file turned out to be: a form, or sentences that say why not."""

    form: Workform | None
    problems: tuple[str, ...] = ()
    seal: Seal = Seal.NONE
    #: The address of the house that made it, as the file itself says; "" when it does not.
    made_by: str = ""


def written(form: Workform) -> bytes:
    """The file."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "content": plain(form),
        "made_by": {"url": settings.BASE_URL, "software": f"Leerkring {__version__}"},
    }
    key = house_key()
    said["signature"] = {
        "algorithm": ALGORITHM,
        "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        "value": base64.b64encode(key.sign(canonical(said))).decode(),
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def canonical(said: dict[str, Any]) -> bytes:
    """What is signed: the file without its signature, in the one way there is to write it."""
    signed = {name: value for name, value in said.items() if name != "signature"}
    return json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def opened(raw: bytes) -> Opened:
    """What `raw` is. Any bytes at all end in a form or in sentences."""
    if len(raw) > LARGEST:
        return Opened(None, (too_large(),))
    no_form = _("Dit is geen werkvorm. Kies een bestand dat eindigt op .werkvorm.")
    try:
        said = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Opened(None, (no_form,))
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return Opened(None, (no_form,))
    if said.get("version") != VERSION:
        return Opened(
            None, (_("Dit bestand is van een nieuwere Leerkring. Vraag de beheerder om die te installeren."),)
        )
    reading = read(said.get("content"))
    return Opened(reading.form, reading.problems, _seal(said), _maker(said))


def _seal(said: dict[str, Any]) -> Seal:
    signature = said.get("signature")
    if signature is None:
        return Seal.NONE
    try:
        if signature["algorithm"] != ALGORITHM:
            return Seal.BROKEN
        key = base64.b64decode(signature["public_key"], validate=True)
        value = base64.b64decode(signature["value"], validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(value, canonical(said))
    except (InvalidSignature, ValueError, TypeError, KeyError, RecursionError):
        return Seal.BROKEN
    return Seal.OURS if _is_ours(key) else Seal.GOOD


def _is_ours(key: bytes) -> bool:
    try:
        return key == public_key()
    except Refused:
        return False


def _maker(said: dict[str, Any]) -> str:
    maker = said.get("made_by")
    url = maker.get("url") if isinstance(maker, dict) else None
    return url if isinstance(url, str) and len(url) <= 200 and url.isprintable() else ""
