"""`doctor`: tries everything that a deploy needs, on objects of its own, and says what to change."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from policysite.deploy.entries import RECORDS, Headers
from policysite.deploy.messages import ADVICE, DOCTOR, VERIFY
from policysite.deploy.state import STATE_KEY
from policysite.deploy.store import Store, StoreError
from policysite.deploy.verify import fetch

PROBE = f"{RECORDS}probe/"
_SECURITY = ("content-security-policy", "strict-transport-security", "x-content-type-options")
_SKEW = 60.0
"""Seconds; providers refuse from 900 on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing tried; `advice` says what to change, and is empty if it is well."""

    name: str
    advice: str = ""

    def __str__(self) -> str:
        """Return one line."""
        mark = "✗" if self.advice else "✓"
        return f"{mark} {DOCTOR[self.name]}：{self.advice or DOCTOR['good']}"


def examine(store: Store, site: str = "") -> Iterator[Finding]:
    """Try the store, and the public address if there is one."""
    probe = f"{PROBE}{secrets.token_hex(8)}.html"
    checks: list[tuple[str, Callable[[], str]]] = [
        ("read", lambda: _reads(store)),
        ("write", lambda: _writes(store, probe)),
        ("headers", lambda: _headers(store, probe)),
        ("clock", lambda: _clock(store, probe)),
        ("list", lambda: _lists(store, probe)),
        ("create", lambda: _creates(store, probe)),
    ]
    for name, check in checks:
        finding = Finding(name, _advice(check))
        yield finding
        if name in ("read", "write") and finding.advice:
            return  # nothing else would say more
    left = _advice(lambda: _removes(store, probe))
    if left:
        yield Finding("write", left)
    if site:
        yield from _public(site)


def _advice(check: Callable[[], str]) -> str:
    try:
        return check()
    except StoreError as error:
        return f"{ADVICE[error.advice]}（{error}）"


def _reads(store: Store) -> str:
    store.get(STATE_KEY)
    return ""


_BODY = "探测".encode()
_PROBE_HEADERS = Headers("text/html; charset=utf-8", "no-store")


def _writes(store: Store, key: str) -> str:
    store.put(key, _BODY, _PROBE_HEADERS)
    return "" if store.get(key) == _BODY else DOCTOR["lost"]


def _headers(store: Store, key: str) -> str:
    found = store.head(key)
    if found is None:
        return DOCTOR["lost"]
    if "content-type" not in found.headers:
        return ""  # a folder keeps none; its web server sets them
    wanted = {
        "content-type": _PROBE_HEADERS.content_type,
        "cache-control": _PROBE_HEADERS.cache_control,
    }
    for name, value in wanted.items():
        served = found.headers.get(name, "")
        if served.lower().replace(" ", "") != value.replace(" ", ""):
            return DOCTOR["header"].format(name=name, found=served, wanted=value)
    return ""


def _clock(store: Store, key: str) -> str:
    found = store.head(key)
    if found is None or "date" not in found.headers:
        return ""
    ahead = time.time() - parsedate_to_datetime(found.headers["date"]).timestamp()
    return DOCTOR["skew"].format(seconds=abs(ahead)) if abs(ahead) > _SKEW else ""


def _lists(store: Store, key: str) -> str:
    return "" if any(found.key == key for found in store.list(PROBE)) else DOCTOR["unlisted"]


def _creates(store: Store, key: str) -> str:
    """Create the same object twice; the second time must be refused, and change nothing."""
    claim = f"{key}.claim"
    first, second = store.create(claim, b"1"), store.create(claim, b"2")
    kept = store.first_line_of(claim) == b"1"
    store.delete(claim)
    return "" if first and not second and kept else DOCTOR["overwritten"]


def _removes(store: Store, key: str) -> str:
    store.delete(key)
    return DOCTOR["left"] if store.get(key) is not None else ""


def _public(site: str) -> Iterator[Finding]:
    url = f"{site.rstrip('/')}/"
    try:
        home = fetch(url)
        records = fetch(url + STATE_KEY)
    except OSError as error:
        yield Finding(
            "public", VERIFY["unreachable"].format(url=url, text=getattr(error, "reason", error))
        )
        return
    wrong = VERIFY["status"].format(url=url, found=home.status, wanted=200)
    yield Finding("public", "" if home.status == 200 else wrong)
    is_open = records.status == 200
    yield Finding("records", DOCTOR["open records"].format(url=url + STATE_KEY) if is_open else "")
    missing = "、".join(name for name in _SECURITY if name not in home.headers)
    yield Finding(
        "security", DOCTOR["no header"].format(site=url, names=missing) if missing else ""
    )
