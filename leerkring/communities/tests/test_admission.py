"""A leader joins, or who appraises facilitates, when all members agree; nobody ever learns who did not."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.mail import rounds
from leerkring.communities.models import Admission, Answer, Door, Invitation, Notice, Record
from leerkring.communities.models.admission import school_days_later
from leerkring.communities.tests.work import night, work
from leerkring.jobs.models import Job
from leerkring.network.models import Leadership
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import GERT_UNTIL, NOW, Browser, Side

#: Seven school days after Tuesday 10 November, at four o'clock on a Dutch wall.
CLOSES = datetime(2026, 11, 19, 15, tzinfo=UTC)


@pytest.fixture
def question(regenboog: Side, lotte: User) -> Admission:
    return Admission.ask(regenboog.community, lotte, role=Role.MEMBER)


def say(question: Admission, side: Side, **answers: bool) -> None:
    for name, agrees in answers.items():
        member = side.community.memberships.get(user__email=f"{name}@leerkring.test")
        question.answer(agrees=agrees, by=member)


def closed(question: Admission) -> Admission:
    with clock.at(CLOSES + timedelta(minutes=1)):
        work()
    question.refresh_from_db()
    return question


def page(question: Admission) -> str:
    return f"/plg/{question.community_id}/vraag/{question.pk}/"


def test_it_closes_seven_school_days_later_at_four(question: Admission, regenboog: Side) -> None:
    assert question.closes_at == CLOSES
    friday = date(2026, 12, 18)  # the last day before the Christmas holidays
    assert school_days_later(regenboog.school, friday, 1) == date(2027, 1, 4)
    regenboog.school.keep_holiday(name="Altijd", first_day=date(2026, 1, 1), last_day=date(2030, 1, 1))
    assert school_days_later(regenboog.school, friday, 7) == friday + timedelta(days=120)


def test_when_all_agree_the_leader_is_in_and_shown_as_such(
    question: Admission, regenboog: Side, lotte: User, anna: User, browser: Browser
) -> None:
    say(question, regenboog, fatima=True, anna=True, bram=True)
    assert closed(question).outcome == "admitted"
    assert regenboog.member(lotte).role == Role.MEMBER
    members = browser(anna).get(f"/plg/{regenboog.community.pk}/leden/").content.decode()
    assert "lid · schoolleider" in members
    assert Record.objects.filter(kind="member.joined", actor=regenboog.member(lotte).pk).exists()
    assert set(Notice.objects.filter(kind="admission.welcome").values_list("user", flat=True)) == {lotte.pk}
    assert Notice.objects.filter(kind="admission.admitted").count() == 3


@pytest.mark.parametrize(
    "answers",
    [
        {"fatima": True, "anna": True, "bram": False},
        {"fatima": True, "anna": True},
        {},
        {"fatima": False, "anna": False, "bram": False},
    ],
    ids=["one no", "one silence", "nobody", "all no"],
)
def test_without_everyones_yes_it_does_not_go_on(
    question: Admission, regenboog: Side, lotte: User, answers: dict[str, bool], browser: Browser
) -> None:
    say(question, regenboog, **answers)
    assert closed(question).outcome == "not_now"
    assert not regenboog.community.memberships.filter(user=lotte).exists()
    with clock.at(CLOSES + timedelta(minutes=2)):
        told = browser(lotte).get("/mijn-vragen/").content.decode()
    assert "Het gaat nu niet door" in told
    assert not any(name in told for name in ("Anna", "Bram", "Fatima", "liever niet"))


def test_who_asked_is_told_the_outcome_without_being_a_member(
    question: Admission, regenboog: Side, lotte: User, browser: Browser
) -> None:
    say(question, regenboog, fatima=True, anna=True, bram=False)
    closed(question)
    with clock.at(CLOSES + timedelta(minutes=10)):
        rounds.go()
        (letter,) = [letter for letter in mail.outbox if letter.to == [lotte.email]]
        assert "Het gaat nu niet door" in letter.body
        assert "Het gaat nu niet door" in browser(lotte).get("/postvak/").content.decode()
        browser(lotte).get("/mijn-vragen/")
        assert not Notice.objects.unread().filter(user=lotte).exists()


def test_who_read_the_question_is_told_nothing_more_of_it(
    question: Admission, anna: User, browser: Browser
) -> None:
    browser(anna).get(page(question))
    asked = Notice.objects.unread().filter(kind="admission.asked")
    assert anna.pk not in asked.values_list("user", flat=True)
    assert asked.count() == 2


def test_the_moment_tells_nothing(question: Admission, regenboog: Side) -> None:
    say(question, regenboog, fatima=True, anna=False, bram=True)
    assert Job.objects.open().get(kind="communities.close_admission").due == CLOSES
    with clock.at(CLOSES - timedelta(minutes=1)):
        work()
        question.close()
        question.refresh_from_db()
        assert question.outcome == "open"
    assert Answer.objects.count() == 3
    assert closed(question).outcome == "not_now"
    assert not Answer.objects.exists()


def test_an_answer_can_change_until_it_closes_and_not_after(
    question: Admission, regenboog: Side, anna: User
) -> None:
    say(question, regenboog, fatima=True, anna=False, bram=True)
    say(question, regenboog, anna=True)
    assert Answer.objects.count() == 3
    with clock.at(CLOSES + timedelta(seconds=1)), pytest.raises(Refused):
        say(question, regenboog, anna=False)
    assert closed(question).outcome == "admitted"
    with pytest.raises(Refused):
        say(question, regenboog, anna=False)


def test_only_my_own_answer_is_on_my_page(
    question: Admission, regenboog: Side, browser: Browser, fatima: User, anna: User, bram: User
) -> None:
    browser(anna).post(page(question), {"agrees": "no"})
    assert Answer.objects.get().agrees is False
    own = browser(anna).get(page(question)).content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', own) == ["no"]
    for other in (fatima, bram):
        assert "checked" not in browser(other).get(page(question)).content.decode()


def test_an_answer_changes_no_page_of_another(
    question: Admission, regenboog: Side, browser: Browser, fatima: User, anna: User
) -> None:
    today = f"/plg/{regenboog.community.pk}/"
    fatimas = browser(fatima)
    pages = (today, f"{today}leden/", page(question))
    for address in pages:
        fatimas.get(address)  # what waited for her there is read now
    tags = {address: fatimas.get(address).headers["ETag"] for address in pages}
    browser(anna).post(page(question), {"agrees": "no"})
    for address, tag in tags.items():
        assert fatimas.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert "Je antwoord is bewaard" in browser(anna).get(f"{today}leden/").content.decode()
    assert "Je antwoord is bewaard" not in fatimas.get(today).content.decode()


def is_new(client: Client) -> bool:
    """Whether the inbox says that the question is new."""
    told = client.get("/postvak/").content.decode()
    return 'Een leidinggevende wil meedoen</a> <span class="tag done">nieuw' in told


def test_what_i_answered_asks_for_nothing_more(
    question: Admission, regenboog: Side, browser: Browser, anna: User
) -> None:
    today = f"/plg/{regenboog.community.pk}/"
    annas = browser(anna)
    assert "Geef antwoord" in annas.get(today).content.decode()
    assert is_new(annas)
    say(question, regenboog, anna=True)  # also when the page with the question was never opened
    assert "Mag Lotte Bakker meedoen?" not in annas.get(today).content.decode()
    assert not is_new(annas)
    members = annas.get(f"{today}leden/").content.decode()
    assert f'href="{page(question)}">Bekijk mijn antwoord' in members


def test_of_two_questions_the_one_i_did_not_answer_stays_new(
    question: Admission, regenboog: Side, browser: Browser, anna: User, piet: User
) -> None:
    regenboog.school.appoint(piet, function=Leadership.Function.LEADER)
    other = Admission.ask(regenboog.community, piet, role=Role.MEMBER)
    say(question, regenboog, anna=True)
    assert is_new(browser(anna))
    say(other, regenboog, anna=False)
    assert not is_new(browser(anna))


def test_every_member_is_asked_and_no_guest(
    question: Admission, regenboog: Side, browser: Browser, gert: User, anna: User, lotte: User
) -> None:
    asked = Notice.objects.filter(kind="admission.asked").values_list("user__name", flat=True)
    assert set(asked) == {"Fatima El Amrani", "Anna de Wit", "Bram Jansen"}
    today = f"/plg/{regenboog.community.pk}/"
    assert "Mag Lotte Bakker meedoen?" in browser(anna).get(today).content.decode()
    assert "Lotte Bakker" not in browser(gert).get(today).content.decode()
    assert browser(gert).get(page(question)).status_code == 404
    assert browser(lotte).get(page(question)).status_code == 404


def test_a_newcomer_is_asked_too_and_who_left_no_more(
    question: Admission, regenboog: Side, olga: User, bram: User
) -> None:
    say(question, regenboog, fatima=True, anna=True, bram=False)
    regenboog.member(bram).leave()
    newcomer = regenboog.community.join(olga)
    assert Notice.objects.filter(kind="admission.asked", user=olga).exists()
    say(question, regenboog, olga=True)
    assert closed(question).outcome == "admitted"
    assert newcomer.is_current


def test_a_newcomer_who_says_nothing_is_no_yes(question: Admission, regenboog: Side, olga: User) -> None:
    say(question, regenboog, fatima=True, anna=True, bram=True)
    regenboog.community.join(olga)
    assert closed(question).outcome == "not_now"


def test_codes_and_guests_have_no_say(question: Admission, regenboog: Side) -> None:
    regenboog.community.join_codes(3, at=NOW)
    say(question, regenboog, fatima=True, anna=True, bram=True)
    assert closed(question).outcome == "admitted"


def test_it_may_be_asked_again_after_sixty_days(question: Admission, regenboog: Side, lotte: User) -> None:
    closed(question)
    with clock.at(CLOSES + timedelta(days=59)), pytest.raises(Refused):
        Admission.ask(regenboog.community, lotte, role=Role.MEMBER)
    with clock.at(CLOSES + timedelta(days=61)):
        night()
        assert not Admission.objects.exists()
        assert Admission.ask(regenboog.community, lotte, role=Role.MEMBER).is_open


def test_it_is_asked_once_at_a_time(question: Admission, regenboog: Side, lotte: User) -> None:
    with pytest.raises(Refused):
        Admission.ask(regenboog.community, lotte, role=Role.FACILITATOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.create(
            community=regenboog.community, user=lotte, role=Role.MEMBER, asked_at=NOW, closes_at=CLOSES
        )


def test_who_asked_may_withdraw(
    question: Admission, regenboog: Side, lotte: User, anna: User, browser: Browser
) -> None:
    say(question, regenboog, anna=False)
    assert browser(anna).post(f"/mijn-vragen/{question.pk}/intrekken/").status_code == 404
    browser(lotte).post(f"/mijn-vragen/{question.pk}/intrekken/")
    assert not Admission.objects.exists()
    assert not Answer.objects.exists()
    with clock.at(CLOSES + timedelta(minutes=1)):
        work()
    assert not regenboog.community.memberships.filter(user=lotte).exists()


def test_an_invited_leader_asks_instead_of_coming_in(
    regenboog: Side, lotte: User, fatima: User, browser: Browser
) -> None:
    invitation = Invitation.make(regenboog.community, email=lotte.email, by=regenboog.member(fatima))
    link = invitation.address(proven=True)
    lottes = browser(lotte)
    assert "Eerst krijgen alle leden de vraag" in lottes.get(link).content.decode()
    told = lottes.post(link, follow=True).content.decode()
    assert "donderdag 19 november, 16.00 uur" in told
    assert Admission.objects.get().user == lotte
    assert not Invitation.objects.exists()
    assert lottes.get(f"/plg/{regenboog.community.pk}/").status_code == 404


def test_a_leader_before_the_door_asks_too(
    regenboog: Side, lotte: User, fatima: User, browser: Browser
) -> None:
    door = Door.open(regenboog.community, days=1, by=regenboog.member(fatima))
    assert "Eerst krijgen alle leden de vraag" in browser(lotte).get(door.address).content.decode()
    browser(lotte).post(door.address)
    assert Admission.objects.get().role == Role.MEMBER
    assert not regenboog.community.memberships.filter(user=lotte).exists()


def test_who_appraises_is_a_member_like_all_and_asked_about_to_facilitate(
    regenboog: Side, anna: User, fatima: User, browser: Browser
) -> None:
    Leadership.objects.create(
        school=regenboog.school, user=anna, since=NOW.date(), function=Leadership.Function.APPRAISER
    )
    with pytest.raises(Refused):
        regenboog.member(anna).become(Role.FACILITATOR)
    address = f"/plg/{regenboog.community.pk}/leden/{regenboog.member(anna).pk}/"
    assert (
        "Alle leden krijgen nu de vraag"
        in browser(fatima).post(address, {"role": "facilitator"}, follow=True).content.decode()
    )
    question = Admission.objects.get()
    assert browser(anna).get(page(question)).status_code == 404
    say(question, regenboog, fatima=True, bram=True)
    assert closed(question).outcome == "admitted"
    assert regenboog.member(anna).may_lead
    members = browser(fatima).get(f"/plg/{regenboog.community.pk}/leden/").content.decode()
    assert "procesbegeleider · teamleider" in members
    regenboog.member(anna).become(Role.MEMBER)  # down again needs nobody


def test_consent_to_be_a_member_is_none_to_facilitate(
    question: Admission, regenboog: Side, lotte: User
) -> None:
    say(question, regenboog, fatima=True, anna=True, bram=True)
    closed(question)
    with pytest.raises(Refused):
        regenboog.member(lotte).become(Role.FACILITATOR)
    regenboog.member(lotte).become(Role.GUEST, until=GERT_UNTIL)


def test_consent_ends_when_the_leader_leaves(question: Admission, regenboog: Side, lotte: User) -> None:
    say(question, regenboog, fatima=True, anna=True, bram=True)
    closed(question)
    regenboog.member(lotte).leave()
    with pytest.raises(Refused):
        regenboog.community.join(lotte)


def test_a_leader_known_by_a_code_keeps_what_they_did(regenboog: Side, lotte: User) -> None:
    coded = regenboog.community.join_codes(1, at=NOW)[0]
    question = Invitation.make(regenboog.community, email=lotte.email, by=None, member=coded).accept(lotte)
    assert isinstance(question, Admission)
    say(question, regenboog, fatima=True, anna=True, bram=True)
    assert closed(question).outcome == "admitted"
    assert regenboog.member(lotte).pk == coded.pk


def test_an_administrator_is_never_asked_about(
    question: Admission, regenboog: Side, lotte: User, beheer: User
) -> None:
    with pytest.raises(Refused):
        Admission.ask(regenboog.community, beheer, role=Role.MEMBER)
    say(question, regenboog, fatima=True, anna=True, bram=True)
    User.objects.filter(pk=lotte.pk).update(is_administrator=True)
    assert closed(question).outcome == "not_now"


def test_where_few_answer_it_is_said_that_a_no_can_be_guessed(
    question: Admission, regenboog: Side, anna: User, bram: User, browser: Browser
) -> None:
    assert "kan iemand raden" not in browser(anna).get(page(question)).content.decode()
    regenboog.member(bram).leave()
    assert "kan iemand raden" in browser(anna).get(page(question)).content.decode()


def test_after_closing_members_read_the_outcome_only(
    question: Admission, regenboog: Side, anna: User, browser: Browser
) -> None:
    say(question, regenboog, anna=False)
    closed(question)
    with clock.at(CLOSES + timedelta(minutes=2)):
        told = browser(anna).get(page(question)).content.decode()
    assert "Het gaat nu niet door." in told
    assert "checked" not in told


@pytest.mark.parametrize("said", ["", "maybe", "\0", "💥"])
def test_an_answer_is_yes_or_rather_not(question: Admission, anna: User, browser: Browser, said: str) -> None:
    assert browser(anna).post(page(question), {"agrees": said}).status_code == 200
    assert not Answer.objects.exists()
