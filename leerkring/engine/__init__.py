"""The engine: facts in, assessment out. Pure Python; it reads no clock, no settings, no database.

from leerkring.engine import advice, assessment, evidence
from leerkring.engine.calendar import Calendar
from leerkring.engine.facts import CommunityFacts, Event, Member
from leerkring.engine.live import Live

calendar = Calendar([(date(2025, 10, 18), date(2025, 10, 26))])          # holidays
members = (Member(1, joined=date(2025, 8, 1), school=7), Member(2), Member(3))
asked = Event(1, at, "conversation.opened", actor=1, about=5, numbers={"purpose": 1})
live = Live(CommunityFacts("havo 4", members, (asked,)), calendar)
live.add(Event(2, later, "conversation.replied", actor=2, others=(1,), about=5))
mirror = assessment.assess(live, mark=date(2025, 11, 20), weeks=12, recorded=KINDS_THIS_SITE_RECORDS)
mirror.criteria["G2a"].phase                     # Phase(position=1.5, low=…, high=…, …)
mirror.criteria["G2a"].indicators                # values with n, interval, previous window
step = advice.advise(mirror)                     # the one next step, with its reason and figures
evidence.of(live, "questions_answered", mirror.window)                   # what the figure rests on
"""
