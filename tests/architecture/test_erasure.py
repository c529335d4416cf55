"""Who is erased is nowhere: in no table, no file, no log, no byte of the database; what was done goes on counting."""

from __future__ import annotations

import gc
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as Letter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.db import connection, models, transaction
from django.test import Client
from PIL import Image

from leerkring import clock
from leerkring.communities import ending, erasing, thread
from leerkring.communities.erasing import named_fields
from leerkring.communities.happenings import KINDS, Role
from leerkring.communities.mail import rounds
from leerkring.communities.models import (
    Admission,
    Arrival,
    Community,
    Digest,
    Door,
    ExceptionalAct,
    Invitation,
    Membership,
    Notice,
    NoticePreference,
    Record,
)
from leerkring.communities.models import Answer as AdmissionAnswer
from leerkring.communities.notices import Rhythm
from leerkring.communities.own_words import PARTS
from leerkring.effectiveness.mirror import mirror_of
from leerkring.effectiveness.models import Agreement, Answer, Upload
from leerkring.engine.assessment import Assessment
from leerkring.goals import measuring
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Endorsement, Goal, Measurement, PupilResults, Statement, Yes
from leerkring.goals.results import Results
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight, Limit, Trying, Worked
from leerkring.jobs import vanished
from leerkring.jobs.models import Job, Vanished
from leerkring.jobs.worker import Worker
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.meetings import agenda, handouts, inviting, planning, polling, replying, turns
from leerkring.meetings.live import store
from leerkring.meetings.live.desk import Sent
from leerkring.meetings.live.following import follow
from leerkring.meetings.minutes import correct
from leerkring.meetings.models import (
    CalendarFeed,
    Correction,
    Device,
    Handout,
    Live,
    Meeting,
    OptionAnswer,
    OwnForm,
    Participant,
    Present,
    Reply,
    Unclaimed,
)
from leerkring.meetings.models import Note as Card
from leerkring.meetings.models import Turn as MeetingTurn
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform import Role as Turn
from leerkring.meetings.workform import Source
from leerkring.network.models import Board, Holiday, Leadership, Location, Network, School, StaffConsent
from leerkring.people import photos
from leerkring.people.erasure import NOBODY, SHORTEST, Leaving, erasers
from leerkring.people.models import Away, Session, User
from leerkring.people.photos import Portrait
from leerkring.people.sessions import SessionStore
from leerkring.people.tests.test_second_factor import prove
from leerkring.practice.models import Intention, Tryout, Visit, Visitor
from leerkring.practice.models import Note as VisitNote
from leerkring.site.wipe import wipe
from leerkring.ui.refusal import Refused
from leerkring.upkeep.models import Note
from tests.architecture.held import begun, harvested, written
from tests.architecture.stage import Stage
from tests.cast import LAST_WEEK, NOW, Browser, Cast
from tests.photos import a_photo

#: Nobody else is called so; the second is how others spell it.
PASSWORD = "onmogelijk-te-raden"
NAME, FIRST, ADDRESS = "Xaviëra Quispel-Žďár", "Xaviëra", "x.quispel@zdar.test"
SPELLED = (NAME, NAME.upper(), "XAVIERA quispel-zdar", "Xavie\u0308ra  Quispel-Z\u030cd\u030ca\u0301r")


# Nothing is forgotten


def _is_of_a_person(field: models.Field[Any, Any]) -> bool:
    return field.related_model in {User, Membership}


def _is_text(field: models.Field[Any, Any]) -> bool:
    texts = (models.CharField, models.TextField, models.JSONField, models.FileField)
    return isinstance(field, texts) and not field.choices


def _is_number_of_a_person(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.BigIntegerField) and field.name in {"actor", "member", "user"}


def fields_to_cover() -> set[str]:
    """Every field that may hold a person, or words about one."""
    theirs = {"contenttypes", "auth"}
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label not in theirs
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if _is_of_a_person(field) or _is_text(field) or _is_number_of_a_person(field)
    }


def test_every_field_that_holds_a_person_or_a_text_has_an_eraser() -> None:
    """A new field fails here until a room's `Eraser` (people.erasure) says in `covers` what becomes of it."""
    covered = {path for eraser in erasers() for path in eraser.covers}
    assert fields_to_cover() - covered == set()
    assert covered - fields_to_cover() == set()


def test_the_account_goes_last() -> None:
    assert [eraser.room for eraser in erasers()][-1] == "people"


def test_every_list_of_members_in_the_log_is_known() -> None:
    one, several = named_fields()["conversation.replied"]
    assert (set(one), set(several)) == ({"answered"}, {"mentioned"})
    assert set(named_fields()["conversation.helped"][0]) == {"helper"}
    assert set(named_fields()["interaction"][0]) == {"counterpart"}
    assert set(named_fields()) == set(KINDS)


# A name in a text


@pytest.fixture
def leaving() -> Leaving:
    return Leaving(User(name=NAME, email=ADDRESS), texts_too=False, at=NOW)


@pytest.mark.parametrize("spelled", SPELLED)
def test_a_name_is_replaced_however_it_is_spelled(leaving: Leaving, spelled: str) -> None:
    text = f"Vraag het {spelled}, of mail {ADDRESS.upper()}."
    assert leaving.without(text) == f"Vraag het {NOBODY}, of mail {NOBODY}."


def test_other_words_stay_to_the_letter(leaving: Leaving) -> None:
    for text in (
        "Xaviëra is een mooie naam",
        "quispel-ždář",
        f"mijn{ADDRESS}",
        f"{NAME}s",
        "ﬁjn ﬀ ½ İi ß \u0301\u0308 💥 \u202e",
        "",
    ):
        assert leaving.without(text) == text


def test_a_first_name_goes_where_they_were_called_by_it(leaving: Leaving) -> None:
    assert leaving.without("Wat zeg jij, @xaviera?", called=True) == f"Wat zeg jij, {NOBODY}?"
    assert leaving.without("Wat zeg jij, @xaviera?") == "Wat zeg jij, @xaviera?"


def test_a_namesake_elsewhere_keeps_the_name(cast: Cast) -> None:
    other = User.objects.create_user("anna2@leerkring.test", name=cast.anna.name)
    member = cast.baken.community.join(other)
    talk = Conversation.open(
        by=member, title="Dag", purpose=Purpose.SHARING, text=f"Ik ben {other.name}, niet {cast.anna.email}"
    )
    mine = cast.regenboog.conversation.reply(by=cast.regenboog.member(cast.bram), text="Dank, Anna de Wit!")
    erasing.erase(cast.anna, by=cast.anna)
    assert talk.contributions.get().text == f"Ik ben {other.name}, niet {NOBODY}"
    mine.refresh_from_db()
    assert mine.text == f"Dank, {NOBODY}!"


@pytest.mark.parametrize("name", ["de", "van de", "Het Baken", "Samen lezen", "- -", "."])
def test_whoever_is_called_like_a_word_takes_it_from_no_other_group(cast: Cast, name: str) -> None:
    side = cast.baken
    side.conversation.reply(by=side.member(cast.olga), text="Wie is er in het baken van de week? - - Dag.")
    School.objects.filter(pk=side.school.pk).update(place="Baken aan de Zaan")

    def texts() -> list[str]:
        said = Contribution.objects.filter(conversation__community=side.community).order_by("pk")
        names = School.objects.values_list("name", "place").order_by("pk")
        here = Community.objects.values_list("name", "aim").order_by("pk")
        return [*said.values_list("text", flat=True), *map(str, names), *map(str, here)]

    before = texts()
    cast.gert.introduce(name=name, language="nl")
    erasing.erase(cast.gert, by=cast.gert)
    assert texts() == before


def test_one_word_goes_only_where_they_were_called_by_it(cast: Cast) -> None:
    side = cast.regenboog
    cast.gert.introduce(name="Sam", language="nl")
    cast.bram.introduce(name="Sam de Vries", language="nl")
    said = side.conversation.reply(
        by=side.member(cast.fatima), text="@Sam, sam of Sam? Vraag @Sam de Vries of ~@Sam."
    )
    erasing.erase(cast.gert, by=cast.gert)
    said.refresh_from_db()
    assert said.text == f"{NOBODY}, sam of Sam? Vraag @Sam de Vries of ~{NOBODY}."


def test_the_longer_name_of_another_stays_whole(cast: Cast) -> None:
    side = cast.regenboog
    cast.bram.introduce(name="Anna de Wit-Bos", language="nl")
    cast.gert.introduce(name="Marie Anna de Wit", language="nl")
    cast.olga.introduce(name="Anna de Wit Bos", language="nl")
    said = side.conversation.reply(
        by=side.member(cast.fatima), text="Anna de Wit, anna de wit-bos, Marie Anna de Wit, ANNA DE WIT!"
    )
    there = cast.baken.conversation.reply(
        by=cast.baken.member(cast.olga), text="Ik ben Anna de Wit Bos, niet Anna de Wit."
    )
    erasing.erase(cast.anna, by=cast.anna)
    said.refresh_from_db()
    there.refresh_from_db()
    assert said.text == f"{NOBODY}, anna de wit-bos, Marie Anna de Wit, {NOBODY}!"
    assert there.text == f"Ik ben Anna de Wit Bos, niet {NOBODY}."


def test_elsewhere_a_name_is_written_as_one(cast: Cast) -> None:
    there = cast.baken.conversation.reply(
        by=cast.baken.member(cast.olga), text="Bram Jansen, BRAM JANSEN, bram jansen, BRAM@leerkring.test"
    )
    erasing.erase(cast.bram, by=cast.bram)
    there.refresh_from_db()
    assert there.text == f"{NOBODY}, {NOBODY}, bram jansen, {NOBODY}"


def test_no_text_is_cut_because_it_grew(cast: Cast) -> None:
    side = cast.regenboog
    cast.bram.introduce(name="B J", language="nl")
    most = Community._meta.get_field("aim").max_length or 0
    aim = "B J en de rest" + "." * (most - len("B J en de rest!")) + "!"
    Community.objects.filter(pk=side.community.pk).update(aim=aim)
    longest = Conversation._meta.get_field("title").max_length or 0
    title = "@B" + "." * (longest - 2)
    Conversation.objects.filter(pk=side.conversation.pk).update(title=title)
    side.answer.mentioned.add(side.member(cast.bram))
    erasing.erase(cast.bram, by=cast.bram)
    assert Community.objects.get(pk=side.community.pk).aim == f"{SHORTEST}{aim[3:]}"
    assert Conversation.objects.get(pk=side.conversation.pk).title == f"{SHORTEST}{title[2:]}"


def test_two_names_that_become_one_stay_two(cast: Cast) -> None:
    for name in ("Anna de Wit", NOBODY):
        Board.objects.create(name=f"Stichting {name}")
    board = Board.objects.get(name="Stichting Anna de Wit")
    erasing.erase(cast.anna, by=cast.anna)
    board.refresh_from_db()
    assert board.name == f"Stichting {NOBODY} {board.pk}"


def test_where_they_never_were_a_kept_page_is_drawn_anew(cast: Cast, browser: Browser) -> None:
    side, client = cast.baken, browser(cast.olga)
    talk = Conversation.open(
        by=side.member(cast.olga), title="Dag", purpose=Purpose.SHARING, text="Vraag het Bram Jansen."
    )
    page = f"/plg/{side.community.pk}/gesprekken/{talk.pk}/"
    client.get(page)
    tag = client.get(page).headers["ETag"]
    assert client.get(page, headers={"If-None-Match": tag}).status_code == 304
    erasing.erase(cast.bram, by=cast.bram)
    again = client.get(page, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert f"Vraag het {NOBODY}." in again.content.decode()


# A person in everything that exists


def plant(cast: Cast) -> User:
    """Someone with an unusual name, in everything that there is."""
    side = cast.regenboog
    with clock.at(LAST_WEEK):
        user = User.objects.create_user(ADDRESS, name=NAME, language="nl")
        user.set_password(PASSWORD)
        user.save()
        member = side.community.join(user)
        agreement = Agreement.objects.get(community=side.community)
        agreement.answer(by=member, agrees=True)
        bram, fatima = side.member(cast.bram), side.member(cast.fatima)
        talk = Conversation.open(
            by=member,
            title=f"Een vraag van {NAME}",
            purpose=Purpose.QUESTION,
            text=f"Groet, {NAME} ({ADDRESS})",
        )
        answer = talk.reply(by=bram, text=f"Dag @{FIRST}! {SPELLED[2]} weet het. Mail {ADDRESS}.")
        talk.reply(by=member, text="Dank je @Bram", to=answer)
        answer.help(by=member)
        talk.contributions.order_by("pk")[0].help(by=bram)
        side.conversation.reply(by=fatima, text=f"@{NAME} jij ook?")
        other = Conversation.open(by=member, title="Weg", purpose=Purpose.SHARING, text=NAME)
        other.remove(by=fatima, because=f"Ging over {SPELLED[3]}")
        Contribution.objects.filter(pk=side.answer.pk).update(text=f"Vouwblaadjes wel, {NAME}.")
        member.become(Role.FACILITATOR)
        _in_goals(cast, member)
        _in_work_forms(cast, member)
        _in_insights(cast, member)
        _in_visits(cast, member)
        _in_tryouts(cast, member)
        _in_meetings(cast, member)
    _in_calendars(cast, user)
    _in_meetings_held(cast, user)
    _below_and_beside(cast, user, member)
    _on_the_way(cast, user, member)
    _as_a_person(user)
    return user


def _in_work_forms(cast: Cast, member: Membership) -> None:
    """In one that only they made, and in every text of one that a colleague changed after them."""
    form = shipped()["bordsessie"]
    said = replace(form.text["nl"], title=f"Zoals {NAME}", summary=NAME, when=SPELLED[1], bring=ADDRESS)
    named = replace(form, text={**form.text, "nl": said}, source=Source({"nl": NAME, "en": ADDRESS}))
    OwnForm.keep(by=member, form=named)
    step = form.steps[0]
    said_there = replace(step.text["en"], title=NAME, prompt=f"As {NAME}", hint=SPELLED[2])
    steps = (replace(step, text={**step.text, "en": said_there}), *form.steps[1:])
    at = f"https://{ADDRESS}"
    source = replace(form.source, url=at)
    own = OwnForm.keep(by=member, form=form)
    own.revise(by=cast.regenboog.member(cast.anna), seen=0, form=replace(named, steps=steps, source=source))


def _in_goals(cast: Cast, member: Membership) -> None:
    """In goals of every state, in what was measured, and in what the group stands for."""
    side = cast.regenboog
    anna = side.member(cast.anna)
    goals = {goal.state: goal for goal in Goal.objects.filter(community=side.community).order_by("-pk")}
    Goal.draft(by=member, text=f"Een zin van {NAME}")
    goals["asked"].agree(by=member)
    running = goals["adopted"]
    text = f"{running.text} Dat zei {NAME}."
    parts = {"text": text, "pupils": f"De klas van {NAME}", "not_yet": NAME, "product": SPELLED[1]}
    running.revise(by=member, seen=running.revision, parts=parts, owners=[member, anna])
    running.revise(by=anna, seen=running.revision, parts={"product": "Iets anders"}, owners=[])
    measure = running.measures.get()
    unit = {"name": f"Toets van {NAME}", "unit": NAME}
    measuring.name_measure(running, by=member, fields=unit, measure=measure)
    classes = {f"Bij {NAME}": ("ja",) * 6 + ("nee",) * 6, "Docent": (NAME,) * 6 + ("Bram",) * 6}
    pupils = Results(tuple(f"L{n:02}" for n in range(12)), tuple(4.0 + n / 2 for n in range(12)), classes)
    on = LAST_WEEK.date()
    measuring.set_down(
        measure, by=member, role=Measurement.Role.LATER, on=on, results=pupils, note=f"Zag {NAME}"
    )
    measuring.set_down(
        measure, by=anna, role=Measurement.Role.BESIDE, on=on, value=40, label=f"2b van {NAME}", note=ADDRESS
    )
    Goal.objects.filter(pk=goals["concluded"].pk).update(
        kept_by=member, kept_where=f"In de la van {NAME}", yielded=f"Dank aan {NAME}"
    )
    Goal.objects.filter(pk=goals["dropped"].pk).update(dropped_because=f"{NAME} wil niet")
    Statement.objects.standing(side.community)["vision"].endorse(by=member)
    Statement.write(by=member, kind=Statement.Kind.NORMS, text=f"Luister naar {NAME}", seen=0)


def _in_tryouts(cast: Cast, member: Membership) -> None:
    """In what they tried, and in what others tried after them."""
    words: dict[str, Any] = {"where": f"Bij {NAME}", "on": clock.today()}
    told: dict[str, Any] = {"reason": NAME, "evidence": f"{SPELLED[1]} telde", "adapted": ADDRESS}
    first = Tryout.begin(by=member, idea=f"Zoals {NAME}", expected=f"{NAME} lacht", **words)
    first.conclude(by=member, worked=Worked.YES, decision=Decision.KEEP, **told)
    again = thread.find(cast.anna, f"tryout:{first.pk}")
    anna = cast.regenboog.member(cast.anna)
    other = Tryout.begin(by=anna, idea=f"Als {NAME}", expected=SPELLED[2], **words, follows=again)
    other.conclude(by=anna, worked=Worked.NO, decision=Decision.STOP, **told)
    Tryout.begin(by=member, idea=f"Alleen {NAME}", expected="Iets", **words)


def _in_insights(cast: Cast, member: Membership) -> None:
    """In what they said, in what others said, and in what was tried."""
    anna = cast.regenboog.member(cast.anna)
    own = Insight.capture(
        by=member, kind=Tacit.RULE, what=f"als {NAME} komt", why=NAME, noticed=ADDRESS, practice=f"Bij {NAME}"
    )
    own.revise(by=member, seen=0, parts={"why": f"want {SPELLED[2]} weet het"})
    own.limit(by=anna, text=f"{NAME} er niet is")
    other = Insight.capture(by=anna, kind=Tacit.ROUTINE, what=f"ik vraag het {NAME}", why="x")
    other.limit(by=member, text=f"Groet, {NAME}")
    Insight.capture(by=anna, kind=Tacit.ROUTINE, what="ik wacht", why="y", of=member).name(by=member)
    trying = other.try_out(by=member, on=clock.today())
    other.tell(by=member, trying=trying, worked=Worked.YES, text=f"{NAME} lukte het")
    other.try_out(by=member, on=clock.today())


def _in_visits(cast: Cast, member: Membership) -> None:
    """In lessons of theirs, and of others at which they were."""
    anna = cast.regenboog.member(cast.anna)
    begins = LAST_WEEK + timedelta(hours=1)
    said = {"lesson": f"De klas van {NAME}", "place": f"Bij {NAME}", "starts_at": begins, "minutes": 10}
    fields = {**said, "question": f"Wie luistert naar {NAME}?"}
    own, other = (Visit.open_lesson(by=host, fields=fields) for host in (member, anna))
    own.come(by=anna)
    other.come(by=member)
    with clock.at(begins + timedelta(hours=1)):
        for visit, guest in ((own, anna), (other, member)):
            visitor = Visitor.objects.select_related("visit__community").get(visit=visit)
            visitor.note(by=guest, kind=VisitNote.Kind.SAYS, text=f"Dag {NAME}", key="een")
            visit.hold_lesson(by=guest)
            intention = Intention.intend(visit, by=guest, text=f"Als {NAME}", on=clock.today())
            intention.tell(by=guest, worked=Worked.YES, how=f"{NAME} zag het")
    Visit.ask(by=member, host=anna, fields={**said, "starts_at": NOW + timedelta(days=3), "question": ""})


def _in_meetings_held(cast: Cast, user: User) -> None:
    """In one that was held and in one that is on: what they said, who they are and what it is about."""
    side = cast.regenboog

    def say(kind: str) -> str:
        return f"{kind} van {NAME}"

    was = begun(side, cast.fatima, user, at=LAST_WEEK + timedelta(hours=2), say=say)
    harvested(was, cast.fatima, user, say, card=written(was, cast.fatima, user, say))
    correct(was.meeting, by=side.member(user), text=f"Dat was niet {NAME}")
    on = begun(side, cast.fatima, user, at=NOW - timedelta(minutes=30), say=say)
    written(on, cast.fatima, user, say)


def _in_calendars(cast: Cast, user: User) -> None:
    """A meeting that everyone's calendar is told of, and an address for one's own."""
    side = cast.regenboog
    meeting = Meeting.objects.create(
        community=side.community,
        topic="Hoe verder?",
        starts_at=NOW + timedelta(days=7),
        planned_by=side.member(cast.fatima),
        planned_at=LAST_WEEK,
    )
    with transaction.atomic():
        inviting.tell([meeting], at=NOW)
    CalendarFeed.begin(user, at=NOW)


def _in_meetings(cast: Cast, member: Membership) -> None:
    """In what is planned, what is asked and what was called off; in a file that lies ready."""
    side = cast.regenboog
    fields = {
        "topic": f"Bij {NAME}",
        "question": f"Wat doet {NAME}?",
        "bring": ADDRESS,
        "place": f"Bij {NAME}",
    }
    link = {"link": "https://vergaderen.test/x.quispel@zdar.test"}
    day = NOW + timedelta(days=20)
    planned = planning.plan_series(
        by=member, title=f"Met {NAME}", meetings=[{**fields, **link, "starts_at": day, "minutes": 60}]
    )
    meeting = planned[0]
    agenda.add(meeting, by=member, fields={"title": f"Iets van {NAME}", "minutes": 5, "kind": "content"})
    replying.reply(meeting, by=member, says="yes")
    turns.take(meeting, by=member, role=Turn.SCRIBE)
    poll = Meeting.objects.filter(community=side.community, state="poll").select_related("community")[0]
    polling.answer(poll, by=member, says={option.pk: "no" for option in poll.options.all()})
    off = planning.plan(by=member, fields={"topic": "Weg", "minutes": 60, "starts_at": day})
    planning.cancel(off, by=side.member(cast.fatima), because=f"{NAME} is ziek")
    handouts.bring(meeting, by=member, name=f"Schrift van {NAME}.txt", content=b"Drie sommen")


def _as_a_person(user: User) -> None:
    """What someone keeps of themselves: a photo, being away, a second step, where they are signed in."""
    exif = Image.Exif()
    exif[0x013B] = NAME  # the artist
    user.show(Portrait.read(*a_photo(exif=exif, comment=ADDRESS.encode())))
    user.be_at_school(3)
    tomorrow = clock.today() + timedelta(days=1)
    Away.plan(by=user, first_day=tomorrow, last_day=tomorrow, shows_last_day=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "geheim"})
    Authenticator.objects.create(user=user, type="webauthn", data={"name": f"Telefoon van {NAME}"})
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    _session("Firefox/1 Android", {SESSION_KEY: str(user.pk)})
    # Someone (who knows?) asked for a code to sign in, elsewhere.
    Client().post("/accounts/login/code/", {"email": ADDRESS.upper()})
    # A colleague wants to be reached at this address.
    _session("", {"code.email": {"email": ADDRESS}})


def _session(agent: str, holds: dict[str, Any]) -> None:
    session = SessionStore()
    session.agent = agent
    session.update(holds)
    session.create()


def _on_the_way(cast: Cast, user: User, member: Membership) -> None:
    """In what waits, here and in a community where this person never was."""
    side, elsewhere = cast.regenboog, cast.baken
    member.introduce(gives=f"Koffie van {NAME}", shows=ADDRESS, curious=SPELLED[1])
    side.member(cast.bram).introduce(gives=f"Wat ik van {SPELLED[2]} leerde")
    olga = elsewhere.member(cast.olga)
    Invitation.make(elsewhere.community, email=ADDRESS, name=NAME, by=olga)
    Invitation.make(side.community, email="thuis@elders.test", name=f"{NAME} (thuis)", by=member)
    Door.open(side.community, days=3, by=member)
    Door.open(elsewhere.community, days=3, by=olga).ask(email=ADDRESS, name=NAME)
    Arrival.wait(door=Door.of(elsewhere.community), email="anders@elders.test", name=NAME)
    Admission.ask(elsewhere.community, user, role=Role.MEMBER)
    asked = Admission.ask(side.community, cast.lotte, role=Role.MEMBER)
    asked.answer(agrees=False, by=member)
    NoticePreference.choose(user, Rhythm.DAILY, community=side.community)
    Note.keep(kind=Note.Kind.MAIL, outcome="answered", detail=f"550 who is {ADDRESS}")
    with transaction.atomic():
        Notice.tell("leading.appointed", to=[user], at=NOW)
    Digest.claim(user, list(Notice.objects.filter(user=user).values_list("pk", flat=True)[:2]), at=NOW)


def _below_and_beside(cast: Cast, user: User, member: Membership) -> None:
    side = cast.regenboog
    Leadership.objects.create(school=cast.baken.school, user=user, since=NOW.date())
    StaffConsent.objects.filter(school=side.school).update(recorded_by=user)
    StaffConsent.objects.filter(school=cast.baken.school).update(withdrawn_by=user, withdrawn_at=NOW)
    Community.objects.filter(pk=side.community.pk).update(aim=f"Het idee van {NAME}")
    Board.objects.create(name=f"Stichting {NAME}")
    Network.objects.create(name=f"Netwerk {NAME}", aim=NAME)
    Location.objects.create(school=side.school, name=f"Zaal {NAME}", place=f"Bij {NAME}")
    side.school.keep_holiday(name=f"Afscheid {NAME}", first_day=NOW.date(), last_day=NOW.date())
    ExceptionalAct.note(ExceptionalAct.Kind.SESSIONS_ENDED, by=user, at=NOW, user=cast.bram)
    ExceptionalAct.note(ExceptionalAct.Kind.SIGN_IN_LINK, by=None, at=NOW, user=user)
    with transaction.atomic():
        Notice.tell("counting.asked", to=[cast.anna], community=side.community, by=member, at=NOW)
    Upload.keep(
        by=user, school=side.school, name=f"Van {NAME}", interactions=f"{NAME},x\n".encode(), members=None
    )


def counts(assessed: Assessment) -> dict[str, tuple[float | None, int]]:
    """What the mirror says of things: how many there were."""
    return {
        result.key: (result.value, result.n)
        for criterion in assessed.criteria.values()
        for result in criterion.indicators
        if result.unit == "count"
    }


def told_anywhere(text: str) -> bool:
    folded = text.casefold()
    return "quispel" in folded or "žďár" in folded or "zdar.test" in folded


def in_tables() -> list[str]:
    """Where in the database it still stands."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values():
            found += [f"{model.__name__}.{k}" for k, v in row.items() if told_anywhere(str(v))]
    # What a session holds is written in a code of its own.
    found += ["Session" for session in Session.objects.all() if told_anywhere(str(session.get_decoded()))]
    # Results of pupils are packed.
    found += ["PupilResults" for kept in PupilResults.objects.all() if told_anywhere(str(kept.unpacked))]
    return found


def ids_in_log(member: int, community: int) -> list[Record]:
    named = named_fields()
    return [
        line
        for line in Record.objects.filter(community=community)
        if line.actor == member
        or any(line.data.get(n) == member for n in named[line.kind][0])
        or any(member in line.data.get(n, ()) for n in named[line.kind][1])
    ]


@pytest.fixture(autouse=True)
def mailed(tmp_path: Path, settings: Any) -> Path:
    """A data folder of its own; mail is kept as files in it, as in a house without a mail server."""
    settings.DATA = tmp_path
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def send(folder: Path, *mails: EmailMessage) -> None:
    backend = EmailBackend(file_path=str(folder))
    backend.send_messages(list(mails))
    backend.close()


@pytest.mark.django_db
@pytest.mark.parametrize("texts_too", [False, True])
def test_who_is_erased_is_in_no_table_and_counts_stay(stage: Stage, texts_too: bool) -> None:
    cast = stage.cast
    user = plant(cast)
    assert in_tables()
    side = cast.regenboog
    community = Community.objects.get(pk=side.community.pk)
    member = side.member(user)
    assert ids_in_log(member.pk, community.pk)
    before = mirror_of(community).assessment
    lines = Record.objects.count()
    erasing.erase(user, texts_too=texts_too, by=user)
    assert in_tables() == []
    assert ids_in_log(member.pk, community.pk) == []
    assert Record.objects.count() == lines
    after = mirror_of(Community.objects.get(pk=community.pk)).assessment
    assert counts(after) == counts(before)
    assert after.members == before.members - 1
    gone = Membership.objects.get(pk=member.pk)
    assert str(gone) == "een oud-lid"
    assert not gone.is_current
    own = Contribution.objects.filter(author=gone)
    assert {c.text == "" for c in own} == {texts_too}
    assert Goal.objects.filter(text=f"Een zin van {NOBODY}").exists() is not texts_too
    assert Measurement.objects.filter(note=f"Zag {NOBODY}").exists() is not texts_too
    assert OwnForm.objects.filter(made_by=gone).count() == (1 if texts_too else 2)
    assert all(each.form for each in OwnForm.objects.all())
    assert Trying.objects.filter(member=gone).values_list("text", flat=True).get() == (
        "" if texts_too else f"{NOBODY} lukte het"
    )
    assert Limit.objects.filter(by=gone).exists() is not texts_too
    tried = (
        Tryout.objects.filter(owner=gone)
        .exclude(first=None, repetitions=None)
        .values_list("evidence", flat=True)
    )
    assert tried.get() == ("" if texts_too else f"{NOBODY} telde")
    assert not Yes.objects.filter(member=gone).exists()
    assert not any(said.objects.filter(member=gone).exists() for said in (Reply, OptionAnswer, MeetingTurn))
    assert Handout.objects.filter(name=f"Schrift van {NOBODY}.txt").exists() is not texts_too
    assert not Endorsement.objects.filter(member=gone).exists()
    assert not Answer.objects.filter(member=gone).exists()
    assert Card.objects.filter(text=f"card van {NOBODY}").exists() is not texts_too
    assert Correction.objects.filter(by=gone).exists() is not texts_too
    assert Unclaimed.objects.filter(text=f"limit van {NOBODY}").exists() is not texts_too
    assert set(Present.objects.filter(name=NOBODY).values_list("member", flat=True)) == {None}


@pytest.mark.django_db
@pytest.mark.parametrize("texts_too", [False, True])
def test_a_meeting_goes_on_when_somebody_in_it_is_erased(stage: Stage, texts_too: bool) -> None:
    user = plant(stage.cast)
    live = Live.objects.filter(meeting__state="live").latest("pk")
    device = Device.objects.filter(participant__live=live, participant__member__user=user)
    assert device.exists()
    erasing.erase(user, texts_too=texts_too, by=user)
    assert not device.exists()
    desk = store.load(Live.objects.get(pk=live.pk))
    lead = Participant.objects.get(live=live, member__user=stage.cast.fatima)
    assert [c.text for c in desk.room.cards.values()] == [NOBODY if texts_too else f"card van {NOBODY}"]
    with transaction.atomic():
        held = store.hold([live.pk])[live.pk]
        closed = desk.take(Sent(lead.pk, "sluit", "close", {}), NOW.timestamp())
        assert closed
        store.write(held, [(closed, "sluit")])
        follow(held, desk, [closed])
    assert in_tables() == []
    assert (
        not Present.objects.filter(meeting=live.meeting_id, member__user=None).exclude(member=None).exists()
    )


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> list[type[models.Model]]:
    """Whether rooms or communities are locked, in that order; SQLite locks none, and is asked to as well."""
    order: list[type[models.Model]] = []
    lock = models.QuerySet.select_for_update

    def noted(found: models.QuerySet[Any], **how: Any) -> models.QuerySet[Any]:
        if found.model in {Live, Community}:
            order.append(found.model)
        return lock(found, **how)

    monkeypatch.setattr(models.QuerySet, "select_for_update", noted)
    return order


@pytest.mark.django_db
def test_who_is_erased_waits_at_the_rooms_first_as_a_phone_does_that_brings_something_late(
    stage: Stage, locked: list[type[models.Model]]
) -> None:
    user = plant(stage.cast)
    locked.clear()
    erasing.erase(user, by=user)
    assert locked[:2] == [Live, Community]


@pytest.mark.django_db
def test_a_community_that_goes_for_good_waits_at_its_rooms_first_too(
    stage: Stage, locked: list[type[models.Model]]
) -> None:
    plant(stage.cast)
    place = Live.objects.latest("pk").meeting.community
    Community.objects.filter(pk=place.pk).update(ended_at=NOW - timedelta(days=31))
    locked.clear()
    ending.vanish_outdated()
    assert locked[:2] == [Live, Community]
    assert not Community.objects.filter(pk=place.pk).exists()


@pytest.mark.django_db
def test_what_was_on_its_way_for_them_goes_and_the_rest_stays(stage: Stage, browser: Browser) -> None:
    cast, side = stage.cast, stage.cast.regenboog
    user = plant(cast)
    member = side.member(user)
    waiting = Invitation.objects.get(email=ADDRESS)
    link = waiting.address(proven=True)
    assert browser(None).get(link)["Location"].startswith("/accounts/login/")  # there is an account
    owned = {
        f"{model._meta.label}.{field.name}": (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User
    }
    for name, (model, field) in owned.items():
        assert model._default_manager.filter(**{field: user.pk}).exists(), name
    assert Session.objects.filter(user=user, device="Firefox/Android").exists()
    work = {"arrival": Arrival.objects.get(email=ADDRESS).pk, "invitation": waiting.pk}
    work |= {"admission": user.admissions.get().pk, "away": user.absences.get().pk}
    for about, pk in work.items():
        assert Job.objects.filter(**{f"payload__{about}": pk}).exists(), about

    erasing.erase(user, by=user)
    for name, (model, field) in owned.items():
        assert not model._default_manager.filter(**{field: user.pk}).exists(), name
    for about, pk in work.items():
        assert not Job.objects.filter(**{f"payload__{about}": pk}).exists(), about
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()
    assert "Deze uitnodiging geldt niet meer" in browser(None).get(link).content.decode()
    act = ExceptionalAct.objects.get(kind="sessions_ended")
    assert (act.by, act.at_server, act.who) == (None, False, "Iemand die hier niet meer is")
    # What they asked or opened for others stays.
    gone = Membership.objects.get(pk=member.pk)
    assert gone.lines == []
    assert Door.objects.get(community=side.community).by == gone
    assert Invitation.objects.get(email="thuis@elders.test").name == f"{NOBODY} (thuis)"
    assert side.member(cast.bram).gives == f"Wat ik van {NOBODY} leerde"
    assert Admission.objects.open().filter(user=cast.lotte).exists()
    assert not AdmissionAnswer.objects.exists()


@pytest.mark.django_db
def test_the_community_goes_on_and_shows_a_former_member(stage: Stage, browser: Browser) -> None:
    user = plant(stage.cast)
    side = stage.cast.regenboog
    talk = Conversation.objects.get(title__startswith="Een vraag van")
    bram = browser(stage.cast.bram)
    address = f"/plg/{side.community.pk}/gesprekken/{talk.pk}/"
    assert told_anywhere(bram.get(address).content.decode())
    erasing.erase(user, by=user)
    page = bram.get(address).content.decode()
    assert not told_anywhere(page)
    assert "een oud-lid" in page
    assert f"Een vraag van {NOBODY}" in page
    running = Goal.objects.filter(community=side.community, state="adopted").latest("pk")
    goals = ("doelen/", f"doelen/{running.pk}/", "samen/visie/", "samen/werkafspraken/")
    for rest in ("", "leden/", "gesprekken/", "spiegel/", "wie-kan-dit-zien/", *goals):
        answer = bram.get(f"/plg/{side.community.pk}/{rest}")
        assert answer.status_code == 200
        assert not told_anywhere(answer.content.decode()), rest


@pytest.mark.django_db(transaction=True)
def test_who_is_erased_is_in_no_byte_of_the_house(
    stage: Stage, mailed: Path, browser: Browser, settings: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    cast = stage.cast
    user = plant(cast)
    pictures = [Path(default_storage.path(photos.path(user.photo, size))) for size in photos.SIZES]
    assert all(picture.exists() for picture in pictures)
    client = browser(user)
    client.get("/mijn/gegevens/")
    for message in (
        EmailMessage("Hallo", "Kom je?", to=[ADDRESS]),
        EmailMessage(f"Over {NAME}", "Dag", to=["bram@leerkring.test"]),
        EmailMessage("Over iemand", f"Dat was {NAME}.", to=["bram@leerkring.test"]),
    ):
        send(mailed, message)
    send(
        mailed,
        EmailMessage("Samen", f"Aan {ADDRESS}", to=["anna@leerkring.test"]),
        EmailMessage("Blijft", "Dag Anna", to=["anna@leerkring.test"]),
    )
    work()
    rounds.go()
    subjects = {
        re.sub("(Je code is).*", r"\1", str(one["Subject"]))
        for one in letters(mailed)
        if one["To"] == ADDRESS
    }
    assert {
        "Hallo",
        "Je code is",
        "Je code voor Samen lezen op Het Baken",
        "Doe je mee met Samen lezen op Het Baken?",
        "Nieuw voor jou in Leerkring",
    } <= subjects
    assert len(in_bytes()) >= 3
    form = {"typed": NAME, "texts": "stay"}
    proving = client.post("/mijn/account-wissen/", form).headers["Location"]
    assert client.post(proving, {"password": PASSWORD}).headers["Location"] == "/"
    assert client.get("/mijn/gegevens/").status_code == 302
    assert not any(picture.exists() for picture in pictures)
    work()
    connection.close()
    gc.collect()
    assert in_bytes() == []
    assert not told_anywhere(capfd.readouterr().err)  # the log
    left = letters(mailed)
    assert [one["Subject"] for one in left if told_anywhere(words_of(one))] == []
    assert [one["To"] for one in left if one["Subject"] == "Blijft"] == ["anna@leerkring.test"]


def work() -> None:
    worker = Worker()
    while worker.one():
        pass


def letters(folder: Path) -> list[Letter]:
    """Every mail that is kept as a file."""
    kept = [part for file in folder.glob("*") for part in file.read_bytes().split(b"-" * 79 + b"\n")]
    return [message_from_bytes(part, policy=policy.default) for part in kept if part.strip()]


def words_of(letter: Letter) -> str:
    """Headers and texts, as their reader sees them."""
    texts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return " ".join([*map(str, letter.values()), *texts])


def in_bytes() -> list[str]:
    """Files in which it stands: the database with its log, and all that lies in the data folder."""
    names = [part.encode() for part in ("Quispel", "quispel", "QUISPEL", "zdar.test", "Žďár")]
    database = Path(connection.settings_dict["NAME"])
    files = [f for f in Path(settings.DATA).rglob("*") if f.is_file()]
    files += database.parent.glob(f"{database.name}*") if connection.vendor == "sqlite" else []
    found = [str(f) for f in files if any(name in f.read_bytes() for name in names)]
    return found if connection.vendor == "sqlite" else [*found, *in_tables()]


@pytest.mark.django_db(transaction=True)
def test_a_photo_that_was_shown_meanwhile_goes_too(cast: Cast) -> None:
    cast.anna.show(Portrait.read(*a_photo()))
    meanwhile = User.objects.get(pk=cast.anna.pk)
    meanwhile.show(Portrait.read(*a_photo()))
    erasing.erase(cast.anna, by=cast.anna)
    for name in (cast.anna.photo, meanwhile.photo):
        assert not any(default_storage.exists(photos.path(name, size)) for size in photos.SIZES)


@pytest.mark.django_db(transaction=True)
def test_the_bytes_stand_there_until_they_are_wiped(cast: Cast) -> None:
    """The test above is able to fail: rows that are only deleted leave their bytes behind."""
    if connection.vendor != "sqlite":
        pytest.skip("the files of PostgreSQL are not ours to read")
    user = User.objects.create_user(ADDRESS, name=NAME)
    user.delete()
    assert in_bytes()
    wipe()
    assert in_bytes() == []


# Who may go, and what is left in order


@pytest.mark.django_db
def test_the_only_facilitator_is_followed_by_who_is_in_it_longest(cast: Cast) -> None:
    erasing.erase(cast.fatima, by=cast.fatima)
    assert cast.regenboog.member(cast.anna).may_lead
    assert Notice.objects.filter(user=cast.anna, kind="community.handed_over").exists()


@pytest.mark.django_db
def test_a_group_that_nobody_is_left_in_ends(cast: Cast) -> None:
    new = Community.found(school=cast.regenboog.school, name="Alleen", by=cast.anna)
    erasing.erase(cast.anna, by=cast.anna)
    new.refresh_from_db()
    assert new.ended_at is not None


@pytest.mark.django_db
def test_on_request_the_administrator_erases_and_the_group_reads_that(cast: Cast, browser: Browser) -> None:
    client = browser(cast.beheer)
    prove(client)
    wrong = client.post(
        "/beheer/iemand-wissen/", {"email": cast.anna.email, "name": "Bram Jansen", "texts": "stay"}
    )
    assert "Er is geen account met dit adres en deze naam." in wrong.content.decode()
    form = {"email": cast.anna.email, "name": "anna de wit", "texts": "stay"}
    assert client.post("/beheer/iemand-wissen/", form).status_code == 302
    assert not User.objects.filter(pk=cast.anna.pk).exists()
    act = ExceptionalAct.objects.get(kind="person_erased")
    assert (act.by, act.community, act.user) == (cast.beheer, cast.regenboog.community, None)
    page = browser(cast.bram).get(f"/plg/{cast.regenboog.community.pk}/leden/").content.decode()
    assert "Beheer van Dijk wiste een account, op verzoek van wie het was" in page
    assert "Anna" not in page


@pytest.mark.django_db
def test_the_last_administrator_and_a_demo_account_stay(cast: Cast) -> None:
    with pytest.raises(Refused, match="beheerder nodig"):
        erasing.erase(cast.beheer, by=cast.beheer)
    User.objects.filter(pk=cast.anna.pk).update(is_demo=True)
    cast.anna.refresh_from_db()
    with pytest.raises(Refused, match="demo"):
        erasing.erase(cast.anna, by=cast.anna)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["person", "person_and_texts"])
def test_after_a_restore_who_was_erased_is_erased_again(stage: Stage, kind: str) -> None:
    user = plant(stage.cast)
    uid = str(user.uid)
    with transaction.atomic():
        point = transaction.savepoint()
        erasing.erase(user, by=user, texts_too=kind != "person")
        assert Vanished.objects.get().kind == kind
        transaction.savepoint_rollback(point)  # the backup
    assert in_tables()
    vanished.kinds[kind](uid)
    assert in_tables() == []
    assert not User.objects.filter(uid=uid).exists()
    vanished.kinds[kind](uid)


@pytest.mark.django_db
def test_a_download_of_someone_planted_everywhere_is_theirs(stage: Stage, browser: Browser) -> None:
    user = plant(stage.cast)
    mail.outbox.clear()
    archive = ZipFile(io.BytesIO(browser(user).get("/mijn/gegevens/download/").content))
    names = archive.namelist()
    assert names == ["gegevens.json", "gegevens.html", "foto.jpg"]
    assert all(told_anywhere(archive.read(name).decode()) for name in names[:2])
    assert archive.read("foto.jpg") == Path(default_storage.path(photos.path(user.photo, 256))).read_bytes()
    said = json.loads(archive.read("gegevens.json"))
    assert [key for key, rows in said.items() if not rows] == []
    assert set(said) == set(PARTS)
    assert [step["name"] for step in said["second_steps"]] == ["", f"Telefoon van {NAME}"]
    assert mail.outbox == []
    assert Holiday.objects.filter(name__contains=NAME).exists()
    assert School.objects.exists()
