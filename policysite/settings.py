"""Everything the site says about itself, in one typed object that checks itself.

`pelicanconf.py` holds `SITE = SiteSettings(…)`. A union fills in its own values there and is done;
nothing about the site stands anywhere else.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from policysite.model.index_number import check_rule


class SettingsError(Exception):
    """The settings are wrong. `reasons` maps each faulty name to what is wrong with it."""

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__("\n".join(f"SITE 的 {name}：{said}" for name, said in reasons.items()))
        self.reasons = reasons


def _form(pattern: str, said: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(said)
        return value

    return AfterValidator(check)


def _dark_colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError("写成 #9d1119 这样的颜色")
    if _contrast_with_white(value) < 7:
        raise ValueError("颜色太浅，上面的白字看不清（对比度要达到 7:1），请换深一些的")
    return value


def _contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


_domain = _form(
    r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+", "只写域名，例如 www.example.org，不带 https:// 和斜线"
)
_web = _form(r"https?://\S+", "要写以 http:// 或 https:// 开头的网址")
_mail = _form(r"[^@\s]+@[^@\s]+\.[^@\s]+", "不是电子邮箱地址")
_postcode = _form(r"\d{6}", "邮政编码是六位数字")
_icp = _form(r"\S{1,3}ICP[备证]\d{6,8}号(-\d+)?", "写法如 示ICP备00000001号-1")
# 网站标识码 has ten characters (国办发〔2017〕47号); a union may have none.
_id_code = _form(r"[a-z]{2}\d{8}|\d{10}", "网站标识码是十位")
_disclosure = _form("主动公开|依申请公开|不予公开", "写主动公开、依申请公开或不予公开")
_police = _form(r"\S{1,4}公网安备\s?\d{14}号", "写法如 示公网安备 00000000000001号，数字十四位")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __init__(self, **values: Any) -> None:
        """Check every value and report all faults at once.

        Raises:
            SettingsError: some values are missing, unknown or of the wrong form.

        """
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsError(_reasons(error)) from None


class Link(_Part):
    """A named address."""

    name: str = Field(min_length=1)
    url: Annotated[str, _web] | Annotated[str, _form(r"/\S*", "要写网址")]


class LinkGroup(_Part):
    """Friendly links (友情链接) under one heading."""

    name: str = Field(min_length=1)
    links: tuple[Link, ...]


class Badge(_Part):
    """The 党政机关网站标识 issued by the 编办: its picture under theme/static and its address."""

    name: str = "党政机关网站标识"
    url: Annotated[str, _web]
    image: str


class SiteSettings(_Part):
    """What a union fills in. Every value is used on the site; an empty one is not printed.

    Raises:
        SettingsError: naming every faulty value at once.

    """

    name: str = Field(min_length=2, max_length=40)
    """规范名称，与主办单位一致。"""
    short_name: str = ""
    """页眉放不下全称时的简称。"""
    domain: Annotated[str, _domain]
    """正式域名，不带 https://。"""
    description: str = Field(min_length=1)
    """一句话说明，给搜索引擎和分享用。"""
    keywords: tuple[str, ...] = ()
    id_code: Annotated[str, _id_code] = ""
    """政府网站标识码，没有就不写。"""
    sponsor: str = Field(min_length=1)
    """主办单位。"""
    copyright: str = ""
    address: str = ""
    postcode: Annotated[str, _postcode] = ""
    phone: str = ""
    hotline: str = ""
    email: Annotated[str, _mail] = ""
    correction_email: Annotated[str, _mail] = ""
    """网站纠错邮箱。"""
    icp: Annotated[str, _icp] = ""
    police_record: Annotated[str, _police] = ""
    badge: Badge | None = None
    links: tuple[LinkGroup, ...] = ()
    """友情链接，按组。"""
    doc_header: str = ""
    """打印公文时的发文机关标志，不写用“主办单位+文件”。"""
    require_review: bool = False
    """正式发布时要求审校记录齐全，由 publishconf.py 打开；要求什么写在 content/reviewers.toml。"""
    default_issuer: str = ""
    """政策文件没有写发文机关时用它，一般就是本单位。"""
    default_disclosure: Annotated[str, _disclosure] = ""
    """政策文件没有写公开属性时用它。"""
    index_rule: Annotated[str, AfterValidator(check_rule)] = ""
    """政策文件没有写索引号时怎样编，例如 SZGH/{year}-{number:05}；见 docs/open-data.md。"""
    logo: str = "img/logo.svg"
    """标志，theme/static 里的文件；也用作浏览器标签上的小图标。"""
    share_image: str = "img/share.png"
    """没有配图的页面分享时用的图，theme/static 里的文件。"""
    colour: Annotated[str, AfterValidator(_dark_colour)] = "#9d1119"
    """主色，用于页眉、标题线和浏览器地址栏；其余颜色在 theme/static/css/tokens.css。"""
    page_size: int = Field(default=20, ge=5, le=100)
    """栏目列表一页几条。"""
    feed_size: int = Field(default=20, ge=1, le=100)
    related_count: int = Field(default=6, ge=0, le=20)
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
    home_topics: int = Field(default=3, ge=0, le=12)
    show_views: bool = False
    """文章显示“阅读：N 次”，首页和栏目显示热点；数据由 views 任务从访问日志统计，见 docs/views.md。"""

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


_REASONS = {
    "missing": "没有写",
    "extra_forbidden": "没有这一项，请检查拼写",
    "string_type": "要写成引号里的文字",
    "string_too_short": "不能是空的，或太短了",
    "string_too_long": "太长了",
    "int_type": "要写成数字",
    "int_parsing": "要写成数字",
    "bool_type": "要写成 True 或 False",
    "bool_parsing": "要写成 True 或 False",
    "greater_than_equal": "数字太小",
    "less_than_equal": "数字太大",
    "tuple_type": "要写成括号里的列表，只有一项时末尾加逗号",
}


def _reasons(error: ValidationError) -> dict[str, str]:
    found: dict[str, str] = {}
    for fault in error.errors():
        name = ".".join(str(step) for step in fault["loc"] if not str(step).startswith("function"))
        known = _REASONS.get(fault["type"], "写法不对，请对照 pelicanconf.py 里的示例")
        own = fault["type"] == "value_error"
        found.setdefault(name, fault["msg"].removeprefix("Value error, ") if own else known)
    return found
