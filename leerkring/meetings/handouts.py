"""Files to prepare with: judged by what is in them, kept under random names, gone for real when they go.

Why so: docs/decisions/0049-handouts.md.
"""

from __future__ import annotations

import logging
import re
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from lzma import LZMAError

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from leerkring import clock
from leerkring.communities.models import Community, Membership
from leerkring.jobs.vanished import note_vanished
from leerkring.meetings.models import Handout, Meeting
from leerkring.people.photos import BROKEN, ENORMOUS
from leerkring.ui.refusal import Refused

log = logging.getLogger(__name__)

MOST_BYTES = 10 * 1024 * 1024
MOST_A_MEETING = 10
#: Bytes of all files of a community together.
MOST_A_COMMUNITY = 200 * 1024 * 1024
#: Where they are in the storage, and nothing else.
FOLDER = "handouts"
#: A picture is no larger than a screen shows; more points are only time and memory.
LONGEST_SIDE = 2400
MOST_POINTS = 16_000_000
#: The same file by the same person within this time is a button pressed twice.
AGAIN = timedelta(minutes=10)
#: An upload is stored a moment before its row is there for others.
UNDER_WAY = timedelta(hours=1)

Kind = Handout.Kind
CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.WEBP: "image/webp",
    Kind.TXT: "text/plain; charset=utf-8",
}
#: The part that makes an archive a document of this kind.
_PARTS = {
    "word/document.xml": Kind.DOCX,
    "xl/workbook.xml": Kind.XLSX,
    "ppt/presentation.xml": Kind.PPTX,
}
#: What `zipfile` raises on broken, locked or hostile archives; the last two where what is in one is damaged.
_DAMAGED = (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error, LZMAError)
_NOT_TYPED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def bring(
    meeting: Meeting,
    *,
    by: Membership,
    name: str,
    content: bytes,
    step: int | None = None,
    at: datetime | None = None,
) -> Handout:
    """A file for everyone in the group, to prepare with; after the meeting only a picture: of the board and the cards
    on it, as of a `step` while it is on. Raises Refused for what we do not take, with what to do."""
    # Drawing a picture anew takes seconds, and while the meeting is held nobody in the house can write.
    kind, kept = judged(content)
    if step is not None and kind not in Handout.PICTURES:
        raise Refused(_("Dit is geen foto. Kies een JPEG, PNG of WebP."))
    return _keep(meeting, by=by, name=name, kind=kind, kept=kept, step=step, at=at or clock.now())


@transaction.atomic
def _keep(
    meeting: Meeting,
    *,
    by: Membership,
    name: str,
    kind: Handout.Kind,
    kept: bytes,
    step: int | None,
    at: datetime,
) -> Handout:
    state = meeting.hold().state
    if state == Meeting.State.CANCELLED:
        raise Refused(_("Bij deze bijeenkomst kan niets meer worden gezet."))
    # By its size too: a phone may call every photo it makes the same.
    same = meeting.handouts.filter(by=by, name=name, size=len(kept), step=step, at__gt=at - AGAIN, at__lte=at)
    if already := same.first():
        return already
    if state == Meeting.State.CLOSED and kind not in Handout.PICTURES:
        raise Refused(_("De bijeenkomst is geweest. Er kan alleen nog een foto van het bord bij."))
    _refuse_more(meeting, len(kept))
    handout = Handout(meeting=meeting, by=by, name=name, kind=kind, size=len(kept), step=step, at=at)
    handout.token = secrets.token_hex(16)
    handout.full_clean(exclude=["meeting", "by"])
    handout.save()
    try:
        default_storage.save(path(handout.token), ContentFile(kept))
    except BaseException:
        _delete(handout.token)
        raise
    return handout


def _refuse_more(meeting: Meeting, size: int) -> None:
    if meeting.handouts.count() >= MOST_A_MEETING:
        raise Refused(_("Er staan al tien bestanden bij deze bijeenkomst. Haal er eerst een weg."))
    there = Handout.objects.filter(meeting__community=meeting.community_id).aggregate(all=Sum("size"))["all"]
    if (there or 0) + size > MOST_A_COMMUNITY:
        raise Refused(
            _(
                "Jullie bestanden zijn samen groter dan 200 MB. Haal eerst bestanden van eerdere bijeenkomsten weg."
            )
        )


def remove(handouts: Iterable[Handout], *, noted: bool = True) -> None:
    """Gone, with their files as soon as that is certain; a restored backup does not bring back what was `noted`. In
    a transaction of the caller."""
    for handout in list(handouts):
        token = handout.token
        if noted:
            note_vanished("handout", handout.pk)
        handout.delete()
        transaction.on_commit(lambda token=token: _delete(token))  # type: ignore[misc]


@transaction.atomic
def take_away(handout: Handout, *, by: Membership) -> None:
    """By who put it there, or who leads."""
    handout.meeting.hold()
    if not handout.may_go_by(by):
        raise Refused(_("Dit bestand is van een collega. Vraag een procesbegeleider om het weg te halen."))
    remove([handout])


def of_community(community: Community) -> None:
    """All of them; the whole community is noted already."""
    remove(Handout.objects.filter(meeting__community=community), noted=False)


# What is in it


def judged(content: bytes) -> tuple[Handout.Kind, bytes]:
    """What kind of file it is, by its content and never by its name, and what is kept of it: a picture is drawn
    anew, so that nothing but the picture is in it."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Dit bestand is te groot. Kies er een van hoogstens 10 MB."))
    if not content:
        raise Refused(_("Dit bestand is leeg."))
    if content.startswith(b"%PDF-"):
        return Kind.PDF, content
    if content.startswith(b"PK\x03\x04"):
        return _document(content), content
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff")) or content[8:12] == b"WEBP":
        return _picture(content)
    return Kind.TXT, _text(content)


def _unknown() -> Refused:
    return Refused(
        _(
            "Dit soort bestand kunnen we niet bewaren. Kies een pdf, een document (docx, odt), een rekenblad (xlsx), "
            "een presentatie (pptx), een foto (JPEG, PNG, WebP) of platte tekst."
        )
    )


def _document(content: bytes) -> Handout.Kind:
    """Only the list of what is in the archive is read; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            is_odt = "mimetype" in names and archive.getinfo("mimetype").file_size < 100
            said = archive.read("mimetype") if is_odt else b""
    except _DAMAGED:
        raise Refused(
            _("Dit bestand is beschadigd of beveiligd. Bewaar het opnieuw en probeer het nog eens.")
        ) from None
    if any(name.rpartition("/")[2].casefold() == "vbaproject.bin" for name in names):
        raise Refused(_("In dit bestand zitten macro's. Bewaar het zonder macro's en kies het opnieuw."))
    if said.strip() == CONTENT_TYPES[Kind.ODT].encode():
        return Kind.ODT
    found = [kind for part, kind in _PARTS.items() if part in names]
    if "[Content_Types].xml" not in names or len(found) != 1:
        raise _unknown()
    return found[0]


def _picture(content: bytes) -> tuple[Handout.Kind, bytes]:
    try:
        with Image.open(BytesIO(content), formats=[kind.name for kind in Handout.PICTURES]) as image:
            drawn_as = image.format or ""
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG costs no more than what is needed
            if image.width * image.height > MOST_POINTS:
                raise Refused(_("Deze foto heeft te veel beeldpunten. Maak hem eerst kleiner."))
            return Handout.Kind[drawn_as], _drawn(image, drawn_as)
    except ENORMOUS:
        raise Refused(_("Deze foto heeft te veel beeldpunten. Maak hem eerst kleiner.")) from None
    except BROKEN:
        raise Refused(_("Deze foto is beschadigd. Bewaar hem opnieuw als JPEG of PNG.")) from None


def _drawn(image: Image.Image, drawn_as: str) -> bytes:
    """On a new canvas: where and when it was taken, and all else a file may hold, stays behind."""
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    mode = "RGBA" if upright.has_transparency_data and drawn_as != "JPEG" else "RGB"
    points = upright.convert(mode)
    flat = Image.new(mode, points.size)
    flat.paste(points)
    out = BytesIO()
    flat.save(out, drawn_as, **({} if drawn_as == "PNG" else {"quality": 86}))
    return out.getvalue()


def _text(content: bytes) -> bytes:
    """As an older Windows wrote it too; what no keyboard types is no text."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NOT_TYPED.search(text):
            return text.encode()
    raise _unknown()


# Where it lies


def path(token: str) -> str:
    return f"{FOLDER}/{token}"


def read(handout: Handout) -> bytes:
    """What is in the file. Raises FileNotFoundError."""
    with default_storage.open(path(handout.token)) as file:
        content: bytes = file.read()
    return content


def _delete(token: str) -> None:
    """What cannot be deleted is told to the log and stays unreachable, until the night."""
    try:
        default_storage.delete(path(token))
    except OSError:
        log.exception("handout.kept")


def of_nobody() -> Iterator[str]:
    """Where files are in the storage that no row names."""
    if default_storage.exists(FOLDER):
        held = set(Handout.objects.values_list("token", flat=True))
        for token in default_storage.listdir(FOLDER)[1]:
            if token not in held:
                yield path(token)


def clear(*, before: datetime) -> None:
    """Those that lie there since before this moment: what was stored when something went wrong after it."""
    for file in of_nobody():
        try:
            if default_storage.get_modified_time(file) < before:
                default_storage.delete(file)
        except OSError:
            log.exception("handout.kept")
