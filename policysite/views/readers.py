"""Who asked: a person or a machine, with what kind of device, coming from where.

Only the classes below are kept; agents, addresses and referrers stay in memory.
"""

from __future__ import annotations

import re
from enum import StrEnum

from crawleruseragents import is_crawler


class Device(StrEnum):
    """Device classes."""

    PHONE = "手机"
    TABLET = "平板"
    DESKTOP = "电脑"
    OTHER = "其他"


class Source(StrEnum):
    """Referrer classes."""

    DIRECT = "直接打开"
    OWN = "本站页面"
    SEARCH = "搜索引擎"
    WECHAT = "微信"
    SOCIAL = "其他社交平台"
    OFFICIAL = "政府和工会网站"
    OTHER = "其他网站"


# What people read with calls itself so, since the first browsers did; programs that do not are
# libraries, monitors and scripts that the list of crawlers has not met yet.
_BROWSER = re.compile(r"(?:Mozilla|Opera|UCWEB|JUC|MQQBrowser|Nokia\w*|BlackBerry\w*|SAMSUNG\S*)\b")
_MACHINE = re.compile(
    r"bot\b|spider|crawl|slurp|headless|lighthouse|phantomjs|selenium|puppeteer|playwright"
    r"|monitor|uptime|scrap(?:er|y)|http-?client|archiver",
    re.IGNORECASE,
)


def is_machine(agent: str) -> bool:
    """Return whether no person reads with this agent: by the list, by its name, or for want of one.

    >>> is_machine("Mozilla/5.0 (compatible; Baiduspider/2.0)"), is_machine("-")
    (True, True)
    """
    return not _BROWSER.match(agent) or bool(_MACHINE.search(agent)) or is_crawler(agent)


_TABLET = re.compile(r"iPad|\bTablet\b|PlayBook|Kindle|\bPad\b")
_PHONE = re.compile(
    r"Mobi|iPhone|iPod|Windows Phone|\bPhone;|UCWEB|JUC|MQQBrowser|Nokia|BlackBerry"
)
_DESKTOP = re.compile(r"Windows NT|Macintosh|X11|CrOS|Linux x86_64")


def device_of(agent: str) -> Device:
    """Return the device class; Android without "Mobile" is a tablet (developer.chrome.com).

    >>> device_of("Mozilla/5.0 (Linux; Android 14; 23043RP34C) Safari/537.36").value
    '平板'
    """
    if _TABLET.search(agent):
        return Device.TABLET
    if _PHONE.search(agent):
        return Device.PHONE
    if "Android" in agent:
        return Device.TABLET
    return Device.DESKTOP if _DESKTOP.search(agent) else Device.OTHER


_WECHAT = ("weixin.qq.com", "servicewechat.com", "wechat.com")
_SEARCH = (
    "baidu.com", "sogou.com", "so.com", "haosou.com", "sm.cn", "bing.com", "google.com",
    "google.com.hk", "toutiao.com", "quark.cn", "chinaso.com", "youdao.com", "yandex.com",
    "duckduckgo.com", "yahoo.com", "petalsearch.com", "metaso.cn",
)  # fmt: skip
_SOCIAL = (
    "weibo.com", "weibo.cn", "zhihu.com", "douyin.com", "kuaishou.com", "xiaohongshu.com",
    "bilibili.com", "qq.com", "dingtalk.com", "feishu.cn", "douban.com", "tieba.baidu.com", "t.cn",
)  # fmt: skip
# 全国总工会 and 中工网; other unions live under .gov.cn, .org.cn or names of their own.
_OFFICIAL = ("gov.cn", "acftu.org", "acftu.org.cn", "workercn.cn")


def source_of(host: str, domain: str) -> Source:
    """Return the class of a referrer by its host; `domain` is the site's own.

    >>> source_of("m.baidu.com", "www.example.org").value
    '搜索引擎'
    """
    host = host.lower().removeprefix("www.")
    if host in ("", "-", "null"):
        return Source.DIRECT
    for source, domains in (
        (Source.OWN, (domain.removeprefix("www."),)),
        (Source.WECHAT, _WECHAT),
        (Source.SOCIAL, _SOCIAL),
        (Source.SEARCH, _SEARCH),
        (Source.OFFICIAL, _OFFICIAL),
    ):
        if any(host == known or host.endswith(f".{known}") for known in domains):
            return source
    return Source.OTHER


def reads_in_wechat(agent: str) -> bool:
    """Return whether this is WeChat's own browser, which sends no referrer."""
    return "MicroMessenger" in agent
