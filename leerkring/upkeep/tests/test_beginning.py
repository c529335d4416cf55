"""An empty machine becomes an instance that can be used, before mail works."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from leerkring import clock
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from leerkring.upkeep.link import VALID, holder, make_link, spend
from leerkring.upkeep.tests.instance import ASKED, COMMAND, ROOT, Instance, is_postgres
from tests.cast import NOW, Browser, Cast
from tests.ports import free_port

on_sqlite = pytest.mark.skipif(is_postgres(), reason="there several may serve")
LINK = re.compile(r"http://localhost:8000(/beheer/binnen/\S+)")


def test_init_makes_an_administrator_a_school_and_a_link_once(tmp_path: Path) -> None:
    empty = Instance(tmp_path / "empty")
    assert "--email" in empty.refused("init", "--name", "Kee Post", status=2)
    assert "email" in empty.refused("init", *ASKED, "--email", "kee", status=2)
    assert empty.rows("SELECT * FROM people_user") == []
    assert "brin" in empty.refused("init", *ASKED, "--brin", "geen", status=2)
    assert empty.rows("SELECT * FROM people_user") == []  # the administrator went with the school

    said = empty.well("init", *ASKED, "--mail-test")
    assert LINK.search(said)
    assert "No mail server has been set yet" in said
    assert empty.rows("SELECT email, is_administrator FROM people_user") == [("kee@school.test", True)]
    assert empty.rows("SELECT name, place, sector, region FROM network_school") == [
        ("De Vlieger", "Zwolle", "po", "noord")
    ]
    assert empty.rows("SELECT count(*) FROM network_holiday") != [(0,)]
    assert "leerkring link" in empty.refused("init", *ASKED)
    told = (
        "SELECT a.kind, a.at_server, u.email FROM communities_exceptionalact a"
        " JOIN people_user u ON u.id = a.user_id"
    )
    assert empty.rows(told) == []
    assert "ATTENTION" in empty.well("link", "KEE@school.test")
    assert empty.rows(told) == [("sign_in_link", 1, "kee@school.test")]
    assert empty.rows("SELECT kind FROM communities_notice") == [("oversight.act",)]
    empty.refused("link", "niemand@school.test")


def test_init_asks_what_it_was_not_told(tmp_path: Path) -> None:
    empty = Instance(tmp_path / "empty")
    ours, theirs = pty.openpty()
    asking = subprocess.Popen(
        [*COMMAND, "init", *ASKED[:4], "--no-mail-test"],
        cwd=ROOT,
        env=empty.env,
        stdin=theirs,
        stdout=subprocess.PIPE,
        text=True,
    )
    os.write(ours, b"De Vlieger\n\nZwolle\nvo\nnoord\n")
    said, _ = asking.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert asking.returncode == 0
    assert "The name of the first school" in said
    assert empty.rows("SELECT name, place, sector FROM network_school") == [("De Vlieger", "Zwolle", "vo")]


def test_nothing_is_begun_in_what_is_served_or_lived_in(instance: Instance) -> None:
    instance.python(
        "from django.core.management import call_command\ncall_command('migrate', 'upkeep', 'zero')"
    )
    assert "leerkring link" in instance.refused("init", *ASKED)
    assert "upkeep_note" not in instance.tables()
    people = instance.rows("SELECT count(*) FROM people_user")
    assert "not of the demo" in instance.refused("demo")
    assert "not of the demo" in instance.refused("serve", "--demo", "--port", str(free_port()))
    assert instance.rows("SELECT count(*) FROM people_user") == people


@on_sqlite
def test_nothing_is_begun_under_a_server(tmp_path: Path) -> None:
    empty = Instance(tmp_path / "empty")
    with empty.meanwhile("only_one()"):
        assert "stop it first" in empty.refused("init", *ASKED)
        assert "stop it first" in empty.refused("demo")
    assert empty.tables() == []
    assert empty.begin().rows("SELECT count(*) FROM people_user") == [(1,)]


# The link


def path_of(user: User) -> str:
    return make_link(user).removeprefix("http://localhost:8000")


def is_in(client: Client) -> bool:
    return client.get("/beheer/").status_code == 200


def test_looking_at_the_link_does_not_spend_it_and_the_button_does(beheer: User, browser: Browser) -> None:
    path = path_of(beheer)
    scanner, keeper, thief = browser(None), browser(None), browser(None)
    assert scanner.get(path).status_code == 200
    assert not is_in(scanner)
    assert keeper.post(path).headers["Location"] == "/accounts/password/set/"
    assert is_in(keeper)
    assert thief.post(path).status_code == 409
    assert thief.get(path).status_code == 409
    assert not is_in(thief)


def test_a_link_is_spent_by_another_sign_in_a_new_password_and_a_day(beheer: User) -> None:
    for change in ("sign in", "password", "a day", "no administrator"):
        token = path_of(beheer).split("/")[3]
        assert holder(token) == beheer
        later = NOW + VALID + timedelta(seconds=1) if change == "a day" else NOW
        if change == "sign in":
            spend(path_of(beheer).split("/")[3])
        elif change == "password":
            beheer.set_password("een heel nieuw wachtwoord")
            beheer.save()
        elif change == "no administrator":
            User.objects.filter(pk=beheer.pk).update(is_administrator=False)
        with clock.at(later), pytest.raises(Refused):
            holder(token)
        beheer.refresh_from_db()


def test_a_damaged_link_lets_nobody_in(cast: Cast, browser: Browser) -> None:
    for token in ("x", "a:b:c", make_link(cast.anna).split("/")[5], path_of(cast.beheer).split("/")[3][:-1]):
        assert browser(None).post(f"/beheer/binnen/{token}/").status_code == 409
