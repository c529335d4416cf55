"""The user guide is there in both languages, and quotes the screen as it is."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po

from tests.architecture.source import PACKAGE, ROOT

GUIDE = ROOT / "docs" / "handleiding"
CATALOGUE = PACKAGE / "locale/en/LC_MESSAGES/django.po"
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
QUOTED = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def guide(language: str) -> str:
    return (GUIDE / f"{language}.md").read_text(encoding="utf-8")


def shape(language: str) -> list[str]:
    """What follows upon what: headings by level, items and steps of lists, rows of tables."""
    starts = (re.match(r"#+ |\* |\d+\. |\|", line) for line in guide(language).splitlines())
    return [start[0] for start in starts if start]


def test_each_heading_has_its_counterpart() -> None:
    levels = {language: [level for level, _ in HEADING.findall(guide(language))] for language in ("nl", "en")}
    assert len(levels["nl"]) > 1
    assert levels["nl"] == levels["en"]


def test_lists_and_tables_are_as_long_in_both() -> None:
    assert shape("nl") == shape("en")


def test_no_heading_is_there_twice() -> None:
    for language in ("nl", "en"):
        titles = [title for _, title in HEADING.findall(guide(language))]
        assert sorted(titles) == sorted(set(titles))


#: The words of the sector, as the guide has them.
PUPILS = ({"pupil": "leerling", "pupils": "leerlingen"}, {"pupil": "pupil", "pupils": "pupils"})


def _filled(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"%({name})s", word)
    return text


def quoted(language: str) -> list[str]:
    """What the guide says is on the screen, in its order; the first only explains that bold means this."""
    return [" ".join(words.split()) for words in QUOTED.findall(guide(language))][1:]


def test_what_the_guide_quotes_is_on_the_screen() -> None:
    """The catalogue has every text of the house (test_translations): Dutch, and what it is in English."""
    with CATALOGUE.open("rb") as file:
        texts = {message.id: message.string for message in read_po(file, locale="en")}
    english = {
        _filled(dutch, PUPILS[0]): _filled(text, PUPILS[1])
        for dutch, text in texts.items()
        if isinstance(dutch, str) and isinstance(text, str)
    }
    assert [words for words in quoted("nl") if words not in english] == []
    assert quoted("en") == [english[words] for words in quoted("nl")]
