"""Whether what may be a name is that of a pupil: what stands around it is added up, in the points of nl.toml."""

from __future__ import annotations

from collections.abc import Iterator

from leerkring.engine.guard.names import Names

#: So many words after a name "hij" may still be said of it.
_PRONOUN_NEAR = 14
_SPECIAL = frozenset("kin pupil named family titles".split())
_LISTED = frozenset("listed listed_at_start listed_small word like_listed".split())
#: Words that end so are of somebody: "het rekenwerk van Do".
_BELONGINGS = (
    "werk",
    "schrift",
    "tekening",
    "verslag",
    "gedrag",
    "stoel",
    "tas",
    "dossier",
    "antwoord",
    "cijfer",
    "moeder",
    "vader",
)
_BORN = frozenset("geb geboren geboortedatum".split())
_CLASSES = frozenset("groep klas mijn onze havo vwo vmbo mavo jaar leerjaar de".split())


def pupils(names: Names) -> Iterator[tuple[int, int]]:
    """The names of pupils and their family: from the first token up to the last, that one not."""
    found = list(_found(names))
    said = {
        names.key(at)
        for first, end in found
        for at in range(first, end)
        if names.tokens[at].capital and len(names.key(at)) > 2
    }
    said -= names.words["particles"] | names.words["words"]
    at = 0
    for first, end in [*found, (len(names.tokens), 0)]:
        while at < first:  # who was a pupil once is that in the whole text
            token = names.tokens[at]
            if (
                token.key in said
                and token.capital
                and not names.taken[at]
                and not names.is_something_else(token)
            ):
                yield at, at + 1
            at += 1
        if end:
            yield first, end
            at = end


def _found(names: Names) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(names.tokens):
        if (end := _end_of_pupil(names, at)) is None:
            at += 1
        else:
            yield at, end
            at = end


def _end_of_pupil(names: Names, at: int) -> int | None:
    token = names.tokens[at]
    if names.taken[at]:
        return None
    if token.kind == "initials":
        return _after_initials(names, at)
    if token.kind != "word":
        return None
    if (end := _after_title(names, at)) is not None:
        return end
    standing = names.standing(at)
    if standing is None:
        return _after_particles(names, at)
    end = names.end_of(at)
    return end if _points(names, at, end, standing) >= _enough(names) else None


def _after_particles(names: Names, at: int) -> int | None:
    """A last name alone: "Van den Berg"."""
    token = names.tokens[at]
    end = names.after_particles(at) if token.capital else None
    if end is None or (token.begins and not names.is_last_name(end - 1)):
        return None
    return (
        end
        if _points(names, at, end, "unlisted_at_start" if token.begins else "unlisted") >= _enough(names)
        else None
    )


def _enough(names: Names) -> int:
    return names.words.points["enough"]


def _after_initials(names: Names, at: int) -> int | None:
    """ "J. de Vries", "A.M. Bouzid": with a last name only."""
    end = at + 1
    if end >= len(names.tokens) or not names.follows(end):
        return None
    more = names.after_particles(end)
    if (
        more is None
        and names.tokens[end].capital
        and (names.is_last_name(end) or (len(names.tokens[at].text) > 2 and names.standing(end)))
    ):
        more = names.end_of(end)
    return more


def _after_title(names: Names, at: int) -> int | None:
    """A last name directly after "mevrouw", "familie": also in small letters."""
    before = at - 1 - (names.key(at - 1) == ".")
    cue = names.key(before)
    if cue not in names.words["titles"] | names.words["family"]:
        return None
    if more := names.after_particles(at):
        return more
    token = names.tokens[at]
    if token.capital and token.key not in names.words["words"] and token.key not in names.words["roles"]:
        return names.end_of(at)
    small = token.key in names.words.last or names.first_name(token) is False
    return at + 1 if small and token.key not in names.words["words"] else None


def _points(names: Names, at: int, end: int, standing: str) -> int:
    points, token = names.words.points, names.tokens[at]
    small = not token.capital
    total = points[standing]
    if total >= _enough(names) and not (
        standing == "listed_small" and names.key(at - 1) in names.words["articles"]
    ):
        return total
    if small and names.key(at - 1) in names.words["articles"]:
        return 0
    total += _before(names, at, small) + _after(names, at, end, small)
    if not small:
        verb = names.key(end) in names.words["acts"] | names.words["does"]
        total += points["subject"] if standing == "unlisted_at_start" and verb else 0
        total += points["last"] if end - at > 1 and names.is_last_name(end - 1) else 0
        total -= points["title_case"] if _is_title(names, at, end) else 0
        total += (
            points["end"]
            if standing.startswith("unlisted") and names.is_last_name(at, at_start=token.begins)
            else 0
        )
        total += (
            points["end"]
            if standing.startswith("unlisted") and token.key.endswith(names.words.ends["name_ends"])
            else 0
        )
    return total


def _is_title(names: Names, at: int, end: int) -> bool:
    """Two words or more with capitals of which none is in a list: rather a title."""
    unknown = (
        names.standing(near) in ("unlisted", "unlisted_at_start") and not names.is_last_name(near)
        for near in range(at, end)
    )
    return end - at > 1 and all(unknown)


def _before(names: Names, at: int, small: bool) -> int:
    """What stands before it."""
    points, lists = names.words.points, names.words
    before, second = names.key(at - 1), names.key(at - 2)
    if before in (",", ":") and second in lists["kin"] | lists["asked"]:
        before = second
    if before in lists["there"] and names.standing(at) in ("placed", "word", "word_at_start"):
        return 0
    if before in lists["kin"] or before in lists["pupil"]:
        several = before.endswith(("en", "lln")) and names.standing(at) in ("unlisted", "placed")
        return points["few"] if several else points["kin"]
    if before in lists["named"] | lists["asked"] or (
        before in (":", "is") and second in lists["named"] | {"naam"}
    ):
        return points["named"]
    if before == "van" and (second in lists["belongings"] or second.endswith(_BELONGINGS)):
        return points["belonging"]
    total = _joined(names, at - 1, at - 2)
    if small:
        return total
    if before in lists["acts"]:
        total += points["act"]
    elif before in lists["does"]:
        total += points["does"]
    elif before in lists["prepositions"]:
        total += points["preposition"]
    elif before in lists["clauses"]:
        total += points["clause"]
    return total


def _after(names: Names, at: int, end: int, small: bool) -> int:
    """What stands after it."""
    points, lists = names.words.points, names.words
    after, second = names.key(end), names.key(end + 1)
    total = _joined(names, end, end + 1)
    if after in lists["acts"]:
        total += points["act"]
    elif after in lists["does"] and not small:
        total += points["does"]
    if (
        after in lists["does"]
        and not small
        and any(names.key(near) in lists["states"] for near in range(end + 1, end + 5))
    ):
        total += points["state"]
    if _is_aged(names, end):
        total += points["aged"]
    if names.has_genitive(end - 1) or after in ("z'n", "d'r"):
        total += points["belonging"] + (after in lists["belongings"])
    elif after == "haar" and not small:
        total += 1
    elif after == "zijn" and second in lists["belongings"]:
        total += points["belonging"]
    elif names.key(end - 1).endswith("s") and after in lists["kin"] and not small:  # Sems moeder
        total += points["kin"]
    if names.tokens[end - 1].kind == "initials":
        total += points["initial"]
    if not small and any(
        names.key(near) in lists["pronouns"]
        for near in range(end, min(end + _PRONOUN_NEAR, len(names.tokens)))
    ):
        total += points["pronoun"]
    return total


def _joined(names: Names, join: int, other: int) -> int:
    """Another name beside it: "roos en fatima"."""
    if names.key(join) not in names.words["joins"] or not 0 <= other < len(names.tokens):
        return 0
    return (
        names.words.points["joined"] if names.standing(other) in _LISTED or names.is_last_name(other) else 0
    )


def _is_aged(names: Names, end: int) -> bool:
    """ "(8)", ", 8 jaar", "uit groep 5", "uit 3b"."""
    after, second, third = names.key(end), names.key(end + 1), names.key(end + 2)
    if after == "(":
        return (
            second in _CLASSES | _BORN
            or (second.isdecimal() and third in (")", "jaar", "jr", ","))
            or (second.isdecimal() and len(third) <= 2)
        )
    if after == ",":
        return second in _BORN or (second.isdecimal() and third in ("jaar", "jr"))
    return after == "uit" and (second in _CLASSES or second.isdecimal())
