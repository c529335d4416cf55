"""Intervals that are honest for small groups: our own exact formulas, no dependency.

95 % unless said otherwise. `intervals`: a share and a mean. `pooling`: a group beside the others. `publication`:
which subgroups may be shown. `student`: Student's t. Nothing here ranks.
"""

from leerkring.engine.statistics.intervals import Estimate, Interval, mean_interval, wilson
from leerkring.engine.statistics.pooling import COMPARABLE, partial_pooling, placebo
from leerkring.engine.statistics.publication import (
    FEWEST,
    publishable,
    publishable_change,
    publishable_together,
)
from leerkring.engine.statistics.student import Z, t_quantile

__all__ = [
    "COMPARABLE",
    "FEWEST",
    "Estimate",
    "Interval",
    "Z",
    "mean_interval",
    "partial_pooling",
    "placebo",
    "publishable",
    "publishable_change",
    "publishable_together",
    "t_quantile",
    "wilson",
]
