"""The library of work forms, and a group's own version of one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from leerkring.meetings.models import OwnForm
from leerkring.meetings.models.own_form import MOST
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform import StepKind
from leerkring.meetings.workform_file import opened
from leerkring.meetings.workform_library import find, library
from leerkring.people.models import User
from leerkring.ui.refusal import Overtaken, Refused
from tests.cast import Browser, Side
from tests.naughty import Page, batches, squeezed


def at(side: Side, rest: str = "") -> str:
    return f"/plg/{side.community.pk}/bijeenkomsten/werkvormen/{rest}"


def listed(client: Client, side: Side, question: str = "") -> list[str]:
    """The names on the page of the library."""
    page = client.get(at(side, question)).content.decode()
    return re.findall(r"<h3><a [^>]+>([^<]+)</a></h3>", page)


def form_of(client: Client, address: str) -> dict[str, str]:
    """All fields of the page where a form is adapted, as a browser sends them when nothing is changed."""
    return fields_in(client.get(address).content.decode())


def fields_in(text: str) -> dict[str, str]:
    (form,) = [form for form in Page(text).forms if any(field.name == "base" for field in form.fields)]
    typed = {f.name: f.value.removeprefix("\n") for f in form.fields if f.kind not in {"checkbox", "select"}}
    boxes = re.findall(r'<input type="checkbox"[^>]*>', text)
    ticked = {re.findall(r'name="([^"]+)"', box)[0]: "on" for box in boxes if " checked" in box}
    return {**typed, **ticked, "new_kind": "talk"}


# Choosing


def test_a_member_sees_every_form_the_shortest_first(browser: Browser, anna: User, regenboog: Side) -> None:
    names = listed(browser(anna), regenboog)
    assert len(names) == len(shipped())
    assert names[0] == "Kennismaken in tien minuten"


def test_a_source_is_a_reference_with_a_link_that_says_where_it_leads(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    page = browser(anna).get(at(regenboog, "nabeschouwing/")).content.decode()
    assert "S. Tannenbaum en C. Cerasoli (2013)" in page
    assert '<a href="https://doi.org/10.1177/0018720812448394" rel="noreferrer">doi.org</a>' in page
    page = browser(anna).get(at(regenboog, "kritische-vrienden/")).content.decode()
    assert ">nsrfharmony.org</a>" in page


def test_a_group_chooses_by_what_it_wants_how_many_it_is_and_how_long_it_has(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    assert listed(browser(anna), regenboog, "?waarvoor=case") == ["Dilemmagesprek", "Incidentmethode"]
    assert listed(browser(anna), regenboog, "?waarvoor=case&minuten=60") == ["Dilemmagesprek"]
    assert listed(browser(anna), regenboog, "?waarvoor=case&personen=3") == []
    page = browser(anna).get(at(regenboog, "?waarvoor=case&personen=3")).content.decode()
    assert "Geen werkvorm past precies" in page


@pytest.mark.parametrize(
    "nonsense", ["waarvoor=dansen", "personen=-3", "personen=9999999", "minuten=²", "minuten="]
)
def test_what_makes_no_sense_excludes_nothing(
    browser: Browser, anna: User, regenboog: Side, nonsense: str
) -> None:
    assert len(listed(browser(anna), regenboog, f"?{nonsense}")) == len(shipped())


def test_one_form_is_read_step_by_step_in_the_words_of_the_sector(
    browser: Browser, anna: User, olga: User, regenboog: Side, baken: Side
) -> None:
    page = browser(anna).get(at(regenboog, "zo-doe-ik-het/")).content.decode()
    assert "Denk aan één leerling die het niet snapte." in page
    assert "alsof wij de groep zijn" in page
    assert "Iedereen is stil. Ieder schrijft 1 kaartje." in page
    assert '<rect x="3" width="2" height="1"/>' in page
    assert "alsof wij de klas zijn" in browser(olga).get(at(baken, "zo-doe-ik-het/")).content.decode()


def test_who_reads_english_reads_the_form_in_english(browser: Browser, anna: User, regenboog: Side) -> None:
    client, address = browser(anna), at(regenboog, "zo-doe-ik-het/")
    page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    assert "Think of one pupil who did not get it." in page
    assert "Everybody is silent. Each writes 1 card." in page


def test_a_guest_reads_and_does_not_adapt(browser: Browser, gert: User, regenboog: Side) -> None:
    page = browser(gert).get(at(regenboog, "bordsessie/")).content.decode()
    assert "aanpassen/" not in page
    assert "bestand/" not in page
    for act in ("bordsessie/aanpassen/", "bordsessie/bestand/", "uit-bestand/"):
        assert browser(gert).get(at(regenboog, act)).status_code == 404


# A version of their own


def test_a_copy_is_the_groups_own_and_the_form_of_the_house_stays(
    browser: Browser, anna: User, bram: User, olga: User, regenboog: Side, baken: Side
) -> None:
    client, address = browser(anna), at(regenboog, "bordsessie/aanpassen/")
    typed = {**form_of(client, address), "title": "Onze bordsessie", "well.minutes": "5", "stand.place": "1"}
    answer = client.post(address, {**typed, "well.place": "2", "choose.out": "on"})
    assert answer.headers["Location"] == at(regenboog, "bordsessie-2/")
    own = OwnForm.objects.get().form
    assert own is not None
    assert (own.text["nl"].title, own.text["en"].title) == ("Onze bordsessie", "Board session (ours)")
    assert [step.key for step in own.steps] == ["stand", "well", "ideas", "act"]
    assert own.minutes == 3 + 5 + 2 + 5
    assert listed(browser(bram), regenboog)[0] == "Onze bordsessie"
    assert "Bordsessie" in listed(browser(bram), regenboog)
    assert "Onze bordsessie" not in listed(browser(olga), baken)
    assert browser(olga).get(at(baken, "bordsessie-2/")).status_code == 404


def test_a_copy_that_nobody_renamed_can_be_told_from_its_form_in_both_languages(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    client, address = browser(anna), at(regenboog, "bordsessie/aanpassen/")
    for _copy in range(2):
        client.post(address, form_of(client, address))
    names = listed(client, regenboog)
    assert names[:2] == ["Bordsessie (van ons 2)", "Bordsessie (van ons)"]
    assert len(names) == len(set(names))
    english = re.findall(
        r"<h3><a [^>]+>([^<]+)</a></h3>",
        client.get(at(regenboog), headers={"Accept-Language": "en"}).content.decode(),
    )
    assert english[:2] == ["Board session (ours 2)", "Board session (ours)"]


def test_a_name_that_another_form_has_is_asked_anew(browser: Browser, anna: User, regenboog: Side) -> None:
    client, address = browser(anna), at(regenboog, "bordsessie/aanpassen/")
    typed = form_of(client, address)
    page = client.post(address, {**typed, "title": "Dilemmagesprek"}).content.decode()
    assert "Zo heet al een andere werkvorm. Geef deze een eigen naam." in page
    assert not OwnForm.objects.exists()
    client.post(address, typed)
    own = at(regenboog, "bordsessie-2/aanpassen/")  # saved again it keeps the name that it has
    assert client.post(own, form_of(client, own)).status_code == 302


def test_for_whom_a_tip_is_stands_on_the_page_of_the_form(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    client, address = browser(anna), at(regenboog, "bordsessie/aanpassen/")
    typed = form_of(client, address)
    del typed["stand.hint_to_all"]
    client.post(address, typed)
    page = client.get(at(regenboog, "bordsessie-2/")).content.decode()
    assert f"Tip voor wie leidt: {typed['stand.hint']}" in page
    assert f"Tip voor iedereen: {typed['well.hint']}" in page


def test_words_that_were_not_changed_keep_following_the_sector(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    client, address = browser(anna), at(regenboog, "zo-doe-ik-het/aanpassen/")
    typed = form_of(client, address)
    assert typed["tell.hint"] == "Laat de collega het voordoen alsof wij de groep zijn."
    client.post(address, {**typed, "tell.prompt": "Wat deed 80% van de %(group)s?"})
    step = OwnForm.objects.get().content["steps"][3]["text"]["nl"]
    assert step["hint"] == "Laat de collega het voordoen alsof wij %(the_group)s zijn."
    page = client.get(at(regenboog, "zo-doe-ik-het-2/")).content.decode()
    assert "Wat deed 80% van de %(group)s?" in page


def test_for_whom_a_tip_is_can_be_chosen_and_goes_along_in_a_file(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    client, address = browser(anna), at(regenboog, "bordsessie/aanpassen/")
    typed = form_of(client, address)
    was = {key.partition(".")[0] for key in typed if key.endswith(".hint_to_all")}
    assert was == {"well", "stand", "ideas", "act"}
    del typed["stand.hint_to_all"]
    new = {"new_title": "Koffie", "new_hint": "Wie zet koffie?", "new_hint_to_all": "on"}
    client.post(address, {**typed, **new, "choose.hint_to_all": "on"})
    own = OwnForm.objects.get()
    carried = opened(client.get(at(regenboog, f"{own.key}/bestand/")).content).form
    assert own.form is not None
    for form in (own.form, carried):
        assert form is not None
        chosen = {step.key: step.hint_to_all for step in form.steps}
        assert chosen == dict.fromkeys(("well", "ideas", "choose", "act", "extra-1"), True) | {"stand": False}


@pytest.mark.parametrize("kind", [kind for kind in StepKind if kind != StepKind.EXIT])
def test_a_step_of_every_kind_can_be_added_in_both_languages(
    browser: Browser, anna: User, regenboog: Side, kind: StepKind
) -> None:
    client, address = browser(anna), at(regenboog, "bordsessie/aanpassen/")
    new = {"new_title": "Koffie", "new_prompt": "Wie zet koffie?", "new_kind": str(kind), "new_minutes": "4"}
    client.post(address, {**form_of(client, address), **new})
    own = OwnForm.objects.get().form
    assert own is not None
    last = own.steps[-1]
    assert (last.kind, last.minutes) == (kind, 4)
    assert last.text["nl"] == last.text["en"]
    assert own.minutes == 19


def test_a_step_that_needs_cards_is_not_left_without(browser: Browser, anna: User, regenboog: Side) -> None:
    client, address = browser(anna), at(regenboog, "bordsessie/aanpassen/")
    page = client.post(address, {**form_of(client, address), "ideas.out": "on", "act.prompt": "Wie gaat?"})
    assert page.status_code == 200
    said = page.content.decode()
    assert "Stap 3: deze stap heeft kaartjes nodig." in said
    assert "Wie gaat?" in said
    assert not OwnForm.objects.exists()


@pytest.mark.parametrize("kind", ["dots", "order"])
def test_a_step_about_each_card_takes_those_with_a_name(
    browser: Browser, anna: User, regenboog: Side, kind: str
) -> None:
    client, address = browser(anna), at(regenboog, "gesprek-over-onze-spiegel/aanpassen/")
    new = {"new_title": "Welke telt?", "new_kind": kind, "new_minutes": "2"}
    page = client.post(address, {**form_of(client, address), **new, "new_place": "3"})
    assert "Stap 3: kaartjes zonder naam kun je niet" in page.content.decode()
    client.post(address, {**form_of(client, address), **new, "new_place": "5"})
    own = OwnForm.objects.get().form
    assert own is not None
    assert {step.key: step.of for step in own.steps} == {
        "read": "",
        "place": "",
        "talk": "place",
        "steps": "",
        "extra-1": "steps",
        "choose": "steps",
        "consent": "steps",
        "act": "",
    }


def test_what_only_showed_cards_goes_on_without(browser: Browser, anna: User, regenboog: Side) -> None:
    client, address = browser(anna), at(regenboog, "nabeschouwing/aanpassen/")
    client.post(address, {**form_of(client, address), "happened.out": "on"})
    own = OwnForm.objects.get().form
    assert own is not None
    assert {step.key: step.of for step in own.steps}["why"] == ""


def test_who_was_overtaken_keeps_what_was_typed_and_sees_what_stands(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    own = OwnForm.keep(by=regenboog.member(anna), form=shipped()["bordsessie"])
    address = at(regenboog, f"{own.key}/aanpassen/")
    annas = {**form_of(browser(anna), address), "well.prompt": "Wat zegt Anna?"}
    brams = {**form_of(browser(bram), address), "stand.prompt": "Wat zegt Bram?", "well.out": "on"}
    assert browser(bram).post(address, brams).status_code == 302
    page = browser(anna).post(address, annas)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Een collega veranderde deze werkvorm terwijl jij schreef." in text
    assert "Wat zegt Bram?" in text
    assert "Wat zegt Anna?" in text
    assert browser(anna).post(address, fields_in(text)).status_code == 302
    now = OwnForm.objects.get()
    assert now.revision == 2
    assert now.content["steps"][0]["text"]["nl"]["prompt"] == "Wat zegt Anna?"


def test_nobody_overwrites_unseen(anna: User, regenboog: Side) -> None:
    own = OwnForm.keep(by=regenboog.member(anna), form=shipped()["bordsessie"])
    own.revise(by=regenboog.member(anna), seen=0, form=shipped()["bordsessie"])
    with pytest.raises(Overtaken):
        OwnForm.objects.get().revise(by=regenboog.member(anna), seen=0, form=shipped()["bordsessie"])
    assert OwnForm.objects.get().form is not None


@pytest.mark.parametrize("base", ["", "{", "[]", "9" * 20, '{"key": "x"}', "x" * 200_000])
def test_a_page_that_did_not_arrive_whole_keeps_nothing(
    browser: Browser, anna: User, regenboog: Side, base: str
) -> None:
    client, address = browser(anna), at(regenboog, "bordsessie/aanpassen/")
    page = client.post(address, {**form_of(client, address), "base": base})
    assert page.status_code == 200
    assert 'class="problems"' in page.content.decode()
    assert not OwnForm.objects.exists()


def test_their_own_goes_when_asked_by_name(browser: Browser, anna: User, regenboog: Side) -> None:
    own = OwnForm.keep(by=regenboog.member(anna), form=shipped()["bordsessie"])
    page = browser(anna).get(at(regenboog, f"{own.key}/weghalen/")).content.decode()
    assert "‘Bordsessie (van ons)’ weghalen?" in page
    assert browser(anna).post(at(regenboog, f"{own.key}/weghalen/")).headers["Location"] == at(regenboog)
    assert not OwnForm.objects.exists()
    assert browser(anna).post(at(regenboog, "bordsessie/weghalen/")).status_code == 404


def test_a_group_keeps_no_more_than_it_can_choose_from(anna: User, regenboog: Side) -> None:
    for _number in range(MOST):
        OwnForm.keep(by=regenboog.member(anna), form=shipped()["bordsessie"])
    with pytest.raises(Refused, match="Haal er eerst een weg"):
        OwnForm.keep(by=regenboog.member(anna), form=shipped()["bordsessie"])
    keys = OwnForm.objects.values_list("key", flat=True)
    assert len(set(keys)) == MOST


def test_a_number_that_came_free_is_given_out_again(anna: User, regenboog: Side) -> None:
    by, form = regenboog.member(anna), shipped()["bordsessie"]
    first, second = OwnForm.keep(by=by, form=form), OwnForm.keep(by=by, form=form)
    assert second.form is not None
    assert OwnForm.keep(by=by, form=second.form).key == "bordsessie-4"
    first.remove(by=by)
    assert OwnForm.keep(by=by, form=form).key == "bordsessie-2"


def test_a_meeting_finds_its_own_and_those_of_the_house(anna: User, regenboog: Side, baken: Side) -> None:
    own = OwnForm.keep(by=regenboog.member(anna), form=shipped()["bordsessie"])
    found = find(regenboog.community, own.key)
    assert found is not None
    assert (found.own, found.form.key) == (own, own.key)
    assert find(regenboog.community, "bordsessie") is not None
    assert find(baken.community, own.key) is None
    assert len(library(baken.community)) == len(shipped())


def test_what_no_version_can_read_is_not_offered(anna: User, regenboog: Side) -> None:
    own = OwnForm.keep(by=regenboog.member(anna), form=shipped()["bordsessie"])
    OwnForm.objects.update(content={"key": own.key})
    assert find(regenboog.community, own.key) is None
    assert len(library(regenboog.community)) == len(shipped())


def test_all_that_can_be_typed_is_kept_as_typed_or_refused(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    """The Big List of Naughty Strings, as the question of a step."""
    own = OwnForm.keep(by=regenboog.member(anna), form=shipped()["bordsessie"])
    client, address = browser(anna), at(regenboog, f"{own.key}/aanpassen/")
    typed: dict[str, Any] = form_of(client, address)
    kept = 0
    for text in batches(190, " ")[::3]:
        typed["revision"] = OwnForm.objects.get().revision
        answer = client.post(address, {**typed, "well.prompt": text})
        if answer.status_code == 200:
            assert 'class="problems"' in answer.content.decode(), text
            assert Page(answer.content.decode()).runs == []
            continue
        kept += 1
        prompt = OwnForm.objects.get().content["steps"][0]["text"]["nl"]["prompt"]
        assert prompt == " ".join(text.split()).replace("%", "%%")
        page = Page(client.get(at(regenboog, f"{own.key}/")).content.decode())
        assert squeezed(text) in page.text
        assert page.runs == []
    assert kept > 10


def test_the_page_carries_what_it_was_made_of(browser: Browser, anna: User, regenboog: Side) -> None:
    base = form_of(browser(anna), at(regenboog, "bordsessie/aanpassen/"))["base"]
    assert json.loads(base)["key"] == "bordsessie"
