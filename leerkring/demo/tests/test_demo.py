"""The demo, made on ordinary and on awkward days."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction

from leerkring import clock, demo
from leerkring.communities.models import Community, Link, Membership, Record
from leerkring.demo import player
from leerkring.demo.schooldays import SchoolDays
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.network.models import Leadership, School
from leerkring.people.models import User

pytestmark = pytest.mark.django_db


def amsterdam(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=clock.AMSTERDAM)


MONDAY_EARLY = amsterdam(2026, 11, 23, 8)
DAYS = [
    pytest.param(MONDAY_EARLY, id="monday before school"),
    pytest.param(amsterdam(2026, 11, 23, 8, 25), id="monday, school has just begun"),
    pytest.param(amsterdam(2026, 11, 25, 12, 30), id="wednesday at noon"),
    pytest.param(amsterdam(2026, 11, 27, 23, 59), id="friday just before midnight"),
    pytest.param(amsterdam(2026, 11, 22, 15), id="a sunday"),
    pytest.param(amsterdam(2026, 12, 28, 10), id="the christmas holiday"),
    pytest.param(amsterdam(2026, 9, 1, 9), id="the first week of the school year"),
    pytest.param(amsterdam(2027, 7, 20, 11), id="the summer holiday"),
    pytest.param(amsterdam(2027, 3, 30, 16), id="just after the clocks went forward"),
    pytest.param(amsterdam(2031, 2, 4, 14), id="a year whose holidays nobody knows yet"),
]


@pytest.fixture(autouse=True)
def _quick_passwords(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is slow on purpose; only the test that signs in needs the real thing."""
    if "sign_in" not in request.node.name:
        monkeypatch.setattr(player, "make_password", lambda _: make_password(None))


def made_at(moment: datetime) -> None:
    with clock.at(moment):
        demo.make()


def counts() -> list[int]:
    return [
        model.objects.count()
        for model in (User, School, Community, Membership, Conversation, Contribution, Record, Link, Leadership)
    ]


def is_holiday(school: School, day: date) -> bool:
    return school.holidays.filter(first_day__lte=day, last_day__gte=day).exists()


@pytest.mark.parametrize("moment", DAYS)
def test_everything_happened_on_a_school_day_in_the_past(moment: datetime) -> None:
    made_at(moment)
    for record in Record.objects.select_related("community__school"):
        at = record.at.astimezone(clock.AMSTERDAM)
        assert record.at <= moment
        assert at.weekday() < 5
        assert time(8) <= at.time() < time(17)
        assert not is_holiday(record.community.school, at.date())


@pytest.mark.parametrize("moment", DAYS)
def test_the_main_community_was_at_work_in_each_of_the_last_fourteen_school_weeks(moment: datetime) -> None:
    made_at(moment)
    community = Community.objects.get(name="Rekenen in de onderbouw")
    weeks = {
        at.astimezone(clock.AMSTERDAM).isocalendar()[:2]
        for at in Contribution.objects.filter(conversation__community=community).values_list("at", flat=True)
    }
    assert len(weeks) >= 14
    school, day, seen, needed = community.school, clock.AMSTERDAM.fromutc, 0, set()
    del day
    back = moment.astimezone(clock.AMSTERDAM).date() - timedelta(days=7)
    while len(needed) < 13:
        full_week = [back - timedelta(days=back.weekday() - d) for d in range(5)]
        if not any(is_holiday(school, d) for d in full_week):
            needed.add(back.isocalendar()[:2])
        back -= timedelta(days=7)
        seen += 1
        assert seen < 60
    assert needed <= weeks


def test_it_ends_with_today_when_school_is_on() -> None:
    made_at(amsterdam(2026, 11, 25, 10))
    for community in Community.objects.all():
        last = Contribution.objects.filter(conversation__community=community).latest("at")
        assert last.at.astimezone(clock.AMSTERDAM).date() == date(2026, 11, 25)


def test_before_school_it_ends_on_the_last_school_day() -> None:
    made_at(MONDAY_EARLY)
    assert Record.objects.latest("at").at.astimezone(clock.AMSTERDAM).date() == date(2026, 11, 20)


def test_made_twice_is_made_once() -> None:
    made_at(MONDAY_EARLY)
    once = counts()
    made_at(MONDAY_EARLY + timedelta(days=3))
    assert counts() == once


def test_it_is_the_same_whenever_it_is_made_at_the_same_moment() -> None:
    def story() -> list[tuple[object, ...]]:
        rows = Contribution.objects.values_list("conversation__title", "author__user__name", "text", "at")
        return list(rows.order_by("at", "text"))

    first: list[tuple[object, ...]] = []
    for _ in range(2):
        with transaction.atomic():
            made_at(MONDAY_EARLY)
            first = first or story()
            assert story() == first
            transaction.set_rollback(True)


def test_complete_is_told_by_one_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    assert not demo.is_complete()
    made_at(MONDAY_EARLY)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert demo.is_complete()


def test_broken_off_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Conversation.reply

    def stops_in_the_last_story(self: Conversation, **kwargs: object) -> Contribution:
        if self.community.school.sector == "mbo":
            raise KeyboardInterrupt
        return said(self, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Conversation, "reply", stops_in_the_last_story)
    with pytest.raises(KeyboardInterrupt):
        made_at(MONDAY_EARLY)
    assert counts() == [0] * len(counts())
    assert not demo.is_complete()


def test_the_five_can_sign_in_and_nobody_else_can() -> None:
    made_at(MONDAY_EARLY)
    addresses = [email for email, what in demo.accounts() if what]
    assert sorted(addresses) == [
        f"{name}@leerkring.example" for name in ("beheerder", "begeleider", "gast", "lid", "schoolleider")
    ]
    for email in addresses:
        assert User.objects.get(email=email).check_password(demo.PASSWORD)
    others = User.objects.exclude(email__in=addresses)
    assert others
    assert not any(user.has_usable_password() for user in others)
    assert not User.objects.filter(is_demo=False).exists()
    assert not User.objects.exclude(email__endswith=".example").exists()


def test_each_of_the_five_is_where_the_role_says() -> None:
    made_at(MONDAY_EARLY)
    with clock.at(MONDAY_EARLY):
        current = {
            key: dict(
                Membership.objects.current()
                .filter(user__email=f"{key}@leerkring.example")
                .values_list("community__school__sector", "role")
            )
            for key in ("lid", "begeleider", "gast", "schoolleider", "beheerder")
        }
    assert current == {
        "lid": {"vo": "member"},
        "begeleider": {"vo": "facilitator", "po": "facilitator"},
        "gast": {"vo": "guest"},
        "schoolleider": {},
        "beheerder": {},
    }
    assert Leadership.objects.get().user.email == "schoolleider@leerkring.example"
    assert Leadership.objects.get().school.sector == "vo"
    assert User.objects.get(is_administrator=True).email == "beheerder@leerkring.example"


def test_the_communities_are_as_large_as_they_say() -> None:
    made_at(MONDAY_EARLY)
    with clock.at(MONDAY_EARLY):
        members = Membership.objects.current().exclude(role="guest")
        sizes = Counter(members.values_list("community__school__sector", flat=True))
    assert sizes == {"vo": 12, "po": 6, "mbo": 8}


@pytest.mark.parametrize("email", ["lid@leerkring.example", "begeleider@leerkring.example"])
def test_a_colleague_waits_for_an_answer(email: str) -> None:
    made_at(MONDAY_EARLY)
    community = Community.objects.get(name="Rekenen in de onderbouw")
    member = Membership.objects.get(community=community, user__email=email)
    assert Conversation.objects.in_community(community).waiting_for(member).count() == 1


def test_who_left_left_the_work_behind_and_one_has_not_spoken_yet() -> None:
    made_at(MONDAY_EARLY)
    left = Membership.objects.get(left_at__isnull=False)
    assert Contribution.objects.filter(author=left).exists()
    vo = Membership.objects.filter(community__school__sector="vo")
    silent = vo.exclude(pk__in=Contribution.objects.values("author"))
    assert [str(m) for m in silent] == ["Naomi Tahitu"]


def test_colleagues_are_called_by_name_and_found() -> None:
    made_at(MONDAY_EARLY)
    for contribution in Contribution.objects.filter(text__contains="@"):
        assert contribution.mentioned.count() == contribution.text.count("@")


def test_conversations_follow_from_each_other() -> None:
    made_at(MONDAY_EARLY)
    assert Link.objects.filter(relation="follows", from_kind="conversation").count() == 5


def test_nothing_is_said_twice() -> None:
    made_at(MONDAY_EARLY)
    texts = Counter(Contribution.objects.values_list("text", flat=True))
    assert texts.most_common(1)[0][1] == 1
    openings = Counter(" ".join(text.split()[:2]) for text in texts)
    assert openings.most_common(1)[0][1] <= 2


def test_hours_outside_school_are_refused() -> None:
    days = SchoolDays(datetime(2026, 11, 24, 12, tzinfo=UTC), [])
    with pytest.raises(ValueError, match="outside the hours"):
        days.moment(1, time(19))
