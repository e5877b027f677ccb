"""How a feed looks to a reader who opens it in a browser: CSS alone, browsers are giving up XSLT."""

from __future__ import annotations

from collections.abc import Iterator

from policysite.pages.site import Site

FILE = "feed.css"
REFERENCE = f'<?xml-stylesheet type="text/css" href="/{FILE}"?>\n'
"""Stands before the root element of every feed."""

_STYLE = """feed {
  display: block;
  max-width: 40em;
  margin: 0 auto;
  padding: 1em;
  color: #1f1b16;
  background: #fff;
  font: 18px/1.7 "PingFang SC", "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
}
feed::before {
  display: block;
  padding: .6em 1em;
  background: #f8f5ef;
  content: "这是订阅地址，给订阅软件（阅读器）用。把这一页的网址复制到软件里，有新内容就会自动收到。要回到网站，请按返回键。";
}
title, subtitle, entry { display: block }
feed > title { margin-top: 1em; font-size: 1.4em; font-weight: 700 }
entry { margin-top: .8em; padding-top: .8em; border-top: 1px solid #d8d2c8 }
/* Of 2026-11-21T10:30:00+08:00 the day. */
published { display: block; width: 10ch; overflow: hidden; font-family: monospace; white-space: nowrap }
feed > :not(title, subtitle, entry), entry > :not(title, published) { display: none }
/* Phones lay out XML 980 pixels wide, and show that on their 360. */
@media (max-device-width: 30em) and (min-width: 48em) { feed { font-size: 40px } }
@media (prefers-color-scheme: dark) {
  feed { color: #eae5dc; background: #171513 }
  feed::before { background: #26211d }
  entry { border-color: #4a433c }
}
"""


def plan_feed_style(_: Site) -> Iterator[tuple[str, str]]:
    """Yield file and text of the style that all feeds share."""
    yield FILE, _STYLE
