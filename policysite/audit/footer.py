"""What the foot of a page has to say: who runs the site, how to reach them, its records."""

from __future__ import annotations

import re

from policysite.audit.page import Page, host_of, words

SPONSOR, CONTACT, ADDRESS, ICP, POLICE = (
    "主办单位",
    "联系电话或邮箱",
    "地址",
    "ICP备案号",
    "公安备案号",
)
BADGE, ID_CODE, MAP, CORRECTION = "党政机关网站标识", "网站标识码", "网站地图", "网站纠错"

_ICP_NUMBER = re.compile(r"ICP[备证]\s?\d{6,10}号", re.IGNORECASE)
_POLICE_NUMBER = re.compile(r"公网安备\s?\d{14}\s?号")
_ICP_HOSTS = ("beian.miit.gov.cn",)
# The second one is where the first led until 2023; old links to it are still found.
_POLICE_HOSTS = ("beian.mps.gov.cn", "www.beian.gov.cn")
_BADGE_HOST = "bszs.conac.cn"
_TEXTS = {
    SPONSOR: re.compile(r"主办(?:单位|方)?\s?[:：]?\s?\S|版权所有\s?[:：]?\s?\S"),
    CONTACT: re.compile(r"(?:电话|热线|传真)\s?[:：]?\s?[\d（(]|[\w.-]+@[\w-]+\.\w"),
    ADDRESS: re.compile(r"地址\s?[:：]?\s?\S"),
    ID_CODE: re.compile(r"标识码\s?[:：]?\s?[a-z\d]{10}", re.IGNORECASE),
    MAP: re.compile(r"(?:网站|站点)(?:地图|导航)"),
    CORRECTION: re.compile(r"纠错|找错|报错"),
}


def footer_items(page: Page) -> tuple[str, ...]:
    """Return which of the required items the foot of a page has."""
    if page.footer is None:
        return ()
    text = words(page.footer)
    links = [(host_of(a.get("href") or ""), words(a), a) for a in page.footer.iter("a")]
    found = [name for name, pattern in _TEXTS.items() if pattern.search(text)]
    if any(_ICP_NUMBER.search(said) and host in _ICP_HOSTS for host, said, _ in links):
        found.append(ICP)
    if any(_POLICE_NUMBER.search(said) and host in _POLICE_HOSTS for host, said, _ in links):
        found.append(POLICE)
    pictures = (
        f"{img.get('alt') or ''}{img.get('src') or ''}"
        for _, _, a in links
        for img in a.iter("img")
    )
    if any(host == _BADGE_HOST for host, _, _ in links) or any(
        "党政机关" in said or "事业单位" in said or "conac" in said for said in pictures
    ):
        found.append(BADGE)
    return tuple(found)
