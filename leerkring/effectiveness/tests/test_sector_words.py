"""A community is spoken to in the words of its sector, and each member in those of the own school."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation

from leerkring.communities import consent
from leerkring.communities.access import here
from leerkring.communities.models import Community
from leerkring.effectiveness.page import next_step
from leerkring.network.models import School
from leerkring.people.models import User
from tests.cast import DECIDED_ON, Browser, Side, count

pytestmark = pytest.mark.django_db
#: What would show guideline 1, as the mirror says it while there are no goals.
SHOWS = {
    ("po", "nl"): "Een doel dat zegt wat leerlingen straks kunnen",
    ("vo", "nl"): "Een doel dat zegt wat leerlingen straks kunnen",
    ("mbo", "nl"): "Een doel dat zegt wat studenten straks kunnen",
    ("po", "en"): "A goal that says what pupils will be able to do",
    ("vo", "en"): "A goal that says what pupils will be able to do",
    ("mbo", "en"): "A goal that says what students will be able to do",
}
#: And the name of a figure.
NAMED = {
    ("po", "nl"): "Uit de eigen groep",
    ("vo", "nl"): "Uit de eigen klas",
    ("mbo", "nl"): "Uit de eigen klas",
    ("po", "en"): "From one&#x27;s own class",
    ("vo", "en"): "From one&#x27;s own class",
    ("mbo", "en"): "From one&#x27;s own class",
}


@pytest.fixture(params=["po", "vo", "mbo"])
def community(request: pytest.FixtureRequest, olga: User, piet: User, bram: User, beheer: User) -> Community:
    school = School.open(name="De Toekomst", sector=request.param, region="noord")
    new = Community.found(school=school, name="Samen vooruit", by=olga)
    for colleague in (piet, bram):
        new.join(colleague)
    count(new, leader=beheer, by=olga)
    return new


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_mirror_uses_the_words_of_the_sector(
    browser: Browser, olga: User, community: Community, language: str
) -> None:
    client = browser(olga)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with translation.override(language):  # and back again: the page leaves its language active
        page = client.get(f"/plg/{community.pk}/spiegel/").content.decode()
        figure = client.get(f"/plg/{community.pk}/spiegel/cijfer/bringers/")
    assert SHOWS[community.school.sector, language] in page
    assert NAMED[community.school.sector, language] in figure.content.decode()
    assert "%(" not in page


def test_the_next_step_is_put_to_the_group_in_its_words(olga: User, community: Community) -> None:
    with translation.override("nl"):
        step = next_step(here(olga, community.pk))
        assert step is not None
        assert "%(" not in f"{step.how}{step.reason}{step.address}"
        said = {"po": "leerlingen", "vo": "leerlingen", "mbo": "studenten"}[community.school.sector]
        assert step.title == "maak één doel concreet"
        assert step.how == f"Kies {said}, schrijf op wat ze straks kunnen en hoe jullie dat zien."


def test_each_reads_the_words_of_the_own_school(
    browser: Browser, anna: User, bram: User, beheer: User, regenboog: Side
) -> None:
    """Also of a page of which parts are kept: the first reader's words are not the second's."""
    roc = School.open(name="ROC Midden", sector="mbo", region="midden")
    regenboog.community.schools.add(roc)
    consent.give(roc, decided_on=DECIDED_ON, by=beheer)
    regenboog.member(bram).come_from(roc)
    page = f"/plg/{regenboog.community.pk}/spiegel/"
    with translation.override("nl"):
        assert "wat leerlingen straks kunnen" in browser(anna).get(page).content.decode()
        assert "wat studenten straks kunnen" in browser(bram).get(page).content.decode()


def test_a_guest_from_elsewhere_reads_those_of_the_home_school(gert: User, regenboog: Side) -> None:
    assert regenboog.member(gert).school is None
    assert here(gert, regenboog.community.pk).words.sector == "po"
