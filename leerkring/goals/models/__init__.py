"""The tables of goals, a file per noun."""

from leerkring.goals.models.attainment import AttainmentTarget
from leerkring.goals.models.finding import GoalSet
from leerkring.goals.models.goal import Goal
from leerkring.goals.models.measure import Measure, Measurement, MeasurementSet, PupilResults, Summary
from leerkring.goals.models.said import Change, Yes
from leerkring.goals.models.statement import Endorsement, Statement, StatementSet

__all__ = [
    "AttainmentTarget",
    "Change",
    "Endorsement",
    "Goal",
    "GoalSet",
    "Measure",
    "Measurement",
    "MeasurementSet",
    "PupilResults",
    "Statement",
    "StatementSet",
    "Summary",
    "Yes",
]
