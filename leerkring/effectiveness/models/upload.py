"""A file from elsewhere on its way to becoming a community. The file goes once it is read, or the next night."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import ContactReported, MemberId
from leerkring.communities.models import Community, Membership
from leerkring.effectiveness.models.agreement import Agreement
from leerkring.engine.exports import Mapping, Order, Reading, read_export
from leerkring.jobs.models import Job
from leerkring.jobs.queue import enqueue
from leerkring.network.models import School
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

#: Bytes. Read within a second while someone waits: a community of years fits many times over.
LIMIT = 2_000_000
#: Rows. Written in one transaction of a second or so, in which nobody else in the house can write.
MOST_ROWS = 10_000
KEPT_FOR = timedelta(days=1)
MAKE = "effectiveness.make_community"


class UploadSet(models.QuerySet["Upload"]):
    def of(self, user: User) -> UploadSet:
        return self.filter(user=user).select_related("school", "community", "job")

    def forgotten(self) -> UploadSet:
        """Left lying, or long done."""
        return self.filter(created_at__lt=clock.now() - KEPT_FOR)


class Upload(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.CASCADE, related_name="+", verbose_name=_("school"))
    name = models.CharField(_("naam van de leergemeenschap"), max_length=120)
    created_at = models.DateTimeField(default=clock.now)
    #: Names of two files in the folder of uploads; nothing of the person's own file name is kept.
    token = models.CharField(max_length=32, unique=True)
    has_members = models.BooleanField(default=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    #: Which columns and which order of dates were confirmed.
    mapping = models.JSONField(default=dict, blank=True)
    order = models.CharField(max_length=5, blank=True)
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")

    objects = UploadSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(order__in=["", "day", "month"]), name="effectiveness_upload_order"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(
        cls, *, by: User, school: School, name: str, interactions: bytes, members: bytes | None
    ) -> Upload:
        """Keep a file that could be read until its owner has looked at what it says. Without its row nothing
        would ever delete a file: there are both, or neither."""
        upload = cls(
            user=by, school=school, name=name, token=secrets.token_hex(16), has_members=members is not None
        )
        upload.full_clean(exclude=["job", "community"])
        try:
            with transaction.atomic():
                upload.save()
                upload._write(interactions, members)
        except BaseException:
            upload.delete_files()
            raise
        return upload

    def _write(self, interactions: bytes, members: bytes | None) -> None:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path("interactions").write_bytes(interactions)
        if members is not None:
            self._path("members").write_bytes(members)

    def files(self) -> tuple[bytes, bytes | None]:
        """The interactions and the members, as uploaded; `Refused` when they are gone."""
        try:
            return self._path("interactions").read_bytes(), (
                self._path("members").read_bytes() if self.has_members else None
            )
        except FileNotFoundError:
            raise Refused(
                _("Dit bestand is er niet meer. Bestanden gaan na een dag weg; kies het opnieuw.")
            ) from None

    def read(self, mapping: Mapping | None, order: Order | None) -> Reading:
        """What the files say under this mapping. Raises engine.exports.Unreadable."""
        interactions, members = self.files()
        return read_export(interactions, members, mapping, order, most_rows=MOST_ROWS)

    @transaction.atomic
    def confirm(self, *, mapping: Mapping, order: Order | None) -> None:
        """Make the community of it, in the work loop; asking twice makes one."""
        self.mapping, self.order = mapping.named(), order or ""
        self.job = enqueue(MAKE, {"upload": self.pk}, unique=f"upload:{self.pk}")
        self.save(update_fields=["mapping", "order", "job"])

    def confirmed(self) -> Reading:
        """What the files say as it was confirmed. Slow: read it before the transaction of `make`."""
        order: Order | None = self.order or None  # type: ignore[assignment]  # held by the constraint
        return self.read(Mapping(**self.mapping), order)

    def make(self, reading: Reading) -> Community:
        """The community: a code per person, and their contacts in the log. In one transaction of the caller."""
        # Who brings the file in is one of its codes, or nobody in it: not one more member without any contact.
        community = Community.found(school=self.school, name=self.name, by=self.user, takes_part=False)
        first = min(contact.at for contact in reading.contacts)
        people = community.join_codes(reading.members, at=first.replace(tzinfo=clock.AMSTERDAM))
        community.record_all(
            (
                ContactReported(
                    actor=_member(people, contact.actor), counterpart=_member(people, contact.counterpart)
                ),
                contact.at.replace(tzinfo=clock.AMSTERDAM),
            )
            for contact in reading.contacts
        )
        self._agree(community)
        Upload.objects.filter(pk=self.pk).update(community=community)
        return community

    def _agree(self, community: Community) -> None:
        """Who brought the file in is the only one to agree; who takes part later is asked then."""
        facilitator = Membership.objects.select_related("community").get(community=community, user=self.user)
        Agreement.put(by=facilitator).answer(by=facilitator, agrees=True)

    def discard(self) -> None:
        """Away with the files and with this."""
        self.delete_files()
        self.delete()

    def delete_files(self) -> None:
        for kind in ("interactions", "members"):
            self._path(kind).unlink(missing_ok=True)

    def _path(self, kind: str) -> Path:
        return folder() / f"{self.token}-{kind}"


def folder() -> Path:
    return Path(settings.DATA) / "uploads"


def discard_forgotten() -> None:
    """Away with what was left lying, also a file whose row never came because the house stopped in between."""
    for upload in Upload.objects.forgotten():
        upload.discard()
    old = (clock.now() - KEPT_FOR).timestamp()
    for file in folder().glob("*"):
        if file.stat().st_mtime < old:
            file.unlink(missing_ok=True)


def _member(people: list[Membership], code: int | None) -> MemberId | None:
    return people[code - 1].as_actor if code is not None else None
