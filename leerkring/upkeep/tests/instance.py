"""A whole instance in a folder (and with PostgreSQL a database) of its own, worked by the real commands."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [
    sys.executable,
    "-W",
    "error",
    "-c",
    "from leerkring.site.cli import main; raise SystemExit(main())",
]
PROLOGUE = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'leerkring.site.settings'; os.umask(0o077)\n"
    "import django; django.setup()\n"
)
SESSIONS = {"people_session"}
OFF_POSTGRES = "LEERKRING_DATABASE_URL"
ASKED: tuple[str, ...] = ("--email", "kee@school.test", "--name", "Kee Post", "--school", "De Vlieger")
ASKED += ("--place", "Zwolle", "--sector", "po", "--region", "noord", "--no-mail-test")


def is_postgres() -> bool:
    return bool(os.environ.get(OFF_POSTGRES))


Answer = tuple[int, http.client.HTTPMessage, str]


class Instance:
    """`data` is its LEERKRING_DATA. Nothing is in it until `init` or `restore`."""

    def __init__(self, data: Path, **env: str) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.sessions: list[str] = []
        self.address, self.community = "", 0
        self.data = data
        self.port = free_port()
        self.url = self._own_database() if is_postgres() else ""
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LEERKRING_")},
            "LEERKRING_DATA": str(data),
            "LEERKRING_DATABASE_URL": self.url,
            "LEERKRING_LOG": str(data.parent / f"{data.name}.log"),
            **env,
        }
        self._server: subprocess.Popen[str] | None = None

    @staticmethod
    def _own_database(like: str = "template1") -> str:
        import psycopg

        parts = urlsplit(os.environ[OFF_POSTGRES])
        name = f"instance_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(os.environ[OFF_POSTGRES], autocommit=True) as there:
            there.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
        return urlunsplit(parts._replace(path=f"/{name}"))

    def again(self, data: Path, **env: str) -> Instance:
        """The same once more, in another place; this one must be at rest."""
        shutil.copytree(self.data, data)
        twin = Instance(data, **env)
        if self.url:
            twin.url = self._own_database(urlsplit(self.url).path[1:])
            twin.env["LEERKRING_DATABASE_URL"] = twin.url
        twin.sessions, twin.address, twin.community = self.sessions, self.address, self.community
        return twin

    # Commands

    def run(self, *arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
        """`leerkring …`"""
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=ROOT,
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            text=True,
            capture_output=True,
            timeout=120,
            check=False,
        )

    def well(self, *arguments: str | Path, **env: str) -> str:
        """What it says; it must go well."""
        ran = self.run(*arguments, **env)
        assert ran.returncode == 0, ran
        assert ran.stderr == "", ran
        return ran.stdout

    def refused(self, *arguments: str | Path, status: int = 1, **env: str) -> str:
        """The one sentence with which it refuses."""
        ran = self.run(*arguments, **env)
        assert ran.returncode == status, ran
        assert ran.stdout == "", ran
        assert ran.stderr.count("\n") == 1, ran
        return ran.stderr

    def python(self, code: str) -> str:
        """What this prints, in this instance."""
        ran = subprocess.run(
            [sys.executable, "-c", PROLOGUE + code],
            cwd=ROOT,
            env=self.env,
            text=True,
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def begin(self, *, people: int = 0) -> Instance:
        """Administrator, school; with `people` a community of that many."""
        self.well("init", *ASKED)
        if people:
            said = json.loads(self.python(COMMUNITY.replace("PEOPLE", str(people))))
            self.sessions, self.address, self.community = said["sessions"], said["address"], said["community"]
        return self

    # What is in it

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        if self.url:
            import psycopg

            with psycopg.connect(self.url) as there:
                return there.execute(question.encode()).fetchall()
        with closing(sqlite3.connect(self.data / "leerkring.sqlite3", timeout=20)) as there:
            return there.execute(question).fetchall()

    def execute(self, statement: str) -> None:
        if self.url:
            import psycopg

            with psycopg.connect(self.url) as there:
                there.execute(statement.encode())
            return
        with closing(sqlite3.connect(self.data / "leerkring.sqlite3", timeout=20)) as file, file:
            file.execute(statement)

    def tables(self) -> list[str]:
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        return sorted(name for (name,) in self.rows(named if self.url else listed))

    def contents(self, *, but: set[str] = SESSIONS) -> dict[str, list[str]]:
        """Every row of every table, sessions apart."""
        return {
            name: sorted(map(repr, self.rows(f'SELECT * FROM "{name}"')))
            for name in self.tables()
            if name not in but
        }

    def files(self) -> dict[str, bytes]:
        folder = self.data / "files"
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    def put_file(self, name: str, content: bytes) -> None:
        path = self.data / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def integrity(self) -> str:
        return "ok" if self.url else str(self.rows("PRAGMA integrity_check")[0][0])

    @contextmanager
    def meanwhile(self, code: str) -> Iterator[None]:
        """While a process of its own, in this instance, is inside the `with` of this code."""
        held = f"{PROLOGUE}from leerkring.upkeep.alone import *\nwith {code}:\n print(flush=True)\n input()"
        with subprocess.Popen(
            [sys.executable, "-c", held],
            cwd=ROOT,
            env=self.env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as holder:
            assert holder.stdout
            assert holder.stdout.readline() == "\n"
            yield
            holder.communicate("\n", timeout=60)

    # Serving

    @contextmanager
    def served(self) -> Iterator[Instance]:
        self.start()
        try:
            yield self
        finally:
            self.end(signal.SIGTERM)

    def start(self) -> None:
        self._server = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        for _ in range(1200):
            assert self._server.poll() is None, self._server.communicate()
            if self.health()[0] == 200:
                return
            time.sleep(0.05)
        raise TimeoutError(self.health())

    def end(self, how: signal.Signals) -> None:
        if self._server is not None:
            self._server.send_signal(how)
            self._server.communicate(timeout=60)
            self._server = None

    def health(self) -> tuple[int, str]:
        try:
            status, _, body = self.ask("GET", "/healthz")
        except OSError:
            return 0, ""
        return status, body

    def ask(
        self,
        method: str,
        path: str,
        body: str = "",
        *,
        via: http.client.HTTPConnection | None = None,
        **headers: str,
    ) -> Answer:
        """Status, headers and text of the answer."""
        connection = via or http.client.HTTPConnection("localhost", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body or None, named)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            if via is None:
                connection.close()


class Writer:
    """Someone signed in, who replies over one connection."""

    def __init__(self, instance: Instance, session: str) -> None:
        self.instance = instance
        self._via = http.client.HTTPConnection("localhost", instance.port, timeout=30)
        self._cookie = f"sessionid={session}"
        status, headers, page = instance.ask("GET", instance.address, via=self._via, Cookie=self._cookie)
        assert status == 200, status
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found
        self._token = found[1]
        self._cookie += "; " + headers["Set-Cookie"].split(";")[0]

    def close(self) -> None:
        self._via.close()

    def reply(self, text: str, **headers: str) -> Answer:
        form = urlencode({"csrfmiddlewaretoken": self._token, "text": text})
        return self.instance.ask(
            "POST",
            self.instance.address,
            form,
            via=self._via,
            Cookie=self._cookie,
            Content_Type="application/x-www-form-urlencoded",
            **headers,
        )


#: A community with one conversation; prints the sessions of its people, the conversation's address and the ids.
COMMUNITY = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse
from leerkring.communities.models import Community, Membership
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Conversation
from leerkring.network.models import School
from leerkring.people.models import User
from tests.ports import free_port

people = [User.objects.create_user(f"lid{n}@school.test", name=f"Lid{n} de Boer") for n in range(PEOPLE)]
community = Community.found(
    school=School.objects.get(), name="Breuken", aim="Ieder kind tekent breuken", by=people[0]
)
for person in people[1:]:
    community.join(person)
opened = Conversation.open(
    by=Membership.objects.get(community=community, user=people[0]),
    title="Hoe begin je?", purpose=Purpose.QUESTION, text="Vertel het eens.",
)
sessions = []
for person in people:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    sessions.append(session.session_key)
place = reverse("knowledge:conversation", args=[community.pk, opened.pk])
print(json.dumps({"sessions": sessions, "address": place, "community": community.pk}))
"""
