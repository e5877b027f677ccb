"""The form of a rule, and of what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policysite.audit.basis import Basis
from policysite.audit.kinds import SHOWN, Kind
from policysite.problems import Level

if TYPE_CHECKING:
    from policysite.audit.facts import PageFacts
    from policysite.audit.page import Page
    from policysite.audit.site import AuditedSite

ERROR, WARNING, INFO = Level.ERROR, Level.WARNING, Level.INFO


class Profile(StrEnum):
    """Which norms a site answers for."""

    UNION = "union"
    GOV_STRICT = "gov-strict"


class Indicator(StrEnum):
    """The heads under which findings are scored."""

    TAGS = "页面标签"
    UPDATES = "信息更新"
    LINKS = "链接可用"
    FRAME = "页头页脚"
    DOCUMENTS = "政策文件"
    NOTICES = "公示与撤回"
    CONTENT = "内容质量"
    ACCESS = "无障碍"
    WEIGHT = "页面性能"
    SEARCH = "站内检索"


class Fault(NamedTuple):
    """What a rule found on a page: its line (0 when no line is to blame) and the particulars."""

    line: int
    detail: str


class Found(NamedTuple):
    """What a rule found on a site: the page's path (empty for the site as a whole), and the rest."""

    path: str
    line: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that must hold.

    `wrong` is the message, with {detail} for the particulars; `fix` says what to do. `union` and
    `strict` are the levels in the two profiles, None where the profile leaves the rule out.
    `sweeping` marks a 单项否决 indicator: one hit fails a site whatever its score. `kinds` are the
    pages that the rule concerns; a rule of none concerns the site as a whole.
    """

    code: str
    indicator: Indicator
    basis: tuple[Basis, ...]
    wrong: str
    fix: str
    union: Level | None
    strict: Level | None
    sweeping: bool = False
    kinds: frozenset[Kind] = frozenset()

    def level(self, profile: Profile) -> Level | None:
        """Return how much a finding weighs in a profile, or None if it is not looked for."""
        return self.strict if profile is Profile.GOV_STRICT else self.union


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRule(Rule):
    """A rule that one page by itself keeps or breaks, whatever the day. It looks at no other kinds."""

    check: Callable[[Page], Iterable[Fault]]
    kinds: frozenset[Kind] = SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRule(Rule):
    """A rule that one page keeps or breaks as part of its site: on some day, among other pages and
    files. All pages are put to all these rules in one go, in the order of paths.

    `once` names what only the first finding counts for.
    """

    check: Callable[[AuditedSite, PageFacts], Iterable[Found]]
    once: Callable[[Found], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule(Rule):
    """A rule that the site as a whole keeps or breaks."""

    check: Callable[[AuditedSite], Iterable[Found]]
