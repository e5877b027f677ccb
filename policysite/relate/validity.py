"""效力状态: whether a document is in force on a given day, from its dates and relations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from policysite.model.fields import ArticleFields

ENDING = ("repeals", "replaces")
CHANGING = (*ENDING, "amends")
"""The relations that say something of the other document's validity."""

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
IN_FORCE = ("in-force", "trial", "amended", "partial")
ENDED = ("expired", "repealed")
_CODES = {label: code for code, (label, _) in STATES.items()}

# A document that changes a trial one names it in its own title, and is not on trial itself.
_TRIAL = re.compile(r"^(?!.*(?:废止|修改|延长|停止)).*(?:试行|暂行)")


@dataclass(frozen=True, slots=True)
class Change:
    """What another document does to this one: its relation, slug and the day it takes effect."""

    kind: str
    slug: str
    on: date


@dataclass(frozen=True, slots=True)
class Validity:
    """A document's state on the build date.

    It is so since `since`; `changes` brought it about, the latest first. A document that has not
    ended holds `until` its last day, where that is stated, unless `coming` ends it before.
    """

    code: str
    label: str
    tone: str
    since: date | None = None
    until: date | None = None
    changes: tuple[Change, ...] = ()
    coming: Change | None = None

    @property
    def has_ended(self) -> bool:
        """Whether the document no longer holds."""
        return self.code in ENDED


def takes_effect(fields: ArticleFields) -> date:
    """Return the day on which a document begins to hold, and with it what it does to others."""
    return fields.effective_on or fields.signed_on or fields.date.date()


def derive_validity(fields: ArticleFields, changes: Iterable[Change], today: date) -> Validity:
    """Return the state on `today`; `changes` are those that readers can see, in any order.

    The first end is the end: what expired is not repealed afterwards. Ending beats changing,
    changing beats beginning. A stated 效力状态 stands where dates and relations say nothing
    stronger, so that no statement outlives its truth.
    """
    ordered = sorted(changes, key=lambda change: (change.on, change.slug))
    endings = [change for change in ordered if change.kind in ENDING]
    if ended := _ended(fields, endings, today):
        return ended
    stated = _CODES.get(fields.validity, "")
    if stated in ENDED:
        return _state(stated)
    amendments = [change for change in ordered if change.kind == "amends"]
    state = _living(fields, stated, amendments, today)
    last = fields.expires_on
    coming = next((e for e in endings if last is None or e.on <= last), None)
    return replace(state, until=last, coming=coming)


def _ended(fields: ArticleFields, endings: Sequence[Change], today: date) -> Validity | None:
    last = fields.expires_on
    expiry = last + timedelta(days=1) if last else None
    first = endings[0].on if endings else None
    if first and first <= today and not (expiry and expiry < first):
        by = tuple(change for change in endings if change.on == first)
        return replace(_state("repealed"), since=first, changes=by)
    if expiry and expiry <= today:
        return replace(_state("expired"), since=expiry, until=last)
    return None


def _living(
    fields: ArticleFields, stated: str, amendments: Sequence[Change], today: date
) -> Validity:
    """Return the state of a document that has not ended."""
    begins = fields.effective_on
    if begins and begins > today:
        return replace(_state("not-yet"), since=begins)
    if stated == "not-yet" and not begins:
        return _state("not-yet")
    done = tuple(change for change in reversed(amendments) if change.on <= today)
    # An amendment that is known has its day; until then a stated 部分失效 is not yet true.
    if stated in ("partial", "amended") and (done or not amendments):
        return _changed(stated, done, begins)
    if done:
        return _changed("amended", done, begins)
    on_trial = stated == "trial" or (not stated and _TRIAL.search(fields.title))
    return replace(_state("trial" if on_trial else "in-force"), since=begins)


def _changed(code: str, by: tuple[Change, ...], begins: date | None) -> Validity:
    # What is amended before it takes effect holds as amended from then on.
    since = max(by[0].on, begins or by[0].on) if by else None
    return replace(_state(code), since=since, changes=by)


def _state(code: str) -> Validity:
    label, tone = STATES[code]
    return Validity(code, label, tone)
