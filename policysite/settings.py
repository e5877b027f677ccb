"""Everything the site says about itself, in one typed object that checks itself.

`pelicanconf.py` holds `SITE = SiteSettings(…)`. A union fills in its own values there and is done;
nothing about the site stands anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Self

if TYPE_CHECKING:
    # The forms that the annotations name are looked up when settings are checked.
    from policysite.settings_form import (
        between,
        dark_colour,
        disclosure,
        domain,
        icp,
        id_code,
        index_rule,
        mail,
        name_of,
        not_empty,
        police,
        postcode,
        site_path,
        web,
    )


class SettingsError(Exception):
    """The settings are wrong. `reasons` maps each faulty name to what is wrong with it."""

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__("\n".join(f"SITE 的 {name}：{said}" for name, said in reasons.items()))
        self.reasons = reasons


class _Part:
    def __init__(self, **values: Any) -> None:
        """Check every value and report all faults at once.

        Raises:
            SettingsError: some values are missing, unknown or of the wrong form.

        """
        from policysite.settings_form import checked

        found, reasons = checked(type(self), values)
        if reasons:
            raise SettingsError(reasons)
        self.__dict__.update(found)

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> Any:
        # A part within another has been checked when it was made.
        from pydantic_core.core_schema import is_instance_schema

        return is_instance_schema(cls)


@dataclass(frozen=True, init=False, kw_only=True)
class Link(_Part):
    """A named address."""

    name: Annotated[str, not_empty]
    url: Annotated[str, web] | Annotated[str, site_path]


@dataclass(frozen=True, init=False, kw_only=True)
class LinkGroup(_Part):
    """Friendly links (友情链接) under one heading."""

    name: Annotated[str, not_empty]
    links: tuple[Link, ...]


@dataclass(frozen=True, init=False, kw_only=True)
class Badge(_Part):
    """The 党政机关网站标识 issued by the 编办: its picture under theme/static and its address."""

    name: str = "党政机关网站标识"
    url: Annotated[str, web]
    image: str


@dataclass(frozen=True, init=False, kw_only=True)
class SiteSettings(_Part):
    """What a union fills in. Every value is used on the site; an empty one is not printed.

    Raises:
        SettingsError: naming every faulty value at once.

    """

    name: Annotated[str, name_of(2, 40)]
    """规范名称，与主办单位一致。"""
    short_name: str = ""
    """页眉放不下全称时的简称。"""
    domain: Annotated[str, domain]
    """正式域名，不带 https://。"""
    description: Annotated[str, not_empty]
    """一句话说明，给搜索引擎和分享用。"""
    keywords: tuple[str, ...] = ()
    id_code: Annotated[str, id_code] = ""
    """政府网站标识码，没有就不写。"""
    sponsor: Annotated[str, not_empty]
    """主办单位。"""
    copyright: str = ""
    address: str = ""
    postcode: Annotated[str, postcode] = ""
    phone: str = ""
    hotline: str = ""
    email: Annotated[str, mail] = ""
    correction_email: Annotated[str, mail] = ""
    """网站纠错邮箱。"""
    icp: Annotated[str, icp] = ""
    police_record: Annotated[str, police] = ""
    badge: Badge | None = None
    links: tuple[LinkGroup, ...] = ()
    """友情链接，按组。"""
    require_review: bool = False
    """正式发布时要求审校记录齐全，由 publishconf.py 打开；要求什么写在 content/reviewers.toml。"""
    default_issuer: str = ""
    """政策文件没有写发文机关时用它，一般就是本单位。"""
    default_disclosure: Annotated[str, disclosure] = ""
    """政策文件没有写公开属性时用它。"""
    index_rule: Annotated[str, index_rule] = ""
    """政策文件没有写索引号时怎样编，例如 SZGH/{year}-{number:05}；见 docs/open-data.md。"""
    logo: str = "img/logo.svg"
    """标志，theme/static 里的文件；也用作浏览器标签上的小图标。"""
    share_image: str = ""
    """没有配图的页面分享时用的图，theme/static 里的文件，1200×630；没有就不写。"""
    colour: Annotated[str, dark_colour] = "#9d1119"
    """主色，用于页眉、标题线和浏览器地址栏；其余颜色在 theme/static/css/tokens.css。"""
    page_size: Annotated[int, between(5, 100)] = 20
    """栏目列表一页几条。"""
    feed_size: Annotated[int, between(1, 100)] = 20
    related_count: Annotated[int, between(0, 20)] = 6
    """“相关内容”最多几条。"""
    related_by_text: bool = True
    """“相关内容”按全文找；关掉后只看关键词。"""
    search: bool = True
    """站内搜索：搜索框、搜索页和标题音序索引。关掉后生成更快，检查会提示网站没有搜索。"""
    open_data: bool = True
    """给程序用的数据：每篇文章的 JSON 和 Markdown、政策文件目录；见 docs/open-data.md。"""
    share: bool = True
    """文章下面的“分享和引用”：二维码、引用格式、复制按钮。"""
    notice_withdraw_list: bool = False
    """公示截止后撤下名单（附件和正文里的表格）；每篇公示可以另写。"""
    home_topics: Annotated[int, between(0, 12)] = 3
    show_views: bool = False
    """文章显示“阅读：N 次”，首页和栏目显示热点；数据由 views 任务从访问日志统计，见 docs/views.md。"""

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return the settings with other values: see publishconf.py.

        Raises:
            SettingsError: some of them are unknown or of the wrong form.

        """
        return replace(self, **update)

    @property
    def url(self) -> str:
        """Return the site's address without a slash at the end."""
        return f"https://{self.domain}"

    @property
    def icp_url(self) -> str:
        """Return where an ICP number can be looked up."""
        return "https://beian.miit.gov.cn/"

    @property
    def police_record_url(self) -> str:
        """Return where the 公安备案 number can be looked up."""
        digits = "".join(re.findall(r"\d", self.police_record))
        return f"https://beian.mps.gov.cn/#/query/webSearch?code={digits}"

    def absolute(self, path: str) -> str:
        """Return the full address of a path on this site."""
        return self.url + path
