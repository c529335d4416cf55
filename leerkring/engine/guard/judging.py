"""Whether what may be a name is that of a pupil: what stands around it is added up, in the points of nl.toml."""

from __future__ import annotations

from collections.abc import Iterator

from leerkring.engine.guard.names import Names

#: So many words after a name "hij" may still be said of it, and "ziek" be how they are.
_PRONOUN_NEAR, _STATE_NEAR = 14, 4
_LISTED = frozenset(["listed", "listed_at_start", "listed_small", "word", "like_listed"])
_THINGS_TOO = frozenset(["placed", "word", "word_at_start"])


def pupils(names: Names) -> Iterator[tuple[int, int]]:
    """The names of pupils and their family: from the first token up to the last, that one not."""
    found = list(_found(names))
    said = {names.key(at) for first, end in found for at in range(first, end) if names.tokens[at].capital}
    at = 0
    for first, end in [*found, (len(names.tokens), len(names.tokens))]:
        yield from ((near, near + 1) for near in range(at, first) if _is_said_again(names, near, said))
        if first < end:
            yield first, end
        at = end


def _is_said_again(names: Names, at: int, said: set[str]) -> bool:
    """Who was a pupil once is that in the whole text."""
    token = names.tokens[at]
    if token.key not in said or not token.capital or names.taken[at] or len(token.text) < 3:
        return False
    return not names.is_something_else(token) and token.key not in names.words["particles"]


def _found(names: Names) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(names.tokens):
        if (end := _end_of_pupil(names, at)) is None:
            at += 1
        else:
            yield at, end
            at = end


def _end_of_pupil(names: Names, at: int) -> int | None:
    """Up to where the name of a pupil goes that begins here; None when none does."""
    token = names.tokens[at]
    if names.taken[at]:
        return None
    if token.kind == "initials":
        return _after_initials(names, at)
    if not token.is_word:
        return None
    if (end := _after_title(names, at)) is not None:
        return end
    if (standing := names.standing(at)) is None:
        return _after_particles(names, at)
    end = names.end_of(at)
    return end if _is_pupil(names, at, end, standing) else None


def _after_particles(names: Names, at: int) -> int | None:
    """A last name alone: "Van den Berg"; in small letters only "van der linden" and "el haddaoui"."""
    token, end = names.tokens[at], names.after_particles(at)
    if end is not None and not token.capital:
        return end if any(names.key(near) not in ("van", "de") for near in range(at, end - 1)) else None
    if end is None or (token.begins and not names.is_last_name(end - 1)):
        return None
    standing = "unlisted_at_start" if token.begins else "unlisted"
    return end if _is_pupil(names, at, end, standing) else None


def _after_initials(names: Names, at: int) -> int | None:
    """ "J. de Vries", "A.M. Bouzid": with a last name only."""
    end = at + 1
    if not names.follows(end):
        return None
    if more := names.after_particles(end):
        return more
    several = len(names.tokens[at].text) > 2 and names.standing(end) is not None
    last = names.tokens[end].capital and (names.is_last_name(end) or several)
    return names.end_of(end) if last else None


def _after_title(names: Names, at: int) -> int | None:
    """A last name directly after "mevrouw", "familie": also in small letters."""
    cue = names.key(at - 2) if names.key(at - 1) == "." else names.key(at - 1)
    if cue not in names.words["titles"] and cue not in names.words["family"]:
        return None
    token = names.tokens[at]
    if more := names.after_particles(at):
        return more
    if token.key in names.words["words"] or token.key in names.words["roles"]:
        return None
    if token.capital:
        return names.end_of(at)
    return at + 1 if token.key in names.words.last or names.first_name(token) is False else None


def _is_pupil(names: Names, at: int, end: int, standing: str) -> bool:
    points, small = names.words.points, not names.tokens[at].capital
    if small and names.key(at - 1) in names.words["articles"]:
        return False
    total = points[standing]
    if total < points["enough"]:
        total += _before(names, at) + _after(names, at, end)
    if total < points["enough"]:
        total += (
            _beside(names, at, small)
            + _behind(names, end)
            + (0 if small else _inside(names, at, end, standing))
        )
    return total >= points["enough"]


def _before(names: Names, at: int) -> int:
    """What stands before a name, and says much."""
    points, lists = names.words.points, names.words
    before, second = names.key(at - 1), names.key(at - 2)
    if before in (",", ":", "(") and (second in lists["kin"] or second in lists["asked"]):
        before = second
    if before in lists["kin"] or before in lists["pupil"]:
        several = before.endswith(("en", "lln")) and names.standing(at) in ("unlisted", "placed")
        return points["few"] if several else points["kin"]
    if before in lists["named"] or before in lists["asked"]:
        return points["named"]
    if before in (":", "is") and (second in lists["named"] or second == "naam"):
        return points["named"]
    if before == "van" and (second in lists["belongings"] or second.endswith(lists.ends["belonging_ends"])):
        return points["belonging"]
    return _joined(names, at - 1, at - 2)


def _beside(names: Names, at: int, small: bool) -> int:
    """The word before a name; before one in small letters only a verb says something."""
    before = names.key(at - 1)
    if before in names.words["there"] and names.standing(at) in _THINGS_TOO:
        return 0
    kinds = (("acts", "act"), ("does", "does"), ("prepositions", "preposition"), ("clauses", "clause"))
    said = kinds[:2] if small else kinds
    return next((names.words.points[point] for kind, point in said if before in names.words[kind]), 0)


def _after(names: Names, at: int, end: int) -> int:
    """What stands after a name, and says much."""
    points, lists = names.words.points, names.words
    after = names.key(end)
    total = _joined(names, end, end + 1) + (points["act"] if after in lists["acts"] else 0)
    if _is_aged(names, end):
        total += points["aged"]
    if names.has_genitive(end - 1) or after in ("z'n", "d'r"):
        total += points["belonging"] + (after in lists["belongings"])
    elif after == "zijn" and names.key(end + 1) in lists["belongings"]:
        total += points["belonging"]
    elif (
        names.key(end - 1).endswith("s") and after in lists["kin"] and names.tokens[at].capital
    ):  # Sems moeder
        total += points["kin"]
    return total


def _behind(names: Names, end: int) -> int:
    """What stands after a name, and says little."""
    points, lists = names.words.points, names.words
    after, total = names.key(end), 0
    if after in lists["does"]:
        near = {names.key(at) for at in range(end + 1, end + 1 + _STATE_NEAR)}
        total += points["does"] + (points["state"] if near & lists["states"] else 0)
    if after == "haar":
        total += points["hers"]
    if names.tokens[end - 1].kind == "initials":
        total += points["initial"]
    if any(names.key(near) in lists["pronouns"] for near in range(end, end + _PRONOUN_NEAR)):
        total += points["pronoun"]
    return total


def _inside(names: Names, at: int, end: int, standing: str) -> int:
    """What the words of a name that has a capital are themselves."""
    points, token, total = names.words.points, names.tokens[at], 0
    if end - at > 1:
        total += points["last"] if names.is_last_name(end - 1) else 0
        total -= points["title_case"] if _is_title(names, at, end) else 0
    if standing.startswith("unlisted"):
        total += points["end"] if names.is_last_name(at, at_start=token.begins) else 0
        total += points["end"] if token.key.endswith(names.words.ends["name_ends"]) else 0
    if standing == "unlisted_at_start" and (
        names.key(end) in names.words["acts"] or names.key(end) in names.words["does"]
    ):
        total += points["subject"]
    return total


def _is_title(names: Names, at: int, end: int) -> bool:
    """Words with capitals of which none is in a list: rather a title."""
    unknown = ("unlisted", "unlisted_at_start")
    return all(names.standing(near) in unknown and not names.is_last_name(near) for near in range(at, end))


def _joined(names: Names, join: int, other: int) -> int:
    """Another name beside it: "roos en fatima"."""
    if names.key(join) not in names.words["joins"] or not names.key(other):
        return 0
    known = names.standing(other) in _LISTED or names.is_last_name(other)
    return names.words.points["joined"] if known else 0


def _is_aged(names: Names, end: int) -> bool:
    """ "(8)", ", 8 jaar", "(groep 5)", "uit 3b"."""
    after, second, third = names.key(end), names.key(end + 1), names.key(end + 2)
    told, years = second in names.words["born"], second.isdecimal()
    if after == "(":
        return (
            told
            or second in names.words["classes"]
            or (years and (third in (")", "jaar", "jr", ",") or len(third) < 3))
        )
    if after == ",":
        return told or (years and third in ("jaar", "jr"))
    return after == "uit" and (years or second in names.words["classes"])
