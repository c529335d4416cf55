"""Intervals that are honest for small groups: our own exact formulas, no dependency.

95 % unless said otherwise. `intervals`: a share and a mean. `pooling`: a group beside the others. `results`:
what pupils can do, at one moment, in two groups, and before and after. `publication`: which subgroups may be
shown. `observers`: how far they agree. `student`: Student's t. Nothing here ranks.
"""

from leerkring.engine.statistics.intervals import Estimate, Interval, mean_interval, wilson
from leerkring.engine.statistics.observers import Kappa, kappa, krippendorff
from leerkring.engine.statistics.pooling import COMPARABLE, partial_pooling, placebo
from leerkring.engine.statistics.publication import (
    FEWEST,
    publishable,
    publishable_change,
    publishable_together,
)
from leerkring.engine.statistics.results import (
    Spread,
    StandardisedChange,
    Subgroup,
    Summary,
    correlation,
    hedges_g,
    mean_change,
    share_at_target,
    spread_of_means,
    spread_of_shares,
    standardised_mean_change,
    summary,
    welch_difference,
)
from leerkring.engine.statistics.student import Z, t_quantile

__all__ = [
    "COMPARABLE",
    "FEWEST",
    "Estimate",
    "Interval",
    "Kappa",
    "Spread",
    "StandardisedChange",
    "Subgroup",
    "Summary",
    "Z",
    "correlation",
    "hedges_g",
    "kappa",
    "krippendorff",
    "mean_change",
    "mean_interval",
    "partial_pooling",
    "placebo",
    "publishable",
    "publishable_change",
    "publishable_together",
    "share_at_target",
    "spread_of_means",
    "spread_of_shares",
    "standardised_mean_change",
    "summary",
    "t_quantile",
    "welch_difference",
    "wilson",
]
