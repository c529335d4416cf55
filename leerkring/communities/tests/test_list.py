"""Members from a list: shown line by line first; nothing happens before it is confirmed."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.listed import MOST_ROWS, NoList, Row, State, read
from leerkring.communities.models import Invitation
from leerkring.communities.tests.work import work
from leerkring.network.models import Location, School
from leerkring.people.models import User
from tests.cast import NOW, Browser, Side

LIST = "Naam;E-mail;Rol\nNoor Smit;Noor@School.test;lid\nMo Ali;mo@school.test;procesbegeleider\n"


def list_page(side: Side) -> str:
    return f"/plg/{side.community.pk}/leden/lijst/"


def told(side: Side, text: str | bytes) -> list[tuple[int, str, str, State]]:
    data = text.encode() if isinstance(text, str) else text
    return [(row.line, row.name, row.email, row.state) for row in read(data, side.community)]


def only(side: Side, text: str) -> Row:
    (row,) = read(text.encode(), side.community)
    return row


@pytest.mark.parametrize(
    "text",
    [
        "Naam;E-mail\nNoor Smit;noor@school.test",
        "naam,e-mailadres\nNoor Smit,noor@school.test",
        "E-MAIL\tNAME\nnoor@school.test\tNoor Smit",
        "voornaam;achternaam;mail\nNoor;Smit;noor@school.test",
        "First name,Last name,Email address\nNoor,Smit,noor@school.test",
        "\n\nsep=;\nNaam;Email\nNoor Smit;noor@school.test".lstrip("\n"),
        '"Naam";"Email"\n"Noor Smit";"noor@school.test"',
    ],
)
def test_headings_are_recognised_in_two_languages(regenboog: Side, text: str) -> None:
    row = only(regenboog, text)
    assert (row.name, row.email, row.role, row.state) == (
        "Noor Smit",
        "noor@school.test",
        Role.MEMBER,
        "invite",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Noor Smit;noor@school.test",
        "noor@school.test,Noor Smit",
        "Noor\tSmit\tnoor@school.test",
        "Noor Smit <noor@school.test>",
    ],
)
def test_headings_need_not_be_there(regenboog: Side, text: str) -> None:
    assert told(regenboog, text) == [(1, "Noor Smit", "noor@school.test", State.INVITE)]
    assert told(regenboog, "noor@school.test\nmo@school.test")[1] == (2, "", "mo@school.test", State.INVITE)


@pytest.mark.parametrize(
    "text",
    [
        "Noor Smit;noor@school.test\nMo Ali, mo@school.test\nIna\tina@school.test\n",
        "noor@school.test\nMo Ali;mo@school.test\nina@school.test,Ina\n",
        "Naam;E-mail\nNoor Smit;noor@school.test\nMo Ali,mo@school.test\nIna\tina@school.test\n",
        "Noor;Smit;noor@school.test\nMo, mo@school.test\nIna <ina@school.test>\n",
        "noor@school.test; Mo Ali <mo@school.test>; ina@school.test",
    ],
)
def test_every_line_has_its_own_separator(regenboog: Side, text: str) -> None:
    rows = read(text.encode(), regenboog.community)
    assert [row.email for row in rows] == ["noor@school.test", "mo@school.test", "ina@school.test"]
    assert {row.state for row in rows} == {State.INVITE}


def test_a_comma_in_a_name_is_no_separator_where_the_line_has_another(regenboog: Side) -> None:
    assert only(regenboog, "Smit, Noor;noor@school.test").email == "noor@school.test"


@pytest.mark.parametrize(
    "text", ["noor@school.test; mo@school.test; ina@", "Noor Smit;noor@school.test;noor@thuis.test"]
)
def test_a_second_address_is_not_taken_for_a_name(regenboog: Side, text: str) -> None:
    row = only(regenboog, text)
    assert row.state == State.CANNOT
    assert "meer adressen" in str(row.why)


def test_lines_that_cannot_be_used_come_back_to_be_mended(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    fatimas = browser(fatima)
    text = f"{LIST}Ina;ina.school.test;lid\nNog eens Noor;noor@school.test;lid\nPim;pim@school.test;koning\n"
    page = fatimas.post(list_page(regenboog), {"text": text}).content.decode()
    assert page.count("Ina;ina.school.test;lid") == 2  # with what goes out, and to be changed
    done = fatimas.post(list_page(regenboog), {"text": carried(page), "confirm": "1"}).content.decode()
    assert "2 collega's zijn uitgenodigd." in unescape(done)
    assert carried(done) == "Naam;E-mail;Rol\nIna;ina.school.test;lid\nPim;pim@school.test;koning\n"
    assert "Dit is geen e-mailadres." in done
    assert "Deze rol kennen we niet." in done
    # By the numbers of the list that was sent, under a heading that says what they are.
    assert re.findall(r"Regel (\d+)", done) == ["4", "6"]
    assert "<h1>Nog 2 regels om te verbeteren</h1>" in done
    mended = carried(done).replace("ina.school", "ina@school").replace("koning", "lid")
    fatimas.post(list_page(regenboog), {"text": mended, "confirm": "1"})
    assert Invitation.objects.count() == 4


def test_a_line_with_half_a_quote_comes_back_too(browser: Browser, fatima: User, regenboog: Side) -> None:
    """By itself it is no list; the others are invited then, and that is said."""
    text = 'Noor Smit,noor@school.test\n"Piet,piet@school.test\nMo Ali,mo@school.test\n'
    answer = browser(fatima).post(list_page(regenboog), {"text": text, "confirm": "1"})
    assert answer.status_code == 200
    done = answer.content.decode()
    assert "2 collega's zijn uitgenodigd." in unescape(done)
    assert carried(done) == '"Piet,piet@school.test\n'
    assert "Deze regel kunnen we niet lezen." in done


def test_a_cell_may_go_on_over_several_lines(regenboog: Side) -> None:
    text = 'Naam;E-mail\n"Noor\nSmit";noor@school.test\n"Mo\nAli";geen adres\n'
    assert told(regenboog, text) == [
        (2, "Noor Smit", "noor@school.test", State.INVITE),
        (4, "Mo Ali", "geen adres", State.CANNOT),
    ]


def test_another_look_keeps_the_text(browser: Browser, fatima: User, regenboog: Side) -> None:
    page = browser(fatima).post(list_page(regenboog), {"text": "geen adres\n"}).content.decode()
    assert carried(page) == "geen adres\n"
    assert "Bekijk de lijst opnieuw" in page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(regenboog: Side, encoding: str) -> None:
    data = "Naam;E-mail\r\nZoë Brinkhuïs;zoe@school.test\r\n".encode(encoding)
    assert told(regenboog, data) == [(2, "Zoë Brinkhuïs", "zoe@school.test", State.INVITE)]


def test_each_line_says_what_will_happen(regenboog: Side, anna: User) -> None:
    Invitation.make(regenboog.community, email="mo@school.test", by=None)
    text = (
        "naam;email;rol\nNoor;noor@school.test;\nAnna;ANNA@leerkring.test;\nMo;mo@school.test;\n"
        "Nog eens;NOOR@school.test;lid\nGast;gast@school.test;gast\nBaas;baas@school.test;koning\nLeeg;;\n"
        "Fout;geen adres;\n"
    )
    rows = read(text.encode(), regenboog.community)
    assert [(row.line, str(row.state)) for row in rows] == [
        (2, "invite"),
        (3, "in"),
        (4, "invited"),
        (5, "cannot"),
        (6, "cannot"),
        (7, "cannot"),
        (8, "cannot"),
        (9, "cannot"),
    ]
    assert [str(row.why) for row in rows[3:]] == [
        "Dit adres staat ook op regel 2.",
        "Een gast doet mee tot een datum. Nodig die apart uit.",
        "Deze rol kennen we niet. Kies lid of procesbegeleider.",
        "Hier staat geen e-mailadres.",
        "Dit is geen e-mailadres.",
    ]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("=HYPERLINK(1)", None),
        ("+31612345678", None),
        ("@SUM(A1)", None),
        ("x" * 121, None),
        ("Noor 💥", "Noor 💥"),
        ("No\x07or\u202eSmit", "No or Smit"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("O'Neill-Van den Berg", "O'Neill-Van den Berg"),
    ],
)
def test_strange_names_do_no_harm(regenboog: Side, name: str, kept: str | None) -> None:
    row = only(regenboog, f"naam;email\n{name};noor@school.test")
    assert (row.state == State.INVITE) == (kept is not None)
    assert kept is None or row.name == kept


def test_schools_and_locations_are_those_of_the_community(regenboog: Side, baken: Side) -> None:
    other = School.open(name="De Linde", sector="po", region="midden")
    regenboog.community.schools.add(other)
    noord = Location.objects.create(school=other, name="Noord")
    row = only(regenboog, "naam;email;school;locatie\nNoor;noor@school.test;de linde;noord")
    assert (row.school, row.location) == (other, noord)
    assert only(regenboog, "Noor Smit;noor@school.test;De Linde").school == other
    wrong = only(regenboog, f"naam;email;school\nNoor;noor@school.test;{baken.school.name}")
    assert (wrong.state, wrong.school) == (State.CANNOT, None)
    assert only(regenboog, "naam;email;locatie\nN;n@school.test;Noord").state == State.CANNOT


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n ",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"PK\x03\x04xl/" + bytes(100),
        b"<!doctype html><p>a@b.nl",
        b'naam;email\n"Noor;noor@school.test\n' + b"x;y@z.nl\n" * 6000,
        b"a@b.nl\n" * (MOST_ROWS + 1),
        b"a" * (1024 * 1024 + 1),
        b"\xff\xfe\x00",
    ],
    ids=["nothing", "white", "picture", "excel", "page", "quote", "too many", "too large", "torn"],
)
def test_what_is_no_list_is_said_in_a_sentence(
    regenboog: Side, browser: Browser, fatima: User, data: bytes
) -> None:
    with pytest.raises(NoList):
        read(data, regenboog.community)
    answer = browser(fatima).post(list_page(regenboog), {"file": SimpleUploadedFile("lijst.csv", data)})
    assert answer.status_code == 200
    assert "Kijk hier nog even naar" in answer.content.decode()


def carried(page: str) -> str:
    found = re.search(r'<textarea name="text"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("by_file", [True, False])
def test_nothing_happens_before_it_is_confirmed(
    browser: Browser, fatima: User, regenboog: Side, by_file: bool
) -> None:
    fatimas = browser(fatima)
    said = {"file": SimpleUploadedFile("lijst.csv", LIST.encode("utf-16"))} if by_file else {"text": LIST}
    page = fatimas.post(list_page(regenboog), said).content.decode()
    assert "2 collega's worden uitgenodigd" in unescape(page)
    assert not Invitation.objects.exists()
    answer = fatimas.post(list_page(regenboog), {"text": carried(page), "confirm": "1"}, follow=True)
    assert "Er gaan nog 2 mails weg" in answer.content.decode()
    assert answer.headers["Refresh"] == "3"
    noor, mo = Invitation.objects.order_by("-email")
    assert (noor.name, noor.role, mo.role) == ("Noor Smit", Role.MEMBER, Role.FACILITATOR)
    work()
    assert sorted(m.to[0] for m in mail.outbox) == ["mo@school.test", "noor@school.test"]
    done = fatimas.get(f"/plg/{regenboog.community.pk}/leden/uitnodigingen/")
    assert "Refresh" not in done.headers
    fatimas.post(list_page(regenboog), {"text": carried(page), "confirm": "1"})
    assert Invitation.objects.count() == 2


def test_the_name_on_the_list_is_there_to_be_changed(browser: Browser, fatima: User, regenboog: Side) -> None:
    browser(fatima).post(list_page(regenboog), {"text": LIST, "confirm": "1"})
    link = Invitation.objects.get(email="noor@school.test").address(proven=True)
    assert 'value="Noor Smit"' in browser(None).get(link).content.decode()


def test_five_hundred_a_day_is_enough(browser: Browser, fatima: User, regenboog: Side) -> None:
    fatimas = browser(fatima)
    many = "\n".join(f"n{n}@school.test" for n in range(MOST_ROWS))
    assert fatimas.post(list_page(regenboog), {"text": many, "confirm": "1"}).status_code == 302
    more = {"text": "nog@school.test", "confirm": "1"}
    assert (
        "Je hebt vandaag al veel mensen uitgenodigd."
        in fatimas.post(list_page(regenboog), more).content.decode()
    )
    with clock.at(NOW + timedelta(days=1)):
        assert fatimas.post(list_page(regenboog), more).status_code == 302
    assert Invitation.objects.count() == MOST_ROWS + 1
