"""Coming in by invitation: kept until it is accepted, good for one address, once, for two weeks."""

from __future__ import annotations

from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail, signing
from django.test import Client

from leerkring import clock
from leerkring.communities.forms import InvitationForm
from leerkring.communities.happenings import Role
from leerkring.communities.models import Arrival, Invitation, Membership, Record
from leerkring.communities.tests.work import code_in_mail, night, work
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side


def invite_page(side: Side) -> str:
    return f"/plg/{side.community.pk}/leden/uitnodigen/"


def invited(side: Side, email: str = "noor@school.test", **more: Any) -> Invitation:
    return Invitation.make(side.community, email=email, by=None, **more)


def mailed(side: Side, email: str = "noor@school.test", **more: Any) -> str:
    """The path of the link that is only ever in the mail."""
    return invited(side, email, **more).address(proven=True)


def shown(client: Client, side: Side, said: dict[str, str]) -> str:
    """The path of the link on the screen of who invites."""
    page = client.post(invite_page(side), said, follow=True).content.decode()
    return (
        page.split("<textarea", 1)[1].split(">", 1)[1].split("<", 1)[0].removeprefix("http://localhost:8000")
    )


def link_in_mail() -> str:
    """The path of the link in the last mail that went out."""
    work()
    lines = str(mail.outbox[-1].body).split()
    return next(urlsplit(word).path for word in lines if "/uitnodiging/" in word)


def test_a_newcomer_comes_in_by_the_link_in_the_mail(browser: Browser, fatima: User, regenboog: Side) -> None:
    browser(fatima).post(invite_page(regenboog), {"email": "Noor@School.test", "role": "member"})
    assert mail.outbox == []  # in the work loop
    work()
    assert mail.outbox[-1].to == ["noor@school.test"]
    noor = browser(None)
    assert "Rekenen in de onderbouw" in noor.get(link_in_mail()).content.decode()
    answer = noor.post(link_in_mail(), {"name": "Noor Smit"})
    assert answer.headers["Location"] == f"/plg/{regenboog.community.pk}/"
    member = regenboog.member(User.objects.get(email="noor@school.test"))
    assert (str(member), member.role, member.is_current) == ("Noor Smit", Role.MEMBER, True)
    assert noor.get(f"/plg/{regenboog.community.pk}/leden/").status_code == 200


def test_who_has_an_account_signs_in_first(browser: Browser, piet_invited: str, cast_piet: User) -> None:
    answer = browser(None).get(piet_invited)
    assert answer.status_code == 302
    assert (
        piet_invited.replace(":", "%3A") in answer.headers["Location"]
        or "next=" in answer.headers["Location"]
    )
    assert browser(cast_piet).get(piet_invited).status_code == 200


@pytest.fixture
def cast_piet(baken: Side) -> User:
    return User.objects.get(name="Piet Zijlstra")


@pytest.fixture
def piet_invited(regenboog: Side, cast_piet: User) -> str:
    return mailed(regenboog, cast_piet.email)


def test_an_invitation_is_accepted_once(
    browser: Browser, piet_invited: str, cast_piet: User, regenboog: Side
) -> None:
    piet = browser(cast_piet)
    assert piet.post(piet_invited).status_code == 302
    again = piet.post(piet_invited)
    assert again.headers["Location"] == f"/plg/{regenboog.community.pk}/"
    assert regenboog.community.memberships.filter(user=cast_piet).count() == 1
    assert Record.objects.filter(kind="member.joined", actor=regenboog.member(cast_piet).pk).count() == 1


def test_who_left_does_not_come_back_by_the_old_link(
    browser: Browser, piet_invited: str, cast_piet: User, regenboog: Side
) -> None:
    browser(cast_piet).post(piet_invited)
    regenboog.member(cast_piet).leave()
    assert browser(cast_piet).post(piet_invited).status_code == 409
    assert not regenboog.member(cast_piet).is_current


def test_an_invitation_is_for_one_address(
    browser: Browser, piet_invited: str, olga: User, regenboog: Side
) -> None:
    assert browser(olga).get(piet_invited).status_code == 409
    assert browser(olga).post(piet_invited).status_code == 409
    assert not regenboog.community.memberships.filter(user=olga).exists()
    with pytest.raises(Refused):
        Invitation.objects.get(email="piet@leerkring.test").accept(olga)


def test_an_invitation_is_good_for_two_weeks(
    browser: Browser, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = mailed(regenboog)
    made = signing.time.time()  # type: ignore[attr-defined]  # the signer reads the time itself
    monkeypatch.setattr(signing.time, "time", lambda: made + timedelta(days=13, hours=23).total_seconds())  # type: ignore[attr-defined]
    assert browser(None).get(address).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: made + timedelta(days=14, hours=1).total_seconds())  # type: ignore[attr-defined]
    late = browser(None).post(address, {"name": "Noor Smit"})
    assert late.status_code == 409
    assert "verlopen" in late.content.decode()
    assert not User.objects.filter(email="noor@school.test").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda token: token[:-3],
        lambda token: "x" + token,
        lambda token: token.replace(":", ""),
        lambda _: "x",
        lambda _: "é💥",
        lambda token: signing.dumps({"c": 1}, salt="another"),
    ],
    ids=["cut off", "longer", "no colons", "one letter", "emoji", "signed for something else"],
)
def test_a_damaged_link_says_so(browser: Browser, piet_invited: str, damage: object) -> None:
    token = piet_invited.removeprefix("/uitnodiging/").removesuffix("/")
    assert callable(damage)
    answer = browser(None).get(f"/uitnodiging/{damage(token)}/")
    assert answer.status_code == 409
    assert "Deze link klopt niet" in answer.content.decode()


def test_a_link_from_before_invitations_were_kept_is_no_longer_good(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    said = {"c": regenboog.community.pk, "e": "noor@school.test", "r": "member", "p": True}
    address = f"/uitnodiging/{signing.dumps(said, salt='leerkring.communities.invitation')}/"
    answer = browser(None).get(address)
    assert answer.status_code == 409
    assert "Deze uitnodiging geldt niet meer" in answer.content.decode()
    assert browser(anna).get(address).headers["Location"] == f"/plg/{regenboog.community.pk}/"


def test_an_invitation_to_what_is_gone_is_refused(browser: Browser, regenboog: Side) -> None:
    address = mailed(regenboog)
    coded = regenboog.community.join_codes(1, at=NOW)[0]
    to_code = mailed(regenboog, "mo@school.test", member=coded)
    coded.delete()
    assert browser(None).get(to_code).status_code == 409
    Record.objects.all().delete()
    regenboog.conversation.delete()
    regenboog.community.conversations.all().delete()
    regenboog.community.delete()
    assert browser(None).get(address).status_code == 409


def test_a_coded_member_who_accepts_becomes_the_person_with_all_they_did(
    browser: Browser, regenboog: Side
) -> None:
    coded = regenboog.community.join_codes(2, at=NOW)[1]
    assert str(coded) == "lid 2"
    link = mailed(regenboog, member=coded)
    assert browser(None).post(link, {"name": "Noor Smit"}).status_code == 302
    member = regenboog.member(User.objects.get(email="noor@school.test"))
    assert (member.pk, member.joined_at, str(member)) == (coded.pk, NOW, "Noor Smit")
    assert Record.objects.filter(kind="member.accepted", actor=coded.pk).count() == 1
    other = mailed(regenboog, "mo@school.test", member=coded)
    assert browser(None).post(other, {"name": "Mo"}).status_code == 409
    assert not User.objects.filter(email="mo@school.test").exists()


def test_a_coded_member_comes_from_where_the_invitation_says(regenboog: Side, olga: User, piet: User) -> None:
    first, second = regenboog.community.join_codes(2, at=NOW)
    noord = regenboog.school.add_location(name="Noord")
    invited(regenboog, olga.email, member=first, school=regenboog.school, location=noord).accept(olga)
    assert regenboog.member(olga).location == noord
    invited(regenboog, piet.email, member=second).accept(piet)
    assert regenboog.member(piet).school == regenboog.school


def test_who_is_in_already_cannot_become_a_code_as_well(regenboog: Side, anna: User) -> None:
    coded = regenboog.community.join_codes(1, at=NOW)[0]
    with pytest.raises(Refused):
        invited(regenboog, anna.email, member=coded).accept(anna)
    coded.refresh_from_db()
    assert coded.user is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"email": "noor@school.test", "role": "guest"}, "until"),
        ({"email": "noor@school.test", "role": "guest", "until": "2026-11-09"}, "until"),
        ({"email": "noor@school.test", "role": "headmaster"}, "role"),
        ({"email": "noor", "role": "member"}, "email"),
        ({"role": "member"}, "email"),
    ],
    ids=["guest without end", "guest until yesterday", "no such role", "no address", "nothing"],
)
def test_an_invitation_that_cannot_be_is_not_sent(
    browser: Browser, fatima: User, regenboog: Side, sent: dict[str, str], field: str
) -> None:
    form = InvitationForm(sent, community=regenboog.community)
    assert set(form.errors) == {field}
    assert browser(fatima).post(invite_page(regenboog), sent).status_code == 200
    assert not Invitation.objects.exists()


def test_a_guest_of_today_is_possible_and_only_a_guest_has_an_end(regenboog: Side) -> None:
    today = InvitationForm(
        {"email": "a@b.nl", "role": "guest", "until": "2026-11-10"}, community=regenboog.community
    )
    assert today.is_valid()
    assert today.cleaned_data["until"] == date(2026, 11, 10)
    member = InvitationForm(
        {"email": "a@b.nl", "role": "member", "until": "2026-12-10"}, community=regenboog.community
    )
    assert member.is_valid()
    assert member.cleaned_data["until"] is None


def test_a_code_of_another_community_cannot_be_chosen(regenboog: Side, baken: Side) -> None:
    regenboog.community.join_codes(1, at=NOW)
    theirs = baken.community.join_codes(1, at=NOW)[0]
    form = InvitationForm(
        {"email": "a@b.nl", "role": "member", "member": theirs.pk}, community=regenboog.community
    )
    assert set(form.errors) == {"member"}


def test_when_the_mail_server_is_away_it_is_tried_again_and_then_said(
    browser: Browser, fatima: User, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_kwargs: object) -> int:
        raise SMTPException("away")

    with monkeypatch.context() as patched:
        patched.setattr("leerkring.communities.mails.send_mail", away)
        link = shown(browser(fatima), regenboog, {"email": "noor@school.test", "role": "member"})
        assert "/uitnodiging/" in link
        work()
        assert Invitation.objects.get().mail == "waiting"
        work(days=1)
    page = f"/plg/{regenboog.community.pk}/leden/uitnodigingen/"
    assert Invitation.objects.get().mail == "failed"
    assert "of geef de link zelf" in browser(fatima).get(page).content.decode()
    browser(fatima).post(f"{page}{Invitation.objects.get().pk}/opnieuw/")
    work()
    assert [m.to for m in mail.outbox] == [["noor@school.test"]]


def test_a_mail_that_may_have_gone_is_not_sent_twice(regenboog: Side) -> None:
    invitation = invited(regenboog)
    Invitation.objects.update(mail="sending")  # the power went while the mail server had it
    work()
    invitation.refresh_from_db()
    assert (invitation.mail, mail.outbox) == ("failed", [])
    invitation.send_again()
    work()
    work()
    assert len(mail.outbox) == 1


def test_only_a_facilitator_invites(
    browser: Browser, anna: User, gert: User, olga: User, regenboog: Side
) -> None:
    for user in (anna, gert, olga):
        answer = browser(user).post(invite_page(regenboog), {"email": "noor@school.test", "role": "member"})
        assert answer.status_code == 404
    assert not Invitation.objects.exists()


def test_an_invitation_is_kept_until_it_is_accepted_and_not_longer(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    before = (User.objects.count(), Membership.objects.count(), Record.objects.count())
    browser(fatima).post(invite_page(regenboog), {"email": "noor@school.test", "role": "member"})
    assert (User.objects.count(), Membership.objects.count(), Record.objects.count()) == before
    assert Invitation.objects.get().by == regenboog.member(fatima)
    browser(None).post(link_in_mail(), {"name": "Noor Smit"})
    assert not Invitation.objects.exists()


def test_who_is_asked_and_not_in_is_seen_by_facilitators_only(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    invited(regenboog)
    members = f"/plg/{regenboog.community.pk}/leden/"
    assert "1 collega is uitgenodigd" in browser(fatima).get(members).content.decode()
    assert "is uitgenodigd" not in browser(anna).get(members).content.decode()
    assert "noor@school.test" in browser(fatima).get(f"{members}uitnodigingen/").content.decode()


def test_what_was_taken_back_brings_nobody_in(browser: Browser, fatima: User, regenboog: Side) -> None:
    link = mailed(regenboog)
    pk = Invitation.objects.get().pk
    browser(fatima).post(f"/plg/{regenboog.community.pk}/leden/uitnodigingen/{pk}/intrekken/")
    answer = browser(None).post(link, {"name": "Noor Smit"})
    assert answer.status_code == 409
    assert "geldt niet meer" in answer.content.decode()
    assert not User.objects.filter(email="noor@school.test").exists()


def test_what_is_two_weeks_old_is_gone_the_next_night(regenboog: Side) -> None:
    invited(regenboog)
    with clock.at(NOW + timedelta(days=13, hours=23)):
        night()
        assert Invitation.objects.open().exists()
    with clock.at(NOW + timedelta(days=14, hours=1)):
        assert not Invitation.objects.open().exists()
        assert invited(regenboog).pk  # the same address can be asked again at once
        Invitation.objects.update(made_at=NOW)
        night()
        assert not Invitation.objects.exists()


def test_sent_again_the_link_works_two_weeks_again(browser: Browser, regenboog: Side) -> None:
    invitation = invited(regenboog)
    work()
    with clock.at(NOW + timedelta(days=13)):
        invitation.refresh_from_db()
        invitation.send_again()
        work()
    with clock.at(NOW + timedelta(days=26)):
        assert browser(None).get(link_in_mail()).status_code == 200
    assert len(mail.outbox) == 2


def test_the_mail_is_in_the_language_of_the_page(browser: Browser, fatima: User, regenboog: Side) -> None:
    said = {"email": "noor@school.test", "role": "member"}
    browser(fatima).post(invite_page(regenboog), said, headers={"Accept-Language": "en"})
    work()
    assert "invites you" in mail.outbox[-1].body
    assert "Fatima El Amrani" in mail.outbox[-1].body
    assert "Rekenen in de onderbouw" in mail.outbox[-1].subject


def test_a_link_that_was_shown_makes_no_account_without_the_mailbox(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    link = shown(browser(fatima), regenboog, {"email": "noor@school.test", "role": "member"})
    stranger = browser(None)
    answer = stranger.post(link, {"name": "Noor Smit"}, follow=True)
    assert "_auth_user_id" not in stranger.session
    assert "We sturen een code naar noor@school.test" in answer.content.decode()
    assert not User.objects.filter(email="noor@school.test").exists()
    work()
    assert mail.outbox[-1].to == ["noor@school.test"]
    assert "klopt niet" in stranger.post("/binnenkomen/", {"code": "AAAA"}).content.decode()
    assert not User.objects.filter(email="noor@school.test").exists()
    stranger.post("/binnenkomen/", {"code": code_in_mail()})
    assert regenboog.member(User.objects.get(email="noor@school.test")).is_current
    assert not Invitation.objects.exists()
    assert not Arrival.objects.exists()


def test_who_came_in_another_way_has_no_invitation_left(regenboog: Side, olga: User) -> None:
    invited(regenboog, olga.email)
    regenboog.community.join(olga)
    assert not Invitation.objects.exists()


def test_an_address_is_asked_once(browser: Browser, fatima: User, regenboog: Side) -> None:
    invited(regenboog)
    said = {"email": "NOOR@school.test", "role": "member"}
    assert "is al uitgenodigd" in browser(fatima).post(invite_page(regenboog), said).content.decode()
    with pytest.raises(Refused):
        invited(regenboog, "Noor@School.test")


def test_an_address_that_is_in_already_is_said(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    answer = browser(fatima).post(invite_page(regenboog), {"email": anna.email.upper(), "role": "member"})
    assert "doet al mee" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_address_no_account_can_have_is_refused(browser: Browser, fatima: User, regenboog: Side) -> None:
    long = f"noor@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 30}.test"
    browser(fatima).post(invite_page(regenboog), {"email": long, "role": "member"})
    assert not Invitation.objects.exists()


def test_a_guest_is_no_code_from_a_file(browser: Browser, fatima: User, regenboog: Side) -> None:
    coded = regenboog.community.join_codes(1, at=NOW)[0]
    said = {"email": "noor@school.test", "role": "guest", "until": "2026-12-18", "member": coded.pk}
    browser(fatima).post(invite_page(regenboog), said)
    assert not Invitation.objects.exists()


def test_a_code_that_left_is_not_accepted_any_more(browser: Browser, regenboog: Side) -> None:
    coded = regenboog.community.join_codes(1, at=NOW)[0]
    link = mailed(regenboog, member=coded)
    coded.leave()
    assert browser(None).post(link, {"name": "Noor Smit"}).status_code == 409


def test_that_a_guest_needs_a_last_day_is_said_truly(browser: Browser, fatima: User, regenboog: Side) -> None:
    page = browser(fatima).get(invite_page(regenboog)).content.decode()
    assert '<label for="id_until">Laatste dag van een gast</label>' in page
    sent = {"email": "noor@school.test", "role": "guest"}
    assert (
        "Een gast doet mee tot een datum."
        in browser(fatima).post(invite_page(regenboog), sent).content.decode()
    )


def test_there_is_an_end_to_a_days_invitations(browser: Browser, fatima: User, regenboog: Side) -> None:
    fatimas = browser(fatima)
    said = [
        fatimas.post(invite_page(regenboog), {"email": f"n{n}@school.test", "role": "member"}).status_code
        for n in range(62)
    ]
    assert said == [302] * 60 + [200] * 2
    assert Invitation.objects.count() == 60


def test_a_code_cannot_be_the_one_who_leads(regenboog: Side, fatima: User) -> None:
    coded = regenboog.community.join_codes(1, at=NOW)[0]
    with pytest.raises(Refused):
        coded.become(Role.FACILITATOR)


def test_a_guest_may_stay_longer(browser: Browser, fatima: User, gert: User, regenboog: Side) -> None:
    page = f"/plg/{regenboog.community.pk}/leden/{regenboog.member(gert).pk}/"
    assert 'value="2026-12-18"' in browser(fatima).get(page).content.decode()
    browser(fatima).post(page, {"role": "guest", "until": "2027-02-01"})
    assert str(regenboog.member(gert).until) == "2027-02-01"
    assert not regenboog.member(gert).may_see_mirror
