"""The key with which this house signs the work forms that leave it. Made at the first signature and kept beside the
secret key, readable by its owner only, and like that one in no backup."""

from __future__ import annotations

import base64
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leerkring.ui.refusal import Refused


def house_key() -> Ed25519PrivateKey:
    """Raises Refused when what is kept is no key."""
    kept = _path()
    if not kept.exists():
        _make(kept)
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept.read_bytes(), validate=True))
    except ValueError:
        raise Refused(
            _(
                "De sleutel om mee te ondertekenen is stuk. Vraag de beheerder om ‘workform-key’ te herstellen."
            )
        ) from None


def public_key() -> bytes | None:
    """By which this house knows its own files; None when it never signed any."""
    return house_key().public_key().public_bytes_raw() if _path().exists() else None


def _path() -> Path:
    return Path(settings.DATA) / "workform-key"


def _make(kept: Path) -> None:
    """Whole or not at all; whoever is second takes the key of the first."""
    descriptor, half = tempfile.mkstemp(
        dir=kept.parent, prefix=".workform-key."
    )  # readable by its owner only
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(half, kept)
    finally:
        os.unlink(half)
