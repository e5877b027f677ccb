"""Compares what is there with what was published: by listing, by headers, and as readers get it."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote

from policysite.deploy.entries import RECORDS, Entries, Entry
from policysite.deploy.messages import VERIFY
from policysite.deploy.patience import for_each
from policysite.deploy.state import State
from policysite.deploy.store import Store

SAMPLE = 300
"""Objects whose headers are looked at: finds 1 % of damage in 95 of 100 runs."""
CDN_SECONDS = 300
"""How long a CDN may keep a page or a feed: see media.PAGE and media.FEED."""
MISSING_PAGE = "/policysite-no-such-page.html"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a public address answered; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def age(self) -> int:
        """Return how long a cache has had it, in seconds; 0 if it does not say."""
        text = self.headers.get("age", "")
        return int(text) if text.isdigit() else 0


def verify_list(store: Store, state: State, md5: Callable[[str], str]) -> Iterator[str]:
    """Yield every object that is missing, not ours, or of another size or digest.

    `md5` returns that of an object's published bytes, or nothing if they are not at hand.
    """
    listed = {found.key: found for found in store.list("") if not found.key.startswith(RECORDS)}
    for key, entry in sorted(state.entries.items()):
        if key not in listed:
            yield VERIFY["missing"].format(key=key)
        elif listed[key].size != entry.size:
            yield VERIFY["bytes"].format(key=key, wanted=entry.size, found=listed[key].size)
        elif listed[key].is_md5 and (wanted := md5(key)) and listed[key].etag != wanted:
            yield VERIFY["bytes"].format(key=key, wanted=wanted, found=listed[key].etag)
    pending = state.pending.keys if state.pending else frozenset()
    for key in sorted(listed.keys() - state.entries.keys() - state.kept.keys() - pending):
        yield VERIFY["foreign"].format(key=key)


def verify_sample(store: Store, state: State, seed: int, count: int = SAMPLE) -> list[str]:
    """Return what is wrong with the headers of a random sample; `seed` chooses it."""
    keys = sorted(state.entries)
    chosen = random.Random(seed).sample(keys, min(count, len(keys)))  # noqa: S311
    faults: dict[str, list[str]] = {}

    def look(key: str) -> None:
        found = store.head(key)
        entry = state.entries[key]
        faults[key] = (
            [*_header_faults(key, entry, found.headers)]
            if found
            else [VERIFY["missing"].format(key=key)]
        )

    for_each(chosen, look, store.width)
    return [fault for key in sorted(faults) for fault in faults[key]]


def _header_faults(key: str, entry: Entry, served: Mapping[str, str]) -> Iterator[str]:
    wanted = {
        "content-type": entry.headers.content_type,
        "cache-control": entry.headers.cache_control,
        "content-encoding": entry.headers.content_encoding,
        "content-length": str(entry.size),
    }
    for name, value in wanted.items():
        found = served.get(name, "")
        # A folder knows sizes only.
        if _plain(found) != _plain(value) and (found or len(served) > 1):
            yield VERIFY["header"].format(key=key, name=name, wanted=value, found=found)


def _plain(value: str) -> str:
    return value.lower().replace(" ", "")


def fetch(url: str, timeout: float = 15) -> Answer:
    """Return what an address answers, whatever the status; decompressed.

    Raises:
        OSError: no answer.

    """
    # Half of the time that a deploy without changes takes to start, and that one does not fetch.
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request, build_opener

    headers = {"User-Agent": "policysite-deploy", "Accept-Encoding": "gzip"}
    request = Request(url, headers=headers)  # noqa: S310 -- the site's own address
    try:
        with build_opener().open(request, timeout=timeout) as answer:
            return _answer(answer.status, answer.headers.items(), answer.read())
    except HTTPError as error:
        with error:
            return _answer(error.code, error.headers.items(), error.read())
    except HTTPException as error:
        raise OSError(str(error)) from error


def _answer(status: int, headers: list[tuple[str, str]], data: bytes) -> Answer:
    named = {name.lower(): value for name, value in headers}
    if named.get("content-encoding") == "gzip":
        data = gzip.decompress(data)
    return Answer(status, named, data)


def public_keys(entries: Entries) -> list[str]:
    """Return what is worth reading back: home, a feed, a new page, an old one, an asset."""
    pages = sorted(key for key in entries if key.endswith(".html") and key[:4].isdigit())
    chosen = ["index.html", "feed.xml", "sitemap.xml", *pages[-1:], *pages[:1]]
    chosen += sorted(key for key in entries if key.startswith("assets/"))[:2]
    return [key for key in dict.fromkeys(chosen) if key in entries]


def url_of(site: str, key: str) -> str:
    """Return the address of an object as readers know it."""
    path = key.removesuffix("index.html") if key.rsplit("/", 1)[-1] == "index.html" else key
    return f"{site.rstrip('/')}/{quote(path)}"


@dataclass(slots=True)
class Reading:
    """What reading back found: faults, and notes on what will be right by itself."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def verify_public(site: str, entries: Entries, before: Entries) -> Reading:
    """Compare what a reader gets: status, type and bytes of a few addresses, and the 404.

    `before` is what was published until now: a CDN may have it for some minutes.
    """
    reading = Reading()
    try:
        for key in public_keys(entries):
            url = url_of(site, key)
            _compare(reading, url, key, fetch(url), entries[key], before.get(key))
        url = site.rstrip("/") + MISSING_PAGE
        if (status := fetch(url).status) != 404:
            reading.faults.append(VERIFY["status"].format(url=url, found=status, wanted=404))
    except OSError as error:
        text = getattr(error, "reason", error)
        reading.faults.append(VERIFY["unreachable"].format(url=url, text=text))
    return reading


def _compare(
    reading: Reading, url: str, key: str, answer: Answer, entry: Entry, old: Entry | None
) -> None:
    faults = reading.faults
    if answer.status != 200:
        faults.append(VERIFY["status"].format(url=url, found=answer.status, wanted=200))
        return
    found = answer.headers.get("content-type", "")
    wanted = entry.headers.content_type
    if _plain(found) != _plain(wanted):
        name = "content-type"
        faults.append(VERIFY["header"].format(key=key, name=name, wanted=wanted, found=found))
    digest = sha256(answer.data).hexdigest()
    if digest == entry.sha256 or entry.headers.content_encoding:
        return
    age = answer.age
    if age > CDN_SECONDS:
        faults.append(VERIFY["stale"].format(url=url, age=age))
    elif age or (old and digest == old.sha256):
        reading.notes.append(VERIFY["cached"].format(url=url))
    else:
        faults.append(VERIFY["bytes"].format(key=key, wanted=entry.sha256[:12], found=digest[:12]))
