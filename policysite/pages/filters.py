"""The filters that templates may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import segno
from markupsafe import Markup, escape

from policysite.pages.dates import date_cn, date_iso, datetime_shown, datetime_iso
from policysite.relate.words import split_words


def wbr(title: str) -> Markup:
    """Return a title that may break between words only (with `word-break: keep-all`)."""
    return Markup("<wbr>").join(escape(word) for word in split_words(title))


def qr(text: str) -> Markup:
    """Return a QR code as inline SVG, to be scanned from a screen or from paper.

    The mask is fixed: trying all eight for the best one takes five times as long, once a page, and
    readers decode any of them (ISO/IEC 18004 7.8).
    """
    svg = BytesIO()
    segno.make(text, error="m", micro=False, mask=2).save(
        svg, kind="svg", xmldecl=False, svgns=False, omitsize=True, nl=False, border=2,
        svgclass="qr", lineclass=None, title="二维码",
    )  # fmt: skip
    return Markup(svg.getvalue().decode())  # noqa: S704 -- made of numbers by segno


FILTERS: Mapping[str, Callable[..., object]] = {
    "date_cn": date_cn,
    "datetime_shown": datetime_shown,
    "date_iso": date_iso,
    "datetime_iso": datetime_iso,
    "wbr": wbr,
    "qr": qr,
}
