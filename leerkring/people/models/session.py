"""Where someone is signed in. Kept by a digest of the key that the browser has: a stolen table opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models, transaction

from leerkring import clock
from leerkring.people.models.user import User

#: Who shows something to who is signed in, and hears in the same transaction which sessions end.
_ending: list[Callable[[models.QuerySet[Session]], None]] = []


def when_ended(tell: Callable[[models.QuerySet[Session]], None]) -> None:
    if tell not in _ending:
        _ending.append(tell)


class SessionManager(BaseSessionManager["Session"]):
    def open_of(self, user: User) -> models.QuerySet[Session]:
        """Where `user` is signed in now, the newest first."""
        return self.filter(user=user, expire_date__gt=clock.now()).order_by("-begun_at")

    def end(self, user: User, which: str) -> bool:
        """Sign `user` out at one place; False when there was none such of theirs."""
        return self.close(self.filter(user=user, session_key=which)) > 0

    def end_all(self, user: User, *, but: str = "") -> int:
        """Sign `user` out everywhere, except where the kept key is `but`."""
        return self.close(self.filter(user=user).exclude(session_key=but))

    @transaction.atomic
    def close(self, sessions: models.QuerySet[Session]) -> int:
        """However somebody signs out."""
        for tell in _ending:
            tell(sessions)
        return sessions.delete()[0]


class Session(AbstractBaseSession):
    """`session_key` is the digest of the key, `device` words such as "Firefox op Android": no address, no more."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    #: Browser and system by name, as "Firefox/Android".
    device = models.CharField(max_length=40, blank=True)
    begun_at = models.DateTimeField()
    seen_on = models.DateField()

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.device} {self.seen_on}"

    @property
    def browser(self) -> str:
        return self.device.partition("/")[0]

    @property
    def system(self) -> str:
        return self.device.partition("/")[2]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from leerkring.people.sessions import SessionStore

        return SessionStore
