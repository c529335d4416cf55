"""The tables of people, a file per noun."""

from leerkring.people.models.away import Away
from leerkring.people.models.session import Session
from leerkring.people.models.user import User

__all__ = ["Away", "Session", "User"]
