from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.happenings import Role
from leerkring.communities.mail.stopping import stop_address
from leerkring.communities.models import Admission, Door, Invitation, Membership, Notice
from leerkring.effectiveness.models import Upload
from leerkring.goals import ending, measuring
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal, Measure, Measurement, Statement
from leerkring.goals.results import Results
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight, Worked
from leerkring.jobs.models import Job
from leerkring.meetings import agenda, handouts, planning, polling, replying, turns
from leerkring.meetings.live.socket import cookie_name
from leerkring.meetings.minutes import correct
from leerkring.meetings.models import Agreement, CalendarFeed, Handout, Meeting, OwnForm
from leerkring.meetings.shipped import shipped
from leerkring.meetings.taking_out import What
from leerkring.meetings.workform import Role as Turn
from leerkring.network.models import Board, Leadership, Network
from leerkring.people.models import User
from leerkring.people.photos import Portrait
from leerkring.practice.models import Intention, Tryout, Visit, Visitor
from leerkring.practice.models import Note as VisitNote
from leerkring.upkeep.link import make_link
from tests.architecture.held import begun, device, harvested, written
from tests.architecture.stage import Stage
from tests.cast import LAST_WEEK, NOW, THE_CAST, Browser, Cast, Rows, Side
from tests.photos import a_photo


def _upload(side: Side, by: User) -> Upload:
    return Upload.keep(
        by=by,
        school=side.school,
        name=f"Bestand van {side.secrets[0]}",
        interactions=b"van,naar,datum\n1,2,2026-10-01\n2,3,2026-10-02\n3,1,2026-10-05\n",
        members=None,
    )


def _places(side: Side) -> dict[str, Any]:
    """What else belongs to a school. Someone leads each; both boards and networks are still empty."""
    leadership = side.school.leaderships.first() or side.school.appoint(
        User.objects.create_user(f"leiding@{side.school.sector}.test", name="Wil Leidt"), function="leader"
    )
    return {
        "location_id": side.school.add_location(name="Het hoofdgebouw").pk,
        "leadership_id": leadership.pk,
        "board_id": Board.objects.create(name=f"Bestuur van {side.school}").pk,
        "network_id": Network.open(name=f"Netwerk van {side.school}", aim="", schools=[]).pk,
    }


def _ways_in(side: Side, by: User) -> dict[str, Any]:
    """Someone invited, a door, and a leader about whom all are asked."""
    facilitator = side.member(by)
    invitation = Invitation.make(side.community, email="noor@school.test", by=facilitator)
    leader = User.objects.create_user(f"leider{side.school.pk}@school.test", name="Leider Los")
    Leadership.objects.create(school=side.school, user=leader, since=date(2026, 8, 1))
    return {
        "invitation_id": invitation.pk,
        "token": invitation.address(proven=True).split("/")[2],
        "token of communities:enter": Door.open(side.community, days=14, by=facilitator),
        "admission_id": Admission.ask(side.community, leader, role=Role.MEMBER).pk,
    }


def _notice(side: Side, reader: User) -> dict[str, Any]:
    """What was told to one person, and the link in the mail about it."""
    told = Notice.objects.filter(user=reader, community=side.community)
    return {
        "notice_id": told.latest("pk").pk,
        "ticket": stop_address(reader, side.community).split("/")[2],
    }


#: What pupils of a side will be able to do, and what the side stands for: secrets of the cast.
_DO = {
    "po": "legt 80% van de leerlingen van groep 5 op het exit-ticket uit waarom twee breuken gelijk zijn",
    "vo": "legt 80% van de leerlingen van klas 2 op het exit-ticket uit waarom de hoofdpersoon liegt",
}
_STANDS = {"po": "Bij ons mag iedereen fouten maken.", "vo": "Bij ons leest iedereen hardop."}


def _goals(side: Side, *people: User) -> dict[str, Any]:
    """A goal in every state: what runs has a measure, a begin, and results of pupils. And a vision."""
    by, *others = [side.member(user) for user in people]

    def drafted(day: str) -> Goal:
        return Goal.draft(by=by, text=f"Op {day} {_DO[side.school.sector]}. Nu doet 35% dat.")

    def adopted(day: str) -> Goal:
        goal = drafted(day)
        goal.ask(by=by)
        for other in others:
            goal.agree(by=other)
        return goal

    draft, asked = drafted("1 april 2027"), drafted("2 april 2027")
    asked.ask(by=by)
    dropped, concluded = drafted("7 april 2027"), adopted("8 april 2027")
    ending.drop(dropped, by=by, because="Te groot voor dit jaar.")
    again = date(2026, 11, 20)
    ending.conclude(
        concluded, by=by, decision=Decision.KEEP, yielded="Het werkt.", kept_by=by, look_again_on=again
    )
    running = adopted("9 april 2027")
    measured = _measured(running, by)
    vision = Statement.write(by=by, kind=Statement.Kind.VISION, text=_STANDS[side.school.sector], seen=0)
    return {
        "goal_id": running.pk,
        "goal_id of goals:ask": draft.pk,
        "goal_id of goals:agree": asked.pk,
        "goal_id of goals:back_to_draft": asked.pk,
        "goal_id of goals:take_up": dropped.pk,
        "goal_id of goals:check": concluded.pk,
        "measure_id": measured.measure_id,
        "measurement_id": measured.pk,
        "statement_id": vision.pk,
    }


def _measured(goal: Goal, by: Membership) -> Measurement:
    """A begin, and twelve pupils in two groups after it."""
    fields = {"name": "Exit-ticket", "kind": Measure.Kind.SHARE, "threshold": 5.5, "target": 80.0}
    measure = measuring.begin(
        goal, by=by, measure=None, fields=fields, baseline=35.0, baseline_on=date(2026, 9, 8)
    )
    codes = tuple(f"L{number:02}" for number in range(12))
    scores = tuple(3.0 + number / 2 for number in range(12))
    groups = {"Klas": ("5a",) * 6 + ("5b",) * 6}
    return measuring.set_down(
        measure,
        by=by,
        role=Measurement.Role.LATER,
        on=date(2026, 11, 3),
        results=Results(codes, scores, groups),
        own_class=True,
    )


def _own_form(side: Side, by: User) -> dict[str, Any]:
    """A work form as the group has it, called after what it stands for."""
    form = shipped()["bordsessie"]
    said = replace(form.text["nl"], title=_STANDS[side.school.sector].removesuffix("."))
    own = OwnForm.keep(by=side.member(by), form=replace(form, text={**form.text, "nl": said}))
    of_one = ("workform", "adapt", "take_along", "remove_workform")
    return {f"key of meetings:{name}": own.key for name in of_one}


#: How two at each side do it: secrets of the cast.
_DOES = {
    "po": ("ik vouw eerst een blaadje voor", "vouwen zegt meer dan knippen"),
    "vo": ("ik lees de eerste bladzijde voor", "wie luistert wil verder"),
}


def _insights(side: Side, lead: User, reader: User, colleague: User) -> dict[str, Any]:
    """One by `colleague`, at which who leads wrote when it does not work, and would try it; and one by `reader`, of
    what who leads does."""
    by, other, third = side.member(colleague), side.member(lead), side.member(reader)
    what, why = _DOES[side.school.sector]
    made = Insight.capture(by=by, kind=Tacit.ROUTINE, what=what, why=why)
    own = Insight.capture(by=third, kind=Tacit.RULE, what=f"als het kan, dan {what}", why=why, of=other)
    return {
        "insight_id": made.pk,
        "insight_id of insights:name": own.pk,
        "insight_id of insights:revise": own.pk,
        "insight_id of insights:withdraw": own.pk,
        "limit_id": made.limit(by=other, text="De groep is te druk.").pk,
        "trying_id": made.try_out(by=other, on=date(2026, 11, 17)).pk,
    }


def _visits(side: Side, lead: User, reader: User) -> dict[str, Any]:
    """A lesson of who leads at which `reader` was, with a secret in all that was noted; and one that is to come."""
    host, guest, say = side.member(lead), side.member(reader), side.secrets[-1]
    begins = LAST_WEEK + timedelta(hours=2)
    fields = {"question": f"Wie zegt: {say}?", "lesson": say, "place": say, "minutes": 10}
    with clock.at(LAST_WEEK):
        was = Visit.open_lesson(by=host, fields={**fields, "starts_at": begins})
        was.come(by=guest)
    visitor = Visitor.objects.select_related("visit__community", "member").get(visit=was)
    with clock.at(begins + timedelta(hours=1)):
        note = visitor.note(by=guest, kind=VisitNote.Kind.SAYS, text=say, key="een")
        was.hold_lesson(by=host)
        visitor.hand_over(by=guest)
        Intention.intend(was, by=guest, text=say, on=date(2026, 11, 17))
    to_come = Visit.open_lesson(by=host, fields={**fields, "starts_at": NOW + timedelta(days=2)})
    to_come.come(by=guest)
    ahead = ("revise_visit", "come", "call_off")
    return {
        "visit_id": was.pk,
        "note_id": note.pk,
        **{f"visit_id of practice:{name}": to_come.pk for name in ahead},
    }


def _tryouts(side: Side, lead: User, reader: User, colleague: User) -> dict[str, Any]:
    """One by `colleague` that was concluded and that who leads repeats; and one by `reader` that runs."""
    what, why = _DOES[side.school.sector]
    on = date(2026, 11, 17)
    first = Tryout.begin(by=side.member(colleague), idea=what, expected=why, on=on)
    first.conclude(
        by=first.owner, worked=Worked.PARTLY, decision=Decision.ADAPT, reason=why, evidence=what, adapted=why
    )
    again = thread.find(lead, f"tryout:{first.pk}")
    Tryout.begin(by=side.member(lead), idea=what, expected=why, on=on, follows=again)
    own = Tryout.begin(by=side.member(reader), idea=f"Ook hier: {what}", expected=why, on=on)
    return {
        "tryout_id": first.pk,
        **{f"tryout_id of practice:{act}_tryout": own.pk for act in ("revise", "conclude", "withdraw")},
    }


def _calendar(reader: User) -> dict[str, Any]:
    """The address at which a calendar program of one person reads along."""
    feed = CalendarFeed.begin(reader, at=NOW)
    return {"token of meetings:feed": feed.address.rpartition("/")[2].removesuffix(".ics")}


#: What a side meets about: secrets of the cast.
_TOPIC = {"po": "Bij ons mag iedereen fouten maken", "vo": "Bij ons leest iedereen hardop"}


def _meetings(side: Side, *people: User) -> dict[str, Any]:
    """One that is planned, with all there is to it; one for which a date is looked for; one that is called off."""
    by, other = (side.member(user) for user in people[:2])
    fields = {"topic": _TOPIC[side.school.sector], "minutes": 60}
    day = NOW + timedelta(days=14)
    meeting = planning.plan(by=by, fields={**fields, "starts_at": day, "bring": "Een schrift"})
    lines = [{"title": title, "minutes": 20, "kind": "content"} for title in ("Vouwen", "Tekenen")]
    item, _last = (agenda.add(meeting, by=other, fields=line) for line in lines)
    turns.take(meeting, by=other, role=Turn.SCRIBE)
    replying.reply(meeting, by=other, says="yes")
    moments = [day + timedelta(days=days) for days in (1, 2, 3)]
    poll = planning.plan(by=by, fields=fields, moments=moments)
    option = poll.options.all()[0]
    polling.answer(poll, by=other, says={option.pk: "yes"})
    off = planning.plan(by=by, fields={**fields, "starts_at": day + timedelta(days=7)})
    planning.cancel(off, by=by, because="Ziek")
    return {
        "meeting_id": meeting.pk,
        "item_id": item.pk,
        "option_id": option.pk,
        **{
            f"meeting_id of meetings:{act}": poll.pk
            for act in ("answer", "choose", "add_moment", "drop_moment")
        },
    }


def _handout(side: Side, by: User) -> Handout:
    meeting = Meeting.objects.filter(community=side.community, state="planned").select_related("community")[0]
    name, content = f"{side.secrets[0]}.txt", side.secrets[1].encode()
    return handouts.bring(meeting, by=side.member(by), name=name, content=content)


def _meetings_held(side: Side, *people: User) -> dict[str, Any]:
    """One that was held, of which there are minutes; and one that is on, where all but the last of a group are in."""
    by, other = people[:2]

    def say(kind: str) -> str:
        # What it is about is told to calendars, and so to whom they are shown.
        return _TOPIC[side.school.sector] if kind == "topic" else f"{kind}: {side.secrets[-1]}"

    was = begun(side, by, other, at=LAST_WEEK + timedelta(hours=5), say=say)
    card = written(was, by, other, say)
    harvested(was, by, other, say, card=card, insight=False)
    correct(was.meeting, by=side.member(other), text=say("correction"), at=NOW)
    on = begun(side, by, other, at=NOW - timedelta(minutes=20), say=say)
    written(on, by, other, say)
    return {
        "live_id": on.live.pk,
        "code": on.live.code,
        "agreement_id": Agreement.objects.get(meeting=was.meeting).pk,
        "meeting_id of meetings:lobby": on.meeting.pk,
        "meeting_id of meetings:look_back": on.meeting.pk,
        "meeting_id of meetings:minutes": was.meeting.pk,
        "meeting_id of meetings:texts": was.meeting.pk,
        "meeting_id of meetings:take_out": was.meeting.pk,
        "what": What.SAID,
        "number": card,
        "devices": {user.pk: (cookie_name(on.live.pk), device(on, user)) for user in (by, other)},
    }


#: What the stage adds to the cast, and what it names; made once in this process, as the cast is.
THE_STAGE = Rows(on=THE_CAST)
_named: dict[str, dict[str, Any]] = {}


@pytest.fixture
def stage(cast: Cast) -> Iterator[Stage]:
    with staged(cast) as made:
        yield made


@contextmanager
def staged(cast: Cast) -> Iterator[Stage]:
    if cast.anna.pk not in THE_CAST.now.get(User, ()):
        named = _made(cast)
    else:
        if THE_STAGE:
            THE_STAGE.put_back()
            for changed in (cast.bram, cast.piet, cast.regenboog.community, cast.baken.community):
                changed.refresh_from_db()
        else:
            _named.update(_made(cast))
            THE_STAGE.remember()
        named = _named
    # With files, which no undoing brings back.
    by_side = ((cast.regenboog, cast.fatima), (cast.baken, cast.olga))
    uploads = {side.school.name: _upload(side, by) for side, by in by_side}
    files = {side.school.name: _handout(side, by) for side, by in by_side}
    things = {
        school: {
            **known,
            "upload_id": uploads[school].pk,
            "handout_id": files[school].pk,
            "token of upkeep:enter": lambda: make_link(cast.beheer).split("/")[-2],
        }
        for school, known in named.items()
    }
    try:
        yield Stage(cast, things)
    finally:
        for upload in uploads.values():
            upload.delete_files()
        for handout in files.values():
            default_storage.delete(handouts.path(handout.token))


@pytest.fixture
def browser(browser: Browser, request: pytest.FixtureRequest) -> Browser:
    """With the stage, who is in the meeting that is on has a device that knows it."""
    if "stage" not in request.fixturenames:
        return browser
    stage: Stage = request.getfixturevalue("stage")

    def of(user: User | None) -> Client:
        client = browser(user)
        for cookie, token in stage.devices(user):
            client.cookies[cookie] = token
        return client

    return of


def _made(cast: Cast) -> dict[str, dict[str, Any]]:
    """By school: arguments of addresses and what they are."""
    job = Job.objects.create(
        kind="upkeep.backup_now", state=Job.State.FAILED, due=NOW, created=NOW, ended=NOW
    )
    for person in (cast.bram, cast.piet):
        person.show(Portrait.read(*a_photo()))
    sides = ((cast.regenboog, cast.fatima, cast.anna, cast.bram), (cast.baken, cast.olga, cast.piet))
    return {
        side.school.name: {
            "job_id": job.pk,
            **_ways_in(side, by),
            **_notice(side, reader),
            **_places(side),
            **_goals(side, by, reader, *others),
            **_own_form(side, by),
            **_insights(side, by, reader, *(others or [reader])),
            **_visits(side, by, reader),
            **_tryouts(side, by, reader, *(others or [reader])),
            **_calendar(reader),
            **_meetings(side, by, reader, *others),
            **_meetings_held(side, by, reader, *others),
        }
        for side, by, reader, *others in sides
    }
