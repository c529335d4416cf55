"""Whose name it is when it is not a pupil's: of a colleague, of somebody famous, of somebody in a book or in a sum."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from leerkring.engine.guard.names import Names
from leerkring.engine.guard.streets import is_street

_QUOTES = {'"': '"', "“": "””", "”": "”", "„": "”“", "‘": "’", "'": "'", "«": "»", "“": "”"}
_SCHOOLS = ("school", "college", "lyceum", "gymnasium", "scholen", "academie", "museum", "huis", "kapel", "pad", "prijs", "methode", "stichting")
_BEFORE_SCHOOLS = frozenset(
    "obs cbs rkbs pcbs kbs pcb ods ikc kc roc aoc mbo sbo basisschool school college lyceum scholengemeenschap gymnasium kindcentrum"
    " csg sg ksg osg pcob stichting uitgeverij methode museum scholengroep".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d[a-z]?")
#: "Tom en Lisa uit de taalmethode".
_FROM_BOOKS = ("methode", "boek", "verhaal", "film", "serie", "toets", "musical")
#: So many words after the name what a teacher does may stand; so many before it, the book in which somebody is.
_TEACHES, _IN_A_BOOK = 70, 9
_ABOUT = frozenset("over waarin waarbij waar genaamd met".split())
_LESSONS = frozenset("les lessen lesuur uur klas lokaal mentorklas groep college uitleg lesopening bij lesbezoek toets instructie".split())
_AT_WORK = frozenset(
    "les lessen vak vakgroep sectie team collega collega's collegas lokaal lesbezoek studiedag scholing vergadering intervisie wisbordjes"
    " docenten leraren leerkrachten lesgeven didactiek wiskunde engels nederlands biologie".split()
)
_AT_HOME = frozenset("zoon dochter kind moeder vader ouder ouders thuis gezin zoontje dochtertje broer zus oma opa oudergesprek huis".split())


def take_others(names: Names) -> None:
    """Marks in `names` whatever is no name of a pupil, or of their family."""
    for first, end in [*_known(names), *_schools(names), *_groups(names), *_in_sentences(names), *_famous(names)]:
        names.take(first, end)
    for first, end in [*_titled(names)]:
        names.take(first, end)
    colleagues = {*_colleagues(names)}
    for first, end in [*colleagues, *_invented(names), *_beside(names)]:
        names.take(first, end)
    _take_again(names)


def _known(names: Names) -> Iterator[tuple[int, int]]:
    """What is known by more words than one, and who is known by one name."""
    tokens, alone = names.tokens, names.words["persons"]
    for at, token in enumerate(tokens):
        if token.kind == "word" and not token.text.islower() or token.kind == "initials":
            key = token.text.lower() if token.kind == "initials" else token.key
            for more in names.words.known.get(key, ()):
                if _matches(names, at + 1, more):
                    yield at, at + 1 + _length(names, at + 1, more)
                    break
            if key in alone and key not in names.words.first and not (at and names.standing(at - 1)):
                yield at, at + 1


def _matches(names: Names, at: int, more: tuple[str, ...]) -> bool:
    return _length(names, at, more) > 0


def _length(names: Names, at: int, more: tuple[str, ...]) -> int:
    """How many tokens these words are from here on; 0 when they are not there."""
    begin = at
    for word in more:
        said = ""
        while at < len(names.tokens) and len(said) < len(word):
            token = names.tokens[at]
            said += token.text.lower() if token.kind == "initials" else token.key
            at += 1
        if said != word:
            return 0
    return at - begin


def _schools(names: Names) -> Iterator[tuple[int, int]]:
    """Schools and streets that are called after somebody."""
    for at, token in enumerate(names.tokens):
        if token.capital and (token.key.endswith(_SCHOOLS) or is_street(token)) and token.key not in _SCHOOLS[-6:]:
            first = at
            while first and names.follows(first) and at - first < 5 and _may_be_in(names, first - 1):
                first -= 1
            yield first, at + 1
        if token.key in _BEFORE_SCHOOLS:
            end = at + 1
            while end < len(names.tokens) and names.follows(end) and _may_be_in(names, end):
                end += 1
            if end > at + 1 and names.tokens[end - 1].capital and names.key(at - 1) not in ("op", "naar", "van", "na", "voor"):
                yield at + 1, end


def _groups(names: Names) -> Iterator[tuple[int, int]]:
    """Groups and courses, which may be called anything: "groep De Uilen"."""
    for at in range(1, len(names.tokens)):
        before = names.key(at - 1)
        group = before in names.words["groups"] or before.endswith(names.words.ends["group_ends"])
        if group and names.follows(at) and names.tokens[at].capital and before not in ("op", "school"):
            listed = names.first_name(names.tokens[at]) is False and before in ("klas", "groep", "jaar", "team")
            if not listed:
                yield at, names.end_of(at)


def _may_be_in(names: Names, at: int) -> bool:
    token = names.tokens[at]
    return token.capital or token.kind == "initials" or token.key in names.words["particles"] | {"het"}


def _quoted(names: Names, at: int) -> tuple[int, int] | None:
    """The words within quotation marks that open here."""
    close = _QUOTES.get(names.tokens[at].text)
    if not close:
        return None
    for end in range(at + 1, min(len(names.tokens), at + 60)):
        if names.tokens[end].text in close:
            return at + 1, end
    return None


def _in_sentences(names: Names) -> Iterator[tuple[int, int]]:
    """Sentences, sums and titles that are quoted: "de zin 'Jan fietst'", and sums as sums are."""
    tokens, sentences = names.tokens, names.words["sentences"]
    for at, token in enumerate(tokens):
        if token.key in sentences and token.is_word:
            for mark in range(at + 1, min(at + 5, len(tokens))):
                if quoted := _quoted(names, mark):
                    yield quoted
                    break
                if tokens[mark].sentence != token.sentence or tokens[mark].text in ",;":
                    break
            colon = next((after for after in range(at + 1, at + 7) if names.key(after) == ":"), None)
            if token.key in names.words["drills"] and colon and tokens[colon].sentence == token.sentence:
                yield colon + 1, names.sentence(colon)[1]
    strange = Counter(token.sentence for token in tokens if token.key in names.words["foreign"])
    for at, token in enumerate(tokens):
        if strange[token.sentence] > 1 and token.capital:
            yield at, at + 1
    for at, token in enumerate(tokens):
        if token.key in ("bereken", "uitrekenen") or (token.key == "in" and names.key(at + 1) in ("opgave", "som", "vraag") and _is_sum(names, at + 2)):
            yield names.sentence(at)
    asks = {token.sentence for token in tokens if token.key == "hoeveel"}
    for at, token in enumerate(tokens):
        if token.key in names.words["sums"] and asks & {token.sentence, token.sentence + 1, token.sentence + 2}:
            near = tokens[at + 1 : at + 5]
            if any(near_.kind == "number" or near_.key in names.words["numerals"] for near_ in near):
                yield names.sentence(at)[0], names.sentence(at)[1]


def _famous(names: Names) -> Iterator[tuple[int, int]]:
    """Kings, writers and who is in a book; whoever is quoted with a year, or by a whole name after a work."""
    for at in range(len(names.tokens)):
        first = at + 1 + (names.key(at + 1) == ".")
        if names.key(at) in names.words["famous"] and (_opens_name(names, first) or (first > at + 1 and names.key(first) in names.words["famous"])):
            end = names.end_of(first)
            yield first, end
            while names.key(end) in ("en", ",", "&") and _opens_name(names, end + 1):
                yield end + 1, names.end_of(end + 1)
                end = names.end_of(end + 1)
        elif names.key(at - 1) == "van" and names.key(at - 2) in names.words["laws"] and names.tokens[at].capital:
            yield at, names.end_of(at)
        elif _is_whole(names, at) and names.key(at - 1) in ("van", "volgens"):
            end = names.end_of(at)
            listed = names.words.first.get(names.key(at)) is False
            whole = end - at > 1 or names.tokens[at].kind == "initials"
            if (whole and names.key(at - 2) in names.words["works"] and names.key(at - 1) == "van") or (names.key(at - 1) == "volgens" and not listed and (whole or names.is_last_name(at))):
                yield at, end
        elif names.key(at - 1) == "van" and names.key(at - 2) in names.words["products"] and names.standing(at) in ("unlisted", "placed"):
            yield at, names.end_of(at)
        elif names.key(at) in ("zie", "vgl", "cf") or (names.key(at) == "ook" and names.key(at - 1) == "zie"):
            if at + 1 < len(names.tokens) and (_is_whole(names, at + 1)):
                yield at + 1, names.after_particles(at + 1) or names.end_of(at + 1)
        elif _YEAR.fullmatch(names.key(at)) and names.key(at - 1) in ("(", ","):
            yield _first_cited(names, at - 1), at - 1


def _is_sum(names: Names, at: int) -> bool:
    """Whether a sum is told from here: "6 fietst Mees", "heeft Lisa 3"."""
    at += names.key(at).isdecimal()
    return names.key(at) in names.words["sums"] and names.standing(at + 1) is not None


def _first_cited(names: Names, end: int) -> int:
    """Where the names begin of who is cited: "(Van der Veen & Wolbers, 2015)", "Kirschner en Claessens (2018)"."""
    at = end
    while at and names.sentence(at - 1) == names.sentence(end - 1):
        token = names.tokens[at - 1]
        little = token.key in names.words["particles"] or token.text in "&,." or token.key in ("en", "e.a.", "et", "al")
        if not (little or token.capital or token.kind == "initials") or token.key in names.words["words"]:
            break
        at -= 1
    return at


def _opens_name(names: Names, at: int) -> bool:
    if at >= len(names.tokens) or not names.follows(at):
        return False
    token = names.tokens[at]
    if token.kind == "initials":
        return True
    if token.capital:
        return not names.is_something_else(token) or token.key in names.words["particles"]
    return names.first_name(token) is False or _opens_last(names, at)


def _is_whole(names: Names, at: int) -> bool:
    """Whether a name begins here, and not a word before."""
    token = names.tokens[at]
    return (token.capital and names.standing(at) is not None) or token.kind == "initials" or (
        token.capital and token.key in names.words["particles"] and bool(names.after_particles(at))
    )


def _is_role(names: Names, at: int) -> bool:
    if not 0 <= at < len(names.tokens) or not names.tokens[at].is_word:
        return False
    key = names.key(at)
    if key in names.words["no_role"] or key in names.words["turns"]:
        return False
    return key in names.words["roles"] or (len(key) > 4 and key.endswith(names.words.ends["role_ends"]))


def _colleagues(names: Names) -> Iterator[tuple[int, int]]:
    tokens = names.tokens
    after = 0
    for at in range(len(tokens)):
        if _is_role(names, at) or names.key(at) in names.words["turns"]:
            yield from _after_role(names, at)
        if names.key(at) in names.words["headings"] and tokens[at].begins and names.key(at + 1) == ":":
            yield at + 2, names.sentence(at + 2)[1] if at + 2 < len(tokens) else at + 2
        if names.key(at) in names.words["titles"]:
            yield from _after_title(names, at)
        if at >= after and (names.standing(at) is not None or tokens[at].kind == "initials"):
            after = names.end_of(at)
            if _role_after(names, after) or _teaches(names, at, after) or _greeted(names, at):
                yield at, after


def _after_role(names: Names, role: int) -> Iterator[tuple[int, int]]:
    """The names directly after a role: "juf Anna", "collega's Bram en Sanne", "docent Frans Karin", "mentor: Eva"."""
    at, several = role + 1, names.key(role).endswith(("s", "en")) or names.has_genitive(role)
    if names.key(at) == "." or names.key(at) == ":":
        at += 1
    if names.key(at) in names.words["workplaces"] or names.key(at) in ("groep", "klas"):
        at += 1 + (names.key(at) in ("groep", "klas"))
    if names.key(at) in (",", "(") and at + 1 < len(names.tokens):
        end = names.end_of(at + 1)
        if _opens_any(names, at + 1) and names.key(end) in (",", ")"):
            yield at + 1, end
        return
    if names.key(at) in ("heet", "heette", "is", "wordt") or (several and names.key(at) in ("als", "zoals")):
        at += 1
    while _opens_any(names, at):
        end = names.end_of(at)
        if names.key(at) in names.words["particles"]:
            end = names.after_particles(at) or end
        yield at, end
        if not several or names.key(end) not in ("en", ",", "&", "/"):
            return
        at = end + 1


def _opens_any(names: Names, at: int) -> bool:
    """Like a name that directly follows, but also after a colon or a comma."""
    if at >= len(names.tokens):
        return False
    token = names.tokens[at]
    if token.kind == "initials" and len(token.text) > 1:
        return True
    if token.capital:
        return not (names.is_something_else(token) and token.key not in names.words.first) or token.key in names.words["particles"]
    if names.first_name(token) is False:
        return True
    return _opens_last(names, at)


def _opens_last(names: Names, at: int) -> bool:
    """A last name in small letters with what stands before it: "juf van Dijk", but not "de juf van Sem"."""
    end = names.after_particles(at)
    if end is None or names.key(at) not in ("van", "de", "el", "ten", "ter"):
        return False
    return end - at > 2 or names.key(at) != "van" or names.is_last_name(end - 1)


def _after_title(names: Names, title: int) -> Iterator[tuple[int, int]]:
    """A teacher who is called meneer or mevrouw: where it says so, and nothing speaks of home."""
    at = title + 1 + (names.key(title + 1) == ".")
    if at >= len(names.tokens) or not names.tokens[at].is_word:
        return
    end = names.after_particles(at) or names.end_of(at)
    near = {token.key for token in names.tokens[slice(*names.sentence(title))]}
    before = names.key(title - 1) if names.key(title - 1) not in ("de", "onze") else names.key(title - 2)
    taught = before in ("van", "bij") and names.key(title - 2) in _LESSONS
    if not near & _AT_HOME and (taught or near & _AT_WORK or _role_after(names, end) or _is_role(names, title - 1) or (names.key(title - 1) == "," and _is_role(names, title - 2))):
        yield at, end


def _role_after(names: Names, end: int) -> bool:
    """Whether a role is said of the name before: ", onze ib'er", "(docent Frans)", "is de nieuwe mentor", "van wiskunde"."""
    at = end
    if names.key(at) == "van":
        at += 1 + (names.key(at + 1) in ("de", "het", "onze", "ons"))
        return names.key(at) in names.words["workplaces"]
    if names.key(at) == "(" and names.key(at + 1) in names.words["workplaces"]:
        return True
    if names.key(at) not in (",", "(", "-", "–", "is", "was", "als", "wordt", "werkt"):
        return False
    at += 1
    if names.key(at) == "van":
        return names.key(at + 1) in names.words["workplaces"] or names.key(at + 2) in names.words["workplaces"]
    for _ in range(4):
        if _is_role(names, at):
            return True
        if names.key(at) not in names.words["between"]:
            return False
        at += 1
    return False


def _teaches(names: Names, first: int, end: int) -> bool:
    after = names.tokens[end - 1].end
    said = names.text[after : after + _TEACHES].lower()
    said = re.split(r"[.!?\n]", said, maxsplit=1)[0]
    for near in range(end, min(end + 14, names.sentence(first)[1])):
        if names.key(near) in ("geeft", "gaf", "doceert") and names.key(near + 1) in names.words["workplaces"]:
            return True
    where = min((said.find(phrase) for phrase in names.words.teaching if phrase in said), default=None)
    return where is not None and not set(re.findall(r"\w+", said[:where])) & names.words["kin"]


def _greeted(names: Names, at: int) -> bool:
    """Who is written to, and who writes: "Hoi Karin,", "Groet, Johan"."""
    before = at - 1 - (names.key(at - 1) in (",", "\n", "!"))
    if names.key(before) not in names.words["greetings"]:
        return False
    return before == 0 or names.key(before - 1) in (".", "\n", "!", "?", ",") or names.key(before) in ("groet", "groetjes", "groeten", "mvg", "liefs", "gr")


def _invented(names: Names) -> Iterator[tuple[int, int]]:
    """People in what is taught: "het boek over Sam", "in het verhaal gaat Noor"."""
    for at, token in enumerate(names.tokens):
        if token.key not in names.words["taught"]:
            continue
        inside = names.key(at) in names.words["books"] and "in" in (names.key(at - 2), names.key(at - 1), names.key(at - 3))
        open_ = inside and names.key(at + 1) != "van"
        for after in range(at + 1, min(at + 1 + _IN_A_BOOK, len(names.tokens))):
            if names.tokens[after].sentence != token.sentence:
                break
            if names.key(after) in _ABOUT and after <= at + 4:
                open_ = open_ or names.key(after) != "met" or token.key == "context"
            if open_ and names.standing(after) is not None and names.tokens[after].capital:
                yield after, names.end_of(after)
        if names.key(at + 1) not in ("van", "voor") and names.standing(at + 1) in ("listed", "unlisted", "word") and token.key != "film" and names.follows(at + 1):
            yield at + 1, names.end_of(at + 1)


def _titled(names: Names) -> Iterator[tuple[int, int]]:
    """Who is in a book by its title: "In Oorlogswinter vindt Michiel", "Jochem uit Spijt"."""
    for at, token in enumerate(names.tokens):
        if not (token.is_word or token.kind == "initials") or not names.taken[at] or not token.capital or (at and names.taken[at - 1]):
            continue
        end = at
        while end < len(names.tokens) and names.taken[end]:
            end += 1
        if tuple(names.key(near) for near in range(at, end)) not in names.words.stories:
            continue
        before = names.key(at - 1)
        if before == "in" and names.tokens[at - 1].begins:
            yield names.sentence(at)
        elif before == "uit" and at > 1 and names.standing(at - 2):
            yield at - 2, at - 1


def _beside(names: Names) -> Iterator[tuple[int, int]]:
    """Who is named with somebody that is no pupil: "Sinterklaas en Piet"; kings with their number."""
    for at, token in enumerate(names.tokens):
        if token.key in ("en", "of", ",") and at and names.taken[at - 1] and names.tokens[at - 1].capital:
            if at + 1 < len(names.tokens) and names.standing(at + 1) == "placed":
                yield at + 1, at + 2
            with_it = names.key(at - 1) in names.words["persons"] and at + 1 < len(names.tokens) and names.is_last_name(at + 1)
            school = names.key(at - 1).endswith(_SCHOOLS) and names.key(at + 1) in ("de", "het") and names.after_particles(at + 1)
            famous = names.key(at - 1) in names.words["persons"] and token.key == "en"
            if with_it or famous or names.key(at + 1) in names.words["persons"]:
                yield at + 1, at + 2
            elif school:
                yield at + 1, school
        if token.capital and re.fullmatch("[IVX]{1,4}", names.tokens[min(at + 1, len(names.tokens) - 1)].text):
            yield at, at + 2
        if names.key(at) in ("uit", "in") and names.key(at + 1) in ("de", "het", "een", "ons") and at:
            if names.key(at) == "in" and names.key(at + 2) not in names.words["books"]:
                continue
            if names.key(at + 2) in names.words["taught"] or names.key(at + 2).endswith(_FROM_BOOKS):
                first = at
                while first and (names.tokens[first - 1].capital or names.key(first - 1) == "en"):
                    first -= 1
                yield first, at


def _take_again(names: Names) -> None:
    """Who was a colleague or invented once is that in the whole text."""
    known = {
        token.key
        for at, token in enumerate(names.tokens)
        if not names.taken[at] and token.capital and (names.key(at - 1) in names.words["kin"] | names.words["pupil"] or names.key(at + 1) in ("uit", "("))
    }
    again = {
        token.key for at, token in enumerate(names.tokens) if names.taken[at] and token.capital and len(token.text) > 2 and not names.is_something_else(token)
    }
    for at, token in enumerate(names.tokens):
        if token.key in again - known:
            names.taken[at] = 1
