"""What `leerkring serve`, `work` and `demo` do."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from leerkring.site.asgi import Router
from leerkring.site.bridge import Receive, Scope, Send, WSGIApplication
from leerkring.site.server import PortTaken, listen
from leerkring.site.server import run as run_server
from leerkring.upkeep.alone import AlreadyServed, at_home, only_one
from leerkring.upkeep.failure import CannotBeDone


def _tell(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201
    return 1


def _set_up_django() -> None:
    import django

    django.setup()


def _begin() -> None:
    """Our settings; and what is made from now on (database, log, mail, uploads) others on this machine cannot
    read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.site.settings")
    os.umask(0o077)


def _welcome(base_url: str, *, with_demo: bool) -> None:
    _tell(f"Leerkring: {base_url}")
    if with_demo:
        from leerkring.demo import PASSWORD, accounts

        _tell(f"Demo accounts, all with the password {PASSWORD}:")
        for email, title in accounts():
            _tell(f"  {email:<32} {title}")
    _tell("Ctrl-C stops it.")


class House:
    """One serving process: what is made ready, and what is ended when it stops."""

    def __init__(self, *, work: bool) -> None:
        self._work = work
        self._stop_work: Callable[[], None] = lambda: None
        self._stop_live: Callable[[], None] = lambda: None
        self.failed: BaseException | None = None

    def prepare(self, say: Callable[[str], None]) -> WSGIApplication:
        """Tables, static files and demo; then Django, and the jobs."""
        say("starting")
        gc.disable()  # importing makes much and drops little: a tenth of the start would go to looking
        _set_up_django()
        from django.conf import settings
        from django.core.wsgi import get_wsgi_application
        from django.urls import get_resolver

        from leerkring.jobs.worker import Worker
        from leerkring.meetings.live import hub
        from leerkring.meetings.live.following import follow
        from leerkring.site import prepare

        # A room that cannot be imported is found out now rather than at the first visit.
        get_resolver().url_patterns  # noqa: B018
        gc.freeze()
        gc.enable()
        prepare.everything(say)
        application: WSGIApplication = get_wsgi_application()
        hub.begin(follow)
        self._stop_live = hub.end
        if self._work:
            worker = Worker()
            worker.start()
            self._stop_work = worker.stop
        _welcome(settings.BASE_URL, with_demo=settings.DEMO)
        return application

    def leave(self) -> None:
        """Ends the jobs and the live rooms."""
        self._stop_work()
        self._stop_live()

    def fail(self, error: BaseException) -> None:
        """Making ready went wrong: stop serving."""
        self.failed = error
        os.kill(os.getpid(), signal.SIGTERM)


def run(*, host: str, port: int, work: bool) -> int:
    """Serves until told to stop."""
    _begin()
    from django.db import DatabaseError

    try:
        listening = listen(host, port)
    except PortTaken as error:
        return _complain(f"Port {port} cannot be used ({error}); choose another with PORT=… or --port.")
    house = House(work=work)
    apart = {"/live/": _live}
    router = Router(house.prepare, leave=house.leave, failed=house.fail, apart=apart)
    try:
        with listening, at_home(), only_one():
            run_server(router, listening)
    except AlreadyServed as error:
        return _complain(f"Leerkring already serves {error}; with SQLite only one process can.")
    except (CannotBeDone, DatabaseError) as error:
        return _not_ready(error)
    if house.failed is not None:
        return _not_ready(house.failed)
    return 0


async def _live(scope: Scope, receive: Receive, send: Send) -> None:
    # Imported when the house is ready: it needs the tables' classes.
    from leerkring.meetings.live.socket import application

    await application(scope, receive, send)


def _not_ready(error: BaseException) -> int:
    from leerkring.site import settings

    if isinstance(error, CannotBeDone):
        return _complain(str(error))
    where = f"; see {settings.LOG_FILE}" if settings.LOG_FILE else ""
    return _complain(f"Leerkring could not be made ready ({type(error).__name__}){where}.")


def work() -> int:
    """Does jobs until told to stop."""
    _begin()
    _set_up_django()
    from django.db import DatabaseError

    try:
        with at_home():
            _wait_for_tables()
            _work_on()
    except (CannotBeDone, DatabaseError) as error:
        return _not_ready(error)
    return 0


def _work_on() -> None:
    from leerkring.jobs.worker import Worker

    worker = Worker()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: stop.set())
    worker.start()
    stop.wait()
    worker.stop()


def _wait_for_tables() -> None:
    """Brings the tables up to date, or waits until the server that is there has done so. The server's lock is only
    looked at: it may start at this very moment."""
    from django.db import connection

    from leerkring.upkeep import tables

    told = False
    while _is_served() and _are_behind():
        connection.close()
        if not told:
            _tell(
                "Waiting until the server brings the tables up to date; restart it when it is of an older version."
            )
            told = True
        time.sleep(1)
    if not _is_served():
        tables.up_to_date()
    connection.close()


def _are_behind() -> bool:
    from django.db import OperationalError

    from leerkring.upkeep import tables

    try:
        return tables.pending_migrations()
    except OperationalError:
        return True  # locked, as they are being brought up to date


def _is_served() -> bool:
    try:
        with only_one():
            return False
    except AlreadyServed:
        return True


def keep_up(name: str, options: argparse.Namespace) -> int:
    """One of the commands of upkeep."""
    _begin()
    _set_up_django()
    from leerkring.upkeep import commands

    return commands.run(name, options)


def make_demo() -> int:
    """Makes the demo when it is absent."""
    _begin()
    _set_up_django()
    from django.db import DatabaseError

    from leerkring import demo
    from leerkring.upkeep import tables

    try:
        with at_home(), only_one():
            tables.up_to_date()
            tables.refuse_a_demo_among_people()
            there = demo.is_complete()
            demo.make()
    except (CannotBeDone, DatabaseError) as error:
        return _not_ready(error)
    except AlreadyServed as error:
        return _complain(f"Leerkring serves {error}; stop it first, or serve with --demo.")
    _tell("The demo was already there." if there else "The demo is made.")
    return 0
