"""Every kind of event the mirror can read, declared once.

A room that comes later only has to record its kind with these fields; the indicators are already there and
say "too little evidence" until then. Flags are 0 or 1; a number that is absent is 0, or unknown where a measure says
so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: what its `actor`, `others`, `about` and `numbers` are."""

    key: str
    meaning: str
    actor: str = ""
    others: str = ""
    about: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)


# Purposes of a conversation, in `numbers["purpose"]`.
QUESTION, DILEMMA, PROPOSAL, SHARING = 1, 2, 3, 4
# Decisions at the end of a try-out or inquiry, in `numbers["decision"]`; 0 is no decision.
KEEP, ADAPT, STOP = 1, 2, 3

_GOAL = {"goal": "id of the goal it serves"}
_MEETING = {"meeting": "id of the meeting it came from"}
_MEASUREMENT = {"measurement": "id of what was found, by which it is known when it is taken away"}
_DECISION = "1 keep, 2 adapt, 3 stop"

_MEMBERS = (
    Kind("member.joined", "somebody became a member (again)", actor="the member"),
    Kind("member.left", "somebody left", actor="the member"),
    Kind("member.away", "a member is away, set by oneself, no reason", actor="the member"),
    Kind("member.back", "a member is back", actor="the member"),
)
_CONVERSATIONS = (
    Kind(
        "conversation.opened",
        "a conversation was opened",
        actor="who opened it",
        others="who is mentioned",
        about="the conversation",
        numbers={"purpose": "1 question, 2 dilemma, 3 proposal, 4 sharing"},
    ),
    Kind(
        "conversation.replied",
        "a reply in a conversation",
        actor="who replies",
        others="who is answered, and who is mentioned",
        about="the conversation, whose opening question it answers",
        numbers={
            "question": "id of the question it answers, when a conversation holds several",
            "contribution": "id of what was said, by which it is known when it is taken back",
        },
    ),
    Kind(
        "interaction",
        "an interaction in data from elsewhere",
        actor="the actor of the row",
        others="the counterpart of the row",
        about="the thread, when the file names it",
    ),
)
_MEETINGS = (
    Kind(
        "meeting.closed",
        "a meeting was held and closed",
        others="who was there",
        about="the meeting",
        numbers={
            "minutes_total": "minutes by the timer; absent when nobody knows",
            "minutes_content": "minutes on content by the timer",
            "present": "how many members were there",
            "invited": "how many members could have been there",
            "workform": "flag: a work form steered it",
            "question": "flag: a teaching question was on the table",
            "material": "flag: pupil work or data was at hand",
            "guests": "how many guests",
            "network": "flag: a meeting of a network of schools",
            **_GOAL,
        },
    ),
    Kind("round.held", "a round in which each had a turn", others="who spoke", about="the meeting"),
    Kind("agreement.made", "an agreement: who, what, when", about="the agreement", numbers=_MEETING),
    Kind(
        "agreement.closed",
        "an agreement that stands open no more",
        about="the agreement",
        numbers={"kept": "flag: it was done, and not let go"},
    ),
    Kind("transfer.made", "something of a network meeting brought to the own school", about="the meeting"),
)
_INSIGHTS = (
    Kind(
        "insight.captured",
        "tacit knowledge made explicit",
        actor="the author",
        about="the insight",
        numbers={
            "what": "flag: the author says what",
            "why": "flag: the author says why",
            "visit": "id of the lesson visit it came from",
            "case": "id of the case it came from",
            **_MEETING,
        },
    ),
    Kind(
        "insight.limited",
        "a colleague asked for and wrote when it does not work",
        actor="the colleague",
        about="the insight",
        numbers={"limit": "id of what was written, by which it is known when it is taken back"},
    ),
    Kind("insight.tried", "tried in class", actor="who tried it", about="the insight"),
    Kind("insight.revised", "revised", actor="who revised it", about="the insight"),
    Kind("insight.raised", "raised to an approach", about="the insight"),
    Kind("insight.adopted", "used outside the community", about="the insight"),
)
_GOALS = (
    Kind(
        "goal.adopted",
        "a goal was adopted; again when it has other numbers from then on",
        about="the goal",
        numbers={
            "parts": "how many of the seven parts are there",
            "owners": "how many owners",
            "underserved": "flag: names the pupils not yet learning",
        },
    ),
    Kind("goal.measured", "a measurement for a goal", about="the goal", numbers=_MEASUREMENT),
    Kind(
        "goal.concluded",
        "a goal was concluded",
        about="the goal",
        numbers={
            "evidence": "flag: with evidence",
            "reached": "flag: reached",
            "subgroups": "flag: subgroups were followed",
            "lowest_rose": "flag: the lowest subgroup rose and the others did not fall",
        },
    ),
    Kind("goal.dropped", "a goal was let go with a reason", about="the goal"),
    Kind(
        "goal.checked",
        "the date to look again at a kept practice",
        about="the goal",
        numbers={"in_use": "flag: still in use"},
    ),
    Kind("vision.reviewed", "the vision was reviewed", about="the vision"),
    Kind(
        "evidence.brought",
        "somebody brought evidence from pupils",
        actor="who brought it",
        about="the goal it is for",
        numbers={"own_class": "flag: from the own class", **_MEASUREMENT},
    ),
)
_PRACTICE = (
    Kind(
        "visit.held",
        "a lesson visit",
        actor="the visitor",
        others="the host",
        about="the visit",
        numbers={"question": "flag: the host's question came before", **_GOAL},
    ),
    Kind("visit.talked", "the talk after a visit", about="the visit"),
    Kind("visit.intended", "an intention after a visit", actor="whose", about="the visit"),
    Kind("visit.tried", "the intention was tried out", actor="who tried", about="the visit"),
    Kind("visit.found", "a round's notes became a finding", about="the visit"),
    Kind("tryout.started", "a try-out was started", actor="who", about="the try-out", numbers=_GOAL),
    Kind(
        "tryout.concluded",
        "a try-out was concluded",
        actor="who",
        about="the try-out",
        numbers={
            "evidence": "flag: with evidence from pupils",
            "decision": _DECISION,
            "failed": "flag: it did not work, and was shared",
        },
    ),
    Kind(
        "tryout.repeated",
        "somebody repeated it",
        actor="who repeats",
        about="the try-out",
        numbers={
            "repetition": "id of the try-out that repeats it, by which it is known when it is taken away"
        },
    ),
    Kind("case.brought", "a case was discussed", actor="who brought it", about="the case"),
    Kind("case.followed", "looked back at a case", about="the case"),
    Kind("inquiry.opened", "an inquiry cycle was opened", about="the inquiry"),
    Kind(
        "inquiry.closed",
        "an inquiry cycle was closed",
        about="the inquiry",
        numbers={
            "question": "flag: a question",
            "source": "flag: a source",
            "tryout": "flag: a try-out",
            "evidence": "flag: evidence",
            "decision": _DECISION,
        },
    ),
)
_PRODUCTS = (
    Kind(
        "product.made",
        "a product reached a version",
        others="its substantive authors",
        about="the product",
        numbers={
            "authors": "how many substantive authors",
            "evenness": "evenness of the contributions, 0–100",
        },
    ),
    Kind("product.changed", "a product was changed", about="the product", numbers=_MEETING),
    Kind("product.reviewed", "a review round", about="the product"),
    Kind("product.adopted", "adopted or adapted elsewhere", about="the product"),
    Kind("product.evidenced", "tied to evidence from pupils", about="the product"),
)
_OTHERS = (
    Kind("source.added", "an outside source", actor="who added it", about="the source"),
    Kind("elsewhere.visited", "a visit elsewhere", actor="who went", about="the visit elsewhere"),
    Kind("elsewhere.adopted", "something of others was adopted", about="the thing"),
    Kind(
        "learning.asked",
        "a learning question (opt-in)",
        actor="whose",
        about="the learning question",
        numbers=_GOAL,
    ),
    Kind("learning.used", "used by others", actor="who used it", about="the learning question"),
    Kind("condition.requested", "a request to the leaders", about="the request"),
    Kind("condition.answered", "the leaders answered", about="the request"),
)

KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for group in (_MEMBERS, _CONVERSATIONS, _MEETINGS, _INSIGHTS, _GOALS, _PRACTICE, _PRODUCTS, _OTHERS)
    for kind in group
}
MEMBERSHIP = frozenset(kind.key for kind in _MEMBERS)
