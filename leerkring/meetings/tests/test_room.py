"""The live room as a machine: whatever is sent by whomever, in whatever order and however often, it stays itself."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from leerkring.meetings.live import view
from leerkring.meetings.live.acts import OUT, Act, Impossible, Kind, Why, read
from leerkring.meetings.live.desk import Desk, Sent
from leerkring.meetings.live.room import Room
from leerkring.meetings.live.steps import Played, dump, load
from leerkring.meetings.workform import Role, StepKind, StepText, Who

START = 1_000_000.0


def a_step(key: str, kind: StepKind, **more: Any) -> Played:
    return Played(key, kind, more.pop("minutes", 5), {"nl": StepText(key, f"{key}?")}, **more)


#: One of each kind.
STEPS = (
    a_step("vraag", StepKind.TALK, speaks=Who.PRESENTER, writes=Who.SCRIBE),
    a_step("schrijf", StepKind.WRITE, speaks=Who.NOBODY, writes=Who.OTHERS, cards=3),
    a_step("zonder", StepKind.WRITE, speaks=Who.NOBODY, writes=Who.EVERYONE, cards=2, anonymous=True),
    a_step("ronde", StepKind.ROUND, speaks=Who.OTHERS, writes=Who.OTHERS, cards=2),
    a_step("orden", StepKind.ORDER, of="schrijf"),
    a_step("stippen", StepKind.DOTS, of="schrijf", dots=2),
    a_step("bij", StepKind.TALK, of="schrijf", writes=Who.EVERYONE),
    a_step("verder", StepKind.CONSENT, of="schrijf"),
    a_step("oogst", StepKind.INSIGHT, writes=Who.EVERYONE),
    a_step("afspraken", StepKind.AGREE),
    a_step("af", StepKind.EXIT, anonymous=True, cards=1),
)


ROLES = {1: [Role.FACILITATOR], 2: [Role.SCRIBE], 3: [Role.PRESENTER]}


def a_room(*people: str) -> Desk:
    """Anna leads; the third who comes is the presenter, the fourth has no device."""
    desk = Desk(Room(STEPS))
    for number, name in enumerate(people, 1):
        join(desk, number, name)
    return desk


def played(acts: Iterable[Act]) -> Room:
    """The room as its acts made it."""
    room = Room(STEPS)
    for act in acts:
        room.apply(act)
    return room


def join(desk: Desk, person: int, name: str, *, written_for: bool | None = None) -> None:
    house(desk, Kind.JOIN, joined(person, name, written_for=written_for))


def joined(person: int, name: str, *, written_for: bool | None = None) -> dict[str, Any]:
    return {
        "person": person,
        "name": name,
        "member": person,
        "leads": person == 1,
        "guest": False,
        "written_for": person == 4 if written_for is None else written_for,
        "roles": ROLES.get(person, []),
    }


def house(desk: Desk, kind: Kind, data: dict[str, Any], at: float = START) -> Act:
    """An act that no screen sends."""
    act = Act(desk.room.number + 1, kind, None, data, max(at, desk.room.now))
    desk.room.apply(act)
    return act


_keys = count(1)


class Phone:
    """Sends, each thing under a key of its own."""

    def __init__(self, desk: Desk, person: int) -> None:
        self.desk, self.person = desk, person

    def __call__(self, act: str, /, at: float = START, **data: Any) -> Act | None:
        return self.desk.take(Sent(self.person, f"k{next(_keys)}", act, data), at)


def refused(phone: Phone, act: str, /, **data: Any) -> Why | None:
    try:
        phone(act, **data)
    except Impossible as impossible:
        return impossible.why
    return None


def test_cards_stay_hidden_until_all_are_shown_at_once() -> None:
    desk = a_room("Anna", "Bram", "Fatima", "Gert")
    anna, bram = Phone(desk, 1), Phone(desk, 2)
    anna("step", was=-1, to=1)
    bram("card", step="schrijf", text="Ze kijken bij hun buur")
    shown = view.common(desk.room)
    assert not [key for key in shown if key.startswith("card:")]
    assert "buur" in str(view.own(desk.room, 2))
    assert "buur" not in str(view.own(desk.room, 3))
    anna("reveal", step="schrijf")
    assert "buur" in str(view.common(desk.room))


def test_the_presenter_listens() -> None:
    desk = a_room("Anna", "Bram", "Fatima")
    Phone(desk, 1)("step", was=-1, to=1)
    assert refused(Phone(desk, 3), "card", step="schrijf", text="Maar ik bedoelde") is Why.LISTENS


def test_a_phone_that_was_away_still_gives_what_was_written() -> None:
    desk = a_room("Anna", "Bram")
    anna, bram = Phone(desk, 1), Phone(desk, 2)
    for to in range(5):
        anna("step", was=to - 1, to=to)
    bram("card", step="schrijf", text="Toen schreef ik dit")
    anna("close")
    bram("card", step="ronde", text="En dit")
    assert [(card.text, card.late) for card in desk.room.cards.values()] == [
        ("Toen schreef ik dit", True),
        ("En dit", True),
    ]


def test_a_dot_is_for_the_pile_in_which_the_card_lies() -> None:
    desk = a_room("Anna", "Bram", "Carla")
    anna, bram = Phone(desk, 1), Phone(desk, 2)
    anna("step", was=-1, to=1)
    for n in (1, 2, 3):
        anna("card", step="schrijf", text=f"Kaart {n}")
    first, second, third = desk.room.cards
    anna("step", was=1, to=4)
    anna("pile", step="orden", name="Duur", cards=[first, second])
    (pile,) = desk.room.piles
    anna("step", was=4, to=5)
    for phone, card in ((anna, first), (bram, second), (bram, third)):
        phone("dot", step="stippen", card=card, on=True)
    room = desk.room
    assert room.counted("stippen") == {pile: 2, third: 1}
    assert view.own(room, 2)["own-dots:stippen:2"] == [pile, third]
    # A screen of an earlier version takes back at a card only what lies on that card.
    bram("dot", step="stippen", card=first, on=False)
    assert room.counted("stippen") == {pile: 2, third: 1}
    # Taken back at another card of the pile; and what is laid otherwise takes its dots along.
    bram("dot", step="stippen", card=first, on=False, heap=True)
    assert room.counted("stippen") == {pile: 1, third: 1}
    anna("pile", step="orden", name="Te duur", cards=[first, second])
    renamed = max(room.piles)
    anna("reveal", step="stippen")
    assert view.common(room)["dots:stippen"] == {renamed: 1, third: 1}


def test_who_leads_takes_a_card_away_and_its_writer_is_told() -> None:
    desk = a_room("Anna", "Bram", "Carla")
    anna, bram, carla = (Phone(desk, person) for person in (1, 2, 3))
    anna("step", was=-1, to=3)
    card = bram("card", step="ronde", text="Kevin begon niet")
    assert card is not None
    assert refused(carla, "away", card=card.number) is Why.NOT_YOURS
    anna("away", card=card.number)
    assert refused(anna, "away", card=card.number) is Why.GONE
    for picture in (view.common(desk.room), *(view.own(desk.room, person) for person in (1, 2, 3))):
        assert "Kevin" not in str(picture)
    assert view.own(desk.room, 2)[f"away:{card.number}"] == {"step": "ronde"}
    assert not [key for person in (1, 3) for key in view.own(desk.room, person) if key.startswith("away:")]
    # It counts for nothing: there is room for it without the name.
    bram("card", step="ronde", text="Iemand begon niet")
    bram("card", step="ronde", text="En gaf op")


def test_who_leads_takes_away_only_what_all_see() -> None:
    desk = a_room("Anna", "Bram")
    anna, bram = Phone(desk, 1), Phone(desk, 2)
    anna("step", was=-1, to=1)
    card = bram("card", step="schrijf", text="Kevin")
    assert card is not None
    assert refused(anna, "away", card=card.number) is Why.GONE
    anna("reveal", step="schrijf")
    anna("away", card=card.number)
    anna("close")
    assert refused(anna, "away", card=card.number) is Why.CLOSED


def test_a_card_that_is_no_ones_is_taken_away_and_stays_away_when_it_is_sent_again() -> None:
    desk = a_room("Anna", "Bram")
    anna = Phone(desk, 1)
    anna("step", was=-1, to=2)
    for token in (77, 78):
        desk.room.give(2, "zonder", token, f"Kevin {token}")
    anna("away", card=None, token=77)
    assert desk.room.unsigned["zonder"][77] == "Kevin 77"  # nobody saw it yet
    anna("reveal", step="zonder")
    anna("away", card=None, token=77)
    assert not desk.room.give(2, "zonder", 77, "Kevin 77")
    shown = [value["text"] for key, value in view.common(desk.room).items() if key.startswith("unsigned:")]
    assert shown == ["Kevin 78"]


def test_a_card_goes_out_of_its_pile_with_its_dots() -> None:
    desk = a_room("Anna", "Bram")
    anna, bram = Phone(desk, 1), Phone(desk, 2)
    anna("step", was=-1, to=1)
    for n in (1, 2):
        anna("card", step="schrijf", text=f"Kaart {n}")
    first, second = desk.room.cards
    anna("step", was=1, to=4)
    anna("pile", step="orden", name="Duur", cards=[first, second])
    bram("loose", step="orden", cards=[second])
    assert [card.pile is None for card in desk.room.cards.values()] == [False, True]
    anna("step", was=4, to=5)
    bram("dot", step="stippen", card=first, on=True)
    bram("loose", step="orden", cards=[first])
    assert desk.room.counted("stippen") == {first: 1}
    anna("close")
    assert refused(bram, "loose", step="orden", cards=[first]) is Why.CLOSED


def test_only_whose_practice_it_is_is_told_that_it_is_theirs() -> None:
    desk = a_room("Anna", "Bram", "Carla")
    Phone(desk, 1)("step", was=-1, to=7)
    made = Phone(desk, 2)("insight", kind="rule", what="Als het stil is, dan wacht ik", of=3)
    assert made is not None
    told = [person for person in (1, 2, 3) if f"of-me:{made.number}" in view.own(desk.room, person)]
    assert told == [3]
    assert "of-me" not in str(view.common(desk.room))


def test_each_has_a_turn_of_the_same_length_and_only_who_is_on_passes_it() -> None:
    desk = a_room("Anna", "Bram", "Fatima", "Gert")
    anna, bram, gert = Phone(desk, 1), Phone(desk, 2), Phone(desk, 4)
    anna("step", was=-1, to=3)
    step, turns = STEPS[3], desk.room.turns["ronde"]
    assert turns.order == [1, 2, 4]  # Fatima presents, and listens
    assert desk.room.turn_seconds(step) == 100
    anna("turn", step="ronde", was=0)
    assert refused(gert, "turn", step="ronde", was=1) is Why.NOT_YOURS
    bram("turn", step="ronde", was=1)
    assert refused(anna, "turn", step="ronde", was=1) is Why.OVERTAKEN
    join(desk, 5, "Laat")
    assert turns.order == [1, 2, 4, 5]
    assert turns.spoke == [1, 2, 4]


def test_the_timer_stands_still_in_a_pause_and_can_be_stretched() -> None:
    desk = a_room("Anna", "Bram")
    anna = Phone(desk, 1)
    anna("step", was=-1, to=0)
    anna("pause", at=START + 60)
    assert desk.room.timer.spent(START + 600) == 60
    anna("resume", at=START + 600)
    anna("stretch", at=START + 610, minutes=2)
    assert (desk.room.timer.allotted, desk.room.timer.spent(START + 660)) == (420, 120)
    anna("step", at=START + 660, was=0, to=1)
    assert desk.room.spent["vraag"] == 120


def test_the_scribe_writes_for_who_has_no_device_and_for_nobody_else() -> None:
    desk = a_room("Anna", "Bram", "Fatima", "Gert", "Hans")
    Phone(desk, 1)("step", was=-1, to=1)
    bram = Phone(desk, 2)
    bram("card", step="schrijf", text="Van Gert", **{"for": 4})
    assert refused(bram, "card", step="schrijf", text="Van Hans", **{"for": 5}) is Why.NOT_YOURS
    assert [card.by for card in desk.room.cards.values()] == [4]


def test_who_has_a_device_after_all_writes_alone() -> None:
    desk = a_room("Anna", "Bram", "Fatima", "Gert")
    anna, bram = Phone(desk, 1), Phone(desk, 2)
    anna("step", was=-1, to=1)
    written = bram("card", step="schrijf", text="Van Gert", **{"for": 4})
    assert written is not None
    join(desk, 4, "Gert", written_for=False)
    assert "Van Gert" in str(view.own(desk.room, 4))
    for other in (1, 2, 3):
        assert "Van Gert" not in str(view.own(desk.room, other))
    assert refused(bram, "drop", card=written.number) is Why.NOT_YOURS
    assert refused(bram, "card", step="schrijf", text="Nog een", **{"for": 4}) is Why.NOT_YOURS


def test_who_comes_in_again_has_one_turn_and_the_roles_that_were_given() -> None:
    desk = a_room("Anna", "Bram", "Fatima", "Gert")
    anna = Phone(desk, 1)
    anna("role", role="scribe", person=None)
    anna("step", was=-1, to=3)
    for person, name in ((2, "Bram"), (4, "Gert")):
        join(desk, person, name)
    anna("remove", person=4)
    join(desk, 4, "Gert")
    assert desk.room.turns["ronde"].order == [1, 2, 4]
    assert Role.SCRIBE not in desk.room.roles


def test_who_has_no_device_is_not_waited_for_where_nobody_may_know_whose_it_is() -> None:
    desk = a_room("Anna", "Bram", "Fatima", "Gert")
    asked = {step.key: len(desk.room.takes_part(step)) for step in STEPS}
    assert [asked[key] for key in ("stippen", "verder", "zonder", "af")] == [4, 4, 3, 3]


def test_who_writes_for_who_has_no_device_gives_their_dots_and_consent_and_sees_them() -> None:
    desk = a_room("Anna", "Bram", "Fatima", "Gert")
    anna, bram = Phone(desk, 1), Phone(desk, 2)
    anna("step", was=-1, to=1)
    card = bram("card", step="schrijf", text="Van Gert", **{"for": 4})
    assert card is not None
    for was, to in ((1, 5), (5, 7)):
        anna("step", was=was, to=to)
    bram("dot", step="stippen", card=card.number, on=True, **{"for": 4})
    bram("consent", step="verder", yes=False, text="Te vol", **{"for": 4})
    seen = view.own(desk.room, 2)
    assert seen["own-dots:stippen:4"] == [card.number]
    assert seen["own-dots:stippen:2"] == []
    assert seen["own-consent:verder:4"] == {"yes": False, "text": "Te vol"}
    assert not [key for key in view.own(desk.room, 3) if key.endswith(":4")]


def sees(desk: Desk, step: str = "verder") -> Any:
    return view.common(desk.room).get(f"consent:{step}")


def own(desk: Desk, person: int, step: str = "verder") -> Any:
    return view.own(desk.room, person)[f"own-consent:{step}:{person}"]


def test_who_could_go_on_is_asked_again_when_the_sentence_has_changed() -> None:
    desk = a_room("Anna", "Bram", "Carla")
    anna, bram, carla = (Phone(desk, n) for n in (1, 2, 3))
    at, verder = desk.room.by_key["bij"], desk.room.by_key["verder"]
    anna("step", was=-1, to=at)
    first = bram("card", step="bij", text="80% rekent het uit")
    assert first
    anna("step", was=at, to=verder)
    for person in (anna, bram):
        person("consent", step="verder", yes=True, about=first.number)
    carla("consent", step="verder", yes=False, text="Te veel", about=first.number)
    anna("reveal", step="verder")
    assert sees(desk) == {"yes": 2, "objections": [{"by": 3, "text": "Te veel"}]}

    anna("step", was=verder, to=at)
    second = bram("card", step="bij", text="70% rekent het uit")
    assert second
    anna("step", was=at, to=verder)
    # Each answers for themselves again, and reads why.
    assert sees(desk) is None
    assert view.common(desk.room)["step"]["done"] == 0
    assert own(desk, 1) == {"yes": True, "text": "", "lapsed": True}
    carla("consent", step="verder", yes=True, about=second.number)
    # What Bram's phone kept when it read otherwise is no answer to how it reads now.
    bram("consent", step="verder", yes=True, about=first.number)
    assert view.common(desk.room)["step"]["done"] == 1
    anna("reveal", step="verder")
    assert sees(desk) == {"yes": 1, "objections": []}
    assert [(who, one.text) for who, one in desk.room.objected["verder"]] == [(3, "Te veel")]


def test_when_the_sentence_reads_as_it_did_again_what_was_said_of_it_counts() -> None:
    desk = a_room("Anna", "Bram")
    anna, bram = Phone(desk, 1), Phone(desk, 2)
    at, verder = desk.room.by_key["bij"], desk.room.by_key["verder"]
    anna("step", was=-1, to=verder)
    bram("consent", step="verder", yes=True)
    # A card that came late nobody had before them.
    anna("card", step="bij", text="Veel later")
    assert "lapsed" not in own(desk, 2)
    anna("step", was=verder, to=at)
    card = anna("card", step="bij", text="Anders gezegd")
    assert card
    anna("step", was=at, to=verder)
    assert own(desk, 2)["lapsed"]
    anna("drop", card=card.number)
    assert "lapsed" not in own(desk, 2)


def test_who_has_no_device_is_ready_when_a_card_of_theirs_is_there() -> None:
    desk = a_room("Anna", "Bram", "Fatima", "Gert")
    Phone(desk, 1)("step", was=-1, to=1)
    bram = Phone(desk, 2)
    bram("card", step="schrijf", text="Van mij")
    assert desk.room.done(STEPS[1]) == 0
    bram("card", step="schrijf", text="Van Gert", **{"for": 4})
    assert desk.room.done(STEPS[1]) == 1


def test_who_gave_all_that_the_step_allows_is_ready() -> None:
    desk = a_room("Anna", "Bram", "Fatima")
    Phone(desk, 1)("step", was=-1, to=1)
    for number, done in ((1, 0), (2, 0), (3, 1)):
        Phone(desk, 2)("card", step="schrijf", text=f"Kaart {number}")
        assert desk.room.done(STEPS[1]) == done


def test_what_is_said_in_a_step_is_known_by_it() -> None:
    desk = a_room("Anna", "Bram")
    anna = Phone(desk, 1)
    for was, to in ((-1, 7), (7, 8)):
        anna("step", was=was, to=to)
        anna("insight", kind="rule", what="Eerst schatten", why="")
        anna("agreement", what="Kaarten maken", who=[1], by="")
    seen = [value["at"] for key, value in view.common(desk.room).items() if key.startswith("insight:")]
    agreed = [value["at"] for key, value in view.common(desk.room).items() if key.startswith("agreement:")]
    assert (seen, agreed) == ([7, 8], [7, 8])


def test_an_agreement_is_undone_by_who_wrote_it_who_leads_or_the_scribe() -> None:
    desk = a_room("Anna", "Bram", "Fatima", "Gert", "Ilse")
    anna, bram, fatima, ilse = (Phone(desk, person) for person in (1, 2, 3, 5))
    anna("step", was=-1, to=9)

    def agreed() -> int:
        made = fatima("agreement", what="Eerst schatten")
        assert made is not None
        return made.number

    one = agreed()
    assert refused(ilse, "undo", agreement=one) is Why.NOT_YOURS
    assert not desk.room.agreements[one].dropped
    may = {person: f"may-undo:{one}" in view.own(desk.room, person) for person in (1, 2, 3, 5)}
    assert may == {1: True, 2: True, 3: True, 5: False}
    for phone, number in ((fatima, one), (anna, agreed()), (bram, agreed())):
        phone("undo", agreement=number)
        assert desk.room.agreements[number].dropped
        assert f"may-undo:{number}" not in view.own(desk.room, 1)
    # Who wrote it, no other screen is told.
    last = agreed()
    assert set(view.common(desk.room)[f"agreement:{last}"]) == {"what", "names", "by", "at"}


def test_what_was_undone_before_that_rule_stays_undone_when_it_is_played_again() -> None:
    desk = a_room("Anna", "Bram", "Fatima")
    made = Phone(desk, 1)("agreement", what="Eerst schatten")
    assert made is not None
    kept = Act(made.number + 1, Kind.UNDO, 3, {"agreement": made.number}, START)
    desk.room.apply(kept)
    assert desk.room.agreements[made.number].dropped


def test_an_objection_is_in_sight_where_the_sentence_is_bettered_until_consent_is_asked_again() -> None:
    desk = a_room("Anna", "Bram", "Fatima")
    anna, fatima = Phone(desk, 1), Phone(desk, 3)
    anna("step", was=-1, to=6)
    assert "objections" not in view.common(desk.room)
    anna("step", was=6, to=7)
    anna("consent", step="verder", yes=True)
    fatima("consent", step="verder", yes=False, text="Te veel")
    assert "Te veel" not in str(view.common(desk.room))  # it is hidden until all is shown
    anna("step", was=7, to=6)
    stands = [{"by": 3, "text": "Te veel"}]
    assert view.common(desk.room)["objections"] == stands
    anna("card", step="bij", text="De helft")
    assert view.common(desk.room)["objections"] == stands
    anna("step", was=6, to=7)
    assert "objections" not in view.common(desk.room)
    assert "Te veel" not in str(view.common(desk.room))
    fatima("consent", step="verder", yes=True)
    anna("step", was=7, to=6)
    assert "objections" not in view.common(desk.room)


def test_the_word_that_ties_why_to_what_is_said_once() -> None:
    desk = a_room("Anna")
    Phone(desk, 1)("step", was=-1, to=8)
    for why in ("omdat ze dan nadenken", "ze dan nadenken"):
        made = Phone(desk, 1)("insight", kind="routine", what="Ik laat ze schatten", why=why)
        assert made is not None
        assert view.common(desk.room)[f"insight:{made.number}"]["why"] == "ze dan nadenken"


def test_where_nobody_keeps_the_notes_who_leads_does() -> None:
    desk = a_room("Anna", "Bram", "Fatima")
    anna = Phone(desk, 1)
    anna("step", was=-1, to=0)
    assert refused(anna, "card", step="vraag", text="Genoteerd") is Why.LISTENS
    anna("role", role="scribe", person=None)
    assert refused(Phone(desk, 3), "card", step="vraag", text="Genoteerd") is Why.LISTENS
    anna("card", step="vraag", text="Genoteerd")
    assert view.own(desk.room, 1)["me"]["writes"]


def test_when_it_does_not_work_is_written_by_a_colleague() -> None:
    desk = a_room("Anna", "Bram")
    Phone(desk, 1)("step", was=-1, to=7)
    made = Phone(desk, 2)("insight", kind="routine", what="Eerst schatten", why="Dan denken ze na")
    assert made is not None
    assert refused(Phone(desk, 2), "limit", insight=made.number, text="Bij toetsen") is Why.OWN
    Phone(desk, 1)("limit", insight=made.number, text="Bij toetsen")
    limit = desk.room.insights[made.number].limits[0]
    assert (limit.by, limit.text) == (1, "Bij toetsen")


def test_what_is_no_ones_is_in_no_picture_beside_a_name() -> None:
    desk = a_room("Anna", "Bram")
    Phone(desk, 1)("step", was=-1, to=2)
    desk.room.give(2, "zonder", 77, "Ik durf het niet te zeggen")
    desk.room.give(2, "zonder", 77, "Ik durf het niet te zeggen")
    assert "durf" not in str(view.common(desk.room))
    assert "durf" not in str(view.own(desk.room, 2))
    assert view.common(desk.room)["step"]["done"] == 1
    Phone(desk, 1)("reveal", step="zonder")
    seen = {key: value for key, value in view.common(desk.room).items() if key.startswith("unsigned:")}
    assert seen == {"unsigned:zonder:77": {"step": "zonder", "text": "Ik durf het niet te zeggen"}}


def test_steps_come_back_as_they_were_kept() -> None:
    assert load(dump(STEPS)) == STEPS


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.sampled_from([*Kind, "", "x"]) | json,
    json | st.dictionaries(st.sampled_from(["step", "card", "text"]), json),
)
def test_nothing_that_is_sent_breaks_the_reading_of_it(kind: Any, data: Any) -> None:
    with suppress(Impossible):
        assert read(kind, data)[0] in Kind


class AnyMeeting(RuleBasedStateMachine):
    """Random people send random acts; some are lost on the way, some arrive twice, late, or in another order."""

    waiting = Bundle("waiting")

    @initialize()
    def begin(self) -> None:
        self.desk = a_room("Anna", "Bram", "Fatima", "Gert", "Hans")
        self.now = START
        self.kept: list[Act] = []
        self.accepted: dict[str, str] = {}
        self.taken_away: set[int] = set()
        self.joins = [
            Act(person.id, Kind.JOIN, None, joined(person.id, person.name), START)
            for person in self.desk.room.present
        ]
        self.number = 0
        self.left = 0.0

    def _fits(self, kind: str, step: str, data: Any) -> dict[str, Any]:
        """Fields of a kind, more often than not of things that are there."""
        room, pick = self.desk.room, data.draw
        ids = st.sampled_from(sorted({*room.cards, *room.insights, *room.agreements, 1, 2}))
        people = st.sampled_from([None, 1, 2, 3, 4, 5, 9])
        text = st.sampled_from(["een", "twee", " ", "é" * 600, "x" * 601])
        return {
            "step": {"was": room.at, "to": pick(st.integers(0, len(STEPS)))} if kind == "step" else {},
            "card": lambda: {"step": step, "text": pick(text), "for": pick(people)},
            "drop": lambda: {"card": pick(ids)},
            "away": lambda: pick(
                st.sampled_from(
                    [{"card": pick(ids), "token": None}, {"card": None, "token": pick(st.integers(1, 8))}]
                )
            ),
            "loose": lambda: {"step": step, "cards": [pick(ids)]},
            "ready": lambda: {"step": step, "ready": pick(st.booleans())},
            "reveal": lambda: {"step": step},
            "turn": lambda: {"step": step, "was": pick(st.integers(0, 5))},
            "pile": lambda: {"step": step, "name": "stapel", "cards": [pick(ids)]},
            "dot": lambda: {"step": step, "card": pick(ids), "on": pick(st.booleans())},
            "consent": lambda: {
                "step": step,
                "yes": pick(st.booleans()),
                "text": "nee, want",
                "about": pick(st.none() | ids),
            },
            "insight": lambda: {"kind": "rule", "what": pick(text), "why": "omdat"},
            "limit": lambda: {"insight": pick(ids), "text": pick(text)},
            "try": lambda: {"insight": pick(ids), "on": "2026-11-17"},
            "agreement": lambda: {"what": pick(text), "who": [1, 2], "by": "2026-12-01"},
            "undo": lambda: {"agreement": pick(ids)},
            "role": lambda: {"role": pick(st.sampled_from(list(Role))), "person": pick(people)},
            "remove": lambda: {"person": pick(st.integers(1, 6))},
            "stretch": lambda: {"minutes": pick(st.integers(-1, 40))},
        }.get(kind, dict)  # type: ignore[return-value]

    @rule(
        target=waiting,
        by=st.integers(1, 6),
        kind=st.sampled_from(
            [k.value for k in Kind if k is not Kind.CLOSE] + ["step"] * 4 + ["card"] * 4 + ["away"] * 2
        ),
        step=st.sampled_from([step.key for step in STEPS]),
        data=st.data(),
    )
    def somebody_types(self, by: int, kind: str, step: str, data: st.DataObject) -> Sent:
        self.number += 1
        fields = self._fits(kind, step, data)
        return Sent(by, f"k{self.number}", kind, fields() if callable(fields) else fields)

    @rule(sent=waiting, later=st.floats(-5, 300))
    def it_arrives(self, sent: Sent, later: float) -> None:
        """As often as the rule is chosen: a thing may arrive twice, or never."""
        self.now += later
        before = dump(STEPS), len(self.kept), self.desk.knows(sent)
        try:
            act = self.desk.take(sent, self.now)
        except Impossible:
            assert self.desk.knows(sent) == before[2] is False
            return
        if act is None:
            assert before[2]
            return
        assert not before[2]
        self.kept.append(act)
        if act.kind is Kind.CARD:
            self.accepted[sent.key] = act.data["text"]
        if act.kind is Kind.AWAY and act.data["token"] is None:
            self._its_words_go(act.data["card"])

    def _its_words_go(self, number: int) -> None:
        """As the house keeps a card that was taken away (`meetings.taking_out`)."""
        self.taken_away.add(number)
        place = next(place for place, act in enumerate(self.kept) if act.number == number)
        card = self.kept[place]
        self.kept[place] = replace(card, data={**card.data, "text": "", OUT: True})

    @rule(by=st.integers(1, 5), token=st.integers(1, 8), step=st.sampled_from(["zonder", "af", "schrijf"]))
    def somebody_gives_without_a_name(self, by: int, token: int, step: str) -> None:
        before = dict(self.desk.room.unsigned[step])
        try:
            self.desk.room.give(by, step, token, f"niemands {token}")
        except Impossible:
            assert self.desk.room.unsigned[step] == before
            return
        assert self.desk.room.unsigned[step].keys() == before.keys() | {token}

    @rule(person=st.integers(1, 6), has_device=st.booleans())
    def somebody_comes_in_again(self, person: int, has_device: bool) -> None:
        """On another device, after they were taken out, or written down first."""
        self._of_the_house(Kind.JOIN, joined(person, "Iemand", written_for=not has_device))

    @rule(person=st.integers(1, 6))
    def who_came_by_name_is_known(self, person: int) -> None:
        self._of_the_house(
            Kind.LINK, {"person": person, "member": 60 + person, "name": "Iemand", "guest": False}
        )

    def _of_the_house(self, kind: Kind, data: dict[str, Any]) -> None:
        with suppress(Impossible):
            self.kept.append(house(self.desk, kind, data, self.now))

    @rule()
    def the_house_is_started_anew(self) -> None:
        """What the acts make of a room is what it was."""
        again = played([*self.joins, *self.kept])
        again.gave, again.unsigned = self.desk.room.gave, self.desk.room.unsigned
        assert view.common(again) == view.common(self.desk.room)
        for person in again.people:
            assert view.own(again, person) == view.own(self.desk.room, person)
        self.desk.room = again

    @invariant()
    def nobody_sees_hidden_cards(self) -> None:
        if not hasattr(self, "desk"):
            return
        room = self.desk.room
        seen = view.common(room)
        for card in room.cards.values():
            hidden = room.steps[room.by_key[card.step]].hides and card.step not in room.revealed
            assert not (hidden and f"card:{card.id}" in seen)
            for person in room.people.values():
                theirs = f"card:{card.id}" in view.own(room, person.id)
                writer = person.leads or room.roles_of(person.id) & {Role.SCRIBE, Role.FACILITATOR}
                assert not theirs or person.id == card.by or (writer and room.people[card.by].written_for)
        for key in ("zonder", "af"):
            if key not in room.revealed:
                assert "niemands" not in str(seen)

    @invariant()
    def what_was_taken_away_is_on_no_screen(self) -> None:
        if not hasattr(self, "desk"):
            return
        room = self.desk.room
        pictures = [view.common(room), *(view.own(room, person) for person in room.people)]
        for number in self.taken_away:
            assert not room.cards[number].text
            assert not any(f"card:{number}" in picture for picture in pictures)
        for key, by_token in room.unsigned.items():
            gone = {f"unsigned:{key}:{token}" for token, text in by_token.items() if not text}
            assert not any(gone & picture.keys() for picture in pictures)

    @invariant()
    def consent_is_about_the_sentence_as_it_reads_now(self) -> None:
        if not hasattr(self, "desk"):
            return
        room = self.desk.room
        last = [c.id for c in room.cards.values() if c.step == "bij" and not (c.late or c.dropped or c.away)]
        now = max(last, default=0)
        said = room.consents["verder"]
        current = {who: one for who, one in said.items() if one.about == now}
        assert room.said(room.steps[room.by_key["verder"]]) == current
        if "verder" in room.revealed:
            shown = view.common(room)["consent:verder"]
            assert shown["yes"] + len(shown["objections"]) == len(current)

    @invariant()
    def nobody_votes_more_than_they_have(self) -> None:
        if hasattr(self, "desk"):
            assert all(len(given) <= 2 for given in self.desk.room.dots["stippen"].values())
            assert all(n <= 2 for n in self.desk.room.gave["zonder"].values())
            assert all(n <= 1 for n in self.desk.room.gave["af"].values())

    @invariant()
    def time_never_runs_backwards(self) -> None:
        if hasattr(self, "desk"):
            times = [act.at for act in self.kept]
            assert times == sorted(times)
            assert all(spent >= 0 for spent in self.desk.room.spent.values())
            spent = sum(self.desk.room.spent.values()) + self.desk.room.timer.ran
            assert spent >= 0

    @invariant()
    def every_card_is_there_once(self) -> None:
        if hasattr(self, "desk"):
            assert len(self.desk.room.cards) == len(self.accepted)
            assert [act.number for act in self.kept] == list(range(6, 6 + len(self.kept)))


TestAnyMeeting = AnyMeeting.TestCase
TestAnyMeeting.settings = settings(max_examples=60, stateful_step_count=50)
