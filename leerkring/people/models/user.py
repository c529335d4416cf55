"""A person who can sign in. What a person is *in* a community lives in communities.Membership."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.people import halfdays, photos
from leerkring.ui.refusal import Refused

if TYPE_CHECKING:
    from leerkring.people.photos import Portrait

#: What the apps above have to renew when something of a person changed that others see.
_shown_elsewhere: list[Callable[[User], None]] = []


def shown_elsewhere(renew: Callable[[User], None]) -> None:
    """Have `renew(user)` called, in the same transaction, when something of a person changed that others see."""
    if renew not in _shown_elsewhere:
        _shown_elsewhere.append(renew)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new person; without a password they sign in by a code sent to their mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def at_address(self, email: str) -> User | None:
        """Whose address this is, however it is written."""
        return self.filter(email__iexact=email.strip()).first()

    def photos(self) -> set[str]:
        """Those that are somebody's."""
        return set(self.exclude(photo="").values_list("photo", flat=True))

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=120)
    #: Accounts, settings, backups; no content of communities.
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    #: Has a password everyone knows: refused outside the demo.
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    #: Says who this is where no name may stand: in the list of who was erased.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    #: The language of mail to this person; empty: the house's.
    language = models.CharField(_("taal"), max_length=5, blank=True)
    #: How many notices wait in the inbox.
    unread = models.PositiveIntegerField(default=0, editable=False)
    #: Goes up with everything of this person that is shown on their pages, so that kept pages know they are stale.
    version = models.PositiveIntegerField(default=0, editable=False)
    #: The name under which the photo's files are kept, never used twice; empty: no photo.
    photo = models.CharField(max_length=32, blank=True, editable=False)
    #: When one is usually at school: bit 2 × weekday, plus 1 for the afternoon; see leerkring.people.halfdays.
    half_days = models.PositiveSmallIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_user_one_account_per_address"),
            models.UniqueConstraint(
                fields=["photo"], condition=~Q(photo=""), name="people_user_photo_is_of_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def touch(self) -> None:
        """Something changed that is shown on every page of this person."""
        User.objects.filter(pk=self.pk).update(version=F("version") + 1)

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def at_school(self) -> str:
        """ "ma, di (ochtend)": when this person is usually there; "" when they did not say."""
        return halfdays.sentence(self.half_days)

    @property
    def initials(self) -> str:
        """What stands in the place of a photo: A for Anna, AW for Anna de Wit."""
        words = [word for word in self.name.split() if word[0].isalnum()] or [self.name]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @transaction.atomic
    def show_anew(self, *changed: str) -> None:
        """These fields changed, or something else that is shown to this person and to everyone who meets them. What
        is above renews first: the rows of communities are locked before those of people, everywhere."""
        self._renew()
        self._save_shown(*changed)

    def _renew(self) -> None:
        for renew in _shown_elsewhere:
            renew(self)

    def _save_shown(self, *changed: str) -> None:
        self.save(update_fields=changed)
        self.touch()

    @transaction.atomic
    def introduce(self, *, name: str, language: str) -> None:
        """Be called `name`, and be spoken to in `language`."""
        self.name, self.language = name, language
        self.full_clean(exclude=["password"])
        self.show_anew("name", "language")

    def speak(self, language: str) -> None:
        """Be spoken to in `language` from now on, in mail too."""
        if language not in dict(settings.LANGUAGES):
            raise Refused(gettext("Deze taal spreken we niet."))
        if language != self.language:
            self.language = language
            User.objects.filter(pk=self.pk).update(language=language)
            self.touch()

    @transaction.atomic
    def move_to(self, email: str, *, keep_session: str = "") -> str:
        """Be reached at `email`, which was proved, and be signed out everywhere but here; the address before."""
        if self.is_demo:
            raise Refused(gettext("In de demo blijft het e-mailadres zoals het is."))
        before, email = self.email, email.strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.pk).exists():
            raise Refused(gettext("Dit adres kan niet. Kies een ander adres."))
        self.take_address(email)
        self.sign_out(but=keep_session)
        self.touch()
        return before

    @transaction.atomic
    def take_address(self, email: str) -> None:
        """Sign in with `email` from now on, and no longer with the address before."""
        from allauth.account.models import EmailAddress

        self.email = email.strip().lower()
        self.full_clean(exclude=["password"])
        self.save(update_fields=["email"])
        # allauth would go on sending codes to an address that it knew.
        EmailAddress.objects.filter(user=self).delete()

    @transaction.atomic
    def show(self, portrait: Portrait) -> None:
        """Have this photo; the files of the one before go when this is certain."""
        self._renew()
        before, self.photo = self.lock_photo(), portrait.keep()
        self._save_shown("photo")
        transaction.on_commit(lambda: photos.delete(before))

    @transaction.atomic
    def remove_photo(self) -> None:
        """Have no photo any more; its files are gone when this is certain."""
        self._renew()
        before, self.photo = self.lock_photo(), ""
        self._save_shown("photo")
        transaction.on_commit(lambda: photos.delete(before))

    def lock_photo(self) -> str:
        """The photo that this person has now: another upload may have come in between, and the next one waits."""
        found = User.objects.select_for_update().filter(pk=self.pk).values_list("photo", flat=True).first()
        if found is None:
            raise Refused(gettext("Dit account is er niet meer."))
        return found

    @transaction.atomic
    def be_at_school(self, half_days: int) -> None:
        """Usually be there on these half-days."""
        self.half_days = half_days
        self.show_anew("half_days")

    def is_away(self, day: date | None = None) -> bool:
        """Whether this person said not to be there on `day`, which is today."""
        from leerkring.people.models.away import Away

        return Away.objects.on(day or clock.today()).filter(user=self).exists()

    def sign_out(self, *, but: str = "") -> int:
        """End every session of this person, except the one kept under `but`; how many there were."""
        from leerkring.people.models.session import Session

        return Session.objects.end_all(self, but=but)

    def forget_second_factors(self) -> int:
        """Passkeys, the app and the recovery codes: gone, so that signing in takes a mailed code only."""
        from allauth.mfa.models import Authenticator

        return int(Authenticator.objects.filter(user=self).delete()[0])
