"""The few strokes every chart is made of. Everything is escaped here, and only here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify


def element(name: str, *children: object, **attributes: object) -> SafeString:
    """One SVG element: `element("text", "lid", x=4, class_="axis")`; floats to a tenth, None leaves out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(_escaped(child) for child in children)
    return mark_safe(f"<{name}{given}>{inside}</{name}>")  # noqa: S308 (each part is escaped above)


def _value(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else _escaped(value)


def _escaped(value: object) -> str:
    """Markup of our own stays; everything else, a number or a lazy translation too, becomes text."""
    return value if isinstance(value, SafeString) else escape(str(value))


def group(parts: Iterable[SafeString], **attributes: object) -> SafeString:
    return element("g", *parts, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> SafeString:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def text(x: float, y: float, words: object, class_: str = "axis", anchor: str | None = None) -> SafeString:
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def picture(
    key: str,
    shape: str,
    size: tuple[int, int],
    title: object,
    description: object,
    parts: Iterable[SafeString],
) -> SafeString:
    """A whole drawing of `size` pixels; `shape` is narrow, medium or wide, `key` unique on the page."""
    name = f"{slugify(key) or 'chart'}-{shape}"
    width, height = size
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        *parts,
        class_=f"drawing {shape}",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def figure(
    drawings: Sequence[SafeString],
    *,
    sentence: object,
    columns: Sequence[object] = (),
    rows: Sequence[Sequence[object]] = (),
    caption: object = "",
) -> SafeString:
    """The sentence first, the picture second, the numbers on request, where there are any to give."""
    context = {
        "drawings": drawings,
        "sentence": sentence,
        "columns": columns,
        "rows": rows,
        "caption": caption,
    }
    return render_to_string("ui/charts/figure.html", context)
