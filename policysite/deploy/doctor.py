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
_SECURITY = (
    "content-security-policy",
    "strict-transport-security",
    "x-content-type-options",
    "referrer-policy",
)
_SKEW = 60.0
"""Seconds; providers refuse from 900 on."""


EXAMINED = 3
"""How often each thing is tried: who waits here wants to know what is wrong, not to publish."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing tried; `advice` says what to change, and is empty if it is well.

    What is `final` says all: nothing else would find more.
    """

    name: str
    advice: str = ""
    final: bool = False

    def __str__(self) -> str:
        """Return one line."""
        mark = "✗" if self.advice else "✓"
        return f"{mark} {DOCTOR[self.name]}：{self.advice or DOCTOR['good']}"


def examine(store: Store, site: str = "") -> Iterator[Finding]:
    """Try the store, and the public address if there is one."""
    probe = f"{PROBE}{secrets.token_hex(8)}.html"
    # What is tried on the probe needs it to be written; each right is tried whatever the others are.
    checks: list[tuple[str, bool, Callable[[], str]]] = [
        ("read", False, lambda: _reads(store)),
        ("write", False, lambda: _writes(store, probe)),
        ("headers", True, lambda: _headers(store, probe)),
        ("clock", True, lambda: _clock(store, probe)),
        ("list", False, lambda: _lists(store, probe if written else "")),
        ("create", True, lambda: _creates(store, probe)),
        ("delete", False, lambda: _removes(store, probe)),
    ]
    written = True
    for name, needs_probe, check in checks:
        if needs_probe and not written:
            continue
        finding = _try(name, check)
        yield finding
        if finding.final:
            return
        written = written and not (name == "write" and finding.advice)
    if site:
        yield from _public(site)


def _try(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, check())
    except StoreError as error:
        advice = ADVICE[error.advice] if error.advice else DOCTOR["unknown"]
        final = name in ("read", "write") and error.advice != "rights"
        return Finding(name, f"{advice}（{error}）", final)


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
    if not found.headers.keys() - {"content-length"}:
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
    found = [found.key for found in store.list(PROBE)]
    return DOCTOR["unlisted"] if key and key not in found else ""


def _creates(store: Store, key: str) -> str:
    """Create the same object twice; the second time must be refused, and change nothing."""
    claim = _claim_of(key)
    first, second = store.create(claim, b"1"), store.create(claim, b"2")
    kept = store.first_line_of(claim) == b"1"
    return "" if first and not second and kept else DOCTOR["overwritten"]


def _claim_of(key: str) -> str:
    return f"{key}.claim"


def _removes(store: Store, key: str) -> str:
    store.delete(_claim_of(key))
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
