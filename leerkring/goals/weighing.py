"""What results of pupils say: of all of them, of subgroups, and beside the baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from leerkring.engine.statistics import (
    FEWEST,
    correlation,
    hedges_g,
    mean_change,
    publishable_change,
    publishable_together,
    standardised_mean_change,
    summary,
    welch_difference,
)
from leerkring.goals.models.measure import Summary
from leerkring.goals.results import Results

#: The same pupils are followed when at least this share of those measured now was there at the baseline.
ENOUGH = 0.5


def weigh(
    results: Results,
    *,
    threshold: float | None = None,
    at_most: bool = False,
    before: Results | None = None,
) -> list[Summary]:
    """Unsaved; of all pupils first. `threshold`: the score from which a pupil is there (`at_most`: up to which).
    `before`: the baseline, with codes hashed by the same salt. Subgroups of fewer than five, and those by which
    such a one could be found, are not to be shown."""
    pupils = [
        {way: groups[at] for way, groups in results.groups.items() if groups[at]}
        for at in range(len(results.codes))
    ]
    shown = publishable_together(pupils, list(results.groups))
    former = dict(zip(before.codes, before.values, strict=True)) if before else {}
    there = list(zip(results.codes, results.values, strict=True))
    whole = _of(there, threshold, at_most)
    whole.is_shown = whole.n >= FEWEST
    if before:
        _set_beside(whole, there, former)
    found = [whole]
    for way, groups in results.groups.items():
        changing = _changing(way, results, before)
        for group in sorted(set(groups) - {""}):
            inside = [pair for pair, name in zip(there, groups, strict=True) if name == group]
            one = _of(inside, threshold, at_most)
            one.dimension, one.group, one.is_shown = way, group, group in shown[way]
            if group in changing:
                _set_beside(one, inside, changing[group])
            found.append(one)
    return found


def _of(there: list[tuple[str, float]], threshold: float | None, at_most: bool) -> Summary:
    values = [value for _code, value in there]
    n = len(values)
    said = summary(values)
    one = Summary(n=n, mean=sum(values) / n, dimension="", group="", is_shown=False)
    if said:
        one.mean, one.sd = said.mean, said.sd
        if said.interval:
            one.low, one.high = said.interval
    if threshold is not None:
        one.at_target = sum(1 for v in values if (v <= threshold if at_most else v >= threshold))
    return one


def _changing(way: str, results: Results, before: Results | None) -> dict[str, dict[str, float]]:
    """The groups of which the change may be shown, with the former scores of who was in it both times: with who came
    from another group among them, what a newcomer scored could be found."""
    if before is None or way not in before.groups:
        return {}
    was = dict(zip(before.codes, before.groups[way], strict=True))
    now = dict(zip(results.codes, results.groups[way], strict=True))
    stayed: dict[str, dict[str, float]] = {group: {} for group in now.values()}
    for code, score in zip(before.codes, before.values, strict=True):
        if code in now and now[code] == was[code]:
            stayed[now[code]][code] = score
    both = {group: len(scores) for group, scores in stayed.items()}
    shown = publishable_change(Counter(was.values()), Counter(now.values()), both)
    return {group: stayed[group] for group in shown - {""}}


def _set_beside(one: Summary, there: list[tuple[str, float]], former: Mapping[str, float]) -> None:
    """The change of the same pupils when enough were there both times; else the difference of two groups. With one to
    four who came or left since, the change of the others would tell what those few scored."""
    pairs = [(former[code], value) for code, value in there if code in former]
    one.pairs = len(pairs)
    if one.dimension or is_followed(one.n, len(former), one.pairs):
        was, now = [p[0] for p in pairs], [p[1] for p in pairs]
        one.is_paired = True
        one.correlation = correlation(was, now)
        _say(one, mean_change(was, now), standardised_mean_change(was, now))
    else:
        was, now = list(former.values()), [value for _code, value in there]
        _say(one, welch_difference(was, now), hedges_g(was, now))


def is_followed(now: int, before: int, both: int) -> bool:
    """Whether the change of the `both` pupils may be shown, beside what was found of all pupils then and now."""
    few = any(0 < n < FEWEST for n in (now - both, before - both))
    return both >= FEWEST and both >= ENOUGH * now and not few


def _say(one: Summary, change: tuple[float, ...] | None, effect: tuple[float, ...] | None) -> None:
    if change:
        one.change, one.change_low, one.change_high = change[:3]
    if effect:
        one.effect, one.effect_low, one.effect_high = effect[:3]
