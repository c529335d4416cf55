"""Nothing is counted until staff's council and the group agree, and no longer than they do."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from django.test import Client

from leerkring.communities import consent, ending, erasing
from leerkring.communities.access import here
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, ExceptionalAct, Membership, Notice
from leerkring.effectiveness import kept
from leerkring.effectiveness.counting import CountingOff, switch_of
from leerkring.effectiveness.mirror import advice_for, behind, mirror_of
from leerkring.effectiveness.models import Agreement, Answer
from leerkring.effectiveness.page import next_step
from leerkring.engine.indicators import CRITERIA, INDICATORS
from leerkring.network.models import School, StaffConsent
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import DECIDED_ON, GERT_UNTIL, Browser, Cast, Side


def agreement_of(side: Side) -> Agreement:
    return Agreement.objects.get(community=side.community)


def member(side: Side, user: User) -> Membership:
    return side.member(user)


def is_on(side: Side) -> bool:
    return switch_of(Community.objects.get(pk=side.community.pk)).is_on


def addresses(side: Side) -> list[str]:
    """Every address at which the mirror would show something."""
    root = f"/plg/{side.community.pk}/spiegel/"
    return [
        root,
        *(f"{root}?over={period}" for period in ("4", "12", "periode", "jaar")),
        *(f"{root}{key}/" for key in CRITERIA),
        *(f"{root}cijfer/{key}/" for key in INDICATORS),
    ]


def turn_off(side: Side, anna: User) -> None:
    agreement_of(side).answer(by=side.member(anna), agrees=False)


def test_with_consent_and_agreement_the_mirror_shows(regenboog: Side, anna: User, browser: Browser) -> None:
    page = browser(anna).get(addresses(regenboog)[0]).content.decode()
    assert "Hoe werken we samen?" in page
    assert is_on(regenboog)


def test_while_it_is_off_no_address_of_the_mirror_shows_a_figure(
    regenboog: Side, anna: User, fatima: User, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_off(regenboog, anna)

    def counts(*_: object) -> None:
        raise AssertionError("something was computed")

    monkeypatch.setattr(kept, "_read", counts)
    for reader in (browser(anna), browser(fatima)):
        for address in addresses(regenboog):
            page = reader.get(address)
            assert page.status_code == 200
            text = page.content.decode()
            assert "De cijfers staan uit" in text, address
            assert "/wat-telt-mee/" in text
            for figure in ("n = ", "95%", "dit zien we", "schoolweken tot"):
                assert figure not in text, (address, figure)


def test_while_it_is_off_nothing_is_told_elsewhere_either(
    regenboog: Side, anna: User, browser: Browser
) -> None:
    community = Community.objects.get(pk=regenboog.community.pk)
    assert next_step(here(anna, community.pk)) is not None
    turn_off(regenboog, anna)
    assert next_step(here(anna, community.pk)) is None
    assert "Volgende stap" not in browser(anna).get(f"/plg/{community.pk}/").content.decode()
    for ask in (mirror_of, advice_for, lambda c: behind(c, next(iter(INDICATORS)), "12")):
        with pytest.raises(CountingOff):
            ask(community)


def test_what_was_counted_goes_out_of_memory(regenboog: Side, anna: User) -> None:
    mirror_of(regenboog.community)
    assert regenboog.community.pk in kept._places
    turn_off(regenboog, anna)
    with pytest.raises(CountingOff):
        mirror_of(regenboog.community)
    assert regenboog.community.pk not in kept._places


def test_the_log_goes_on_while_it_is_off(regenboog: Side, anna: User, bram: User) -> None:
    turn_off(regenboog, anna)
    before = regenboog.community.records.count()
    regenboog.conversation.reply(by=regenboog.member(bram), text="Ook zonder cijfers.")
    assert regenboog.community.records.count() == before + 1


def test_an_objection_switches_off_at_once_and_does_not_say_whose(
    regenboog: Side, anna: User, bram: User, fatima: User, browser: Browser
) -> None:
    page = f"/plg/{regenboog.community.pk}/afspraak/"
    told = set(Notice.objects.values_list("pk", flat=True))
    assert browser(anna).post(page, {"antwoord": "bezwaar"}).status_code == 302
    assert not is_on(regenboog)
    pages = {}
    for colleague in (bram, fatima):
        pages[colleague.pk] = browser(colleague).get(page).content.decode()
        main = pages[colleague.pk].split("<main", 1)[1]
        assert "Er is een bezwaar. Van wie, laten we niet zien." in main
        assert "Anna" not in main
    assert "Je antwoordde: ik heb een bezwaar." in browser(anna).get(page).content.decode()
    assert not Notice.objects.filter(by=regenboog.member(anna)).exclude(pk__in=told).exists()
    assert not {f.name for f in Answer._meta.get_fields()} - {"id", "agreement", "member", "agrees"}


def test_who_objected_may_go_on_after_all(regenboog: Side, anna: User) -> None:
    turn_off(regenboog, anna)
    agreement_of(regenboog).answer(by=regenboog.member(anna), agrees=True)
    assert is_on(regenboog)


def test_an_objection_stays_when_the_objector_leaves(regenboog: Side, anna: User, bram: User) -> None:
    turn_off(regenboog, anna)
    regenboog.member(anna).leave()
    agreement_of(regenboog).answer(by=regenboog.member(bram), agrees=True)
    assert not is_on(regenboog)


def test_an_objection_stays_when_the_objector_is_erased(
    regenboog: Side, anna: User, bram: User, fatima: User
) -> None:
    turn_off(regenboog, anna)
    turn_off(regenboog, bram)
    erasing.erase(anna, by=anna)
    agreement_of(regenboog).answer(by=regenboog.member(bram), agrees=True)
    assert agreement_of(regenboog).is_objected_to
    assert not is_on(regenboog)
    Agreement.put(by=regenboog.member(fatima))
    for user in (bram, fatima):
        agreement_of(regenboog).answer(by=regenboog.member(user), agrees=True)
    assert switch_of(regenboog.community).is_agreed


@pytest.mark.parametrize(
    "stop",
    [
        lambda member: member.leave(),
        lambda member: member.become(Role.GUEST, until=GERT_UNTIL),
        lambda member: erasing.erase(member.user, by=member.user),
    ],
    ids=["leaves", "becomes a guest", "is erased"],
)
def test_who_has_no_say_any_more_is_not_waited_for(
    regenboog: Side, anna: User, bram: User, fatima: User, stop: Callable[[Membership], None]
) -> None:
    Agreement.objects.filter(community=regenboog.community).delete()
    asked = Agreement.put(by=regenboog.member(fatima))
    asked.answer(by=regenboog.member(fatima), agrees=True)
    stop(regenboog.member(anna))
    assert not switch_of(regenboog.community).is_agreed
    stop(regenboog.member(bram))
    assert switch_of(regenboog.community).is_agreed


def test_of_a_group_that_ended_nobody_agrees_for_another(regenboog: Side, anna: User, fatima: User) -> None:
    Agreement.objects.filter(community=regenboog.community).delete()
    Agreement.put(by=regenboog.member(fatima))
    ending.end(regenboog.community, by=fatima)
    erasing.erase(anna, by=anna)
    ending.put_back(regenboog.community, by=fatima)
    assert not is_on(regenboog)


def test_who_answers_what_was_put_anew_meanwhile_reads_so(regenboog: Side, anna: User, fatima: User) -> None:
    turn_off(regenboog, anna)
    before = agreement_of(regenboog)
    Agreement.put(by=regenboog.member(fatima))
    with pytest.raises(Refused, match="opnieuw voorgelegd"):
        before.answer(by=regenboog.member(anna), agrees=True)


def test_after_talking_the_question_is_put_anew(
    regenboog: Side, anna: User, bram: User, fatima: User, browser: Browser
) -> None:
    turn_off(regenboog, anna)
    put = f"/plg/{regenboog.community.pk}/afspraak/voorleggen/"
    assert browser(anna).post(put).status_code == 404
    assert browser(fatima).post(put).status_code == 302
    told = Notice.objects.filter(kind="counting.asked", community=regenboog.community, read_at=None)
    assert set(told.order_by("-pk").values_list("user__name", flat=True)[:2]) == {anna.name, bram.name}
    assert not Answer.objects.filter(agreement=agreement_of(regenboog)).exists()
    for number, user in enumerate((anna, bram, fatima)):
        assert not is_on(regenboog), number
        agreement_of(regenboog).answer(by=regenboog.member(user), agrees=True)
    assert is_on(regenboog)


def test_what_all_agree_on_is_not_put_again(regenboog: Side, fatima: User) -> None:
    with pytest.raises(Refused, match="al over eens"):
        Agreement.put(by=regenboog.member(fatima))


def test_a_guest_is_not_asked(regenboog: Side, gert: User, browser: Browser) -> None:
    with pytest.raises(Refused):
        agreement_of(regenboog).answer(by=regenboog.member(gert), agrees=False)
    assert browser(gert).get(f"/plg/{regenboog.community.pk}/afspraak/").status_code == 404
    assert "Kun jij verder" not in browser(gert).get(f"/plg/{regenboog.community.pk}/").content.decode()


def test_a_newcomer_is_asked_and_switches_off_only_by_objecting(
    regenboog: Side, olga: User, browser: Browser
) -> None:
    newcomer = regenboog.community.join(olga)
    assert is_on(regenboog)
    assert switch_of(regenboog.community, newcomer).is_asked
    assert "Kun jij verder" in browser(olga).get(f"/plg/{regenboog.community.pk}/").content.decode()
    agreement_of(regenboog).answer(by=newcomer, agrees=False)
    assert not is_on(regenboog)
    assert "Kun jij verder" not in browser(olga).get(f"/plg/{regenboog.community.pk}/").content.decode()


def test_a_guest_who_becomes_a_member_is_asked(regenboog: Side, gert: User) -> None:
    member = regenboog.member(gert)
    member.become(Role.MEMBER)
    assert switch_of(regenboog.community, member).is_asked
    assert is_on(regenboog)


def test_nobody_answers_for_another_group(regenboog: Side, olga: User, baken: Side) -> None:
    with pytest.raises(Refused):
        agreement_of(regenboog).answer(by=baken.member(olga), agrees=False)


def test_a_new_community_counts_nothing(regenboog: Side, fatima: User, browser: Browser) -> None:
    new = Community.found(school=regenboog.school, name="Schrijven", by=fatima)
    text = browser(fatima).get(f"/plg/{new.pk}/spiegel/").content.decode()
    assert "De cijfers staan uit" in text
    assert "Leg het voor" in text
    assert text.split("<main", 1)[1].count('class="btn"') == 1


# The group's size


@pytest.mark.parametrize(
    "stop",
    [
        lambda member: member.leave(),
        lambda member: member.become(Role.GUEST, until=GERT_UNTIL),
        lambda member: erasing.erase(member.user, by=member.user),
    ],
    ids=["leaves", "becomes a guest", "is erased"],
)
def test_with_fewer_than_three_who_have_a_say_there_are_no_figures(
    regenboog: Side, anna: User, bram: User, browser: Browser, stop: Callable[[Membership], None]
) -> None:
    """Guests are company: with two members and a guest every figure is about one of two."""
    mirror_of(regenboog.community)
    stop(regenboog.member(bram))
    switch = switch_of(regenboog.community)
    assert (switch.members, switch.is_agreed, switch.without_consent) == (2, True, ())
    assert not switch.is_on
    annas = browser(anna)
    for address in addresses(regenboog):
        text = annas.get(address).content.decode()
        assert "Jullie zijn met te weinig voor cijfers." in text, address
        for figure in ("n = ", "95%", "dit zien we", "schoolweken tot"):
            assert figure not in text, (address, figure)
    assert next_step(here(anna, regenboog.community.pk)) is None
    assert regenboog.community.pk not in kept._places


def test_instead_of_figures_a_small_group_is_offered_the_conversation(
    baken: Side, olga: User, browser: Browser
) -> None:
    page = browser(olga).get(f"/plg/{baken.community.pk}/spiegel/").content.decode()
    start = page.split("Praat er liever over", 1)[1].split('href="', 1)[1].split('"', 1)[0]
    form = browser(olga).get(html.unescape(start)).content.decode()
    assert "Wat gaat goed in onze samenwerking?" in form


def test_with_a_third_member_the_figures_are_there(baken: Side, anna: User) -> None:
    """Who comes is asked, and counted until they object."""
    assert not is_on(baken)
    newcomer = baken.community.join(anna)
    assert is_on(baken)
    assert switch_of(baken.community, newcomer).is_asked
    agreement_of(baken).answer(by=newcomer, agrees=False)
    assert not is_on(baken)


# The school's part


def test_without_the_consent_of_staff_it_is_off(
    regenboog: Side, lotte: User, anna: User, browser: Browser
) -> None:
    away = f"/scholen/{regenboog.school.pk}/instemming/intrekken/"
    asked = browser(lotte).get(away).content.decode()
    assert "Trok de MR van De Regenboog de instemming in?" in asked
    assert is_on(regenboog)
    said = browser(lotte).post(away, follow=True).content.decode()
    assert "De instemming van De Regenboog is ingetrokken." in said
    assert not is_on(regenboog)
    text = browser(anna).get(addresses(regenboog)[0]).content.decode()
    assert "Instemming van de MR van De Regenboog" in text
    assert "nog niet" in text
    kept_ = StaffConsent.objects.get(school=regenboog.school)
    assert (kept_.decided_on, kept_.withdrawn_by) == (DECIDED_ON, lotte)


def test_consent_comes_back_with_another_decision_and_the_history_stays(
    regenboog: Side, lotte: User, browser: Browser
) -> None:
    page = f"/scholen/{regenboog.school.pk}/instemming/"
    client = browser(lotte)
    client.post(f"{page}intrekken/")
    assert client.post(page, {"decided_on": "2026-11-09"}).status_code == 302
    assert is_on(regenboog)
    text = client.get(page).content.decode()
    assert "ingetrokken door Lotte Bakker" in text
    assert "De MR stemde in op maandag 9 november" in text
    with pytest.raises(Refused):
        consent.give(regenboog.school, decided_on=DECIDED_ON, by=lotte)


@pytest.mark.parametrize("day", ["2026-11-11", "0999-01-01", "morgen", "", "99999-01-01"])
def test_a_decision_has_a_day_that_was(regenboog: Side, lotte: User, browser: Browser, day: str) -> None:
    consent.withdraw(regenboog.school, by=lotte)
    page = browser(lotte).post(f"/scholen/{regenboog.school.pk}/instemming/", {"decided_on": day})
    assert page.status_code == 200
    assert 'class="problems"' in page.content.decode()
    assert not StaffConsent.objects.filter(school=regenboog.school).standing().exists()


def test_a_community_over_two_schools_needs_both(
    regenboog: Side, baken: Side, anna: User, beheer: User
) -> None:
    baken.community.join(anna)  # two are too few for figures
    new = School.open(name="De Zwaan", sector="mbo", region="zuid")
    regenboog.community.schools.add(new)
    assert switch_of(regenboog.community).without_consent == (new,)
    consent.give(new, decided_on=DECIDED_ON, by=beheer)
    assert is_on(regenboog)
    assert is_on(baken)
    consent.withdraw(new, by=beheer)
    assert not is_on(regenboog)
    assert is_on(baken)


def test_the_groups_read_who_switched_it(regenboog: Side, lotte: User, anna: User, browser: Browser) -> None:
    consent.withdraw(regenboog.school, by=lotte)
    act = ExceptionalAct.objects.filter(community=regenboog.community).first()
    assert act is not None
    assert (act.kind, act.by) == (ExceptionalAct.Kind.COUNTING_OFF, lotte)
    text = browser(anna).get(f"/plg/{regenboog.community.pk}/leden/").content.decode()
    assert "Lotte Bakker trok de instemming van de MR of OR in" in text


def test_a_page_kept_by_the_browser_is_not_shown_after_it_was_switched_off(
    regenboog: Side, lotte: User, anna: User, browser: Browser
) -> None:
    client: Client = browser(anna)
    first = client.get(addresses(regenboog)[0])
    consent.withdraw(regenboog.school, by=lotte)
    again = client.get(addresses(regenboog)[0], headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "De cijfers staan uit" in again.content.decode()


def test_everyone_in_the_cast_is_asked_in_private(cast: Cast) -> None:
    """Guests apart, every member of both groups said yes: so the other tests see figures."""
    assert Answer.objects.filter(agrees=True).count() == 5
