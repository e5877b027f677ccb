"""效力状态: whether a document is in force on a given day, from its dates and relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policysite.model.fields import ArticleFields


@dataclass(frozen=True, slots=True)
class Validity:
    """A document's state on the build date.

    `by` are the slugs of the documents that changed it, newest first; `since` is the day from
    which it holds, or until which, where that is known.
    """

    code: str
    label: str
    tone: str
    since: date | None = None
    by: tuple[str, ...] = ()


# code → label, tone of the banner
STATES = {
    "in-force": ("有效", "ok"),
    "trial": ("试行", "info"),
    "not-yet": ("尚未施行", "info"),
    "amended": ("已修改", "info"),
    "partial": ("部分失效", "warn"),
    "expired": ("失效", "bad"),
    "repealed": ("废止", "bad"),
}
_CODES = {label: code for code, (label, _) in STATES.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """What another document does to this one: its relation, slug and the day it takes effect."""

    kind: str
    slug: str
    on: date


def derive_validity(fields: ArticleFields, changes: Sequence[Change], today: date) -> Validity:
    """Return the state on `today`; `changes` are those that readers can see, in any order.

    Ending beats changing, changing beats beginning: a repealed document is repealed whatever else
    was done to it before. A stated 效力状态 stands where dates and relations say nothing stronger.
    """
    done = sorted((c for c in changes if c.on <= today), key=lambda c: (c.on, c.slug), reverse=True)
    ended = [change for change in done if change.kind in ("repeals", "replaces")]
    if ended:
        return _state("repealed", min(c.on for c in ended), tuple(c.slug for c in ended))
    if fields.expires_on and fields.expires_on < today:
        return _state("expired", fields.expires_on)
    stated = _CODES.get(fields.validity, "")
    if stated in ("repealed", "expired"):
        return _state(stated, None)
    if fields.effective_on and fields.effective_on > today:
        return _state("not-yet", fields.effective_on)
    amended = [change for change in done if change.kind == "amends"]
    by = tuple(change.slug for change in amended)
    since = amended[0].on if amended else None
    if stated in ("partial", "trial"):
        return _state(stated, since, by)
    if amended:
        return _state("amended", since, by)
    if stated == "amended" or (stated == "not-yet" and not fields.effective_on):
        return _state(stated, None)
    if not stated and ("试行" in fields.title or "暂行" in fields.title):
        return _state("trial", fields.effective_on)
    return _state("in-force", fields.effective_on)


def _state(code: str, since: date | None, by: tuple[str, ...] = ()) -> Validity:
    label, tone = STATES[code]
    return Validity(code, label, tone, since, by)


def validity_sentence(validity: Validity, names: Mapping[str, str]) -> str:
    """Return the banner's sentence; `names` gives 《标题》（文号） by slug."""
    by = "、".join(names[slug] for slug in validity.by if slug in names)
    since = _cn(validity.since)
    match validity.code:
        case "repealed":
            reason = f"由{by}废止或替代" if by else "已废止"
            return f"本文件自{since}起{reason}，仅供查阅。" if since else "本文件已废止，仅供查阅。"
        case "expired":
            return (
                f"本文件有效期至{since}，已失效，仅供查阅。"
                if since
                else "本文件已失效，仅供查阅。"
            )
        case "not-yet":
            return f"本文件自{since}起施行，目前尚未施行。" if since else "本文件目前尚未施行。"
        case "amended":
            return f"本文件已由{by}修改，请对照使用。" if by else "本文件已修改，请查阅最新规定。"
        case "partial":
            return f"本文件部分内容已由{by}修改或废止。" if by else "本文件部分内容已经失效。"
        case "trial":
            return "本文件为试行文件。"
    return ""


def _cn(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
