"""Who can see something, who did something with it, and how a community ends."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.http import Http404

from leerkring import clock
from leerkring.communities import ending, leading
from leerkring.communities.access import here
from leerkring.communities.happenings import Role
from leerkring.communities.jobs import vanish_ended
from leerkring.communities.models import Community, ExceptionalAct, Membership, Notice, Record
from leerkring.jobs.models import Vanished
from leerkring.network.models import Leadership
from leerkring.people.models import User
from leerkring.people.tests.test_second_factor import PROVE
from leerkring.people.tests.test_signing_in import code_in_mail
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Cast

ERASE = "/mijn/account-wissen/"


def text_of(page: bytes) -> str:
    return re.sub(r"<[^>]+>", " ", page.decode())


# Who can see this


def test_an_item_says_its_audience_on_its_page(cast: Cast, browser: Browser) -> None:
    root = f"/plg/{cast.regenboog.community.pk}"
    fatimas = browser(cast.fatima)
    for address, audience in (
        (f"{root}/gesprekken/{cast.regenboog.conversation.pk}/", "deze groep"),
        (f"{root}/leden/", "deze groep"),
        (f"{root}/spiegel/", "leden en begeleiders"),
        ("/mijn/gegevens/", "alleen jij"),
        ("/uit-bestand/", "alleen jij"),
    ):
        page = fatimas.get(address).content.decode()
        assert page.count('class="audience') == 1, address
        assert f'<span class="tag">{audience}</span>' in page, address


def test_the_people_named_are_those_whom_access_lets_in(cast: Cast, browser: Browser) -> None:
    side = cast.regenboog
    side.community.join_codes(1, at=NOW)
    page = browser(cast.fatima).get(f"/plg/{side.community.pk}/wie-kan-dit-zien/").content.decode()
    everything, mirror = (text_of(part.encode()) for part in page.split('id="spiegel"'))
    everything = everything.split("Gesprekken en leden", 1)[1]
    for user in User.objects.all():
        for purpose, said in (("see", everything), ("mirror", mirror)):
            try:
                here(user, side.community.pk, purpose)  # type: ignore[arg-type]  # one of the two
                enters = True
            except Http404:
                enters = False
            assert (user.name in said) == enters, (user, purpose)
    assert "Je schoolleider en de beheerder niet." in everything


def test_a_leader_who_takes_part_is_named(cast: Cast, browser: Browser) -> None:
    Leadership.objects.create(school=cast.regenboog.school, user=cast.anna, since=NOW.date())
    page = browser(cast.bram).get(f"/plg/{cast.regenboog.community.pk}/wie-kan-dit-zien/").content.decode()
    line = next(item for item in page.split("<li>") if "Anna de Wit" in item)
    assert "leidt de school" in line
    assert "Je schoolleider en de beheerder niet." not in page


def test_who_leads_a_team_is_not_said_to_lead_the_school_and_a_change_shows_at_once(
    cast: Cast, browser: Browser
) -> None:
    side, brams = cast.regenboog, browser(cast.bram)
    page = f"/plg/{side.community.pk}/wie-kan-dit-zien/"
    held = leading.appoint(
        cast.anna, side.school, function=Leadership.Function.APPRAISER, until=None, by=cast.beheer
    )
    answer = brams.get(page)
    assert "leidt de school" not in answer.content.decode()
    for change in (
        lambda: leading.appoint(
            cast.anna, side.school, function=Leadership.Function.APPRAISER, until=NOW.date(), by=cast.beheer
        ),
        lambda: leading.dismiss(held, by=cast.beheer),
    ):
        tag = brams.get(page).headers["ETag"]
        assert brams.get(page, headers={"If-None-Match": tag}).status_code == 304
        change()
        assert brams.get(page, headers={"If-None-Match": tag}).status_code == 200


# Who did something


def test_who_is_concerned_reads_what_was_done(cast: Cast, browser: Browser) -> None:
    ExceptionalAct.note(ExceptionalAct.Kind.SIGN_IN_LINK, by=None, at=NOW, user=cast.anna)
    ExceptionalAct.note(ExceptionalAct.Kind.SWITCHED_OFF, by=cast.beheer, at=NOW, user=cast.bram)
    ExceptionalAct.note(ExceptionalAct.Kind.BACKUP_RESTORED, by=None, at=NOW)
    annas = text_of(browser(cast.anna).get("/mijn/gegevens/").content)
    assert "Iemand bij de server maakte een inloglink" in annas
    assert "zette het account uit" not in annas
    assert "zette een reservekopie terug" in annas
    brams = text_of(browser(cast.bram).get("/mijn/gegevens/").content)
    assert "Beheer van Dijk zette het account uit" in brams
    assert "inloglink" not in brams
    cast.beheer.delete()
    brams = text_of(browser(cast.bram).get("/mijn/gegevens/").content)
    assert "Iemand die hier niet meer is zette het account uit" in brams


def test_who_is_concerned_is_told_and_who_did_it_is_not(cast: Cast) -> None:
    ExceptionalAct.note(ExceptionalAct.Kind.SESSIONS_ENDED, by=cast.beheer, at=NOW, user=cast.anna)
    told = Notice.objects.filter(kind="oversight.act", thing_kind="act", at=NOW)
    assert list(told.values_list("user", flat=True)) == [cast.anna.pk]
    ExceptionalAct.note(ExceptionalAct.Kind.BACKUP_RESTORED, by=cast.beheer, at=NOW)
    everyone = set(User.objects.exclude(pk=cast.beheer.pk).values_list("pk", flat=True))
    latest = ExceptionalAct.objects.order_by("-pk")[0]
    assert set(told.filter(thing_id=latest.pk).values_list("user", flat=True)) == everyone


def test_an_act_goes_after_three_years(cast: Cast) -> None:
    ExceptionalAct.note(ExceptionalAct.Kind.BACKUP_RESTORED, by=None, at=NOW)
    with clock.at(NOW + timedelta(days=3 * 365 - 1)):
        vanish_ended(None)  # type: ignore[arg-type]  # it tells of no progress
        assert ExceptionalAct.objects.filter(kind="backup_restored").exists()
    with clock.at(NOW + timedelta(days=3 * 365 + 1)):
        vanish_ended(None)  # type: ignore[arg-type]
        assert not ExceptionalAct.objects.filter(kind="backup_restored").exists()


def test_no_view_takes_an_act_away(cast: Cast, browser: Browser) -> None:
    act = ExceptionalAct.note(ExceptionalAct.Kind.SWITCHED_OFF, by=cast.beheer, at=NOW, user=cast.anna)
    for method in ("post", "delete"):
        assert getattr(browser(cast.beheer), method)("/mijn/gegevens/").status_code == 405
    assert ExceptionalAct.objects.filter(pk=act.pk).exists()


# Ending a community


def test_a_facilitator_ends_it_after_typing_its_name(cast: Cast, browser: Browser) -> None:
    side = cast.regenboog
    address = f"/plg/{side.community.pk}/beeindigen/"
    wrong = browser(cast.fatima).post(address, {"typed": "Rekenen"})
    assert "Dit is niet dezelfde naam" in wrong.content.decode()
    assert browser(cast.fatima).post(address, {"typed": " rekenen in de  onderbouw"}).status_code == 302
    for user in (cast.fatima, cast.anna, cast.gert):
        assert browser(user).get(f"/plg/{side.community.pk}/").status_code == 404
        home = browser(user).get("/vandaag/").content.decode()
        assert "Rekenen in de onderbouw is beëindigd" in home
        assert "Op donderdag 10 december gaat alles voorgoed weg." in home
        assert ("Zet terug" in home) == (user == cast.fatima)
    back = f"/plg/{side.community.pk}/terugzetten/"
    assert browser(cast.anna).post(back).status_code == 404
    assert browser(cast.olga).post(back).status_code == 404
    assert browser(cast.fatima).post(back).status_code == 302
    assert browser(cast.anna).get(f"/plg/{side.community.pk}/").status_code == 200


def test_only_its_facilitators_end_it(cast: Cast) -> None:
    for user in (cast.anna, cast.olga, cast.beheer):
        with pytest.raises(Refused):
            ending.end(cast.regenboog.community, by=user)
    ending.end(cast.regenboog.community, by=cast.fatima)
    with pytest.raises(Refused):
        ending.end(cast.regenboog.community, by=cast.fatima)


def test_after_thirty_days_everything_in_it_is_gone_and_nothing_beside_it(cast: Cast) -> None:
    side, other = cast.regenboog, cast.baken
    others = Record.objects.filter(community=other.community).count()
    ending.end(side.community, by=cast.fatima)
    with clock.at(NOW + timedelta(days=29)):
        vanish_ended(None)  # type: ignore[arg-type]
    assert Community.objects.filter(pk=side.community.pk).exists()
    with clock.at(NOW + timedelta(days=30, minutes=1)):
        vanish_ended(None)  # type: ignore[arg-type]
    assert not Community.objects.filter(pk=side.community.pk).exists()
    assert not Membership.objects.filter(community=side.community.pk).exists()
    assert not Record.objects.filter(community=side.community.pk).exists()
    assert Record.objects.filter(community=other.community).count() == others
    assert User.objects.filter(pk=cast.anna.pk).exists()
    assert list(Vanished.objects.values_list("kind", "reference")) == [("community", str(side.community.pk))]


# My own data


def test_my_data_are_a_zip_with_what_is_mine_and_nothing_of_others(cast: Cast, browser: Browser) -> None:
    cast.regenboog.answer.help(by=cast.regenboog.member(cast.anna))
    answer = browser(cast.anna).get("/mijn/gegevens/download/")
    assert answer["Content-Type"] == "application/zip"
    archive = ZipFile(io.BytesIO(answer.content))
    data = json.loads(archive.read("gegevens.json"))
    page = archive.read("gegevens.html").decode()
    assert data["account"]["email"] == cast.anna.email
    assert [m["community"] for m in data["memberships"]] == ["Rekenen in de onderbouw"]
    assert [c["text"] for c in data["contributions"]] == ["Halve appels werken niet bij mij in de klas."]
    assert len(data["helped_me"]) == 1
    assert data["agreements"] == [{"community": "Rekenen in de onderbouw", "agrees": True}]
    assert "Halve appels werken niet" in page
    for theirs in ("Vouwblaadjes", "Breukstokken", "Bram Jansen", "bram@"):
        assert theirs not in json.dumps(data, ensure_ascii=False) + page


def test_a_role_that_changed_shows_in_the_list(cast: Cast, browser: Browser) -> None:
    cast.regenboog.member(cast.anna).become(Role.FACILITATOR)
    data = json.loads(
        ZipFile(io.BytesIO(browser(cast.anna).get("/mijn/gegevens/download/").content)).read("gegevens.json")
    )
    assert data["memberships"][0]["role"] == "facilitator"


def test_who_erases_the_account_first_shows_anew_who_it_is(anna: User, browser: Browser) -> None:
    """Also at a laptop that was left open; what was typed is not asked twice."""
    at_the_laptop, typed = browser(anna), {"typed": anna.name, "texts": "stay"}
    asked = at_the_laptop.post(ERASE, typed)
    assert asked.headers["Location"].startswith(PROVE)
    assert User.objects.filter(pk=anna.pk).exists()
    proving = asked.headers["Location"]
    at_the_laptop.post(proving, {"send": "1"})
    assert "klopt niet" in at_the_laptop.post(proving, {"code": "AAAA-AAAA"}).content.decode()
    assert User.objects.filter(pk=anna.pk).exists()
    assert at_the_laptop.post(proving, {"code": code_in_mail()}).headers["Location"] == "/"
    assert not User.objects.filter(pk=anna.pk).exists()
    assert at_the_laptop.get("/mijn/").status_code == 302
