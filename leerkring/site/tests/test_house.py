"""The whole house, served by the real command in a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from leerkring.site.tests.wire import ROOT, Wire, running, status
from tests.ports import free_port

LEERKRING = ["-W", "error", "-c", "from leerkring.site.cli import main; raise SystemExit(main())"]
COMMAND = [*LEERKRING, "serve"]
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
SECRET = ["marieke.canarie", "wachtwoord-van-canarie", "zoek-canarie", "kop-canarie"]


def _env(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEERKRING_")}
    database = os.environ.get("LEERKRING_DATABASE_URL", "")
    return {**kept, "LEERKRING_DATA": str(data), "LEERKRING_DATABASE_URL": database, **more}


class House(Wire):
    def __init__(self, port: int, data: Path) -> None:
        super().__init__(port)
        self.data = data

    def wait_until_well(self) -> None:
        for _ in range(1200):
            if status(self.ask("/healthz")) == 200:
                return
            time.sleep(0.05)
        raise TimeoutError(self.ask("/healthz"))

    def token(self, path: str) -> tuple[str, str]:
        """The CSRF cookie and the token of the form at `path`."""
        page = self.ask(path).decode()
        cookie = re.search(r"set-cookie: csrftoken=([^;]+)", page, re.IGNORECASE)
        field = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert cookie
        assert field
        return cookie[1], field[1]

    def post(self, path: str, form: str, *, via: str = "/accounts/login/") -> bytes:
        """The answer to a form sent with a valid CSRF token, its fields already encoded."""
        cookie, field = self.token(via)
        headers = f"{FORM}Cookie: csrftoken={cookie}\r\n"
        body = f"csrfmiddlewaretoken={field}&{form}".encode("latin-1")
        return self.ask(path, method="POST", headers=headers, body=body)

    def log(self) -> str:
        return (self.data / "log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data, port = tmp_path_factory.mktemp("house with spaces"), free_port()
    env = _env(data, LEERKRING_LOG=str(data / "log"))
    with running([*COMMAND, "--port", str(port)], port=port, env=env):
        house = House(port, data)
        house.wait_until_well()
        yield house


def _headers(answer: bytes) -> dict[str, str]:
    head = answer.split(b"\r\n\r\n")[0].decode("latin-1")
    return dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:])


def test_every_page_tells_the_browser_what_it_may_not_do(house: House) -> None:
    for path in ("/", "/accounts/login/", "/no-such-page/", "/healthz"):
        headers = _headers(house.ask(path))
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "deny"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "server" not in headers


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    cookie = _headers(house.ask("/accounts/login/"))["set-cookie"]
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_over_https_cookies_travel_over_https_only(tmp_path: Path) -> None:
    ask = (
        "from leerkring.site import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    )
    said = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env=_env(tmp_path, LEERKRING_BASE_URL="https://leerkring.example"),
        text=True,
        capture_output=True,
        check=True,
    )
    assert said.stdout == "True True 31536000\n"


def _readable_by_others(data: Path) -> list[str]:
    return [file.name for file in data.iterdir() if file.is_file() and file.stat().st_mode & 0o077]


def test_what_is_kept_can_be_read_by_its_owner_only(house: House) -> None:
    assert (house.data / "log").stat().st_size
    assert _readable_by_others(house.data) == []


def test_the_name_of_another_host_is_refused(house: House) -> None:
    assert status(house.say(b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")) == 400


def test_a_static_file_may_be_kept_for_ever(house: House) -> None:
    found = re.search(r"/static/[\w./-]+\.css", house.ask("/").decode())
    assert found
    headers = _headers(house.ask(found[0]))
    assert "immutable" in headers["cache-control"]


def test_the_language_can_be_chosen_without_an_account(house: House) -> None:
    answer = house.post("/taal/", "language=en&next=/")
    assert status(answer) == 302
    assert "language=en" in _headers(answer)["set-cookie"]


def test_robots_and_the_mark_have_their_address(house: House) -> None:
    assert b"User-agent: *" in house.ask("/robots.txt")
    assert status(house.ask("/favicon.ico")) == 302


NASTY = {
    "NUL": "%00",
    "invalid UTF-8": "%ff%fe%fd",
    "half a surrogate": "%ed%a0%80",
    "raw bytes": "\xff\xfe",
    "very long": "a" * 300_000,
    "many fields": "x&" + "f=1&" * 1500,
    "template and SQL": quote("{{7*7}}'; DROP TABLE people_user;--<script>"),
    "right to left": quote("\u202e\u0000\ufeff"),
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_a_nasty_text_in_a_form_is_never_our_fault(house: House, text: str) -> None:
    answer = house.post("/accounts/login/", f"login={text}@school.example&password={text}&next={text}")
    assert 200 <= status(answer) < 500


@pytest.mark.parametrize("path", ["/accounts/login/?next=", "/?q=", "/uitnodiging/"])
@pytest.mark.parametrize(
    "text", [text for text in NASTY.values() if len(text) < 100], ids=lambda text: text[:12]
)
def test_a_nasty_text_in_an_address_is_never_our_fault(house: House, path: str, text: str) -> None:
    answer = house.say(
        f"GET {path}{text} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode("latin-1")
    )
    assert 200 <= status(answer) < 500


def test_a_cookie_with_a_nul_is_refused(house: House) -> None:
    assert status(house.ask("/", headers='Cookie: sessionid="\\000abcdefgh"; language="\\000"\r\n')) == 400


def test_who_tries_to_sign_in_is_not_in_the_log(house: House) -> None:
    email, password, query, header = SECRET
    house.post(f"/accounts/login/?q={query}", f"login={email}%40school.example&password={password}")
    house.ask(f"/{query}/", headers=f"User-Agent: {header}\r\nReferer: {header}\r\n")
    lines = [json.loads(line) for line in house.log().splitlines()]
    signed = [line for line in lines if line.get("route") == "account_login" and line["method"] == "POST"]
    assert signed
    assert {"route": "none", "status": 404}.items() <= lines[-1].items()
    assert [secret for secret in [*SECRET, "127.0.0.1"] if secret in house.log()] == []


def _refused(*arguments: str, env: dict[str, str]) -> str:
    """What a second process says; it must give up with one sentence."""
    said = subprocess.run(
        [sys.executable, *COMMAND, *arguments],
        cwd=ROOT,
        env=env,
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert said.returncode == 1
    assert said.stdout == ""
    assert said.stderr.count("\n") == 1
    return said.stderr


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in _refused("--port", str(port), env=_env(tmp_path))


WRONG = {
    "a database we do not know": {"LEERKRING_DATABASE_URL": "mysql://localhost/leerkring"},
    "a database that is not there": {"LEERKRING_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
    "a folder that cannot be": {"LEERKRING_DATA": "/dev/null/leerkring"},
    "a slash in the password of the database": {"LEERKRING_DATABASE_URL": "postgresql://u:Geheim/1@h/db"},
    "a slash after figures": {"LEERKRING_DATABASE_URL": "postgresql://u:12/Geheim@h/db"},
    "a slash in the password of the mail server": {"LEERKRING_MAIL_URL": "smtp+tls://u:Geheim/1@h:587"},
    "a mail server without the way there": {"LEERKRING_MAIL_URL": "mail.school.nl:587"},
    "a mail server without a name": {"LEERKRING_MAIL_URL": "smtp://"},
    "a way to mail we do not know": {"LEERKRING_MAIL_URL": "imap://mail.school.nl"},
    "a port that is none": {"LEERKRING_MAIL_URL": "smtp://mail.school.nl:70000"},
    "an address that is none": {"LEERKRING_BASE_URL": "http://["},
    "an address without a scheme": {"LEERKRING_BASE_URL": "leerkring.school.nl"},
    "proxies that are no number": {"LEERKRING_PROXIES": "abc"},
    "a level of the log we do not know": {"LEERKRING_LOG_LEVEL": "foo"},
    "a log in a folder that is not there": {"LEERKRING_LOG": "/nonexistent/x"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_setting_is_told_in_one_sentence(tmp_path: Path, wrong: dict[str, str]) -> None:
    env = {**_env(tmp_path, LEERKRING_LOG=str(tmp_path / "log")), **wrong}
    assert "Geheim" not in _refused("--port", str(free_port()), env=env)


@pytest.mark.parametrize("command", ["work", "demo"])
def test_a_database_that_is_none_is_told_in_one_sentence(tmp_path: Path, command: str) -> None:
    (tmp_path / "leerkring.sqlite3").write_bytes(b"geen database" * 1000)
    said = subprocess.run(
        [sys.executable, *LEERKRING, command],
        cwd=ROOT,
        env=_env(tmp_path, LEERKRING_DATABASE_URL=""),
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == "Leerkring could not be made ready (DatabaseError).\n"


def test_what_an_operator_reads_names_every_setting_and_has_each_heading_once() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## .+", guide, re.MULTILINE)
    assert sorted(headings) == sorted(set(headings))
    settings = (ROOT / "leerkring" / "site" / "settings.py").read_text(encoding="utf-8")
    asked = re.findall(r'_(?:env|flag|url|number|one_of)\(\s*"([A-Z_]+)"', settings)
    assert len(asked) > 10
    assert [name for name in asked if f"| `LEERKRING_{name}` |" not in guide] == []


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.school.nl", 25),
        ("smtp+tls://mail.school.nl", 587),
        ("smtps://kees:a%2Fb@mail.school.nl", 465),
        ("smtps://mail.school.nl:2465", 2465),
    ],
)
def test_mail_goes_to_the_port_that_belongs_to_its_way(tmp_path: Path, url: str, port: int) -> None:
    asked = "from leerkring.site import settings as s; print(s.EMAIL_PORT, s.EMAIL_BACKEND)"
    env = _env(tmp_path, LEERKRING_MAIL_URL=url)
    said = subprocess.check_output([sys.executable, "-c", asked], cwd=ROOT, env=env, text=True)
    assert said == f"{port} django.core.mail.backends.smtp.EmailBackend\n"
    demo = subprocess.check_output(
        [sys.executable, "-c", asked], cwd=ROOT, env={**env, "LEERKRING_DEMO": "1"}, text=True
    )
    assert demo == f"{port} django.core.mail.backends.filebased.EmailBackend\n"  # a demo sends nothing


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_one_process_serves_a_sqlite_database_and_stops_when_told(
    tmp_path: Path, number: signal.Signals
) -> None:
    env, port = _env(tmp_path, LEERKRING_DATABASE_URL=""), free_port()
    with running([*COMMAND, "--port", str(port)], port=port, env=env) as first:
        house = House(port, tmp_path)
        house.wait_until_well()
        assert str(tmp_path) in _refused("--port", str(free_port()), env=env)
        with house.connect() as stalled:
            stalled.sendall(
                b"POST /taal/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nlanguage="
            )
            os.killpg(first.pid, number)
            said, complained = first.communicate(timeout=60)
    assert first.returncode == 0
    assert said.startswith("Leerkring: http://localhost:")
    assert [line for line in complained.splitlines() if '"level": "info"' not in line] == []


def _eventually(database: Path, question: str) -> None:
    """Waits until the question has an answer."""
    for _ in range(1200):
        with (
            suppress(sqlite3.OperationalError),
            closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db,
        ):
            if db.execute(question).fetchone():
                return
        time.sleep(0.05)
    raise TimeoutError(question)


def test_the_nightly_work_is_also_done_apart_from_serving(tmp_path: Path) -> None:
    database = tmp_path / "leerkring.sqlite3"
    worker = subprocess.Popen(
        [sys.executable, *LEERKRING, "work"],
        cwd=ROOT,
        env=_env(tmp_path, LEERKRING_DATABASE_URL="", LEERKRING_LOG=str(tmp_path / "log")),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    _eventually(database, "SELECT 1 FROM jobs_job WHERE kind = 'site.clear_sessions'")
    with closing(sqlite3.connect(database, timeout=60)) as db, db:
        db.execute(
            "INSERT INTO people_session (session_key, session_data, expire_date, device, begun_at, seen_on)"
            " VALUES ('expired-long-ago', '', '2020-01-01 00:00:00', '', '2019-12-01 00:00:00', '2019-12-01')"
        )
        db.execute("UPDATE jobs_job SET due = '2020-01-01 00:00:00'")
    _eventually(database, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM people_session)")
    _eventually(database, "SELECT 1 FROM jobs_job WHERE state = 'waiting' AND due > '2021-01-01'")
    assert _readable_by_others(tmp_path) == []
    worker.terminate()
    said, complained = worker.communicate(timeout=60)
    assert (worker.returncode, said, complained) == (0, "", "")
