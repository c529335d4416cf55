"""What is ended lets nobody in and tells nothing; put back it is as it was, and nobody reads along who may not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from leerkring import clock
from leerkring.communities import accounts, ending, erasing, leading
from leerkring.communities.happenings import Role
from leerkring.communities.models import Admission, Arrival, Community, Door, Invitation, Membership, Notice
from leerkring.communities.tests.work import code_in_mail, work
from leerkring.network.models import Leadership
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Cast, Side

#: Seven school days after Tuesday 10 November, at four o'clock on a Dutch wall.
CLOSES = datetime(2026, 11, 19, 15, tzinfo=UTC)


def ended(side: Side, by: User) -> Community:
    ending.end(side.community, by=by)
    return Community.objects.get(pk=side.community.pk)


def waiting(user: User) -> int:
    """How many rows wait in the inbox, counted."""
    unread = Notice.objects.filter(user=user).current().unread()
    return unread.values("thread").order_by().distinct().count()


def kept_count(user: User) -> int:
    return User.objects.get(pk=user.pk).unread


# Who may not read along


def test_who_asked_to_join_hears_not_now_and_nobody_is_in(
    regenboog: Side, lotte: User, fatima: User, anna: User, browser: Browser
) -> None:
    question = Admission.ask(regenboog.community, lotte, role=Role.MEMBER)
    question.answer(agrees=False, by=regenboog.member(anna))
    with clock.at(CLOSES - timedelta(hours=1)):
        ending.end(regenboog.community, by=fatima)
        assert list(lotte.notices.values_list("kind", flat=True)) == ["admission.sorry"]
        assert not question.answers.exists()
    with clock.at(CLOSES + timedelta(hours=1)):
        work()
        ending.put_back(regenboog.community, by=fatima)
        work()
        question.refresh_from_db()
        assert question.outcome == Admission.Outcome.NOT_NOW
        assert browser(lotte).get(f"/plg/{regenboog.community.pk}/").status_code == 404
    assert lotte.notices.count() == 1


def test_where_nobody_has_a_say_nobody_agreed(regenboog: Side, lotte: User) -> None:
    question = Admission.ask(regenboog.community, lotte, role=Role.MEMBER)
    Community.objects.update(ended_at=NOW)  # as before questions were broken off
    question.close(at=CLOSES)
    assert question.outcome == Admission.Outcome.NOT_NOW
    assert not Membership.objects.filter(user=lotte).exists()


def test_who_gets_a_function_meanwhile_is_out_when_it_is_put_back(
    regenboog: Side, anna: User, bram: User, fatima: User, beheer: User, browser: Browser
) -> None:
    ending.end(regenboog.community, by=fatima)
    leading.appoint(
        anna, regenboog.school, function=Leadership.Function.LEADER, until=None, by=beheer, at=NOW
    )
    accounts.make_administrator(bram, by=beheer)
    ending.put_back(regenboog.community, by=fatima)
    for user in (anna, bram):
        assert browser(user).get(f"/plg/{regenboog.community.pk}/").status_code == 404
    assert browser(fatima).get(f"/plg/{regenboog.community.pk}/").status_code == 200


# Ways in


def test_no_way_in_leads_in_or_says_its_name(
    regenboog: Side, fatima: User, piet: User, browser: Browser
) -> None:
    door = Door.open(regenboog.community, days=14, by=regenboog.member(fatima))
    invitation = Invitation.make(regenboog.community, email="noor@school.test", by=None)
    link = invitation.address(proven=True)
    ending.end(regenboog.community, by=fatima)
    for client, address in ((browser(piet), door.address), (browser(None), link)):
        for answer in (client.get(address), client.post(address, {"name": "Noor Smit"}, follow=True)):
            assert answer.status_code == 409
            assert "Rekenen in de onderbouw" not in answer.content.decode()
    assert not User.objects.filter(email="noor@school.test").exists()
    ending.put_back(regenboog.community, by=fatima)
    assert browser(piet).get(door.address).status_code == 409  # it is closed
    assert browser(None).get(link).status_code == 200


def test_who_waits_for_a_code_stays_outside(regenboog: Side, fatima: User, browser: Browser) -> None:
    invitation = Invitation.make(regenboog.community, email="noor@school.test", by=None)
    client = browser(None)
    client.post(invitation.address(proven=False), {"name": "Noor Smit"})
    work()
    code = code_in_mail()
    ending.end(regenboog.community, by=fatima)
    answer = client.post("/binnenkomen/", {"code": code})
    assert answer.status_code == 409
    assert "Rekenen in de onderbouw" not in answer.content.decode()
    with pytest.raises(Refused):
        Arrival.objects.get().come_in()
    assert not User.objects.filter(email="noor@school.test").exists()


def test_every_verb_that_lets_in_refuses(regenboog: Side, fatima: User, piet: User, lotte: User) -> None:
    coded = regenboog.community.join_codes(1, at=NOW)[0]
    member = regenboog.member(fatima)
    door = Door.open(regenboog.community, days=1, by=member)
    invitation = Invitation.make(regenboog.community, email=piet.email, by=None)
    community = ended(regenboog, fatima)
    for verb in (
        lambda: regenboog.community.join(piet),  # as it was read before
        lambda: community.join(piet),
        lambda: coded.accept(piet),
        lambda: door.let_in(piet),
        lambda: invitation.accept(piet),
        lambda: Invitation.make(community, email="noor@school.test", by=member),
        lambda: Door.open(community, days=1, by=member),
        lambda: Admission.ask(community, lotte, role=Role.MEMBER),
    ):
        with pytest.raises(Refused, match="beëindigd"):
            verb()


def test_its_mail_does_not_go_out(regenboog: Side, fatima: User, mailoutbox: list[object]) -> None:
    invitation = Invitation.make(regenboog.community, email="noor@school.test", by=None)
    ending.end(regenboog.community, by=fatima)
    work()
    invitation.refresh_from_db()
    assert (mailoutbox, invitation.mail) == ([], Invitation.Mail.FAILED)


# What the inbox counts


def test_the_inbox_counts_what_is_there(regenboog: Side, anna: User, fatima: User) -> None:
    before = kept_count(anna)
    assert before == waiting(anna) > 0
    ending.end(regenboog.community, by=fatima)
    assert kept_count(anna) == waiting(anna) == 0
    ending.put_back(regenboog.community, by=fatima)
    assert kept_count(anna) == waiting(anna) == before


def test_who_takes_over_what_is_ended_is_told_when_it_is_put_back(
    regenboog: Side, anna: User, fatima: User
) -> None:
    before = kept_count(anna)
    ending.end(regenboog.community, by=fatima)
    erasing.erase(fatima, by=fatima)
    assert Notice.objects.filter(user=anna, kind="community.handed_over").exists()
    assert kept_count(anna) == waiting(anna) == 0
    ending.put_back(regenboog.community, by=anna)
    assert kept_count(anna) == waiting(anna) > before


# For good


def test_what_nobody_can_lead_any_more_ends_as_any_other(regenboog: Side, baken: Side, olga: User) -> None:
    Membership.objects.filter(community=baken.community).exclude(user=olga).update(role=Role.GUEST, until=NOW)
    Door.open(baken.community, days=14, by=baken.member(olga))
    erasing.erase(olga, by=olga)
    assert list(Community.objects.exclude(ended_at=None)) == [baken.community]
    assert not Door.objects.exists()


def test_what_is_put_back_while_others_go_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ending.end(cast.regenboog.community, by=cast.fatima)
    ending.end(cast.baken.community, by=cast.olga)
    vanish = ending.vanish

    def vanish_slowly(community: Community) -> None:
        vanish(community)
        ending.put_back(cast.baken.community, by=cast.olga)

    monkeypatch.setattr(ending, "vanish", vanish_slowly)
    with clock.at(NOW + timedelta(days=31)):
        ending.vanish_outdated()
    assert list(Community.objects.all()) == [cast.baken.community]


def test_mail_that_cannot_be_read_does_not_keep_pages(
    anna: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    done: list[str] = []

    def locked(_leaving: object) -> None:
        raise PermissionError

    monkeypatch.setattr(erasing, "forget_mail", locked)
    monkeypatch.setattr(erasing, "_forget_pages", lambda: done.append("pages"))
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(anna, by=anna)
    assert done == ["pages"]
