"""What is left of the sample site on another one."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from policysite.audit.rules.sample import PICTURES, sample_content
from policysite.environment import ROOT
from tests.unit.audit.pages import page

OTHER = '<meta name="SiteDomain" content="www.jczgh.cn">'


def details(body: str, head: str = OTHER) -> list[str]:
    return [fault.detail for fault in sample_content(page(body, head))]


def test_names_addresses_and_pictures_of_the_sample_are_found_once_each() -> None:
    body = "<p>示例省总工会、示例省总工会</p><p>邮箱bgs@example.org</p>"
    picture = '<meta property="og:image" content="https://www.jczgh.cn/assets/share.ad8457ef.png">'
    assert details(body, OTHER + picture) == [
        "“示例省总工会”", "“bgs@example.org”", "分享用的图（SITE 的 share_image）",
    ]  # fmt: skip


def test_the_line_is_that_of_the_page() -> None:
    (fault,) = sample_content(page("<p>甲</p>\n<p>示例省</p>", OTHER))
    assert fault.line == 10


def test_the_sample_may_be_itself() -> None:
    own = '<meta name="SiteDomain" content="www.example.org">'
    assert details("<p>示例省总工会</p>", own) == []


def test_a_site_of_its_own_has_nothing_of_it() -> None:
    assert details("<p>锦川市总工会，bgs@jczgh.cn。示例如下。</p>") == []


def test_the_pictures_are_those_that_the_theme_has() -> None:
    """Who draws them anew writes their new names into the rule."""
    assert set(PICTURES) == {_published("share.png"), _published("logo.svg")}


def _published(name: str) -> str:
    path = ROOT / "theme" / "static" / "img" / name
    return f"{Path(name).stem}.{sha256(path.read_bytes()).hexdigest()[:8]}{path.suffix}"
