"""Being in a community: roles, ends, leaving; and the log that is written with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from leerkring import clock
from leerkring.communities.access import here, memberships_for
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Membership, Record
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import GERT_UNTIL, NOW, Browser, Side


def members_page(side: Side) -> str:
    return f"/plg/{side.community.pk}/leden/"


def test_who_founds_a_community_facilitates_it(fatima: User, regenboog: Side) -> None:
    new = Community.found(school=regenboog.school, name="Schrijven", by=fatima)
    member = new.memberships.get()
    assert (member.user, member.role) == (fatima, Role.FACILITATOR)
    kinds = list(new.records.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["member.joined", "community.founded"]


def test_the_members_page_names_everyone_who_takes_part(
    browser: Browser, gert: User, regenboog: Side
) -> None:
    Membership.objects.filter(user__name="Bram Jansen").get().leave()
    page = browser(gert).get(members_page(regenboog)).content.decode()
    assert "Fatima El Amrani" in page
    assert "Gert Postma" in page
    assert "Bram Jansen" not in page


def test_a_facilitator_makes_a_member_facilitator(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    page = f"{members_page(regenboog)}{regenboog.member(anna).pk}/"
    assert browser(fatima).post(page, {"role": "facilitator"}).status_code == 302
    assert regenboog.member(anna).may_lead
    record = Record.objects.get(kind="member.role_changed")
    assert (record.actor, record.data) == (regenboog.member(anna).pk, {"role": "facilitator"})


@pytest.mark.parametrize("role", ["guest", "headmaster", ""])
def test_nobody_becomes_a_guest_or_something_unknown(
    browser: Browser, fatima: User, anna: User, regenboog: Side, role: str
) -> None:
    page = f"{members_page(regenboog)}{regenboog.member(anna).pk}/"
    assert browser(fatima).post(page, {"role": role}).status_code == 200
    assert regenboog.member(anna).role == Role.MEMBER


def test_a_guest_who_becomes_a_member_stays_without_an_end(
    browser: Browser, fatima: User, gert: User, regenboog: Side
) -> None:
    page = f"{members_page(regenboog)}{regenboog.member(gert).pk}/"
    browser(fatima).post(page, {"role": "member"})
    with clock.at(NOW + timedelta(days=100)):
        assert regenboog.member(gert).is_current


def test_the_same_role_again_is_nothing_to_tell(regenboog: Side, anna: User) -> None:
    regenboog.member(anna).become(Role.MEMBER)
    assert not Record.objects.filter(kind="member.role_changed").exists()


def test_who_leads_alone_reads_what_to_do_first_and_gets_no_button_that_must_fail(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    own = f"{members_page(regenboog)}{regenboog.member(fatima).pk}/"
    pages = (f"/plg/{regenboog.community.pk}/weggaan/", own, f"{own}verwijderen/")
    for address in pages:
        text = browser(fatima).get(address).content.decode().split("<main")[1].split("</main")[0]
        assert "Maak eerst een collega procesbegeleider" in text
        assert "<button" not in text
    browser(fatima).post(own, {"role": "member"})
    browser(fatima).post(f"{own}verwijderen/")
    assert regenboog.member(fatima).may_lead
    regenboog.member(anna).become(Role.FACILITATOR)
    for address in (pages[0], own, pages[2]):
        assert "btn danger" in browser(fatima).get(address).content.decode() or address == own


def test_who_is_alone_may_invite_or_end_the_group(browser: Browser, fatima: User, regenboog: Side) -> None:
    group = Community.found(school=regenboog.school, name="Kijken bij elkaar", by=fatima)
    text = browser(fatima).get(f"/plg/{group.pk}/weggaan/").content.decode()
    assert "Je bent hier nog de enige." in text
    assert f'href="/plg/{group.pk}/beeindigen/"' in text


def test_who_is_known_as_a_code_is_not_offered_to_lead(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    (coded,) = regenboog.community.join_codes(1, at=NOW)
    text = browser(fatima).get(f"{members_page(regenboog)}{coded.pk}/").content.decode()
    assert 'value="member"' in text
    assert 'value="facilitator"' not in text


def test_a_button_that_is_refused_says_so_on_the_page_where_it_stood(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    address = f"/plg/{regenboog.community.pk}/bijdrage/{regenboog.opening.pk}/helpt/"
    assert browser(anna).post(address).status_code == 409  # where it stood is not known
    stood = f"/plg/{regenboog.community.pk}/gesprekken/{regenboog.conversation.pk}/"
    back = browser(anna).post(address, headers={"Referer": f"http://testserver{stood}"}, follow=True)
    assert back.redirect_chain == [(f"http://testserver{stood}", 302)]
    assert "Dit schreef je zelf." in back.content.decode()
    for elsewhere in ("https://example.org/", "javascript:alert(1)", "x", "today:home", ""):
        assert browser(anna).post(address, headers={"Referer": elsewhere}).status_code == 409


def test_the_last_facilitator_stays(browser: Browser, fatima: User, anna: User, regenboog: Side) -> None:
    page = f"/plg/{regenboog.community.pk}/weggaan/"
    answer = browser(fatima).post(page)
    assert "Je begeleidt de groep als enige." in answer.content.decode()
    assert '<button class="btn danger">' not in answer.content.decode()
    assert regenboog.member(fatima).is_current
    with pytest.raises(Refused):
        regenboog.member(fatima).become(Role.MEMBER)
    regenboog.member(anna).become(Role.FACILITATOR)
    assert browser(fatima).post(page).status_code == 302
    assert not regenboog.member(fatima).is_current


def test_a_facilitator_who_left_does_not_count_as_the_other_one(
    fatima: User, anna: User, regenboog: Side
) -> None:
    regenboog.member(anna).become(Role.FACILITATOR)
    regenboog.member(anna).leave()
    with pytest.raises(Refused):
        regenboog.member(fatima).leave()


def test_a_guest_looks_in_until_the_day_and_not_the_day_after(
    browser: Browser, gert: User, regenboog: Side
) -> None:
    last = NOW.replace(year=GERT_UNTIL.year, month=GERT_UNTIL.month, day=GERT_UNTIL.day)
    with clock.at(last):
        assert browser(gert).get(members_page(regenboog)).status_code == 200
    with clock.at(last + timedelta(days=1)):
        assert browser(gert).get(members_page(regenboog)).status_code == 404
        assert not memberships_for(gert).exists()


def test_a_day_ends_at_midnight_in_amsterdam(gert: User, regenboog: Side) -> None:
    before_midnight = NOW.replace(month=12, day=18, hour=22, minute=59)
    with clock.at(before_midnight):
        assert regenboog.member(gert).is_current
    with clock.at(before_midnight + timedelta(minutes=2)):
        assert not regenboog.member(gert).is_current


def test_a_guest_without_an_end_cannot_be(regenboog: Side, olga: User) -> None:
    with pytest.raises(ValidationError):
        regenboog.community.join(olga, role=Role.GUEST)
    assert not regenboog.community.memberships.filter(user=olga).exists()


def test_leaving_keeps_the_work(browser: Browser, bram: User, anna: User, regenboog: Side) -> None:
    assert browser(bram).post(f"/plg/{regenboog.community.pk}/weggaan/").status_code == 302
    page = f"/plg/{regenboog.community.pk}/gesprekken/{regenboog.conversation.pk}/"
    assert browser(bram).get(page).status_code == 404
    text = browser(anna).get(page).content.decode()
    assert "Vouwblaadjes wel" in text
    record = Record.objects.get(kind="member.left")
    assert (record.actor, record.at) == (regenboog.member(bram).pk, NOW)


def test_who_was_removed_is_out_at_once(browser: Browser, fatima: User, anna: User, regenboog: Side) -> None:
    annas = browser(anna)
    assert annas.get(members_page(regenboog)).status_code == 200
    gone = f"{members_page(regenboog)}{regenboog.member(anna).pk}/verwijderen/"
    assert "Anna de Wit uit de groep halen?" in browser(fatima).get(gone).content.decode()
    assert regenboog.member(anna).is_current
    said = browser(fatima).post(gone, follow=True).content.decode()
    assert "Anna de Wit doet niet meer mee in Rekenen in de onderbouw." in said
    assert annas.get(members_page(regenboog)).status_code == 404
    assert browser(fatima).post(gone).status_code == 404


def test_leaving_twice_is_refused(anna: User, regenboog: Side) -> None:
    once, twice = regenboog.member(anna), regenboog.member(anna)
    once.leave()
    with pytest.raises(Refused):
        twice.leave()
    assert Record.objects.filter(kind="member.left").count() == 1


def test_who_comes_back_is_the_same_member(anna: User, regenboog: Side) -> None:
    first = regenboog.member(anna)
    first.leave()
    with clock.at(NOW + timedelta(days=30)):
        back = regenboog.community.join(anna)
    assert back.pk == first.pk
    assert back.is_current
    assert back.joined_at == NOW + timedelta(days=30)


def test_nobody_is_in_twice(anna: User, regenboog: Side) -> None:
    with pytest.raises(Refused):
        regenboog.community.join(anna)


def test_only_who_is_in_gets_in(
    regenboog: Side, fatima: User, gert: User, lotte: User, beheer: User, olga: User
) -> None:
    from django.http import Http404

    assert here(fatima, regenboog.community.pk, "lead").may_lead
    assert not here(gert, regenboog.community.pk).may_see_mirror
    for user, purpose in [(gert, "mirror"), (gert, "lead"), (lotte, "see"), (beheer, "see"), (olga, "see")]:
        with pytest.raises(Http404):
            here(user, regenboog.community.pk, purpose)  # type: ignore[arg-type]
