"""ASCII names for Chinese ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from policysite.pool import apart

_known: dict[str, str] = {}
_learnt: dict[str, str] = {}


def remember(known: Mapping[str, str]) -> None:
    """Take names found before: the dictionaries take longer to load than most builds to run."""
    _known.update(known)


def learn(names: Iterable[str]) -> None:
    """Find names in a process of its own: the dictionaries take as much memory as a whole build."""
    if new := sorted(set(names) - _known.keys()):
        _learnt.update(apart(lambda: {name: _spelt(name) for name in new}))
        _known.update(_learnt)


def learnt() -> dict[str, str]:
    """Return the names found since this was last asked."""
    found = dict(_learnt)
    _learnt.clear()
    return found


def ascii_slug(name: str) -> str:
    """Return a permanent ASCII name for a Chinese one: pinyin, then four digits of its digest.

    It is made from the name alone. Were the digits left to names that sound alike, the second one
    to come would rename the first.

    >>> ascii_slug("重庆市总工会")
    'chong-qing-shi-zong-gong-hui-f2f1'
    """
    if name not in _known:
        _known[name] = _learnt[name] = _spelt(name)
    return _known[name]


def _spelt(name: str) -> str:
    # Half of its time goes into dictionaries that a build without documents never needs.
    from pypinyin import lazy_pinyin

    syllables = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(name)).lower())
    return "-".join([*syllables, sha256(name.encode()).hexdigest()[:4]])
