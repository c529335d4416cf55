"""The first weeks of a real instance, from an empty folder to who was here and left, with real mail.

The tests are one story and run in its order; each begins where the one before ended.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser, FilePayload, Page, expect

from leerkring.clock import AMSTERDAM
from tests.journeys.conftest import Watch
from tests.journeys.house import House
from tests.ports import free_port

CODE = re.compile(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", re.MULTILINE)
LINK = re.compile(r"http://\S+")
#: Seconds that the work loop may take on a busy machine.
PATIENCE = 20

GROUP = "Rekenen over de brug"
MIRJAM = "mirjam@waterland.test"  # keeps the instance
NOOR = "noor@devaart.test"  # facilitates
HENK = "henk@devaart.test"  # leads De Vaart
JORIS, AISHA = "joris@devaart.test", "aisha@devaart.test"
WIETSKE, TOM = "w.zonderlandsdijk@hetgetij.test", "tom@hetgetij.test"
SANNE = "sanne@devaart.test"  # came by the door
MEMBERS = (NOOR, JORIS, AISHA, WIETSKE, TOM, SANNE)
LIST = (
    "Voornaam;Tussenvoegsel;Achternaam;E-mailadres;School;Locatie",
    f"Joris;;Hoekstra;{JORIS};De Vaart;Oost",
    f"Aisha;;Bouzid;{AISHA};De Vaart;West",
    f"Wietske;;Zonderlandsdijk;{WIETSKE};Het Getij;",
    f"Tom;;Verkade;{TOM};Het Getij;",
)
TABLES, WATCHING = "Hoe oefenen jullie de tafels?", "Kijken bij Wietske Zonderlandsdijk"
#: Of her name and her address, and of nothing else here.
TRACE = "zonderlandsdijk"


def _on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in November 2026 on a Dutch wall."""
    return datetime(2026, 11, day, hour, minute, tzinfo=AMSTERDAM)


@dataclass
class Post:
    """A mail server on this machine, and what it took in."""

    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters += [(to, letter) for to in envelope.rcpt_tos]
        return "250 OK"

    def to(self, address: str, part: str = "") -> list[str]:
        """What arrived for `address` and holds `part`: subject and text, oldest first."""
        own = (f"{letter['Subject']}\n{_plain(letter)}" for to, letter in list(self.letters) if to == address)
        return [text for text in own if part in text]

    def newest(self, address: str, part: str, *, number: int = 1) -> str:
        """The newest of them, once there are `number`."""
        until = time.monotonic() + PATIENCE
        while len(found := self.to(address, part)) < number:
            assert time.monotonic() < until, f"no mail with ‘{part}’ came for {address}"
            time.sleep(0.05)
        return found[-1]


def _plain(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def _code(text: str) -> str:
    found = CODE.search(text)
    assert found, text
    return found[1]


@dataclass
class Weeks:
    """An instance, its mail, and a browser for everyone who comes by."""

    house: House
    post: Post
    chromium: Browser
    watch: Watch = field(default_factory=Watch)
    pages: dict[str, Page] = field(default_factory=dict)
    #: What `leerkring init` said.
    said: str = ""
    #: The address of the community.
    group: str = ""
    #: The address on the board.
    door: str = ""

    def page(self, who: str, *, width: int = 1280) -> Page:
        """The browser of `who`."""
        if who not in self.pages:
            context = self.chromium.new_context(
                base_url=self.house.url,
                locale="nl-NL",
                viewport={"width": width, "height": 900},
                reduced_motion="reduce",
            )
            context.set_default_timeout(15_000)
            self.pages[who] = context.new_page()
            self.watch.over(self.pages[who])
        return self.pages[who]

    def sign_in(self, who: str) -> Page:
        """With a code from the mail, and nothing else."""
        page = self.page(who)
        page.goto("/")
        page.get_by_role("banner").get_by_role("link", name="Inloggen").click()
        page.get_by_role("link", name="Mail mij een code").click()
        page.get_by_label("E-mail").fill(who)
        page.get_by_role("button", name="Mail mij een code").click()
        page.get_by_label("Code").fill(_code(self.post.newest(who, "Met deze code log je in")))
        page.get_by_role("button", name="Verder").click()
        return page

    def today(self, who: str) -> Page:
        """Vandaag."""
        page = self.page(who)
        page.goto(self.group)
        expect(page.get_by_role("heading", level=1)).to_have_text(GROUP)
        return page

    def room(self, who: str, name: str) -> Page:
        page = self.today(who)
        page.get_by_role("navigation", name="Kamers").get_by_role("link", name=name).click()
        return page

    def invite(self) -> Page:
        """The ways to invite, for who facilitates."""
        noor = self.room(NOOR, "Leden")
        noor.get_by_role("link", name="Uitnodigen", exact=True).click()
        return noor

    def school(self, name: str) -> Page:
        """The page of a school, for the administrator."""
        mirjam = self.page(MIRJAM)
        mirjam.goto("/scholen/")
        mirjam.get_by_role("link", name=name, exact=True).click()
        return mirjam


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Weeks]:
    """An empty folder, and after `leerkring init` the server."""
    post = Post()
    port = free_port()
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    place = tmp_path_factory.mktemp("weeks")
    # Backups apart: what was erased is in those until they expire, as docs/operations.md says.
    backups = str(tmp_path_factory.mktemp("backups"))
    house = House(place / "data", demo=False, MAIL_URL=f"smtp://127.0.0.1:{port}", BACKUPS=backups)
    house.data.mkdir()
    weeks = Weeks(house, post, chromium)
    asked = {"email": MIRJAM, "name": "Mirjam Waterman", "school": "De Vaart", "place": "Meppel"}
    asked |= {"sector": "po", "region": "noord", "brin": "12AB"}
    try:
        house.turn_clock(_on(10, 10, 30))
        weeks.said = house.run("init", *(f"--{name}={answer}" for name, answer in asked.items()))
        house.start()
        yield weeks
    finally:
        house.stop()
        server.stop()
        for page in weeks.pages.values():
            page.context.close()


@pytest.fixture
def weeks(begun: Weeks) -> Iterator[Weeks]:
    """Fails the test in which the console, a request, a script or the content policy complained."""
    yield begun
    troubles, begun.watch.troubles = begun.watch.troubles, []
    assert not troubles, "\n".join(troubles)


def test_an_empty_folder_becomes_an_instance_with_one_administrator(weeks: Weeks) -> None:
    weeks.post.newest(MIRJAM, "proefmail")
    found = LINK.search(weeks.said)
    assert found, weeks.said
    mirjam = weeks.page(MIRJAM)
    mirjam.goto(found[0])
    mirjam.get_by_role("button", name="Log in").click()
    mirjam.locator("details.menu summary").click()
    mirjam.get_by_role("link", name="Beheer", exact=True).click()
    mirjam.get_by_role("button", name="Stuur mij een proefmail").click()
    weeks.post.newest(MIRJAM, "proefmail", number=2)


def test_the_administrator_makes_places_and_opens_a_community_without_being_in_it(weeks: Weeks) -> None:
    mirjam = weeks.school("De Vaart")
    for location in ("Oost", "West"):
        mirjam.get_by_role("link", name="Locatie toevoegen").click()
        mirjam.get_by_label("Naam").fill(location)
        mirjam.get_by_role("button", name="Toevoegen").click()
    mirjam.goto("/scholen/")
    mirjam.get_by_role("link", name="Besturen").click()
    mirjam.get_by_label("Naam").fill("Stichting Waterland")
    mirjam.get_by_role("button", name="Toevoegen").click()
    mirjam.get_by_role("link", name="Scholen", exact=True).first.click()
    mirjam.get_by_role("link", name="School toevoegen").click()
    mirjam.get_by_label("Naam").fill("Het Getij")
    mirjam.get_by_label("Sector").select_option("vo")
    mirjam.get_by_label("Vakantieregio").select_option("noord")
    mirjam.get_by_label("Bestuur").select_option("Stichting Waterland")
    mirjam.get_by_role("button", name="Toevoegen").click()
    weeks.school("De Vaart").get_by_role("link", name="Gegevens aanpassen").click()
    mirjam.get_by_label("Bestuur").select_option("Stichting Waterland")
    mirjam.get_by_role("button", name="Bewaren").click()

    weeks.school("De Vaart").get_by_role("link", name="Open een leergemeenschap").click()
    mirjam.get_by_label("Naam van de leergemeenschap").fill(GROUP)
    mirjam.get_by_label("E-mailadres van wie begeleidt").fill(NOOR)
    mirjam.get_by_label("Naam van wie begeleidt").fill("Noor Dijkgraaf")
    mirjam.get_by_role("button", name="Openen").click()
    expect(mirjam.get_by_text(f"{GROUP} is geopend. Je ziet er verder niets van.")).to_be_visible()
    weeks.post.newest(NOOR, f"Je begeleidt {GROUP}")


def test_the_facilitator_comes_in_by_a_code_and_adds_the_other_school(weeks: Weeks) -> None:
    noor = weeks.sign_in(NOOR)
    noor.get_by_role("link", name=GROUP, exact=True).click()
    expect(noor.get_by_role("heading", level=1)).to_have_text(GROUP)
    weeks.group = noor.url
    noor = weeks.room(NOOR, "Leden")
    noor.get_by_role("link", name="Over deze leergemeenschap").click()
    noor.get_by_label("Het Getij").check()
    noor.get_by_role("button", name="Bewaren").click()
    expect(noor.get_by_text("Bewaard.")).to_be_visible()
    expect(noor.locator("main .tag", has_text="Het Getij")).to_be_visible()


def test_four_colleagues_of_two_schools_are_invited_by_a_list_and_come_in(weeks: Weeks) -> None:
    noor = weeks.invite()
    noor.get_by_role("link", name="Met een lijst").click()
    file = FilePayload(name="collegas.csv", mimeType="text/csv", buffer="\r\n".join(LIST).encode("cp1252"))
    noor.get_by_label("Of kies een CSV-bestand").set_input_files(file)
    noor.get_by_role("button", name="Bekijk de lijst").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("4 collega's worden uitgenodigd")
    expect(noor.get_by_text("wordt uitgenodigd, lid, De Vaart, Oost")).to_be_visible()
    assert not weeks.post.to(WIETSKE)
    noor.get_by_role("button", name="Nodig hen uit").click()
    for who, called in ((JORIS, "Joris Hoekstra"), (AISHA, ""), (WIETSKE, ""), (TOM, "")):
        link = LINK.search(weeks.post.newest(who, f"Doe je mee met {GROUP}?"))
        assert link
        page = weeks.page(who)
        page.goto(link[0])
        if called:
            expect(page.get_by_label("Hoe heet je?")).to_have_value(called)
        page.get_by_role("button", name="Ik doe mee").click()
        expect(page.get_by_text(f"Welkom! Je doet mee met {GROUP}.")).to_be_visible()
    weeks.room(NOOR, "Leden")
    expect(noor.get_by_role("heading", name="5 mensen doen mee")).to_be_visible()
    expect(noor.get_by_role("listitem").filter(has_text="Wietske Zonderlandsdijk")).to_contain_text(
        "Het Getij"
    )


def test_who_stands_before_the_board_comes_in_with_a_telephone(weeks: Weeks) -> None:
    noor = weeks.invite()
    noor.get_by_role("link", name="Deur open").click()
    noor.get_by_role("button", name="Open de deur").click()
    expect(noor.get_by_role("img", name="Code om met je telefoon te scannen")).to_be_visible()
    weeks.door = f"http://{noor.locator('.board-address').inner_text()}"

    sanne = weeks.page(SANNE, width=390)
    sanne.goto(weeks.door)
    sanne.get_by_label("Hoe heet je?").fill("Sanne Kuiper")
    sanne.get_by_label("Je e-mailadres").fill(SANNE)
    sanne.get_by_label("Waar werk je?").select_option("De Vaart, West")
    sanne.get_by_role("button", name="Stuur mij een code").click()
    sanne.get_by_label("Code").fill(_code(weeks.post.newest(SANNE, f"Je code voor {GROUP}")))
    sanne.get_by_role("button", name="Verder").click()
    expect(sanne.get_by_text(f"Welkom! Je doet mee met {GROUP}.")).to_be_visible()
    weeks.room(NOOR, "Leden")
    expect(noor.get_by_role("listitem").filter(has_text="Sanne Kuiper")).to_contain_text("West")


def _shown(weeks: Weeks) -> dict[str, str]:
    """All that others than Tom can read about the question of the leader."""
    read = {}
    for who in (NOOR, JORIS):
        page = weeks.today(who)
        read[f"{who} today"] = page.inner_text("body")
        page.goto("/postvak/")
        read[f"{who} inbox"] = page.inner_text("body")
        members = weeks.room(who, "Leden")
        read[f"{who} members"] = members.inner_text("body")
        members.get_by_role("link", name="Bekijk mijn antwoord").click()
        read[f"{who} question"] = members.inner_text("body")
    for who, address in ((HENK, "/mijn-vragen/"), (HENK, "/postvak/"), (MIRJAM, "/mensen/")):
        page = weeks.page(who)
        page.goto(address)
        read[f"{who} {address}"] = page.inner_text("body")
    return read


def _answer(weeks: Weeks, who: str, answer: str) -> None:
    page = weeks.today(who)
    expect(page.get_by_role("heading", name="Mag Henk Rozema meedoen?")).to_be_visible()
    page.get_by_role("link", name="Geef antwoord").click()
    page.get_by_label(answer).check()
    page.get_by_role("button", name="Bewaar mijn antwoord").click()
    expect(page.get_by_text("Je antwoord is bewaard. Niemand anders ziet het.")).to_be_visible()


def test_a_leader_asks_to_join_and_one_privately_declines(weeks: Weeks) -> None:
    mirjam = weeks.school("De Vaart")
    mirjam.get_by_role("link", name="Iemand aanwijzen").click()
    mirjam.get_by_label("E-mailadres").fill(HENK)
    mirjam.get_by_label("Naam").fill("Henk Rozema")
    mirjam.get_by_label("Functie").select_option("leader")
    mirjam.get_by_role("button", name="Aanwijzen").click()
    weeks.post.newest(HENK, "Je functie bij De Vaart")
    henk = weeks.sign_in(HENK)
    henk.goto(weeks.door)
    henk.get_by_label("Waar werk je?").select_option("De Vaart")
    henk.get_by_role("button", name="Vraag het de leden").click()
    expect(henk.get_by_text("Op donderdag 19 november, 16.00 uur hoor je of het doorgaat.")).to_be_visible()

    for who in MEMBERS:
        if who != TOM:
            _answer(weeks, who, "Ja, dat is goed")
    before = _shown(weeks)
    _answer(weeks, TOM, "Liever niet")
    assert _shown(weeks) == before


def _converse(page: Page, title: str, text: str) -> None:
    page.get_by_role("navigation", name="Kamers").get_by_role("link", name="Kennis").click()
    page.get_by_role("link", name="Begin een gesprek").first.click()
    page.get_by_label("Vraag", exact=True).check()
    page.get_by_label("Waar gaat het over?").fill(title)
    page.get_by_label("Vertel").fill(text)
    page.get_by_role("button", name="Deel met je collega's").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def _read(page: Page, title: str) -> None:
    page.get_by_role("navigation", name="Kamers").get_by_role("link", name="Kennis").click()
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_mention_is_in_the_inbox_and_in_one_mail(weeks: Weeks) -> None:
    _converse(weeks.today(JORIS), TABLES, "@Wietske jij doet dit al jaren. Hoe begin je?")
    _read(weeks.today(TOM), TABLES)
    wietske = weeks.today(WIETSKE)
    wietske.get_by_role("link", name="Postvak").click()
    row = wietske.get_by_role("listitem").filter(has_text=TABLES)
    expect(row).to_contain_text("Vraag aan jou van Joris Hoekstra")
    assert not weeks.post.to(WIETSKE, TABLES)

    weeks.house.turn_clock(_on(10, 16, 5))
    assert "Vraag aan jou van Joris Hoekstra" in weeks.post.newest(WIETSKE, TABLES)
    weeks.house.turn_clock(_on(10, 16, 15))
    assert len(weeks.post.to(WIETSKE, TABLES)) == 1
    # Who was told in a mail of its own, or has answered already, is not told again.
    assert [len(weeks.post.to(who)) for who in (NOOR, HENK)] == [2, 2]
    assert not [who for who in MEMBERS if weeks.post.to(who, "Mag een leidinggevende meedoen?")]

    weeks.house.turn_clock(_on(11, 10))
    _read(weeks.today(WIETSKE), TABLES)
    wietske.get_by_label("Jouw reactie").fill(
        "@Joris met klappen en lopen. Kom maar kijken! Wietske Zonderlandsdijk"
    )
    wietske.get_by_role("button", name="Reageer", exact=True).click()
    expect(wietske.get_by_text("met klappen en lopen")).to_be_visible()
    _converse(weeks.today(NOOR), WATCHING, "Wie gaat er mee naar haar les?")
    _read(weeks.today(AISHA), WATCHING)


def test_the_week_arrives_in_one_mail_without_what_was_read(weeks: Weeks) -> None:
    weeks.house.turn_clock(_on(13, 17))
    assert not weeks.post.to(SANNE, WATCHING)
    weeks.house.turn_clock(_on(15, 17))
    weeks.house.turn_clock(_on(16, 16, 5))
    weeks.post.newest(SANNE, WATCHING)
    weeks.house.turn_clock(_on(17, 16, 5))
    arrived = {
        title: {who: len(weeks.post.to(who, title)) for who in MEMBERS} for title in (TABLES, WATCHING)
    }
    # Joris asked, Wietske answered him; Noor, Aisha and Sanne read neither the question nor the answer.
    assert arrived[TABLES] == {NOOR: 1, JORIS: 1, AISHA: 1, WIETSKE: 1, TOM: 0, SANNE: 1}
    assert arrived[WATCHING] == {NOOR: 0, JORIS: 1, AISHA: 0, WIETSKE: 1, TOM: 1, SANNE: 1}


def test_the_leader_reads_that_it_does_not_go_ahead_and_nothing_of_who_or_how_many(weeks: Weeks) -> None:
    weeks.house.turn_clock(_on(19, 16, 1))
    weeks.house.turn_clock(_on(19, 16, 15))
    told = weeks.post.newest(HENK, "Het gaat nu niet door.")
    henk = weeks.page(HENK)
    henk.goto("/postvak/")
    henk.get_by_role("link", name="Ik kan nu niet meedoen").click()
    expect(henk.get_by_text("Het gaat nu niet door.")).to_be_visible()
    names = ("Noor", "Joris", "Aisha", "Wietske", "Tom", "Sanne", "liever", " nee", "stem", "van de")
    for read in (henk.inner_text("main"), told.partition("--")[0]):
        assert not [name for name in names if name in read], read
    assert weeks.house.count("communities_answer") == 0
    weeks.watch.expect("404")
    answer = henk.goto(weeks.page(NOOR).url)
    assert answer
    assert answer.status == 404


def _number_of(noor: Page, name: str) -> str:
    row = noor.locator("li.row", has=noor.get_by_role("heading", name=name, exact=True))
    return row.locator("p").first.inner_text()


def _counted(weeks: Weeks) -> dict[str, str]:
    """What the mirror says of conversing."""
    noor = weeks.room(NOOR, "Spiegel")
    noor.get_by_role("link", name="Waar zien we dit aan? (Samen in gesprek)").click()
    return {name: _number_of(noor, name) for name in ("Gesprekken", "Reacties")}


def test_consent_and_agreement_switch_the_figures_on(weeks: Weeks) -> None:
    henk = weeks.page(HENK)
    henk.goto("/scholen/")
    for page in (henk, weeks.page(MIRJAM)):
        page.goto("/scholen/")
        school = "De Vaart" if page is henk else "Het Getij"
        page.get_by_role("link", name=f"Instemming met de cijfers {school}").click()
        page.get_by_label("Datum van het besluit").fill("2026-11-17")
        page.get_by_role("button", name="Leg het besluit vast").click()
    noor = weeks.room(NOOR, "Spiegel")
    expect(noor.get_by_role("heading", level=1)).to_have_text("De cijfers staan uit")
    noor.get_by_role("button", name="Leg het voor").click()
    for who in MEMBERS:
        expect(weeks.room(NOOR, "Spiegel").get_by_role("heading", level=1)).to_have_text(
            "De cijfers staan uit"
        )
        page = weeks.today(who)
        page.get_by_role("link", name="Lees en antwoord").click()
        page.get_by_role("button", name="Ik kan hiermee verder").click()
    counted = _counted(weeks)
    assert "2" in counted["Gesprekken"], counted
    assert "1" in counted["Reacties"], counted


def _traces(place: Path) -> list[str]:
    """Files under `place` in which she can be found."""
    written = {coding: TRACE.encode(coding) for coding in ("utf-8", "utf-16-le")}
    files = [file for file in place.rglob("*") if file.is_file()]
    return [file.name for file in files if any(w in file.read_bytes().lower() for w in written.values())]


def test_who_leaves_and_erases_the_account_is_nowhere_and_the_counts_stay(weeks: Weeks) -> None:
    house, before = weeks.house, _counted(weeks)
    assert _traces(house.data.parent)
    wietske = weeks.room(WIETSKE, "Leden")
    wietske.get_by_role("link", name="Niet meer meedoen").click()
    wietske.get_by_role("button", name="Ik doe niet meer mee").click()
    wietske.locator("details.menu summary").click()
    wietske.get_by_role("link", name="Mijn gegevens").click()
    wietske.get_by_role("link", name="Inzien, meenemen, wissen").click()
    wietske.get_by_role("link", name="Mijn account wissen").click()
    wietske.get_by_label("Typ je naam over").fill("Wietske Zonderlandsdijk")
    wietske.get_by_role("button", name="Wis mijn account").click()
    wietske.get_by_role("button", name="Mail mij een code").click()
    wietske.get_by_label("Code").fill(_code(weeks.post.newest(WIETSKE, "laat je zien dat jij het bent")))
    wietske.get_by_role("button", name="Verder").click()
    expect(wietske.get_by_text("Je account is gewist.")).to_be_visible()
    house.turn_clock(_on(20, 8))
    house.turn_clock(_on(20, 8, 30))
    assert house.count("jobs_job", "kind like '%wipe%' and state != 'done'") == 0

    assert _counted(weeks) == before
    noor = weeks.page(NOOR)
    seen = [weeks.today(NOOR).content()]
    for address in ("leden/", "leden/kennismaken/", "gesprekken/", "spiegel/", "wie-kan-dit-zien/"):
        noor.goto(f"{weeks.today(NOOR).url}{address}")
        seen.append(noor.content())
    for title in (TABLES, WATCHING.replace("Wietske Zonderlandsdijk", "[oud-lid]")):
        _read(weeks.today(NOOR), title)
        seen.append(noor.content())
    noor.goto("/postvak/")
    seen.append(noor.content())
    assert "met klappen en lopen" in "".join(seen)
    assert not [page for page in seen if TRACE in page.lower() or "@Wietske" in page]
    house.stop()
    assert _traces(house.data.parent) == []
