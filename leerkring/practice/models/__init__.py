"""What is kept of practice that colleagues open to each other."""

from leerkring.practice.models.intention import Intention, IntentionSet
from leerkring.practice.models.tryout import Tryout, TryoutSet
from leerkring.practice.models.visit import Visit
from leerkring.practice.models.visit_set import VisitSet
from leerkring.practice.models.visitor import Note, Visitor

__all__ = [
    "Intention",
    "IntentionSet",
    "Note",
    "Tryout",
    "TryoutSet",
    "Visit",
    "VisitSet",
    "Visitor",
]
