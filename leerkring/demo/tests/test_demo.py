"""The demo, made on ordinary and on awkward days."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.test import TestCase

from leerkring import clock, demo
from leerkring.communities.models import Admission, Community, Invitation, Link, Membership, Notice, Record
from leerkring.demo import player
from leerkring.demo.schooldays import SchoolDays
from leerkring.demo.story import STORIES, cards, story
from leerkring.effectiveness import mirror
from leerkring.effectiveness.counting import switch_of
from leerkring.engine.calendar import Calendar
from leerkring.engine.coach import coach
from leerkring.goals.models import Goal, Measurement, PupilResults, Statement, Summary
from leerkring.insights.models import Insight, Limit, Trying
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.meetings.models import (
    Agreement,
    ExitFigure,
    Gave,
    Harvested,
    Live,
    Meeting,
    Note,
    Unsigned,
)
from leerkring.network.models import Leadership, Network, School
from leerkring.people.models import Away, User
from leerkring.practice.models import Intention, Tryout, Visit
from leerkring.practice.models import Note as VisitNote

pytestmark = pytest.mark.django_db


def amsterdam(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=clock.AMSTERDAM)


MONDAY_EARLY = amsterdam(2026, 11, 23, 8)
TUESDAY_AFTERNOON = amsterdam(2027, 3, 30, 16)
DAYS = [
    pytest.param(amsterdam(2026, 11, 23, 8, 25), id="monday, school has just begun"),
    pytest.param(amsterdam(2026, 12, 28, 10), id="the christmas holiday"),
    pytest.param(amsterdam(2026, 9, 1, 9), id="the first week of the school year"),
    pytest.param(amsterdam(2027, 7, 20, 11), id="the summer holiday"),
    pytest.param(TUESDAY_AFTERNOON, id="school is on, just after the clocks went forward"),
    pytest.param(amsterdam(2031, 2, 4, 14), id="a year whose holidays nobody knows yet"),
]

FIVE = {"beheerder", "begeleider", "gast", "lid", "schoolleider"}
VO = "Rekenen in de onderbouw"
TOGETHER = "Van vmbo naar mbo: rekenen en taal in het vak"


@pytest.fixture(autouse=True)
def _no_slow_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is slow on purpose. The class below makes its demo before this, with the real thing."""
    monkeypatch.setattr(player, "make_password", lambda _: make_password(None))


def made_at(moment: datetime) -> None:
    with clock.at(moment):
        demo.make()


def counts() -> list[int]:
    models = (
        *(User, School, Network, Leadership, Community, Membership, Conversation, Contribution, Record, Link),
        *(Invitation, Admission, Away, Goal, Statement, Measurement, PupilResults, Summary),
        *(Insight, Limit, Trying, Tryout, Visit, VisitNote, Intention),
    )
    return [model._default_manager.count() for model in models]


def told() -> list[tuple[object, ...]]:
    """Everything that was said, by whom and when."""
    return list(
        Contribution.objects.order_by("at", "text").values_list(
            "conversation__title", "author__user__name", "text", "at"
        )
    )


def is_school_day(school: School, day: date) -> bool:
    return day.weekday() < 5 and not school.holidays.filter(first_day__lte=day, last_day__gte=day).exists()


def last_school_weeks(school: School, today: date, count: int) -> list[date]:
    """The Mondays of the last `count` school weeks that are over."""
    monday = today - timedelta(days=today.weekday())
    found: list[date] = []
    while len(found) < count:
        monday -= timedelta(days=7)
        if any(is_school_day(school, monday + timedelta(days=day)) for day in range(5)):
            found.append(monday)
    return found


def no_goal_lies_beyond_what_can_be(moment: datetime) -> None:
    today = moment.astimezone(clock.AMSTERDAM).date()
    assert not Measurement.objects.filter(on__gt=today).exists()
    for goal in Goal.objects.exclude(until=None).select_related("community__school"):
        assert goal.until is not None
        assert (goal.until > today) == goal.is_open
        assert is_school_day(goal.community.school, goal.until)
    every_goal_is_as_far_as_told()


def every_goal_is_as_far_as_told() -> None:
    """However the days fall, all who are asked have answered in time."""
    states = Counter(Goal.objects.values_list("community__name", "state"))
    assert [states[VO, state] for state in Goal.State.values] == [1, 1, 1, 1, 0]
    assert [states[TOGETHER, state] for state in Goal.State.values] == [1, 0, 1, 0, 0]
    assert Counter(Goal.objects.values_list("state", flat=True)) == {
        "draft": 4,
        "asked": 1,
        "adopted": 4,
        "concluded": 3,
        "dropped": 1,
    }


def someone_is_back_next_week(moment: datetime) -> None:
    today = moment.astimezone(clock.AMSTERDAM).date()
    away = Away.objects.get()
    assert away.first_day <= today <= away.last_day
    assert away.last_day.isocalendar()[:2] == today.isocalendar()[:2]
    assert not Contribution.objects.filter(author__user=away.user, at__gt=away.planned_at).exists()


def a_question_to_all_members_is_open(moment: datetime) -> None:
    question = Admission.objects.get()
    assert question.asked_at <= moment < question.closes_at
    assert 0 < question.answers.count() < question.electorate().count()


@pytest.mark.parametrize("moment", DAYS)
def test_whatever_the_day_it_looks_alive_and_nothing_lies_ahead(moment: datetime) -> None:
    made_at(moment)
    it_looks_alive_and_nothing_lies_ahead(moment)
    if moment == TUESDAY_AFTERNOON:
        it_ends_with_today(moment)


def it_ends_with_today(moment: datetime) -> None:
    for community in Community.objects.all():
        last = Contribution.objects.filter(conversation__community=community).latest("at")
        assert last.at.astimezone(clock.AMSTERDAM).date() == moment.date()


def it_looks_alive_and_nothing_lies_ahead(moment: datetime) -> None:
    kept = set()
    for record in Record.objects.select_related("community__school"):
        at = record.at.astimezone(clock.AMSTERDAM)
        assert at <= moment
        assert time(8) <= at.time() < time(17)
        kept.add((record.community.school, at.date()))
    assert all(is_school_day(school, day) for school, day in kept)
    together = Record.objects.filter(community__network__isnull=False).prefetch_related("community__schools")
    assert together
    for record in together:
        day = record.at.astimezone(clock.AMSTERDAM).date()
        assert all(is_school_day(school, day) for school in record.community.schools.all())
    assert not Membership.objects.filter(introduced_at__gt=moment).exists()
    assert not User.objects.filter(created_at__gt=moment).exists()
    no_goal_lies_beyond_what_can_be(moment)
    someone_is_back_next_week(moment)
    a_question_to_all_members_is_open(moment)
    assert not Insight.objects.filter(at__gt=moment).exists()
    assert not Trying.objects.filter(told_at__gt=moment).exists()

    said = Contribution.objects.filter(conversation__community__name=VO).values_list("at", flat=True)
    days = {at.astimezone(clock.AMSTERDAM).date() for at in said}
    mondays = {day - timedelta(days=day.weekday()) for day in days}
    today = moment.astimezone(clock.AMSTERDAM).date()
    assert mondays >= set(last_school_weeks(School.objects.get(sector="vo"), today, 13))


def test_broken_off_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    reply = Conversation.reply

    def killed_in_the_last_story(self: Conversation, **said: Any) -> Contribution:
        if self.community.school.sector == "mbo":
            raise KeyboardInterrupt
        return reply(self, **said)

    monkeypatch.setattr(Conversation, "reply", killed_in_the_last_story)
    with pytest.raises(KeyboardInterrupt):
        made_at(MONDAY_EARLY)
    assert set(counts()) == {0}
    assert not demo.is_complete()


def test_hours_outside_school_are_refused() -> None:
    days = SchoolDays(datetime(2026, 11, 24, 12, tzinfo=UTC), [])
    with pytest.raises(ValueError, match="outside the hours"):
        days.moment(1, time(19))


class TestOnAMondayBeforeSchool(TestCase):
    """Made once, read by many; and once before, to see that it is made the same."""

    told_before: list[tuple[object, ...]]

    @classmethod
    def setUpTestData(cls) -> None:
        with transaction.atomic():
            made_at(MONDAY_EARLY)
            cls.told_before = told()
            transaction.set_rollback(True)
        made_at(MONDAY_EARLY)

    def membership(self, key: str) -> Membership:
        return Membership.objects.get(community__name=VO, user__email=f"{key}@leerkring.example")

    def test_it_looks_alive_and_nothing_lies_ahead(self) -> None:
        it_looks_alive_and_nothing_lies_ahead(MONDAY_EARLY)

    def test_the_same_moment_gives_the_same_demo(self) -> None:
        assert told() == self.told_before != []

    def test_made_twice_is_made_once(self) -> None:
        once = counts()
        made_at(MONDAY_EARLY + timedelta(days=3))
        assert counts() == once

    def test_complete_is_told_by_one_query(self) -> None:
        with self.assertNumQueries(1):
            assert demo.is_complete()

    def test_it_ends_on_the_last_school_day(self) -> None:
        assert Record.objects.latest("at").at.astimezone(clock.AMSTERDAM).date() == date(2026, 11, 20)

    def test_the_five_can_sign_in_and_nobody_else_can(self) -> None:
        addresses = [email for email, what in demo.accounts() if what]
        assert {email.removesuffix("@leerkring.example") for email in addresses} == FIVE
        five = User.objects.filter(email__in=addresses)
        assert len(five) == 5
        assert all(check_password(demo.PASSWORD, known) for known in {user.password for user in five})
        others = User.objects.exclude(email__in=addresses)
        assert others.exists()
        assert not any(user.has_usable_password() for user in others)

    def test_nobody_in_it_can_be_mistaken_for_a_real_person(self) -> None:
        assert not User.objects.filter(is_demo=False).exists()
        assert not User.objects.exclude(email__endswith=".example").exists()

    def test_each_of_the_five_is_where_the_role_says(self) -> None:
        with clock.at(MONDAY_EARLY):
            taking_part = {
                (email.removesuffix("@leerkring.example"), sector, role)
                for email, sector, role in Membership.objects.current()
                .filter(user__email__endswith="@leerkring.example")
                .values_list("user__email", "community__school__sector", "role")
            }
        assert taking_part == {
            ("lid", "vo", "member"),
            ("begeleider", "vo", "facilitator"),
            ("begeleider", "po", "facilitator"),
            ("begeleider", "mbo", "facilitator"),
            ("gast", "vo", "guest"),
        }
        led = Leadership.objects.get(user__email__endswith="@leerkring.example")
        assert (led.user.email, led.school.sector) == ("schoolleider@leerkring.example", "vo")
        assert User.objects.get(is_administrator=True).email == "beheerder@leerkring.example"

    def test_the_communities_are_as_large_as_told(self) -> None:
        with clock.at(MONDAY_EARLY):
            members = Membership.objects.current().exclude(role="guest")
            sizes = Counter(members.values_list("community__name", flat=True))
        assert sorted(sizes.values()) == [6, 8, 8, 12]
        assert (sizes[VO], sizes[TOGETHER]) == (12, 8)

    def test_one_community_is_of_two_schools_in_a_network(self) -> None:
        community = Community.objects.get(name=TOGETHER)
        schools = set(community.schools.all())
        assert {school.sector for school in schools} == {"vo", "mbo"}
        assert community.network is not None
        assert schools < set(community.network.schools.all())
        comes_from = Membership.objects.filter(community=community).values_list("school__sector", flat=True)
        assert Counter(comes_from) == {"mbo": 4, "vo": 4}

    def test_most_told_what_they_give_show_and_are_curious_about(self) -> None:
        for community in Community.objects.all():
            there = Membership.objects.filter(community=community, left_at=None)
            told = there.exclude(introduced_at=None).exclude(gives="").exclude(shows="").exclude(curious="")
            assert told.count() > there.count() / 2
        assert not Membership.objects.filter(introduced_at__lt=F("joined_at")).exists()
        assert set(cards()) <= {who.who for name in STORIES for who in story(name).members}

    def test_who_is_at_school_when_and_in_which_building(self) -> None:
        assert User.objects.get(name="Yasmina Benali").at_school == "do, vr"
        assert User.objects.filter(half_days__gt=0).count() > 5
        buildings = Membership.objects.filter(community__name=VO).exclude(location=None)
        assert set(buildings.values_list("location__name", flat=True)) == {"Parkzijde", "Meerzijde"}

    def test_the_member_is_asked_one_thing_a_yes_to_a_goal(self) -> None:
        with clock.at(MONDAY_EARLY):
            anna = self.membership("lid")
            asked = [
                *(a for a in Admission.objects.asking(anna) if not a.answered),  # type: ignore[attr-defined]
                *([anna] if anna.is_asked_to_introduce else []),
                *([anna] if switch_of(anna.community, anna).is_asked else []),
                *(goal for goal in Goal.objects.at_work(anna) if goal.state == "asked"),
            ]
        assert [str(one) for one in asked] == [str(Goal.objects.get(state="asked"))]

    def test_an_invitation_waits_for_an_answer(self) -> None:
        with clock.at(MONDAY_EARLY):
            invitation = Invitation.objects.open().get()
        assert (invitation.community.name, invitation.mail) == (VO, Invitation.Mail.NONE)
        assert invitation.email.endswith(".example")

    def test_who_leads_the_school_asked_to_take_part(self) -> None:
        question = Admission.objects.get()
        assert (question.user.email, question.community.name) == ("schoolleider@leerkring.example", VO)
        assert set(question.answers.values_list("agrees", flat=True)) == {True}
        assert Notice.objects.filter(kind="admission.asked").exists()

    def test_a_question_waits_for_an_answer(self) -> None:
        conversations = Conversation.objects.in_community(Community.objects.get(name=VO))
        assert conversations.waiting_for(self.membership("lid")).count() == 1
        assert conversations.waiting_for(self.membership("begeleider")).count() == 1

    def test_the_work_of_who_left_stays(self) -> None:
        left = Membership.objects.get(left_at__isnull=False)
        assert Contribution.objects.filter(author=left).exists()

    def test_the_mirror_draws_who_talked_with_whom(self) -> None:
        """A picture in which one to four are missing is not drawn."""
        with clock.at(MONDAY_EARLY):
            assert mirror.mirror_of(Community.objects.get(name=VO)).network is not None

    def test_colleagues_who_are_called_by_name_are_found(self) -> None:
        calling = Contribution.objects.filter(text__contains="@")
        assert calling.exists()
        for contribution in calling:
            assert contribution.mentioned.count() == contribution.text.count("@")

    def test_conversations_and_goals_that_follow_from_another_are_tied(self) -> None:
        talks = [talk.follows for name in STORIES for talk in story(name).talks]
        aims = [aim.follows for name in STORIES for aim in story(name).aims]
        meetings = [each.goal for name in STORIES for each in story(name).gatherings]
        said = [key for name in STORIES for one in story(name).insights for key in (one.follows, one.goal)]
        tried = [
            key for name in STORIES for one in story(name).experiments for key in (one.follows, one.goal)
        ]
        visits = [lesson.goal for name in STORIES for lesson in story(name).lessons]
        # What was known in a meeting follows from it, and is on the thread of its goal.
        held = [each for name in STORIES for each in story(name).gatherings if each.held]
        known = [key for each in held if each.held for _one in each.held.told for key in ("it", each.goal)]
        written = sum(key is not None for key in talks + aims + meetings + said + tried + visits + known)
        assert Link.objects.filter(relation="follows").count() == written > 0

    def test_insights_are_of_each_kind_most_limited_some_tried_and_one_asks_how_it_went(self) -> None:
        assert set(Insight.objects.values_list("kind", flat=True)) == {"routine", "people", "rule"}
        assert set(Insight.objects.values_list("community__school__sector", flat=True)) == {"po", "vo", "mbo"}
        limited = Insight.objects.exclude(limits=None).distinct()
        assert Insight.objects.count() / 2 < limited.count() < Insight.objects.count()
        assert set(Trying.objects.told().values_list("worked", flat=True)) == {"yes", "partly"}
        with clock.at(MONDAY_EARLY):
            assert [trying.member.user for trying in Trying.objects.due()] == [
                User.objects.get(email="begeleider@leerkring.example")
            ]

    def test_what_was_tried_is_repeated_in_each_sector_and_works_here_and_not_there(self) -> None:
        repeated = Tryout.objects.concluded().exclude(first=None)
        assert set(repeated.values_list("community__school__sector", flat=True)) == {"po", "vo", "mbo"}
        assert set(Tryout.objects.concluded().values_list("worked", flat=True)) == {"yes", "partly", "no"}
        decisions = Tryout.objects.concluded().values_list("decision", flat=True)
        assert set(decisions) == {"keep", "adapt", "stop"}
        with clock.at(MONDAY_EARLY):
            running = Tryout.objects.running()
            assert "lid@leerkring.example" in set(running.values_list("owner__user__email", flat=True))
            assert not Tryout.objects.due().exists()

    def test_in_each_sector_a_colleague_watched_and_one_lesson_stands_open_to_a_member(self) -> None:
        held = Visit.objects.filter(state="held")
        assert set(held.values_list("community__school__sector", flat=True)) == {"po", "vo", "mbo"}
        assert VisitNote.objects.filter(visitor__handed_at=None).count() == 0
        assert held.exclude(released_at=None).count() == 1
        with clock.at(MONDAY_EARLY):
            member = User.objects.get(email="lid@leerkring.example")
            assert [
                str(visit.host) for visit in Visit.objects.open_to(member).exclude(host__user=member)
            ] == ["Fatima El Amrani"]

    def test_nobody_repeats_what_was_said(self) -> None:
        texts = list(Contribution.objects.values_list("text", flat=True))
        assert len(set(texts)) == len(texts)
        openings = Counter(" ".join(text.split()[:3]).casefold() for text in texts)
        assert set(openings.values()) == {1}

    def test_one_yes_is_missing_and_it_is_the_members(self) -> None:
        with clock.at(MONDAY_EARLY):
            goal = Goal.objects.get(state="asked")
            assert goal.waiting() == 1
            goal.agree(by=self.membership("lid"))
        assert Goal.objects.get(pk=goal.pk).state == Goal.State.ADOPTED

    def test_the_vision_is_everyones_in_two_groups_and_waits_in_two(self) -> None:
        with clock.at(MONDAY_EARLY):
            visions = [
                Statement.objects.standing(community)["vision"] for community in Community.objects.all()
            ]
            assert sorted(vision.waiting() > 0 for vision in visions if not vision.endorsed_at) == [
                True,
                True,
            ]
        assert Statement.objects.filter(community__name=VO, kind="norms").count() == 2

    def test_the_text_says_the_baseline_that_was_found(self) -> None:
        begun = Measurement.objects.filter(role="baseline", results__isnull=False).select_related(
            "measure__goal"
        )
        assert len(begun) == 3
        for measurement in begun:
            assert f"{measurement.value:.0f}%" in measurement.measure.goal.text

    def test_what_is_too_small_to_show_is_there_and_is_not_shown(self) -> None:
        hidden = Summary.objects.filter(is_shown=False)
        assert {3, 4} & set(hidden.values_list("n", flat=True))
        assert set(
            hidden.values_list("measurement__measure__goal__community__school__sector", flat=True)
        ) == {"po"}

    def test_the_same_pupils_are_followed(self) -> None:
        later = Summary.objects.filter(measurement__role="later", dimension="")
        assert later.count() == 6
        assert all(summary.is_paired and summary.change and summary.change > 0 for summary in later)

    def test_every_group_meets_and_one_looks_for_a_date(self) -> None:
        with clock.at(MONDAY_EARLY):
            coming = Meeting.objects.next_ones()
            groups = set(coming.values_list("community__name", flat=True))
            assert groups == set(Community.objects.values_list("name", flat=True))
            assert all(is_school_day(m.community.school, m.day) for m in coming if m.day)
        poll = Meeting.objects.get(state=Meeting.State.POLL)
        assert poll.options.count() == 3
        assert Meeting.objects.exclude(series=None).count() == 4

    def test_the_coach_has_something_to_ask_about_each_draft_and_nothing_about_what_runs(self) -> None:
        today, year = MONDAY_EARLY.date(), Calendar(())
        for goal in Goal.objects.filter(ended_at=None):
            remarks = coach(goal.text, language="nl", today=today, calendar=year)
            assert bool(remarks) == (goal.state == Goal.State.DRAFT), goal.text

    def test_a_running_goal_has_its_seven_parts_and_stations_on_the_thread(self) -> None:
        running = Goal.objects.get(community__name=VO, state="adopted")
        assert all(running.parts.values())
        links = Link.objects.filter(to_kind="goal", to_id=running.pk)
        stations = Counter(links.values_list("from_kind", flat=True))
        assert stations == {"conversation": 3, "insight": 4, "meeting": 3, "tryout": 4, "visit": 2}

    def test_meetings_were_held_and_left_minutes_insights_and_agreements(self) -> None:
        held = Meeting.objects.filter(state=Meeting.State.CLOSED)
        assert Counter(held.values_list("community__school__sector", flat=True)) == {
            "vo": 2,
            "po": 1,
            "mbo": 1,
        }
        for meeting in held:
            assert meeting.present.count() > 4
            assert Note.objects.filter(stage__meeting=meeting).count() > 4
            assert Harvested.objects.filter(meeting=meeting, thing_kind="insight").exists()
            assert meeting.opened_at == meeting.starts_at
            assert meeting.opened_at
            assert meeting.closed_at
            assert sum(stage.seconds for stage in meeting.stages.all()) / 60 == pytest.approx(
                (meeting.closed_at - meeting.opened_at).total_seconds() / 60, abs=1
            )
        made = Harvested.objects.filter(thing_kind="insight").values("thing_id")
        assert all(insight.limits.exists() for insight in Insight.objects.filter(pk__in=made))
        states = Counter(Agreement.objects.values_list("state", flat=True))
        assert all(states[state] for state in ("open", "kept", "let_go"))
        with clock.at(MONDAY_EARLY):
            assert not Agreement.objects.due().exists()
        assert Record.objects.filter(kind="round.held").exists()
        assert Record.objects.filter(kind="meeting.closed", data__workform=True).exists()

    def test_how_it_was_is_told_of_the_meeting_in_which_five_answered(self) -> None:
        told = ExitFigure.objects.exclude(mean=None)
        assert {figure.n for figure in told} == {5}
        assert told.values("meeting").distinct().count() == 1
        assert not Gave.objects.exists()
        assert not Unsigned.objects.exists()

    def test_rooms_of_more_than_a_week_ago_are_cleared(self) -> None:
        week = MONDAY_EARLY - timedelta(days=7)
        assert not Live.objects.filter(meeting__closed_at__lt=week).exists()


def test_when_it_does_not_work_is_told_as_a_sentence() -> None:
    """It stands below a question: "er kommagetallen in staan" is no answer to one."""
    told = [story(name) for name in STORIES]
    said = [limit.text for each in told for insight in each.insights for limit in insight.limited]
    said += [
        text
        for each in told
        for meeting in each.gatherings
        if meeting.held
        for insight in meeting.held.told
        for text in insight.limited.values()
    ]
    assert len(said) > 8
    assert [text for text in said if not text[0].isupper()] == []
