"""What `leerkring serve`, `work` and `demo` do."""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from leerkring.site.asgi import Router
from leerkring.site.bridge import WSGIApplication
from leerkring.site.server import PortTaken, config, listen
from leerkring.site.server import run as run_server


def _tell(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201
    return 1


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.site.settings")
    import django

    django.setup()


def _keep_to_owner() -> None:
    """What is made from now on (database, log, mail, uploads) others on this machine cannot read."""
    os.umask(0o077)


class AlreadyServed(Exception):
    """Another process serves this SQLite database."""


@contextmanager
def only_one() -> Iterator[None]:
    """Exactly one live process for a SQLite database: live rooms and caches are in its memory."""
    from leerkring.site import settings

    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        yield
        return
    with open(settings.DATA / "serve.lock", "ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyServed(settings.DATA) from error
        yield


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
        from leerkring.site import prepare

        # A room that cannot be imported is found out now rather than at the first visit.
        get_resolver().url_patterns  # noqa: B018
        gc.freeze()
        gc.enable()
        prepare.everything(say)
        application: WSGIApplication = get_wsgi_application()
        if self._work:
            worker = Worker()
            worker.start()
            self._stop_work = worker.stop
        _welcome(settings.BASE_URL, with_demo=settings.DEMO)
        return application

    def leave(self) -> None:
        """Ends the jobs."""
        self._stop_work()

    def fail(self, error: BaseException) -> None:
        """Making ready went wrong: stop serving."""
        self.failed = error
        os.kill(os.getpid(), signal.SIGTERM)


def run(*, host: str, port: int, work: bool) -> int:
    """Serves until told to stop."""
    import uvicorn

    _keep_to_owner()
    try:
        listening = listen(host, port)
    except PortTaken as error:
        return _complain(f"Port {port} cannot be used ({error}); choose another with PORT=… or --port.")
    house = House(work=work)
    router = Router(house.prepare, leave=house.leave, failed=house.fail)
    try:
        with listening, only_one():
            run_server(uvicorn.Server(config(router)), listening)
    except AlreadyServed as error:
        return _complain(f"Leerkring already serves {error}; with SQLite only one process can.")
    if house.failed is not None:
        return _not_ready(house.failed)
    return 0


def _not_ready(error: BaseException) -> int:
    from leerkring.site import settings

    where = f"; see {settings.LOG_FILE}" if settings.LOG_FILE else ""
    return _complain(f"Leerkring could not be made ready ({type(error).__name__}){where}.")


def work() -> int:
    """Does jobs until told to stop."""
    _keep_to_owner()
    _set_up_django()
    from leerkring.jobs.worker import Worker
    from leerkring.site import prepare

    prepare.migrate()
    worker = Worker()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: stop.set())
    worker.start()
    stop.wait()
    worker.stop()
    return 0


def make_demo() -> int:
    """Makes the demo when it is absent."""
    _keep_to_owner()
    _set_up_django()
    from leerkring import demo
    from leerkring.site import prepare

    prepare.migrate()
    there = demo.is_complete()
    demo.make()
    _tell("The demo was already there." if there else "The demo is made.")
    return 0
