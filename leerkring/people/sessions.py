"""The store of sessions (settings.SESSION_ENGINE): Django's, with what a person may know of their own.

It costs the one query of Django's own; only on the first visit of a day a second one notes the date.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

from leerkring import clock
from leerkring.people.models import Session

#: What a user agent names itself -> what people call it; the first that is there counts.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": "Android",
    "CrOS": "Chromebook",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def device(agent: str) -> str:
    """ "Firefox/Android" for what a browser says of itself; "" for what we do not know."""
    browser = next((name for mark, name in BROWSERS.items() if mark in agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    return "/".join(filter(None, (browser, system)))


def kept(key: str | None) -> str:
    """A key as it is kept; the browser alone has the key itself."""
    return hashlib.blake2b((key or "").encode(), digest_size=20).hexdigest()


class SessionStore(DatabaseStore):
    """Django's store, with a person, a device and two dates beside the data."""

    #: What the browser said of itself when this request came in; used when a session begins, never kept.
    agent = ""
    _device = ""
    _begun_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(
            session_key=kept(self.session_key), expire_date__gt=clock.now()
        ).first()
        if found is None:
            self._session_key = None
            return None
        self._device, self._begun_at = found.device, found.begun_at
        today = clock.today()
        if found.seen_on != today:
            Session.objects.filter(pk=found.pk).update(seen_on=today)
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=kept(session_key)).exists()

    def create(self) -> None:
        self._device, self._begun_at = device(self.agent), clock.now()
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        user = data.get(SESSION_KEY)
        return Session(
            session_key=kept(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # not in the stubs
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(modification=clock.now()),
            user_id=int(user) if user else None,
            device=self._device,
            begun_at=self._begun_at or clock.now(),
            seen_on=clock.today(),
        )

    def delete(self, session_key: str | None = None) -> None:
        if session_key or self.session_key:
            Session.objects.close(Session.objects.filter(session_key=kept(session_key or self.session_key)))

    @classmethod
    def clear_expired(cls) -> None:
        """Deletes what has expired: it says who was here."""
        Session.objects.filter(expire_date__lt=clock.now()).delete()


class Sessions(SessionMiddleware):
    """Django's middleware; the store is told what the browser is, in case a session begins."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.agent = request.headers.get("User-Agent", "")  # type: ignore[attr-defined]
