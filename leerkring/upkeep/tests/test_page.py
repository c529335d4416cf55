"""Beheer: one sentence, then the parts; nothing of what communities do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from leerkring import clock
from leerkring.communities.models import Digest
from leerkring.jobs.models import Job
from leerkring.jobs.queue import enqueue
from leerkring.jobs.run import Run
from leerkring.jobs.worker import Worker
from leerkring.people.models import Away, User
from leerkring.upkeep import backup, jobs, mailtest, words
from leerkring.upkeep.backup import Kept, staying
from leerkring.upkeep.failure import CannotBeDone
from leerkring.upkeep.models import Note
from tests.cast import NOW, Browser, Cast
from tests.ports import free_port

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def _own_backups(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUPS = tmp_path / "backups"
    settings.EMAIL_BACKEND = SMTP


@pytest.fixture
def keeper(beheer: User, browser: Browser) -> Client:
    """Beheer at the laptop."""
    return browser(beheer)


def page(client: Client) -> str:
    answer = client.get("/beheer/")
    assert answer.status_code == 200
    return answer.content.decode()


def a_backup(settings: Settings) -> None:
    settings.BACKUPS.mkdir()
    (settings.BACKUPS / f"leerkring-{NOW:%Y%m%dT%H%M%SZ}.tar").touch()


def all_is_done(settings: Settings) -> None:
    """A backup was made, putting back was practised, and mail was tried."""
    a_backup(settings)
    Note.keep(kind=Note.Kind.MAIL, outcome="sent")
    Note.keep(kind=Note.Kind.DRILL, outcome="passed")


def test_when_nothing_is_wrong_one_sentence_says_so(keeper: Client, settings: Settings) -> None:
    all_is_done(settings)
    assert "<h1>Alles is in orde</h1>" in page(keeper)


def test_a_first_backup_that_is_not_there_is_no_order(keeper: Client, settings: Settings) -> None:
    all_is_done(settings)
    for file in settings.BACKUPS.iterdir():
        file.unlink()
    text = page(keeper)
    assert "<h1>Er is iets dat je aandacht vraagt</h1>" in text
    assert "Er is nog geen back-up." in text


def test_what_was_never_tried_is_not_called_in_order(keeper: Client, settings: Settings) -> None:
    a_backup(settings)
    text = page(keeper)
    assert "<h1>Leerkring draait. Dit moet je nog een keer doen</h1>" in text
    assert "Stuur jezelf een proefmail, dan weet je of mail aankomt." in text
    assert text.count("Terugzetten is nog niet geoefend.") == 2  # on top, and where the backups are
    Note.keep(kind=Note.Kind.MAIL, outcome="sent")
    settings.BACKUPS = None
    text = page(keeper)
    assert "Alles is in orde" not in text
    assert text.count("Back-ups staan uit (LEERKRING_BACKUPS).") == 2


def test_a_demo_says_that_it_is_one_and_what_is_off(keeper: Client, settings: Settings) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    User.objects.create_user("lid@leerkring.example", name="Demi", is_demo=True)
    text = page(keeper)
    assert "<h1>Dit is een demo</h1>" in text
    assert "Wat in de demo uit staat" in text
    assert 'href="/demo/post/"' in text
    assert "Alles is in orde" not in text
    assert "proefmail" not in text
    settings.DEMO = False
    assert "Dit is een demo" not in page(keeper)


def test_what_is_wrong_comes_first_and_says_what_to_do(keeper: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    enqueue("effectiveness.discard_uploads", due=NOW - timedelta(hours=1))
    Note.keep(kind=Note.Kind.BACKUP, outcome="failed")
    Note.keep(kind=Note.Kind.DRILL, outcome="failed")
    text = page(keeper)
    assert "Er zijn 4 dingen die je aandacht vragen" in text
    for sentence in (
        "De laatste back-up mislukte",
        "leerkring drill",
        "Taken blijven liggen",
        "LEERKRING_MAIL_URL",
    ):
        assert sentence in text


def test_a_failed_job_is_told_by_its_type_and_can_be_tried_again(keeper: Client) -> None:
    job = Job.objects.create(
        kind=jobs.NOW, state=Job.State.FAILED, error="ValueError", attempts=5, due=NOW, created=NOW, ended=NOW
    )
    assert "ValueError · dinsdag 10 november, 10.30 uur" in page(keeper)
    assert keeper.post(f"/beheer/taken/{job.pk}/opnieuw/").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)
    assert keeper.post(f"/beheer/taken/{job.pk}/opnieuw/").status_code == 404


def test_only_an_administrator_has_it_in_the_menu(keeper: Client, anna: User, browser: Browser) -> None:
    assert 'href="/beheer/"' in page(keeper)
    assert 'href="/beheer/"' not in browser(anna).get("/vandaag/", follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_made_in_the_work_loop_and_read_back(browser: Browser) -> None:
    user = User.objects.create_user("beheer@school.test", name="Beheer van Dijk", is_administrator=True)
    client = browser(user)
    assert client.post("/beheer/back-up/").status_code == 302
    assert client.post("/beheer/back-up/").status_code == 302  # twice is once
    answer = client.get("/beheer/")
    assert "Refresh" in answer.headers
    assert "<progress" in answer.content.decode()
    assert Worker().one()
    assert not Worker().one()
    text = page(client)
    assert "1 back-up" in text
    assert "nagelezen" in text
    assert "Refresh" not in client.get("/beheer/").headers
    (kept,) = backup.kept()
    assert kept.path.stat().st_mode & 0o077 == 0


def test_a_file_of_a_day_that_is_none_is_no_backup(keeper: Client, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "leerkring-20269999T999999Z.tar").touch()
    assert "Er is er nog geen." in page(keeper)
    backup.tidy()


def test_what_people_do_for_a_later_day_is_not_told(keeper: Client, cast: Cast) -> None:
    Away.plan(by=cast.anna, first_day=clock.today() + timedelta(days=3))
    enqueue("communities.close_admission", due=NOW + timedelta(days=2))
    Worker().plan()
    text = page(keeper)
    assert "Back-up van elke nacht" in text
    assert "woensdag 11 november" in text
    for name in ("people.away_turns", "people.away_back", "communities.close_admission"):
        assert str(words.JOBS[name]) not in text
    enqueue("communities.mail_invitation")
    enqueue("communities.mail_invitation")
    assert "wacht" in (text := page(keeper))
    assert "2 wachten" not in text


def test_mail_that_the_server_does_not_take_shows_without_for_whom(
    keeper: Client, cast: Cast, settings: Settings
) -> None:
    all_is_done(settings)

    def mail(user: User, state: Digest.State, days: float, attempts: int = 3) -> None:
        ended = None if state == Digest.State.WAITING else NOW
        made = NOW - timedelta(days=days)
        Digest.objects.create(
            user=user, state=state, made_at=made, due=NOW, attempts=attempts, ended_at=ended
        )

    mail(cast.anna, Digest.State.WAITING, 0.1, attempts=0)
    mail(cast.bram, Digest.State.SENT, 2)
    assert "Meldingen die niet aankwamen" not in page(keeper)
    mail(cast.gert, Digest.State.WAITING, 0.5)
    mail(cast.bram, Digest.State.GIVEN_UP, 8)
    text = page(keeper)
    assert "<dt>Nog niet aangenomen</dt><dd>1</dd><dt>Na een week opgegeven</dt><dd>1</dd>" in text
    assert "Alles is in orde" in text
    mail(cast.fatima, Digest.State.WAITING, 2)
    text = page(keeper)
    assert "al een dag niet aanneemt" in text
    keeper.cookies["language"] = "en"
    assert "<dt>Not taken yet</dt><dd>2</dd><dt>Given up after a week</dt>" in page(keeper)
    assert not [person for person in (cast.anna, cast.bram, cast.gert, cast.fatima) if person.name in text]


def test_switched_off_backups_are_said(keeper: Client, settings: Settings) -> None:
    settings.BACKUPS = None
    assert "Back-ups staan uit" in page(keeper)
    assert keeper.post("/beheer/back-up/").status_code == 409


def test_seven_days_and_four_weeks_are_kept_and_nothing_older_than_35_days() -> None:
    def made(days: float, what: str = backup.NIGHTLY) -> Kept:
        return Kept(Path(f"{what}-{days}"), what, NOW - timedelta(days=days), 1)

    nightly = [made(days) for days in range(60)]
    special = [
        made(3, "before-restore"),
        made(34.9, "before-upgrade-0.1.0"),
        made(35.1, "before-upgrade-0.0.9"),
    ]
    twice = made(0.1)
    all_ = sorted([*nightly, *special, twice], key=lambda one: one.at, reverse=True)
    keep = staying(all_, NOW)
    ages = [(NOW - one.at).days for one in keep if one.what == backup.NIGHTLY]
    # Today is a Tuesday: the last of the three weeks before are 2, 9 and 16 days old.
    assert ages == [0, 1, 2, 3, 4, 5, 6, 9, 16]
    assert twice not in keep
    assert [one for one in keep if one.what != backup.NIGHTLY] == special[:2]


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["switched off", "it fails"])
def test_old_backups_go_whatever_comes_of_the_new_one(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    settings.DATA = tmp_path
    settings.BACKUPS = None if how == "switched off" else tmp_path / "elsewhere"

    def fails(target: Path, **options: Any) -> None:
        raise CannotBeDone("There is no space.")

    monkeypatch.setattr(backup, "make", fails)
    monkeypatch.setattr(Run, "progress", lambda *said: None)
    old, others = [], []
    for folder in {tmp_path / "backups", Path(settings.BACKUPS or tmp_path / "backups")}:
        folder.mkdir()
        old += [folder / "before-restore-20200101T000000Z.tar", folder / "leerkring-20200101T000000Z.tar"]
        others += [folder / "mijn-20200101T000000Z.tar", folder / "leerkring-20209999T000000Z.tar"]
    for file in (*old, *others):
        file.write_text("x")
    with suppress(CannotBeDone):
        jobs.nightly(Run(Job()))
    assert [file for file in old if file.exists()] == []
    assert [file for file in others if not file.exists()] == []


# Mail


class Refuses:
    """A mail server that takes no mail for anyone."""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        return f"550 5.7.1 no relaying for {address}"


@contextmanager
def mail_server(handler: Any = None, **kinds: Any) -> Iterator[tuple[str, int]]:
    controller = Controller(handler or Takes(), hostname="127.0.0.1", port=free_port(), **kinds)
    controller.start()
    try:
        yield "127.0.0.1", controller.port
    finally:
        controller.stop()


class Takes:
    """A mail server that takes everything."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        return "250 OK"


def outcome(settings: Settings, host: str, port: int, **kinds: Any) -> mailtest.Answer:
    for name, value in {"EMAIL_HOST": host, "EMAIL_PORT": port, **kinds}.items():
        setattr(settings, name, value)
    return mailtest.send_test("beheer@school.test")


def test_a_test_mail_says_what_the_mail_server_made_of_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailtest, "PATIENCE", 0.5)
    with mail_server() as (host, port):
        assert outcome(settings, host, port).outcome == "sent"
        assert outcome(settings, host, port, EMAIL_USE_SSL=True).outcome in {"tls", "timeout"}
        settings.EMAIL_USE_SSL = False
        assert outcome(settings, host, port, EMAIL_USE_TLS=True).outcome == "tls"
        settings.EMAIL_USE_TLS = False
    with mail_server(Refuses()) as (host, port):
        answer = outcome(settings, host, port)
        assert answer.outcome == "recipient"
        assert answer.detail.startswith("550 5.7.1 no relaying for …")

    def wrong(*anything: Any) -> AuthResult:
        return AuthResult(success=False, handled=False)

    with mail_server(authenticator=wrong, auth_require_tls=False) as (host, port):
        answer = outcome(settings, host, port, EMAIL_HOST_USER="kee", EMAIL_HOST_PASSWORD="mis")
        assert answer.outcome == "password"
        assert answer.detail.startswith("535")
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert outcome(settings, *silent.getsockname()).outcome == "timeout"
    assert outcome(settings, "127.0.0.1", 1).outcome == "refused"
    assert outcome(settings, "mail.invalid", 25).outcome in {"name", "unreachable"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert outcome(settings, "localhost", 25).outcome == "off"
    assert {kind for _, kind in mailtest._KINDS} | {"sent", "off", "unreachable"} == set(words.MAIL)


@pytest.mark.parametrize(("language", "word"), [("", b"proefmail"), ("en", b"test mail")])
def test_a_test_mail_speaks_the_language_of_its_reader(
    settings: Settings, language: str, word: bytes
) -> None:
    letters: list[bytes] = []

    class Keeps:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            letters.append(envelope.content)
            return "250 OK"

    with mail_server(Keeps()) as (settings.EMAIL_HOST, settings.EMAIL_PORT), translation.override("fr"):
        mailtest.send_test("beheer@school.test", language=language)
    assert word in letters[0]


def test_the_result_of_a_test_mail_is_on_the_page(keeper: Client, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    keeper.post("/beheer/mail/")
    assert "Refresh" in keeper.get("/beheer/").headers
    assert Worker().one()
    text = page(keeper)
    assert "luistert geen mailserver" in text
    assert "De laatste proefmail ging mis" in text
    assert "luistert" not in page_in_english(keeper)


def page_in_english(client: Client) -> str:
    client.cookies["language"] = "en"
    text = page(client)
    assert "No mail server listens" in text
    return text


def test_every_job_has_a_name_here() -> None:
    from leerkring.jobs import queue

    assert [kind for kind in queue.handlers if kind not in words.JOBS] == []
