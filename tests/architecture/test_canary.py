"""What groups write is not for who keeps the accounts or leads the school: a canary in each private field, and then
everything that an administrator and a leader can fetch."""

from __future__ import annotations

import io
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import default_storage
from django.db import models
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.models import Community, Door, Invitation, Membership
from leerkring.effectiveness.models import Upload
from leerkring.goals import measuring
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal, Measurement, Statement
from leerkring.goals.results import Results
from leerkring.insights.models import Insight, Worked
from leerkring.jobs.models import Job
from leerkring.jobs.queue import enqueue, handlers
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Conversation
from leerkring.meetings import agenda, handouts, planning
from leerkring.meetings.live import store
from leerkring.meetings.live.steps import dump, load
from leerkring.meetings.live.view import common
from leerkring.meetings.minutes import correct
from leerkring.meetings.models import (
    Agreement,
    Handout,
    Live,
    LiveAct,
    Meeting,
    OwnForm,
    Participant,
    Series,
)
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform import StepText
from leerkring.people.models import User
from leerkring.practice.models import Intention, Tryout, Visit
from leerkring.practice.models import Note as VisitNote
from leerkring.site import cli
from leerkring.upkeep import jobs
from leerkring.upkeep.models import Note
from tests.architecture.held import begun, harvested, written
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
    "meetings.OwnForm.content": "kanariewerkvorm",
    "meetings.Live.steps": "kanariestap",
    "meetings.Participant.name": "kanarienaamloos",
    "meetings.LiveAct.data": "kanariekaart",
    "meetings.Unsigned.text": "kanarieniemands",
    "meetings.Stage.title": "kanarietrap",
    "meetings.Stage.prompt": "kanarieopdracht",
    "meetings.Present.name": "kanarieaanwezig",
    "meetings.Note.text": "kanarienotitie",
    "meetings.Note.pile": "kanariestapel",
    "meetings.Unclaimed.text": "kanarievondst",
    "meetings.Unclaimed.why": "kanarieomdat",
    "meetings.Unclaimed.practice": "kanariemiddag",
    "meetings.Correction.text": "kanarieaanvulling",
    "meetings.Agreement.what": "kanarieafspraak",
    "meetings.Agreement.others": "kanariebezoek",
    "insights.Insight.what": "kanariewat",
    "insights.Insight.why": "kanariewaarom",
    "insights.Insight.noticed": "kanariemerk",
    "insights.Insight.practice": "kanarieles",
    "insights.Limit.text": "kanariegrens",
    "insights.Trying.text": "kanarieproef",
    "insights.Revision.before": "kanarieeerst",
    "insights.Revision.after": "kanariedaarna",
    "practice.Visit.question": "kanariekijkvraag",
    "practice.Visit.lesson": "kanarielesgroep",
    "practice.Visit.place": "kanariedeur",
    "practice.Note.text": "kanariekeek",
    "practice.Intention.text": "kanarievoornemen",
    "practice.Intention.how": "kanarieging",
    "practice.Tryout.idea": "kanarieidee",
    "practice.Tryout.expected": "kanarieverwacht",
    "practice.Tryout.where": "kanarieklas",
    "practice.Tryout.adapted": "kanarieanders",
    "practice.Tryout.evidence": "kanariegezien",
    "practice.Tryout.reason": "kanariereden",
    "meetings.Series.title": "kanariereeks",
    "meetings.Meeting.topic": "kanarieonderwerp",
    "meetings.Meeting.question": "kanarievraagstuk",
    "meetings.Meeting.bring": "kanariemeeneemt",
    "meetings.Meeting.place": "kanarielokaal",
    "meetings.Meeting.link": "https://kanariekamer.test/",
    "meetings.Meeting.why_cancelled": "kanarieziek",
    "meetings.Item.title": "kanariepunt",
    "meetings.Handout.name": "kanariewerk.txt",
}
#: What is in a file that was brought.
IN_A_FILE = "kanarieschrift"
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
    "meetings.CalendarFeed.key": "made by the house",
    "goals.AttainmentTarget.code": "of SLO's public list",
    "goals.AttainmentTarget.label": "of SLO's public list",
    "goals.AttainmentTarget.title": "of SLO's public list",
    "goals.AttainmentTarget.subject": "of SLO's public list",
    "goals.AttainmentTarget.domain": "of SLO's public list",
    "goals.AttainmentTarget.levels": "of SLO's public list",
    "goals.Goal.language": "a choice",
    "goals.Goal.salt": "made by the house",
    "goals.Change.part": "written by the house",
    "meetings.OwnForm.key": "made by the house",
    "meetings.Live.code": "made by the house",
    "meetings.Device.token": "a hash",
    "meetings.LiveAct.key": "made by the device",
    "meetings.LiveAct.kind": "written by the house",
    "meetings.Gave.step": "the key of a step",
    "meetings.Unsigned.step": "the key of a step",
    "meetings.Stage.kind": "written by the house",
    "meetings.Stage.key": "the key of a step",
    "meetings.Stage.of": "the key of a step",
    "meetings.Stage.workform": "the key of a form",
    "meetings.Present.roles": "choices",
    "meetings.Harvested.thing_kind": "written by the house",
    "meetings.ExitFigure.question": "the key of a question",
    "insights.Revision.part": "written by the house",
    "practice.Note.key": "made by the device",
    "meetings.Item.workform": "the key of a form",
    "meetings.Handout.token": "made by the house",
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
    "/agenda/": (
        "kanariegroep",
        *("kanarieonderwerp", "kanarievraagstuk", "kanariemeeneemt", "kanarielokaal", "kanariekamer"),
    ),
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


def plant_forms(side: Side, lead: Membership) -> None:
    """In a work form of the group's own."""
    form = shipped()["nabeschouwing"]
    said = replace(form.text["nl"], title="kanariewerkvorm")
    OwnForm.keep(by=lead, form=replace(form, text={**form.text, "nl": said}))


#: By what is said: the word for it.
IN_MINUTES = {
    "step": "kanarietrap",
    "prompt": "kanarieopdracht",
    "name": "kanarieaanwezig",
    "card": "kanarienotitie",
    "pile": "kanariestapel",
    "found": "kanarievondst",
    "because": "kanarieomdat",
    "where": "kanariemiddag",
    "agreement": "kanarieafspraak",
}


def plant_held(side: Side, by: User, other: User) -> None:
    """In a meeting that was held, with who agreed something by name only; and in the one that is on."""
    say = lambda kind: IN_MINUTES.get(kind, "iets")  # noqa: E731
    was = begun(side, by, other, at=LAST_WEEK + timedelta(hours=1), say=say)
    harvested(was, by, other, say, card=written(was, by, other, say))
    Agreement.objects.filter(meeting=was.meeting).update(others="kanariebezoek")
    correct(was.meeting, by=side.member(other), text="kanarieaanvulling")
    on = Live.objects.get(meeting__community=side.community, meeting__state="live")
    steps = [replace(step, text={"nl": StepText("kanariestap", "")}) for step in load(on.steps)]
    Live.objects.filter(pk=on.pk).update(steps=dump(steps))
    Participant.objects.filter(live=on, member=None).update(name="kanarienaamloos")
    for act in on.acts.filter(kind="card"):
        LiveAct.objects.filter(pk=act.pk).update(data={**act.data, "text": "kanariekaart"})
    on.unsigned.update(text="kanarieniemands")


def plant_insights(side: Side, lead: Membership) -> None:
    """In the insight that the stage has, as it was, as it is and as it was tried; and in one that was taken away."""
    insight = Insight.objects.filter(community=side.community).earliest("pk")
    insight.limit(by=_not(insight.author, side), text="kanariegrens")
    trying = insight.try_out(by=_not(insight.author, side), on=clock.today())
    insight.tell(by=trying.member, trying=trying, worked=Worked.NO, text="kanarieproef")
    said = {"what": "kanariewat", "noticed": "kanariemerk", "practice": "kanarieles"}
    for seen, why in enumerate(("kanarieeerst", "kanariedaarna", "kanariewaarom")):
        insight.revise(by=insight.author, seen=seen, parts={**said, "why": why})
    gone = Insight.objects.filter(community=side.community).latest("pk")
    gone.withdraw(by=gone.author)


def plant_visits(side: Side, lead: Membership) -> None:
    """In the visits that the stage has."""
    said = {"question": "kanariekijkvraag", "lesson": "kanarielesgroep", "place": "kanariedeur"}
    visits = Visit.objects.filter(community=side.community)
    visits.update(**said)
    VisitNote.objects.filter(visitor__visit__in=visits).update(text="kanariekeek")
    told = {"worked": Worked.PARTLY, "told_at": NOW}
    Intention.objects.filter(visit__in=visits).update(text="kanarievoornemen", how="kanarieging", **told)


def plant_tryouts(side: Side) -> None:
    """In one that was concluded, in its repetition, and in one that was taken away."""
    user = next(m.user for m in side.community.memberships.order_by("pk") if m.user)
    words: dict[str, Any] = {"expected": "kanarieverwacht", "where": "kanarieklas", "on": clock.today()}
    told: dict[str, Any] = {"reason": "kanariereden", "evidence": "kanariegezien", "adapted": "kanarieanders"}
    follows = None
    for number in range(3):
        by = side.member(user)
        tryout = Tryout.begin(by=by, idea=f"kanarieidee {number}", **words, follows=follows)
        tryout.conclude(by=by, worked=Worked.NO, decision=Decision.STOP, **told)
        follows = thread.find(user, f"tryout:{tryout.pk}")
    tryout.withdraw(by=by)


def _not(member: Membership, side: Side) -> Membership:
    return side.community.memberships.exclude(pk=member.pk).exclude(role="guest").earliest("pk")


def plant_meetings(side: Side, lead: Membership) -> str:
    """In the meetings that the stage has; where the file is, that has to go afterwards."""
    meetings = {
        m.state: m for m in Meeting.objects.filter(community=side.community).select_related("community")
    }
    series = Series.objects.create(community=side.community, title="kanariereeks")
    meeting = meetings["planned"]
    said = {"topic": "kanarieonderwerp", "question": "kanarievraagstuk", "bring": "kanariemeeneemt"}
    where = {"place": "kanarielokaal", "link": "https://kanariekamer.test/"}
    planning.revise(meeting, by=lead, fields={**said, **where})
    Meeting.objects.filter(pk=meeting.pk).update(series=series)
    Meeting.objects.filter(pk=meetings["cancelled"].pk).update(
        topic="kanarieonderwerp", why_cancelled="kanarieziek", starts_at=LAST_WEEK
    )
    agenda.add(meeting, by=lead, fields={"title": "kanariepunt", "minutes": 5, "kind": "content"})
    brought = handouts.bring(meeting, by=lead, name="kanariewerk.txt", content=IN_A_FILE.encode())
    return handouts.path(brought.token)


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
    made, files = [], []
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
            plant_forms(side, lead)
            plant_insights(side, lead)
            plant_visits(side, lead)
            plant_tryouts(side)
            files.append(plant_meetings(side, lead))
            assert colleague.user
            plant_held(side, user, colleague.user)
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
    for file in files:
        default_storage.delete(file)


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


def read(client: Client, stage: Stage) -> Iterator[str]:
    """Every page of one's own side, as its address gives it."""
    for name in TABLE:
        yield contents(client.get(stage.address(name, stage.cast.regenboog)))


def fetched(client: Client, stage: Stage) -> Iterator[tuple[str, str]]:
    for name in TABLE:
        for side in (stage.cast.regenboog, stage.cast.baken):
            address = stage.address(name, side)
            # Both sides are built alike: of the second only what its addresses give by themselves.
            for question in questions(stage) if side is stage.cast.regenboog else [{}]:
                answer = client.get(address, question)
                yield address, contents(answer)
                if answer.status_code in {302, 404}:  # before anything was read from the address
                    break
            if name != "account_logout":
                # What is undone undoes the cookie too: else a device would be known by what never was.
                cookies = deepcopy(client.cookies)
                with undone():
                    answer = client.post(
                        address, {"terug": "1", "text": "Dag", "antwoord": "ja", "maak": "1"}
                    )
                    yield address, contents(answer)
                    if answer.status_code == 302:  # what was done may be told on the next page
                        yield address, contents(client.get("/"))
                client.cookies = cookies


@pytest.mark.parametrize("role", ["administrator", "leader", "anonymous"])
def test_no_canary_is_found_by(planted: Stage, browser: Browser, role: str) -> None:
    client = browser(planted.user(role))
    found = {address for address, text in fetched(client, planted) if "kanarie" in unexpected(address, text)}
    assert found == set()


def unexpected(address: str, text: str) -> str:
    """`text` without what this address is for telling."""
    text = text.casefold().replace("\r\n ", "")  # a line of a calendar is folded, also within a word
    for start, words in TELLS_ITS_HOLDER.items():
        for word in words if address.startswith(start) else ():
            text = text.replace(word, "")
    return text


def stage_address(stage: Stage, name: str) -> str:
    return stage.address(name, stage.cast.regenboog)


def test_each_canary_is_there_to_be_found(planted: Stage, browser: Browser) -> None:
    """By those whose it is: so the test above is able to fail."""
    texts = [before_the_door(planted, browser(None))]  # first: looking at doors is limited
    texts += read(browser(planted.cast.fatima), planted)
    texts.append(contents(browser(planted.cast.anna).get(stage_address(planted, "knowledge:bin"))))
    concluded = stage_address(planted, "goals:check").removesuffix("terugkijken/")
    texts.append(contents(browser(planted.cast.anna).get(concluded)))
    texts += in_the_room(planted.cast.regenboog)
    texts += [contents(browser(planted.cast.anna).get(minutes)) for minutes in minutes_of(planted)]
    everything = " ".join(texts)
    brought = Handout.objects.get(name="kanariewerk.txt", meeting__community=planted.cast.regenboog.community)
    room = stage_address(planted, "meetings:meetings")
    file = browser(planted.cast.anna).get(f"{room}{brought.meeting_id}/bestand/{brought.pk}/")
    assert IN_A_FILE in contents(file)
    assert sorted(word for word in CANARIES.values() if word not in everything) == []


def in_the_room(side: Side) -> Iterator[str]:
    """What the screens of those who are in it are told, when all is shown."""
    on = Live.objects.get(meeting__community=side.community, meeting__state="live")
    room = store.load(on).room
    room.revealed |= {step.key for step in room.steps}
    yield str(common(room))
    yield str([step.text for step in room.steps])


def minutes_of(stage: Stage) -> list[str]:
    held = Meeting.objects.filter(community=stage.cast.regenboog.community, state="closed")
    room = stage_address(stage, "meetings:meetings")
    return [f"{room}{meeting.pk}/notulen/" for meeting in held]


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
            "workform-key",
            "mail/",
            "files/",
            "media/",
        ):
            for root in ("/", "/static/", "/static/../", "/files/", "/media/"):
                assert client.get(f"{root}{path}").status_code in {302, 404}, (root, path)
    for finder in get_finders():
        for name, storage in finder.list([]):
            assert b"kanarie" not in Path(storage.path(name)).read_bytes(), name


def test_the_command_line_tells_nothing_of_groups(planted: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    for command in cli.COMMANDS:
        with pytest.raises(SystemExit):
            cli.main([command, "--help"])
        said = capsys.readouterr()
        assert "kanarie" not in said.out + said.err, command


def test_there_is_no_admin_over_all_tables(browser: Browser, stage: Stage) -> None:
    """docs/decisions/0011-no-admin.md"""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [name for name in ADDRESSES if name.startswith("admin:")]
    assert browser(stage.cast.beheer).get("/admin/").status_code == 404
