"""The tables of meetings, a file per noun."""

from leerkring.meetings.models.agreement import Agreement, AgreementSet
from leerkring.meetings.models.calendar_feed import CalendarFeed
from leerkring.meetings.models.handout import Handout
from leerkring.meetings.models.held import Correction, ExitFigure, Harvested, Note, Present, Stage, Unclaimed
from leerkring.meetings.models.invite import Invite
from leerkring.meetings.models.item import Item
from leerkring.meetings.models.live import Device, Gave, Live, LiveAct, Participant, Unsigned
from leerkring.meetings.models.meeting import (
    Meeting,
    MeetingSet,
    Option,
    OptionAnswer,
    Reply,
    Series,
    Turn,
    in_time,
    of_who_comes,
)
from leerkring.meetings.models.own_form import OwnForm

__all__ = [
    "Agreement",
    "AgreementSet",
    "CalendarFeed",
    "Correction",
    "Device",
    "ExitFigure",
    "Gave",
    "Handout",
    "Harvested",
    "Invite",
    "Item",
    "Live",
    "LiveAct",
    "Meeting",
    "MeetingSet",
    "Note",
    "Option",
    "OptionAnswer",
    "OwnForm",
    "Participant",
    "Present",
    "Reply",
    "Series",
    "Stage",
    "Turn",
    "Unclaimed",
    "Unsigned",
    "in_time",
    "of_who_comes",
]
