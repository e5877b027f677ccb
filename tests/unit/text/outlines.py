"""What the numbers of a text were taken for."""

import re

from policysite.text.markdown import render


def outline(source: str) -> list[str]:
    """Return the headings of `source` as 'level id text'."""
    return [f"{h.level} {h.id} {h.text}" for h in render(source).headings]


def items(source: str) -> list[str]:
    """Return the items of `source` as 'rank text'."""
    found = re.findall(r'<p class="item item--(\d)[^>]*>(.*?)</p>', render(source).html)
    return [f"{rank} {text}" for rank, text in found]
