"""Gathers every text that is marked for translation into the English catalogue; needs no GNU gettext.

The msgids are the Dutch sentences. `python bin/messages.py` adds what is new with an empty translation, takes out
what is gone, and says what is still to be translated. tests/architecture/test_translations.py holds it complete.
"""

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "leerkring"
CATALOGUE = PACKAGE / "locale/en/LC_MESSAGES/django.po"

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Message = tuple[str | tuple[str, str], str | None, str]


def messages() -> Iterator[Message]:
    """Each marked text: the msgid or (singular, plural), its context, and the file it is in."""
    for path in sorted(PACKAGE.rglob("*")):
        place = path.relative_to(ROOT).as_posix()
        inside = path.relative_to(PACKAGE).parts
        if "tests" in inside or "migrations" in inside or "locale" in inside:
            continue
        if path.suffix == ".py":
            yield from _marked(path.read_bytes(), place)
        elif "templates" in inside and path.suffix in {".html", ".txt"}:
            yield from _marked(_as_python(path), place)


def _as_python(path: Path) -> bytes:
    """A template with its marked texts as calls, and nothing else that Python would trip over."""
    from django.utils.translation.template import templatize

    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return b"\n".join(line.strip().encode() for line in calls.splitlines())


def _marked(source: bytes, place: str) -> Iterator[Message]:
    options = {"encoding": "utf-8"}
    for _line, message, _comments, context in extract(
        "python", io.BytesIO(source), KEYWORDS, options=options
    ):
        yield message, context, place  # type: ignore[misc]


def gathered() -> Catalog:
    """All marked texts, without translations."""
    catalog = Catalog(locale="en", domain="django", fuzzy=False)
    for message, context, place in messages():
        catalog.add(message, locations=[(place, 0)], context=context)
    return catalog


def kept() -> Catalog:
    """The catalogue as it is."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def renewed(new: Catalog) -> Catalog:
    """`new`, with the translations that were kept."""
    old = kept() if CATALOGUE.exists() else Catalog(locale="en")
    for message in new:
        found = old.get(message.id, context=message.context) if message.id else None
        if found is not None and isinstance(found.string, str) == isinstance(message.id, str):
            message.string = found.string
    return new


def written(catalog: Catalog) -> bytes:
    """The file, the same for the same texts: no dates, no line numbers."""
    body = io.BytesIO()
    write_po(body, catalog, width=110, sort_by_file=True, include_lineno=False, omit_header=True)
    header = (
        "# The English of every text of the house. Written by bin/messages.py, translated by hand.\n"
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    return header.encode() + body.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The msgids without English; of a plural its first form."""
    empty = []
    for message in catalog:
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(strings):
            empty.append(message.id if isinstance(message.id, str) else message.id[0])
    return empty


def set_up() -> None:
    """Django, which reads the templates, with settings that touch nothing."""
    import django

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("LEERKRING_DATA", tempfile.mkdtemp())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.site.settings")
    django.setup()


def main() -> int:
    set_up()
    catalog = renewed(gathered())
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(written(catalog))
    todo = untranslated(catalog)
    for message in todo:
        sys.stdout.write(f"to translate: {message}\n")
    return 1 if todo else 0


if __name__ == "__main__":
    sys.exit(main())
