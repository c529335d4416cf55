"""The tables of insights, a file per noun."""

from leerkring.insights.models.insight import Insight, InsightSet
from leerkring.insights.models.limit import Limit, LimitSet
from leerkring.insights.models.revision import Revision
from leerkring.insights.models.trying import Trying, TryingSet, Worked

__all__ = [
    "Insight",
    "InsightSet",
    "Limit",
    "LimitSet",
    "Revision",
    "Trying",
    "TryingSet",
    "Worked",
]
