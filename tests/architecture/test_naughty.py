"""Every string of the Big List of Naughty Strings, through every form: kept as it was typed, run nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client

from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Invitation, Membership
from leerkring.effectiveness.models import Upload
from leerkring.goals.models import Goal, Measure, Measurement, Statement
from leerkring.insights.models import Insight, Limit, Trying
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.meetings.models import Agreement, Correction, Item, Meeting
from leerkring.network.models import Board, Holiday, Location, Network, School
from leerkring.people.models import User
from leerkring.people.tests.test_signing_in import code_in_mail
from leerkring.practice.models import Intention, Tryout, Visit
from leerkring.practice.models import Note as VisitNote
from tests.architecture.stage import Stage
from tests.architecture.test_walk import ROLES, TABLE, undone
from tests.cast import Browser, Side
from tests.naughty import ACTIVE, STRINGS, Field, Form, Page, batches, some_of, squeezed

pytestmark = pytest.mark.django_db

#: Fields into which anything can be typed.
TYPED = {"text", "textarea", "email", "search", "tel", "url", "password", "date", "hidden", "number"}
#: Fields that are not the house's own to fill.
GIVEN = {"csrfmiddlewaretoken", "draft-token"}
ALL = 10_000


def takes_post(name: str) -> str | None:
    """The role as which a form at this address is filled in, if there is one."""
    row = TABLE[name]
    fits = (
        role for role in ROLES if row.expected("get", role) == "200" and row.expected("post", role) != "405"
    )
    return next(fits, None)


FORMS = {name: role for name in TABLE if (role := takes_post(name))}


def shown_active(page: Page) -> dict[str, int]:
    return {tag: page.active[tag] for tag in ACTIVE}


def filled(form: Form, text: str, *, whole: bool) -> dict[str, str]:
    """Every field of the form with `text` in it; choices as they stand. Not `whole`: cut to what a field holds."""
    said = {}
    for field in form.fields:
        if field.name in GIVEN:
            continue
        if field.kind in TYPED:
            said[field.name] = text if whole or field.most is None else text[: field.most]
        elif field.kind not in {"file", "checkbox"}:
            said.setdefault(field.name, field.value)
    return said


def fields_of(form: Form) -> list[Field]:
    return [field for field in form.fields if field.kind in TYPED and field.name not in GIVEN]


def test_there_are_forms_and_strings() -> None:
    assert len(STRINGS) > 400
    assert len(FORMS) > 15


@pytest.mark.parametrize("role", sorted(set(FORMS.values())))
def test_no_form_breaks_and_nothing_it_says_back_runs(stage: Stage, browser: Browser, role: str) -> None:
    """All strings in few posts, in every field at once: refused with a sentence, or kept; never an error."""
    for name in (name for name, by in FORMS.items() if by == role):
        with undone():
            fill_in(name, stage, browser(stage.user(role)))


def fill_in(name: str, stage: Stage, client: Client) -> None:
    address = stage.address(name, stage.cast.regenboog)
    before = Page(client.get(address).content.decode())
    own = [form for form in before.forms if fields_of(form) and form.action in {"", address}]
    for form in own:
        between = "\r\n" if any(field.kind == "textarea" for field in form.fields) else " "
        cut = any(field.most for field in fields_of(form))
        for text in (*batches(9_000, between), "a\0b"):
            for whole in (True, False) if cut else (True,):
                with undone():
                    answer = client.post(address, filled(form, text, whole=whole))
                    assert answer.status_code in {200, 302, 409, 429}, (name, answer.status_code, text[:60])
                    if answer.status_code == 200:
                        page = Page(answer.content.decode())
                        assert page.runs == [], name
                        assert page.active["script"] == before.active["script"], name
                        for tag in ("iframe", "object", "embed", "style", "video", "audio", "base"):
                            assert page.active[tag] == 0, (name, tag)


# What is kept is what was typed


@dataclass(frozen=True)
class Place:
    """A form in which people's words are kept: where they are typed, kept, and read."""

    who: str
    address: str
    model: type[models.Model]
    #: What is typed under this name is kept in this field.
    fields: dict[str, str]
    #: What else the form wants.
    beside: dict[str, Any]
    #: Where it is read, given the row.
    read: Callable[[Any], str]
    many_lines: bool = False
    #: Choose the row that was changed, when it is not the newest.
    row: Callable[[], Any] | None = None
    #: How many stand on one page, which is then read once.
    together: int = 1
    #: After how many texts the page is read again: a long list of people takes its time.
    read_every: int = 1
    #: Nothing may be typed as well.
    optional: bool = False
    #: Signs make lists and bold of it: the words are there in their order.
    is_formatted: bool = False


def places(side: Side) -> list[Place]:
    return [
        *in_talk(side),
        *in_goals(side),
        *in_insights(side),
        *in_what_was_held(side),
        *in_meetings(side),
        *in_the_group(side),
        *of_schools(side),
        *of_oneself(side),
    ]


def in_talk(side: Side) -> list[Place]:
    root = f"/plg/{side.community.pk}/gesprekken"
    talk = f"{root}/{side.conversation.pk}/"
    said = lambda c: f"{root}/{c.conversation_id}/?bij={c.pk}"  # noqa: E731
    opening = f"/plg/{side.community.pk}/bijdrage/{side.opening.pk}/"
    text, new = {"text": "text"}, {"purpose": "question", "title": "T", "text": "Dag"}
    return [
        Place(
            "member",
            f"{root}/nieuw/",
            Conversation,
            {"title": "title"},
            new,
            lambda c: f"{root}/{c.pk}/",
        ),
        Place("member", f"{root}/nieuw/", Contribution, text, new, said, True),
        Place("member", talk, Contribution, text, {}, said, True),
        Place(
            "member",
            opening,
            Contribution,
            text,
            {},
            said,
            True,
            lambda: Contribution.objects.get(pk=side.opening.pk),
        ),
        Place(
            "facilitator",
            f"{talk}weghalen/",
            Conversation,
            {"because": "removed_because"},
            {},
            lambda _: f"{root}/prullenbak/",
            row=lambda: Conversation.objects.get(pk=side.conversation.pk),
        ),
    ]


def in_goals(side: Side) -> list[Place]:
    root = f"/plg/{side.community.pk}"
    goals = {goal.state: goal for goal in Goal.objects.filter(community=side.community).order_by("-pk")}
    running = goals["adopted"]
    at = f"{root}/doelen/{running.pk}/"
    measure = running.measures.get()
    seen = lambda: Goal.objects.get(pk=running.pk)  # noqa: E731
    measured = f"{at}waaraan/{measure.pk}/"
    parts = {"pupils": "pupils", "not_yet": "not_yet", "product": "product"}
    concluded = {"decision": "stop", "yielded": "Klaar", "kept_where": "", "kept_by": "", "look_again_on": ""}
    beside = {"role": "beside", "on": "2026-11-09", "value": "40"}
    return [
        Place(
            "member",
            f"{root}/doelen/nieuw/",
            Goal,
            {"text": "text"},
            {},
            lambda g: f"{root}/doelen/{g.pk}/",
            True,
        ),
        Place(
            "member",
            f"{at}aanvullen/",
            Goal,
            parts,
            {"text": "Dag", "revision": running.revision},
            lambda _: at,
            row=seen,
            optional=True,
        ),
        Place(
            "member",
            f"{at}aanvullen/",
            Goal,
            {"text": "text"},
            {"revision": running.revision},
            lambda _: at,
            True,
            row=seen,
        ),
        Place(
            "member", f"{at}afronden/", Goal, {"yielded": "yielded"}, concluded, lambda _: at, True, row=seen
        ),
        Place(
            "member",
            f"{at}afronden/",
            Goal,
            {"kept_where": "kept_where"},
            concluded,
            lambda _: at,
            row=seen,
            optional=True,
        ),
        Place(
            "member",
            f"{at}loslaten/",
            Goal,
            {"because": "dropped_because"},
            {},
            lambda _: at,
            row=seen,
        ),
        Place(
            "member",
            f"{at}waaraan/",
            Measure,
            {"name": "name"},
            {"kind": "share"},
            lambda _: at,
            together=40,
        ),
        Place(
            "member",
            f"{at}waaraan/",
            Measure,
            {"unit": "unit"},
            {"name": "Toets", "kind": "mean", "baseline": "3", "baseline_on": "2026-11-09"},
            lambda _: at,
            optional=True,
            together=40,
        ),
        Place(
            "member",
            f"{measured}uitkomst/",
            Measurement,
            {"label": "label"},
            beside,
            lambda _: at,
            together=40,
        ),
        Place(
            "member",
            f"{measured}uitkomst/",
            Measurement,
            {"note": "note"},
            {**beside, "label": "2b"},
            lambda _: at,
            optional=True,
            together=40,
        ),
        Place(
            "member",
            f"{root}/samen/werkafspraken/schrijven/",
            Statement,
            {"text": "text"},
            {"seen": 0},
            lambda _: f"{root}/samen/werkafspraken/",
            True,
            is_formatted=True,
        ),
    ]


def in_insights(side: Side) -> list[Place]:
    """Said, said better, limited, and told of."""
    root = f"/plg/{side.community.pk}/inzichten/"
    made, own = Insight.objects.filter(community=side.community).order_by("pk")
    trying = Trying.objects.get(insight=made)
    words = {"what": "what", "why": "why", "noticed": "noticed"}
    said = {"kind": "rule", "what": "Dag", "why": "Dag"}  # nothing is put before what was typed
    return [
        Place("member", f"{root}nieuw/", Insight, words, said, lambda i: f"{root}{i.pk}/", True),
        Place(
            "member",
            f"{root}nieuw/",
            Insight,
            {"practice": "practice"},
            said,
            lambda i: f"{root}{i.pk}/",
            optional=True,
        ),
        Place(
            "member",
            f"{root}{own.pk}/aanpassen/",
            Insight,
            {"noticed": "noticed"},
            {**said, "seen": own.revision},
            lambda i: f"{root}{i.pk}/",
            True,
            row=lambda: Insight.objects.get(pk=own.pk),
            optional=True,
        ),
        Place(
            "member", f"{root}{made.pk}/", Limit, {"text": "text"}, {}, lambda _: f"{root}{made.pk}/", True
        ),
        Place(
            "facilitator",
            f"{root}{made.pk}/proberen/{trying.pk}/",
            Trying,
            {"text": "text"},
            {"worked": "partly"},
            lambda _: f"{root}{made.pk}/",
            True,
            row=lambda: Trying.objects.get(pk=trying.pk),
            optional=True,
        ),
    ]


def in_visits(side: Side) -> list[Place]:
    """Asked, opened, noted and tried."""
    root = f"/plg/{side.community.pk}/praktijk/lesbezoek/"
    was = Visit.objects.get(community=side.community, state="held")
    day = {"on": "2026-11-12", "begins": "10:30", "minutes": "10", "room_for": "1"}
    lesson = {"question": "Wie?", "lesson": "Groep 6", **day}
    keys = (f"sleutel-{number}" for number in count())
    return [
        Place(
            "member",
            f"{root}open/",
            Visit,
            {"question": "question", "lesson": "lesson", "place": "place"},
            lesson,
            lambda v: f"{root}{v.pk}/",
        ),
        Place(
            "member",
            f"{root}{was.pk}/kijken/",
            VisitNote,
            {"text": "text"},
            {"kind": "says", "key": keys},
            lambda _: f"{root}{was.pk}/kijken/",
            True,
        ),
        Place(
            "facilitator",
            f"{root}{was.pk}/voornemen/",
            Intention,
            {"text": "text"},
            {"on": "2026-11-17"},
            lambda _: f"{root}{was.pk}/",
        ),
        Place(
            "member",
            f"{root}{was.pk}/voornemen/vertellen/",
            Intention,
            {"how": "how"},
            {"worked": "partly"},
            lambda _: f"{root}{was.pk}/",
            True,
            row=lambda: Intention.objects.get(visit=was, member__user__email="anna@leerkring.test"),
            optional=True,
        ),
    ]


def in_tryouts(side: Side) -> list[Place]:
    """Begun, said better, and told how it went."""
    root = f"/plg/{side.community.pk}/praktijk/uitproberen/"
    own = Tryout.objects.filter(community=side.community).latest("pk")
    said = {"idea": "Dag", "expected": "Dag", "on": "2026-11-17"}
    words = {"idea": "idea", "expected": "expected"}
    ways = {"worked": "no", "decision": "stop"}

    def row() -> Tryout:
        return Tryout.objects.get(pk=own.pk)

    def shown(tryout: Any) -> str:
        return f"{root}{tryout.pk}/"

    change, tell = f"{root}{own.pk}/aanpassen/", f"{root}{own.pk}/hoe-ging-het/"
    return [
        Place("member", f"{root}nieuw/", Tryout, words, said, shown, True),
        Place("member", f"{root}nieuw/", Tryout, {"where": "where"}, said, shown, optional=True),
        Place("member", change, Tryout, words, {"seen": own.revision, **said}, shown, True, row=row),
        Place("member", tell, Tryout, {"reason": "reason"}, ways, shown, True, row=row),
        Place(
            "member",
            tell,
            Tryout,
            {"evidence": "evidence", "adapted": "adapted"},
            {**ways, "reason": "Dag"},
            shown,
            True,
            row=row,
            optional=True,
        ),
    ]


def in_meetings(side: Side) -> list[Place]:
    root = f"/plg/{side.community.pk}/bijeenkomsten"
    meeting = Meeting.objects.filter(community=side.community, state="planned")[0]
    at = f"{root}/{meeting.pk}/"
    seen = lambda: Meeting.objects.get(pk=meeting.pk)  # noqa: E731
    item = meeting.items.all()[0]
    new = {"topic": "T", "minutes": 60, "how": "day", "on": "2026-12-01", "begins": "15:30", "repeat": "0"}
    changed = {**new, "revision": meeting.revision}
    line = {"minutes": 10, "kind": "content"}
    return [
        Place("facilitator", f"{root}/nieuw/", Meeting, {"topic": "topic"}, new, lambda m: f"{root}/{m.pk}/"),
        Place(
            "facilitator",
            f"{at}veranderen/",
            Meeting,
            {"question": "question", "place": "place"},
            changed,
            lambda _: at,
            row=seen,
            optional=True,
        ),
        Place(
            "facilitator",
            f"{at}veranderen/",
            Meeting,
            {"bring": "bring"},
            changed,
            lambda _: at,
            True,
            seen,
            optional=True,
        ),
        Place(
            "facilitator",
            f"{at}afzeggen/",
            Meeting,
            {"because": "why_cancelled"},
            {},
            lambda _: at,
            row=seen,
        ),
        Place("member", f"{at}agenda/", Item, {"title": "title"}, line, lambda _: at, together=20),
        Place(
            "facilitator",
            f"{at}agenda/{item.pk}/",
            Item,
            {"title": "title"},
            {**line, "seen": item.mark},
            lambda _: at,
            row=lambda: Item.objects.get(pk=item.pk),
        ),
    ]


def in_what_was_held(side: Side) -> list[Place]:
    """What is added to minutes, and agreed between meetings."""
    root = f"/plg/{side.community.pk}"
    was = Meeting.objects.get(community=side.community, state="closed")
    minutes, agreed = f"{root}/bijeenkomsten/{was.pk}/notulen/", was.agreements.get()
    beside = {"who": [], "by": "", "revision": agreed.revision}
    what, read = {"what": "what"}, f"{root}/bijeenkomsten/afspraken/"
    return [
        Place("member", minutes, Correction, {"text": "text"}, {}, lambda _: minutes, True),
        Place("member", f"{read}nieuw/", Agreement, what, {**beside, "revision": 0}, lambda _: read, True),
        Place(
            "member",
            f"{read}{agreed.pk}/veranderen/",
            Agreement,
            what,
            beside,
            lambda _: read,
            True,
            row=lambda: Agreement.objects.get(pk=agreed.pk),
        ),
    ]


def in_the_group(side: Side) -> list[Place]:
    root = f"/plg/{side.community.pk}"
    return [
        Place(
            "facilitator",
            f"{root}/over/",
            Community,
            {"name": "name", "aim": "aim"},
            {"name": "Rekenen", "aim": "", "schools": [], "network": ""},
            lambda _: f"{root}/over/",
            row=lambda: Community.objects.get(pk=side.community.pk),
        ),
        Place(
            "member",
            f"{root}/leden/kennismaken/ik/",
            Membership,
            {"gives": "gives", "shows": "shows", "curious": "curious"},
            {},
            lambda _: f"{root}/leden/kennismaken/",
            row=lambda: Membership.objects.get(community=side.community, user__name="Anna de Wit"),
            optional=True,
        ),
    ]


def of_schools(side: Side) -> list[Place]:
    school = {"sector": "po", "region": "midden", "name": "S", "place": "P", "brin": ""}
    days = map(str, (date(2027, 1, 4) + timedelta(days=n) for n in count()))
    here = f"/scholen/{side.school.pk}/"
    named, placed = {"name": "name"}, {"name": "name", "place": "place"}
    whole = {"name": "name", "aim": "aim"}
    in_network = {"name": "N", "aim": "A", "schools": [side.school.pk]}
    return [
        Place(
            "administrator",
            "/scholen/nieuw/",
            School,
            placed,
            school,
            lambda _: "/scholen/",
            together=ALL,
        ),
        Place(
            "leader",
            f"{here}locaties/nieuw/",
            Location,
            placed,
            {"name": "L", "place": "P"},
            lambda _: here,
            together=ALL,
        ),
        Place(
            "leader",
            f"{here}kalender/",
            Holiday,
            named,
            {"first_day": days, "last_day": days},
            lambda _: f"{here}kalender/",
            together=ALL,
        ),
        Place("administrator", "/besturen/", Board, named, {}, lambda _: "/besturen/", together=ALL),
        Place(
            "administrator",
            "/netwerken/nieuw/",
            Network,
            whole,
            in_network,
            lambda _: "/netwerken/",
            together=ALL,
        ),
    ]


def of_oneself(side: Side) -> list[Place]:
    members = f"/plg/{side.community.pk}/leden/"
    lead = side.community.memberships.get(role=Role.FACILITATOR)
    asked = Invitation.make(side.community, email="nieuw@school.test", by=lead)
    return [
        Place(
            "member",
            "/mijn/naam/",
            User,
            {"name": "name"},
            {"language": "nl"},
            lambda _: members,
            row=lambda: User.objects.get(email="anna@leerkring.test"),
            read_every=8,
        ),
        Place(
            "anonymous",
            asked.address(proven=True),
            User,
            {"name": "name"},
            {},
            lambda _: members,
        ),
    ]


def held_by(place: Place, name: str) -> int:
    """How many characters fit in one field."""
    field = place.model._meta.get_field(place.fields[name])
    return int(field.max_length or 20_000)  # type: ignore[union-attr]


def limit(place: Place) -> int:
    """What fits in each of the fields."""
    return min(held_by(place, name) for name in place.fields)


def newest(place: Place) -> Any:
    return place.row() if place.row else place.model._default_manager.order_by("-pk").first()


def _beside(place: Place) -> dict[str, Any]:
    """No two holidays are on the same days."""
    given = {k: next(v) if isinstance(v, Iterator) else v for k, v in place.beside.items()}
    return {**given, "last_day": given["first_day"]} if "first_day" in given else given


def _kept(place: Place, text: str) -> str:
    return text if place.many_lines else text.strip()


def _fits(place: Place, text: str) -> bool:
    return bool(_kept(place, text).strip()) and len(_kept(place, text)) <= limit(place)


def kept_unchanged(place: Place, client: Client, texts: list[str]) -> Any:
    """The row in which `texts`, each in a field of its own, are kept now."""
    typed = dict(zip(place.fields, texts, strict=False))
    answer = client.post(place.address, {**_beside(place), **typed})
    assert answer.status_code == 302, (place.address, typed, answer.content.decode()[-3000:])
    row = newest(place)
    assert {n: getattr(row, place.fields[n]) for n in typed} == {n: _kept(place, t) for n, t in typed.items()}
    return row


def refused(place: Place, client: Client, name: str, text: str) -> None:
    answer = client.post(place.address, {**_beside(place), name: text})
    assert answer.status_code == 200, (place.address, name, text[:60])
    assert 'class="problems"' in answer.content.decode(), (place.address, name)


def shown_unchanged(place: Place, client: Client, row: Any, texts: list[str]) -> None:
    read = client.get(place.read(row))
    assert read.status_code == 200
    page = Page(read.content.decode())
    if place.is_formatted:
        told = iter(page.text.split())
        words = [word for text in texts for word in text.split() if word.isascii() and word.isalnum()]
        assert [word for word in words if word not in told] == [], place.address
    else:
        assert [text for text in texts if squeezed(text) not in page.text] == [], place.address
    assert page.runs == []
    assert page.active["script"] == 1
    assert page.active["iframe"] == page.active["object"] == 0
    assert page.active["img"] == read.content.count(b'src="/foto/')  # of colleagues


@pytest.mark.parametrize(
    "some",
    [
        in_talk,
        in_goals,
        in_insights,
        in_visits,
        in_tryouts,
        in_meetings,
        in_what_was_held,
        in_the_group,
        of_schools,
        of_oneself,
    ],
)
def test_what_is_kept_is_what_was_typed(
    stage: Stage, browser: Browser, some: Callable[[Side], list[Place]]
) -> None:
    for place in some(stage.cast.regenboog):
        with undone():
            type_everything(place, browser(stage.user(place.who)))


def _in_runs(texts: list[str], length: int) -> list[list[str]]:
    return [texts[start : start + length] for start in range(0, len(texts), length)]


def type_everything(place: Place, client: Client) -> None:
    most = limit(place) if place.many_lines else limit(place) - 2
    texts = some_of(
        batches(most, "\n" if place.many_lines else " "), f"{place.address} {' '.join(place.fields)}"
    )
    fitting = [text for text in texts if _fits(place, text)]
    for text in texts:
        if text not in fitting and not (place.optional and not text.strip()):
            with undone():
                refused(place, client, min(place.fields, key=lambda name: held_by(place, name)), text)
    at_once = len(place.fields)
    for number, page in enumerate(_in_runs(fitting, at_once * place.together)):
        caches["template_fragments"].clear()  # what is undone gives its numbers to the next
        with undone():
            # Who came in by an invitation is signed in, and reads.
            rows = [kept_unchanged(place, client, texts) for texts in _in_runs(page, at_once)]
            if number % place.read_every == 0:
                shown_unchanged(place, client, rows[-1], [_kept(place, text) for text in page])
        if place.who == "anonymous":
            client.logout()


@pytest.mark.parametrize("text", ["a\0b", "\0"])
def test_a_nul_is_refused_with_a_sentence(stage: Stage, browser: Browser, text: str) -> None:
    for place in places(stage.cast.regenboog):
        for name in place.fields:
            with undone():
                refused(place, browser(stage.user(place.who)), name, text)


def test_a_name_in_a_pasted_list_is_kept_as_typed(stage: Stage, browser: Browser) -> None:
    """Quotes, as a spreadsheet writes them; a cell that a spreadsheet would calculate is refused with its reason."""
    side, client = stage.cast.regenboog, browser(stage.cast.fatima)
    address = f"/plg/{side.community.pk}/leden/lijst/"
    names = [" ".join(text.split()) for text in batches(110, " ")]
    rows = [f'n{n}@school.test;"{name.replace(chr(34), chr(34) * 2)}"' for n, name in enumerate(names)]
    text = "\n".join(["e-mail;naam", *rows])
    preview = client.post(address, {"text": text})
    assert preview.status_code == 200
    page = Page(preview.content.decode())
    assert page.runs == []
    assert page.active["script"] == 1
    refused = client.post(
        address, {"text": text, "confirm": "1"}
    )  # who could be asked is; the others come back
    assert refused.status_code == 200
    assert Page(refused.content.decode()).runs == []
    made = dict(Invitation.objects.filter(email__startswith="n").values_list("email", "name"))
    kept = [n for n, name in enumerate(names) if made.get(f"n{n}@school.test") == name]
    assert len(kept) > len(names) * 0.8
    listed = Page(client.get(f"/plg/{side.community.pk}/leden/uitnodigingen/").content.decode())
    assert [names[n] for n in kept if squeezed(names[n]) not in listed.text] == []
    assert listed.runs == []


def test_the_name_of_a_passkey_is_kept_as_typed(stage: Stage, browser: Browser) -> None:
    client = browser(stage.cast.anna)
    client.post("/mijn/controle/", {"send": "1"})
    client.post("/mijn/controle/", {"code": code_in_mail()})
    key = Authenticator.objects.create(
        user=stage.cast.anna, type="webauthn", data={"name": "Telefoon", "credential": {}}
    )
    address = f"/accounts/2fa/webauthn/keys/{key.pk}/edit/"
    for text in ("a\0b", *some_of(batches(58, " "), address)):
        answer = client.post(address, {"name": text})
        name = text.strip()
        if not name or len(name) > 60 or "\0" in name:
            assert answer.status_code == 200
            assert 'class="problems"' in answer.content.decode()
            continue
        assert answer.status_code == 302, text
        key.refresh_from_db()
        assert key.data["name"] == name
    page = Page(client.get("/accounts/2fa/webauthn/").content.decode())
    assert squeezed(key.data["name"]) in page.text
    assert page.runs == []


def test_the_name_of_a_mirror_from_a_file_is_kept_as_typed(stage: Stage, browser: Browser) -> None:
    side, client = stage.cast.regenboog, browser(stage.cast.fatima)
    for text in some_of(batches(118, " "), "/uit-bestand/"):
        file = SimpleUploadedFile("x.csv", b"van,naar,datum\n1,2,2026-10-01\n")
        with undone():
            answer = client.post(
                "/uit-bestand/", {"name": text, "school": side.school.pk, "interactions": file}
            )
            if not text.strip() or len(text.strip()) > 120:
                assert answer.status_code == 200
                continue
            assert answer.status_code == 302, text
            upload = Upload.objects.order_by("-pk")[0]
            assert upload.name == text.strip()
            page = Page(client.get(answer["Location"]).content.decode())
            upload.delete_files()
            assert squeezed(upload.name) in page.text
            assert page.runs == []
