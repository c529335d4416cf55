"""A code to point a phone at, as a drawing of plain shapes: no style of its own, sharp at every size."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from leerkring.ui.charts.drawing import element

#: The white around it that scanners need, in squares.
QUIET = 4


def code(text: str, *, class_: str = "code") -> SafeString:
    """`text` as a QR code, as large as `class_` says; dark on light, in the dark too."""
    drawn = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    drawn.add_data(text)
    squares = drawn.get_matrix()
    size = len(squares)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(squares) for x, dark in enumerate(row) if dark)
    return element(
        "svg",
        element("rect", width=size, height=size, class_="code-light"),
        element("path", d=path, class_="code-dark"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size} {size}",
        class_=class_,
        role="img",
        aria_label=_("Code om met je telefoon te scannen"),
        shape_rendering="crispEdges",
    )
