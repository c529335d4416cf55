"""What groups write is not for who keeps the accounts or leads the school: a canary in each private field, and then
everything that an administrator and a leader can fetch."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db import models
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from leerkring import clock
from leerkring.communities.models import Community, Door, Invitation, Membership
from leerkring.effectiveness.models import Upload
from leerkring.goals import measuring
from leerkring.goals.models import Goal, Measurement, Statement
from leerkring.goals.results import Results
from leerkring.jobs.models import Job
from leerkring.jobs.queue import enqueue, handlers
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Conversation
from leerkring.site import cli
from leerkring.upkeep import jobs
from leerkring.upkeep.models import Note
from tests.architecture.stage import ADDRESSES, Stage
from tests.architecture.test_walk import ASKED, TABLE, undone
from tests.cast import LAST_WEEK, NOW, Browser, Side

pytestmark = pytest.mark.django_db

#: Field → the word planted in it. Every text that a member can write is here.
CANARIES = {
    "communities.Community.name": "kanariegroep",
    "communities.Community.aim": "kanariedoel",
    "communities.Membership.gives": "kanariegever",
    "communities.Membership.shows": "kanarietoner",
    "communities.Membership.curious": "kanarievrager",
    "communities.Invitation.email": "kanarieadres@school.test",
    "communities.Invitation.name": "kanariegenodigde",
    "communities.Arrival.email": "kanariebeller@school.test",
    "knowledge.Conversation.title": "kanarietitel",
    "knowledge.Conversation.removed_because": "kanariereden",
    "knowledge.Contribution.text": "kanarietekst",
    "effectiveness.Upload.name": "kanariebestand",
    "goals.Goal.text": "kanariezin",
    "goals.Goal.pupils": "kanarieklas",
    "goals.Goal.not_yet": "kanarieachterblijver",
    "goals.Goal.product": "kanarieproduct",
    "goals.Goal.yielded": "kanarieopbrengst",
    "goals.Goal.kept_where": "kanarieplank",
    "goals.Goal.dropped_because": "kanarieloslaat",
    "goals.Change.before": "kanarievroeger",
    "goals.Change.after": "kanarielater",
    "goals.Measure.name": "kanarietoets",
    "goals.Measure.unit": "kanariepunten",
    "goals.Measurement.label": "kanarieparallel",
    "goals.Measurement.note": "kanariezag",
    "goals.Summary.dimension": "kanariekolom",
    "goals.Summary.group": "kanariesubgroep",
    "goals.Statement.text": "kanarievisie",
}
#: Texts that are not a group's: why an administrator may know them, or that nobody writes them.
NOT_PRIVATE = {
    "people.User.email": "accounts are the administrator's work",
    "people.User.name": "accounts are the administrator's work",
    "people.User.password": "a hash",
    "people.User.language": "a choice",
    "people.User.photo": "made by the house",
    "people.Session.session_key": "a digest",
    "people.Session.session_data": "written by the house",
    "people.Session.device": "a browser and a system",
    "network.Board.name": "the administrator's own",
    "network.School.name": "the administrator's own",
    "network.School.place": "the administrator's own",
    "network.School.brin": "the administrator's own",
    "network.Location.name": "the administrator's own",
    "network.Location.place": "the administrator's own",
    "network.Network.name": "the administrator's own",
    "network.Network.aim": "the administrator's own",
    "network.Holiday.name": "the school calendar is the leader's",
    "communities.Record.kind": "written by the house",
    "communities.Record.data": "ids, counts and choices",
    "communities.Invitation.language": "a choice",
    "communities.Arrival.name": "the name of an account, once they are in; shown to nobody before that",
    "communities.Arrival.language": "a choice",
    "communities.Arrival.code": "a hash",
    "communities.Door.token": "made by the house",
    "communities.NoticePreference.kind": "a choice",
    "communities.Link.from_kind": "written by the house",
    "communities.Link.to_kind": "written by the house",
    "communities.Notice.kind": "written by the house",
    "communities.Notice.thing_kind": "written by the house",
    "communities.Notice.thread": "ids",
    "effectiveness.Upload.token": "made by the house",
    "effectiveness.Upload.order": "a choice",
    "effectiveness.Upload.mapping": "names of columns of the own file; it goes with the upload",
    "goals.AttainmentTarget.code": "of SLO's public list",
    "goals.AttainmentTarget.label": "of SLO's public list",
    "goals.AttainmentTarget.title": "of SLO's public list",
    "goals.AttainmentTarget.subject": "of SLO's public list",
    "goals.AttainmentTarget.domain": "of SLO's public list",
    "goals.AttainmentTarget.levels": "of SLO's public list",
    "goals.Goal.language": "a choice",
    "goals.Goal.salt": "made by the house",
    "goals.Change.part": "written by the house",
    "jobs.Job.kind": "written by the house",
    "jobs.Job.payload": "ids",
    "jobs.Job.unique": "written by the house",
    "jobs.Job.lease": "made by the house",
    "jobs.Job.sentence": "written by the house",
    "jobs.Job.error": "a type",
    "jobs.Vanished.kind": "written by the house",
    "jobs.Vanished.reference": "an id",
    "upkeep.Note.outcome": "written by the house",
    "upkeep.Note.name": "a file of the administrator's own",
    "upkeep.Note.detail": "what a mail server answered",
}
#: Who holds one of these links was handed it by the group, or has the mail in which it stands: what it tells, no more.
TELLS_ITS_HOLDER = {
    "/uitnodiging/": ("kanariegroep", "kanariedoel"),
    "/deur/": ("kanariegroep",),
    "/mail-stoppen/": ("kanariegroep",),
}


def texts_of_the_house() -> set[str]:
    """Every field of our own tables in which words can stand."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("leerkring.")
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not field.choices
    }


def test_every_text_has_its_canary_or_its_reason() -> None:
    """A new text field fails here until it is in one of the two tables above."""
    assert texts_of_the_house() == set(CANARIES) | set(NOT_PRIVATE)
    assert not set(CANARIES) & set(NOT_PRIVATE)


def plant_ways_in(side: Side, lead: Membership) -> None:
    """In what is on its way to a group, and in the lines on its cards."""
    lead.introduce(gives="kanariegever", shows="kanarietoner", curious="kanarievrager")
    Invitation.make(side.community, email="kanarieadres@school.test", name="kanariegenodigde", by=lead)
    door = Door.of(side.community)
    assert door is not None
    door.ask(email="kanariebeller@school.test", name="kanarienaam")


def plant_goals(side: Side, lead: Membership) -> None:
    """In the goals of every state that the stage has, in what was measured, and in what the group stands for."""
    goals = {goal.state: goal for goal in Goal.objects.filter(community=side.community).order_by("-pk")}
    running = goals["adopted"]
    for product in ("kanarievroeger", "kanarielater", "kanarieproduct"):
        parts = {"text": "kanariezin", "pupils": "kanarieklas", "not_yet": "kanarieachterblijver"}
        running.revise(by=lead, seen=running.revision, parts={**parts, "product": product})
    fields = {"name": "kanarietoets", "kind": "mean", "unit": "kanariepunten"}
    measure = measuring.name_measure(running, by=lead, fields=fields)
    pupils = Results(
        tuple(f"L{n:02}" for n in range(12)),
        tuple(4.0 + n / 2 for n in range(12)),
        {"kanariekolom": ("kanariesubgroep",) * 6 + ("rest",) * 6},
    )
    said: dict[str, Any] = {"on": LAST_WEEK.date(), "note": "kanariezag"}
    measuring.set_down(measure, by=lead, role=Measurement.Role.LATER, results=pupils, **said)
    measuring.set_down(
        measure, by=lead, role=Measurement.Role.BESIDE, value=4, label="kanarieparallel", **said
    )
    Goal.objects.filter(pk=goals["concluded"].pk).update(
        yielded="kanarieopbrengst", kept_where="kanarieplank"
    )
    Goal.objects.filter(pk=goals["dropped"].pk).update(dropped_because="kanarieloslaat")
    Statement.objects.filter(community=side.community).update(text="kanarievisie")


def plant_upkeep(folder: Path) -> None:
    """All that the administrator's page can list: backups, a drill, and every kind of job, waiting and given up."""
    (folder / "leerkring-20261110T013000Z.tar").write_bytes(b"kanarie")
    Note.keep(kind=Note.Kind.BACKUP, outcome="verified", name="leerkring-20261110T013000Z.tar")
    Note.keep(kind=Note.Kind.DRILL, outcome="passed")
    Note.keep(kind=Note.Kind.MAIL, outcome="answered", detail="451 later")
    for kind in handlers:
        Job.objects.create(kind=kind, state="failed", error="ValueError", due=NOW, created=NOW, ended=NOW)
        if kind != jobs.MAIL:  # while one is under way, the page does not tell of the last
            enqueue(kind, unique="kanarietje")


@pytest.fixture
def planted(stage: Stage, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    """A canary in every private text, in both communities, through the verbs."""
    settings.BACKUPS = tmp_path
    plant_upkeep(tmp_path)
    made = []
    with clock.at(LAST_WEEK):
        for side, user in ((stage.cast.regenboog, stage.cast.fatima), (stage.cast.baken, stage.cast.olga)):
            lead = side.member(user)
            for number, text in enumerate(("kanarietekst een", "kanarietekst twee")):
                talk = Conversation.open(
                    by=lead, title=f"kanarietitel {number}", purpose=Purpose.QUESTION, text=text
                )
                talk.reply(by=lead, text="kanarietekst drie")
            colleague = side.community.memberships.exclude(pk=lead.pk).exclude(role="guest")[0]
            colleague.community = side.community
            gone = Conversation.open(
                by=colleague, title="kanarietitel weg", purpose=Purpose.DILEMMA, text="kanarietekst weg"
            )
            gone.remove(by=lead, because="kanariereden")
            taken = talk.reply(by=lead, text="kanarietekst ingetrokken")
            taken.withdraw(by=lead)
            plant_ways_in(side, lead)
            plant_goals(side, lead)
            Community.objects.filter(pk=side.community.pk).update(name="kanariegroep", aim="kanariedoel")
            made.append(
                Upload.keep(
                    by=user,
                    school=side.school,
                    name="kanariebestand",
                    interactions=b"kanariecel,naar,datum\n1,2,2026-10-01\n",
                    members=None,
                )
            )
    yield stage
    for upload in made:
        upload.delete_files()


def contents(answer: HttpResponseBase) -> str:
    """All of an answer: headers, body, and what is in an archive."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if answer.headers.get("Content-Type") == "application/zip":
        archive = ZipFile(io.BytesIO(body))
        body = b"\n".join(archive.read(name) for name in archive.namelist())
    return f"{dict(answer.headers)} {body.decode(errors='replace')}"


def questions(stage: Stage) -> list[dict[str, str]]:
    """What may come after the question mark: each name with things that exist."""
    talk, opening = stage.cast.regenboog.conversation, stage.cast.regenboog.opening
    values = ("", "1", str(opening.pk), f"conversation:{talk.pk}", "question", "12")
    return [{}, *(dict.fromkeys(ASKED, value) for value in values)]


def fetched(client: Client, stage: Stage) -> Iterator[tuple[str, str]]:
    for name in TABLE:
        for side in (stage.cast.regenboog, stage.cast.baken):
            address = stage.address(name, side)
            for question in questions(stage):
                answer = client.get(address, question)
                yield address, contents(answer)
                if answer.status_code == 404:  # before anything was read from the address
                    break
            if name != "account_logout":
                with undone():
                    answer = client.post(
                        address, {"terug": "1", "text": "Dag", "antwoord": "ja", "maak": "1"}
                    )
                    yield address, contents(answer)
                    yield address, contents(client.get("/"))


@pytest.mark.parametrize("role", ["administrator", "leader", "anonymous"])
def test_no_canary_is_found_by(planted: Stage, browser: Browser, role: str) -> None:
    client = browser(planted.user(role))
    found = {address for address, text in fetched(client, planted) if "kanarie" in unexpected(address, text)}
    assert found == set()


def unexpected(address: str, text: str) -> str:
    """`text` without what this address is for telling."""
    text = text.casefold()
    for start, words in TELLS_ITS_HOLDER.items():
        for word in words if address.startswith(start) else ():
            text = text.replace(word, "")
    return text


def stage_address(stage: Stage, name: str) -> str:
    return stage.address(name, stage.cast.regenboog)


def test_each_canary_is_there_to_be_found(planted: Stage, browser: Browser) -> None:
    """By those whose it is: so the test above is able to fail."""
    texts = [before_the_door(planted, browser(None))]  # first: looking at doors is limited
    texts += [text for _, text in fetched(browser(planted.cast.fatima), planted)]
    texts.append(contents(browser(planted.cast.anna).get(stage_address(planted, "knowledge:bin"))))
    concluded = stage_address(planted, "goals:check").removesuffix("terugkijken/")
    texts.append(contents(browser(planted.cast.anna).get(concluded)))
    everything = " ".join(texts)
    assert [word for word in CANARIES.values() if word not in everything] == []


def before_the_door(stage: Stage, client: Client) -> str:
    """What someone reads who waits for a code."""
    place = f"{stage.cast.regenboog.school.pk}:"
    said = {"email": "kanariebeller@school.test", "name": "Kee", "place": place}
    assert client.post(stage_address(stage, "communities:enter"), said).status_code == 302
    return contents(client.get("/binnenkomen/"))


def test_the_page_of_who_keeps_the_house_lists_what_was_planted(planted: Stage, browser: Browser) -> None:
    page = contents(browser(planted.cast.beheer).get("/beheer/"))
    for told in ("dinsdag 10 november, 02.30 uur", "ValueError", "451 later", "Een uitnodiging mailen"):
        assert told in page, told
    assert "kanarie" not in page


def test_no_file_is_served_beside_the_static_ones(planted: Stage, browser: Browser) -> None:
    upload = Upload.objects.all()[0]
    for client in (browser(planted.cast.beheer), browser(planted.cast.lotte)):
        for path in (
            f"uploads/{upload.token}-interactions",
            "leerkring.sqlite3",
            "vanished.jsonl",
            "secret-key",
            "mail/",
            "files/",
            "media/",
        ):
            for root in ("/", "/static/", "/static/../", "/files/", "/media/"):
                assert client.get(f"{root}{path}").status_code in {302, 404}, (root, path)
    for finder in get_finders():
        for name, storage in finder.list([]):
            assert b"kanarie" not in Path(storage.path(name)).read_bytes(), name


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_the_command_line_tells_nothing_of_groups(
    planted: Stage, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([command, "--help"])
    said = capsys.readouterr()
    assert "kanarie" not in said.out + said.err


def test_there_is_no_admin_over_all_tables(browser: Browser, stage: Stage) -> None:
    """docs/decisions/0011-no-admin.md"""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [name for name in ADDRESSES if name.startswith("admin:")]
    assert browser(stage.cast.beheer).get("/admin/").status_code == 404
