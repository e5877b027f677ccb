"""The filters that templates may use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from weakref import WeakKeyDictionary

from jinja2 import Environment, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from policysite.pages.dates import date_cn, date_iso, datetime_iso, datetime_shown
from policysite.pages.qr_code import qr
from policysite.pages.views import counts_url, hot_url
from policysite.relate.words import split_words
from policysite.text.roles import ACT_TITLE


def wbr(title: str, names: Iterable[str] = ()) -> Markup:
    """Return a title that may break between words only (with `word-break: keep-all`).

    The `names` with which it begins, parted by spaces, stay whole where a line has room for them:
    those of a document's issuers.

    >>> str(wbr("关于印发《2026年办法》的通知"))
    '关于<wbr>印发<wbr>《2026年<wbr>办法》的<wbr>通知'
    """
    shown, rest = Markup(""), title
    while name := next((name for name in names if name and rest.startswith(name)), ""):
        space = " " if rest[len(name) :].startswith(" ") else ""
        shown += Markup('<span class="unbroken">{}</span>{}').format(_breakable(name), space)
        rest = rest[len(name + space) :]
    return shown + _breakable(rest)


def act_titles(html: str) -> Markup:
    """Return a text with the titles of the acts in it breaking between words only, see `wbr`."""
    return Markup(_ACT_TITLE.sub(lambda m: f"{m[1]}{_breakable(unescape(m[2]))}", html))  # noqa: S704


_ACT_TITLE = re.compile(rf'(<h[2-5] class="{ACT_TITLE}"[^>]*>)([^<]*)')


_OPENING = "《〈（〔“‘"
# No line begins with these (GB/T 15834—2011 5.1), nor well with 的.
_CLOSING = "》〉）〕”’，、。；：？！的"
# 2026 and 年 are two words to the segmentation, one to the eye.
_COUNTED = "年月日号届次个"


def _breakable(text: str) -> Markup:
    words: list[str] = []
    for word in split_words(text):
        if words and _belong_together(words[-1][-1], word[0]):
            words[-1] += word
        else:
            words.append(word)
    return Markup("<wbr>").join(map(escape, words))


def _belong_together(end: str, start: str) -> bool:
    return end in _OPENING or start in _CLOSING or (end.isdigit() and start in _COUNTED)


@pass_context
def once(context: Context, name: str) -> Markup:
    """Return a partial that is the same on every page, rendered for the first one.

    It may use `SAME_EVERYWHERE` and nothing else of the context.
    """
    template = context.environment.get_template(name)
    values = {key: context[key] for key in SAME_EVERYWHERE}
    kept = _RENDERED.setdefault(context.environment, {}).get(name)
    if kept is None or kept[0] is not template or kept[1] != values:
        kept = (template, values, Markup(template.render(values)))  # noqa: S704 -- our templates
        _RENDERED[context.environment][name] = kept
    return kept[2]


SAME_EVERYWHERE = ("SITE", "NAV", "FOOTER_LINKS", "LIBRARY")
"""The values that templates get on every page alike."""
_RENDERED: WeakKeyDictionary[
    Environment, dict[str, tuple[Template, Mapping[str, object], Markup]]
] = WeakKeyDictionary()


FILTERS: Mapping[str, Callable[..., object]] = {
    "date_cn": date_cn,
    "datetime_shown": datetime_shown,
    "date_iso": date_iso,
    "datetime_iso": datetime_iso,
    "wbr": wbr,
    "act_titles": act_titles,
    "qr": qr,
    "once": once,
    "counts_url": counts_url,
    "hot_url": hot_url,
}
