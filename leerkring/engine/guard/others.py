"""What has a capital and is no name of a pupil: what is known, schools, groups, colleagues, whoever is taught about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leerkring.engine.guard.colleagues import colleagues
from leerkring.engine.guard.names import Names
from leerkring.engine.guard.streets import is_street
from leerkring.engine.guard.taught import famous, invented, quoted, sums, titled

#: As many words as the name of a school may have.
_MOST = 6

Places = Callable[[Names], Iterator[tuple[int, int]]]


def take_others(names: Names) -> None:
    """Marks in `names` whatever is no name of a pupil, or of their family."""
    by_turns: tuple[Places, ...] = (
        _known,
        _schools,
        _groups,
        quoted,
        sums,
        famous,
        titled,
        colleagues,
        invented,
        _beside,
    )
    for places in by_turns:
        for first, end in set(places(names)):
            names.take(first, end)
    _take_again(names)


def _known(names: Names) -> Iterator[tuple[int, int]]:
    """What is known by more words than one, and who is known by one name."""
    for at, token in enumerate(names.tokens):
        if not token.capital and token.kind != "initials":
            continue
        ends = (names.end_of_words(at + 1, more) for more in names.words.known.get(token.key, ()))
        if end := next(filter(None, ends), None):
            yield at, end
        elif (
            token.key in names.words["persons"]
            and token.key not in names.words.first
            and not _is_somebody(names, at)
        ):
            yield at, at + 1


def _is_somebody(names: Names, at: int) -> bool:
    """Whether a first name, a title or family stands before what is a famous last name: "Mila Rutte"."""
    before = names.key(at - 2) if names.key(at - 1) == "." else names.key(at - 1)
    somebody = names.words["titles"] | names.words["family"] | names.words["kin"] | names.words["pupil"]
    return (
        before in somebody
        or names.standing(at - 1) is not None
        or (at > 0 and names.tokens[at - 1].kind == "initials")
    )


def _schools(names: Names) -> Iterator[tuple[int, int]]:
    """Schools and streets that are called after somebody."""
    for at, token in enumerate(names.tokens):
        if token.capital and (token.key.endswith(names.words.ends["school_ends"]) or _is_street(names, at)):
            first = at
            while first and names.follows(first) and at - first < _MOST and _is_in_a_name(names, first - 1):
                first -= 1
            yield first, at + 1
        if (
            token.key in names.words["before_schools"]
            and names.key(at - 1) not in names.words["no_school_after"]
        ):
            end = at + 1
            while names.key(end) and end - at < _MOST and names.follows(end) and _is_in_a_name(names, end):
                end += 1
            if end > at + 1 and names.tokens[end - 1].capital:
                yield at + 1, end


def _is_street(names: Names, at: int) -> bool:
    """ "Prins Hendrikkade" and "Oude Kerk", but not "Mila Overdijk"."""
    sure = names.key(at).endswith(names.words.ends["street_ends"])
    return is_street(names.tokens[at]) and (sure or not at or names.first_name(names.tokens[at - 1]) is None)


def _is_in_a_name(names: Names, at: int) -> bool:
    token = names.tokens[at]
    return (
        token.capital
        or token.kind == "initials"
        or token.key == "het"
        or token.key in names.words["particles"]
    )


def _groups(names: Names) -> Iterator[tuple[int, int]]:
    """Groups and courses, which may be called anything: "groep De Uilen", "groep Roos"; but not "groep Fatima"."""
    for at in range(1, len(names.tokens)):
        before = names.key(at - 1)
        if before in names.words["groups"] or before.endswith(names.words.ends["group_ends"]):
            token = names.tokens[at]
            if (
                names.follows(at)
                and token.capital
                and names.first_name(token) is not False
                and before != "school"
            ):
                yield at, names.end_of(at)


def _beside(names: Names) -> Iterator[tuple[int, int]]:
    """Who is named with somebody or something that is no pupil: "Sinterklaas en Piet"."""
    persons = names.words["persons"]
    for at in range(1, len(names.tokens) - 1):
        before, join, after = names.key(at - 1), names.key(at), names.key(at + 1)
        if join not in ("en", "of", ",") or not names.taken[at - 1] or not names.tokens[at - 1].capital:
            continue
        with_it = before in persons and (join == "en" or names.is_last_name(at + 1))
        if with_it or after in persons or names.standing(at + 1) == "placed":
            yield at + 1, at + 2
        elif before.endswith(names.words.ends["school_ends"]) and after in ("de", "het"):
            yield at + 1, names.after_particles(at + 1) or at + 1


def _take_again(names: Names) -> None:
    """Who was a colleague or invented once is that in the whole text, unless it says of somebody that they are not."""
    pupils = names.words["kin"] | names.words["pupil"]
    others, again = set(), set()
    for at, token in enumerate(names.tokens):
        if not token.capital or len(token.text) < 3:
            continue
        if names.taken[at] and not names.is_something_else(token):
            others.add(token.key)
        elif names.key(at - 1) in pupils or names.key(at + 1) in ("uit", "("):
            again.add(token.key)
    for at, token in enumerate(names.tokens):
        if token.key in others - again:
            names.take(at, at + 1)
