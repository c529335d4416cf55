"""A person who can sign in. What a person is *in* a community lives in communities.Membership."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leerkring import clock


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new person; without a password they sign in by a code sent to their mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

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

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_user_one_account_per_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def touch(self) -> None:
        """Something changed that is shown on every page of this person."""
        User.objects.filter(pk=self.pk).update(version=F("version") + 1)

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]
