"""What a union fills in, and everything that can be wrong with it."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from policysite.settings import Badge, Link, LinkGroup, SettingsError, SiteSettings

VALID: dict[str, Any] = {
    "name": "示例省总工会",
    "domain": "www.example.org",
    "description": "示例省总工会门户网站。",
    "sponsor": "示例省总工会",
}


def faults(**values: Any) -> dict[str, str]:
    """Return what is wrong with the settings, by name."""
    with pytest.raises(SettingsError) as caught:
        SiteSettings(**{**VALID, **values})
    return caught.value.reasons


def test_four_values_make_a_site() -> None:
    site = SiteSettings(**VALID)
    assert site.url == "https://www.example.org"
    assert site.absolute("/2026/a.html") == "https://www.example.org/2026/a.html"


@pytest.mark.parametrize("name", VALID)
def test_each_of_the_four_is_required(name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        SiteSettings(**{key: value for key, value in VALID.items() if key != name})
    assert caught.value.reasons == {name: "没有写"}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("name", "", "不能是空的，或太短了"),
        ("name", "长" * 41, "太长了"),
        ("name", 5, "要写成引号里的文字"),
        (
            "domain",
            "https://www.example.org/",
            "只写域名，例如 www.example.org，不带 https:// 和斜线",
        ),
        ("domain", "example", "只写域名，例如 www.example.org，不带 https:// 和斜线"),
        ("domain", "WWW.example.org", "只写域名，例如 www.example.org，不带 https:// 和斜线"),
        ("keywords", "工会", "要写成括号里的列表，只有一项时末尾加逗号"),
        ("id_code", "12345", "网站标识码是十位"),
        ("postcode", "12345", "邮政编码是六位数字"),
        ("email", "bgs", "不是电子邮箱地址"),
        ("correction_email", "jiucuo@", "不是电子邮箱地址"),
        ("icp", "备案号", "写法如 示ICP备00000001号-1"),
        ("police_record", "示公网安备 1号", "写法如 示公网安备 00000000000001号，数字十四位"),
        ("colour", "red", "写成 #9d1119 这样的颜色"),
        ("colour", "#e60012", "颜色太浅，上面的白字看不清（对比度要达到 7:1），请换深一些的"),
        ("page_size", 4, "数字太小"),
        ("page_size", 101, "数字太大"),
        ("page_size", "二十", "要写成数字"),
        ("feed_size", 0, "数字太小"),
        ("related_count", -1, "数字太小"),
        ("titel", "x", "没有这一项，请检查拼写"),
    ],
)
def test_a_wrong_value_is_told_in_chinese(name: str, value: object, reason: str) -> None:
    assert faults(**{name: value}) == {name: reason}


def test_all_faults_are_told_at_once() -> None:
    found = faults(domain="https://x", postcode="1", page_size=1, titel="x")
    assert set(found) == {"domain", "postcode", "page_size", "titel"}


def test_the_error_names_every_faulty_setting() -> None:
    with pytest.raises(SettingsError, match="SITE 的 postcode：邮政编码是六位数字"):
        SiteSettings(**VALID, postcode="1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id_code", "1234567890"),
        ("id_code", "bm12345678"),
        ("icp", "示ICP备00000001号"),
        ("icp", "示ICP备00000001号-1"),
        ("police_record", "示公网安备 00000000000001号"),
        ("police_record", "示公网安备00000000000001号"),
        ("domain", "xn--fiqs8s.example.org"),
        ("email", ""),
    ],
)
def test_the_usual_forms_are_accepted(name: str, value: str) -> None:
    assert getattr(SiteSettings(**{**VALID, name: value}), name) == value


def test_the_police_record_is_looked_up_by_its_digits() -> None:
    site = SiteSettings(**VALID, police_record="示公网安备 00000000000001号")
    assert site.police_record_url.endswith("code=00000000000001")


def test_settings_cannot_be_changed_afterwards() -> None:
    site = SiteSettings(**VALID)
    with pytest.raises(FrozenInstanceError):
        site.name = "另一个"  # type: ignore[misc]


def test_a_copy_with_other_values_is_checked_too() -> None:
    site = SiteSettings(**VALID)
    assert site.model_copy(update={"require_review": True}).require_review
    with pytest.raises(SettingsError, match="page_size：数字太小"):
        site.model_copy(update={"page_size": 1})


def test_friendly_links_lead_to_other_sites_or_to_this_one() -> None:
    group = LinkGroup(
        name="工会系统",
        links=(Link(name="甲", url="https://a.example.org/"), Link(name="乙", url="/sitemap.html")),
    )
    assert SiteSettings(**VALID, links=(group,)).links[0].links[1].url == "/sitemap.html"


def test_a_link_that_leads_nowhere_is_told() -> None:
    with pytest.raises(SettingsError) as caught:
        Link(name="甲", url="a.example.org")
    assert list(caught.value.reasons) == ["url"]


def test_a_badge_has_its_address_and_its_picture() -> None:
    badge = Badge(url="https://bszs.example.org/", image="img/badge.png")
    assert badge.name == "党政机关网站标识"
    with pytest.raises(SettingsError):
        Badge(url="bszs", image="img/badge.png")
