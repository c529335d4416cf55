"""Names of colleagues, told by their role: "juf Anna", "Petra, onze ib'er", "Tom van wiskunde", "Groet, Johan"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leerkring.engine.guard.names import Names

#: So many letters after a name what a teacher does may stand, and so many words after it "geeft Frans".
_TEACHES, _TEACHES_WORDS = 70, 14
#: So many words before and after "mevrouw" say whether she teaches.
_SENTENCE = 40
_PARTS_OF_LAST = frozenset(["van", "de", "el", "ten", "ter"])


def colleagues(names: Names) -> Iterator[tuple[int, int]]:
    """Whoever works with the pupils, and whoever a text is written to or by."""
    after = 0
    for at, token in enumerate(names.tokens):
        if token.key in names.roles or token.key in names.words["turns"]:
            yield from _after_role(names, at)
        if (
            token.key in names.words["headings"]
            and token.begins
            and names.key(at + 2)
            and names.key(at + 1) == ":"
        ):
            yield at + 2, names.sentence(at + 2)[1]
        if token.key in names.words["titles"]:
            yield from _after_title(names, at)
        if at >= after and (names.standing(at) is not None or token.kind == "initials"):
            after = names.end_of(at)
            if _role_after(names, after) or _teaches(names, at, after) or _greeted(names, at):
                yield at, after


def _after_role(names: Names, role: int) -> Iterator[tuple[int, int]]:
    """The names directly after a role: "juf Anna", "collega's Bram en Sanne", "docent Frans Karin", "mentor: Eva"."""
    several = names.key(role).endswith(("s", "en")) or names.has_genitive(role)
    at = _after_subject(names, role + 1)
    if names.key(at) in (",", "("):
        end = names.end_of(at + 1) if names.key(at + 1) else at
        if _opens_name(names, at + 1) and names.key(end) in (",", ")"):
            yield at + 1, end
        return
    if names.key(at) in ("heet", "heette", "is", "wordt") or (several and names.key(at) in ("als", "zoals")):
        at += 1
    while _opens_name(names, at):
        end = names.after_particles(at) or names.end_of(at)
        yield at, end
        if not several or names.key(end) not in ("en", ",", "&", "/"):
            return
        at = end + 1


def _after_subject(names: Names, at: int) -> int:
    """Past the dot or colon, the subject or the group that may come between a role and a name."""
    if names.key(at) in (".", ":"):
        at += 1
    if names.key(at) in ("groep", "klas"):
        return at + 2
    return at + (names.key(at) in names.words["workplaces"])


def _opens_name(names: Names, at: int) -> bool:
    """Whether a name may begin here, of somebody of whom a role is said."""
    if not 0 <= at < len(names.tokens):
        return False
    token = names.tokens[at]
    if token.kind == "initials":
        return len(token.text) > 1
    if token.capital:
        return (
            token.key in names.words["particles"]
            or token.key in names.words.first
            or not names.is_something_else(token)
        )
    return names.first_name(token) is False or _opens_last_name(names, at)


def _opens_last_name(names: Names, at: int) -> bool:
    """A last name in small letters with what stands before it: "juf van Dijk", but not "de juf van Sem"."""
    end = names.after_particles(at)
    if end is None or names.key(at) not in _PARTS_OF_LAST:
        return False
    return end - at > 2 or names.key(at) != "van" or names.is_last_name(end - 1)


def _after_title(names: Names, title: int) -> Iterator[tuple[int, int]]:
    """A teacher who is called meneer or mevrouw: where it says so, and nothing speaks of home."""
    at = title + 1 + (names.key(title + 1) == ".")
    if not names.key(at) or not names.tokens[at].is_word:
        return
    end = names.after_particles(at) or names.end_of(at)
    first, last = names.sentence(title)
    near = {names.key(at) for at in range(max(first, title - _SENTENCE), min(last, title + _SENTENCE))}
    in_class = names.key(title - 1) in ("van", "bij") and names.key(title - 2) in names.words["lessons"]
    has_role = any(names.key(before) in names.roles for before in (title - 1, title - 2)) or _role_after(
        names, end
    )
    if not near & names.words["at_home"] and (in_class or has_role or near & names.words["at_work"]):
        yield at, end


def _role_after(names: Names, at: int) -> bool:
    """Whether a role is said of the name that ends here: ", onze ib'er", "(docent Frans)", "van wiskunde"."""
    workplaces = names.words["workplaces"]
    if names.key(at) == "van":
        at += 1 + (names.key(at + 1) in ("de", "het", "onze", "ons"))
        return names.key(at) in workplaces
    if names.key(at) == "(" and names.key(at + 1) in names.words["bracketed"]:
        return True
    if names.key(at) not in (",", "(", "-", "–", "is", "was", "als", "wordt", "werkt"):
        return False
    at += 1
    if names.key(at) == "van":
        return bool({names.key(at + 1), names.key(at + 2)} & workplaces)
    for near in range(at, at + 4):
        if names.key(near) in names.roles:  # but not "Sem, mentor Karin" or "Sem (mentor: Karin)"
            return names.key(near + 1) != ":" and names.standing(near + 1) is None
        if names.key(near) not in names.words["between"]:
            return False
    return False


def _teaches(names: Names, first: int, end: int) -> bool:
    """Whether what is said of a name only a teacher does."""
    for near in range(end, min(end + _TEACHES_WORDS, names.sentence(first)[1])):
        if (
            names.key(near) in ("geeft", "gaf", "doceert")
            and names.key(near + 1) in names.words["workplaces"]
        ):
            return True
    after = names.tokens[end - 1].end
    said = re.split(r"[.!?\n]", names.text[after : after + _TEACHES].lower(), maxsplit=1)[0]
    where = min((said.find(phrase) for phrase in names.words.teaching if phrase in said), default=None)
    return where is not None and not set(re.findall(r"\w+", said[:where])) & names.words["kin"]


def _greeted(names: Names, at: int) -> bool:
    """Who is written to, and who writes: "Hoi Karin,", "Groet, Johan"."""
    before = at - 1 - (names.key(at - 1) in (",", "\n", "!"))
    if names.key(before) not in names.words["greetings"]:
        return False
    return (
        names.tokens[before].begins
        or names.key(before - 1) == ","
        or names.key(before) in names.words["signed"]
    )
