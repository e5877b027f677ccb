"""内容质量: what is left of the sample site on the site of a real union."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policysite.audit import basis
from policysite.audit.kinds import READABLE
from policysite.audit.page import Page
from policysite.audit.rule import ERROR, Fault, Indicator, PageRule

_SAMPLE_HOST = "www.example.org"
_WORDS = re.compile(r"示例省(?:总工会)?|[a-zA-Z0-9.@-]*\bexample\.org\b")
# As published: named by what is in them.
PICTURES = {
    "share.ad8457ef.png": "分享用的图（SITE 的 share_image）",
    "logo.e832ecb8.svg": "标志（SITE 的 logo）",
}


def sample_content(page: Page) -> Iterator[Fault]:
    """Find names, addresses and pictures of the sample site, each once."""
    if page.host == _SAMPLE_HOST:
        return
    text = page.decoded.text
    for said in dict.fromkeys(_WORDS.findall(text)):
        yield Fault(text.count("\n", 0, text.find(said)) + 1, f"“{said}”")
    for name, called in PICTURES.items():
        if (place := text.find(name)) >= 0:
            yield Fault(text.count("\n", 0, place) + 1, called)


RULES = (
    PageRule(
        code="SAMPLE", indicator=Indicator.CONTENT, union=ERROR, strict=ERROR, kinds=READABLE,
        basis=(basis.OURS,), wrong="还留着示例网站的内容：{detail}。",
        fix="换成本单位的：文章和固定页面在 content 里，名称、网址和链接在 pelicanconf.py 的 SITE 里，图在 theme/static/img 里。",
        check=sample_content,
    ),
)  # fmt: skip
