"""Reads the built site and refuses what must not be published, everything at once."""

from __future__ import annotations

import gzip
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from policysite.deploy.digests import Digest, DigestCache
from policysite.deploy.entries import RECORDS, Entry, md5_of
from policysite.deploy.media import TYPES, headers_of, is_text, suffix_of
from policysite.deploy.messages import SITE
from policysite.deploy.store import Refused
from policysite.engine.stamps import Stamp, now, stamp_of

KEY_LIMIT = 800
"""Bytes of UTF-8. AWS allows 1024, OSS 1023, COS 850; a hanzi takes three."""
HELD_LIMIT = 128 * 1024 * 1024
"""Bytes of files that stay in memory from the first look to the upload: reading 10,000 files once
more, among 16 threads that upload, is a fifth of the work."""
SIZE_LIMIT = 200 * 1024 * 1024
_PLAIN = re.compile(
    r"[A-Za-z0-9-][A-Za-z0-9._-]*[A-Za-z0-9](?:/[A-Za-z0-9_-][A-Za-z0-9._-]*[A-Za-z0-9])*"
)
"""Names with nothing in them that could be wrong: nearly all, and most of the time of checking."""
_SOURCES = (".py", ".pyc", ".map", ".toml", ".ini", ".sh", ".env", ".bak", ".tmp", ".swp")
_SECRETS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    # AWS, Aliyun, Tencent access key ids; a PEM block; a GitHub token.
    ("AKI", re.compile(rb"\b(?:AKIA[0-9A-Z]{16}|AKID[0-9A-Za-z]{32})\b")),
    ("ASIA", re.compile(rb"\bASIA[0-9A-Z]{16}\b")),
    ("LTAI", re.compile(rb"\bLTAI[0-9A-Za-z]{12,26}\b")),
    ("-----BEGIN", re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")),
    ("ghp_", re.compile(rb"\bghp_[0-9A-Za-z]{36}\b")),
)
_SUSPECT = re.compile(rb"I(?:(?<=AKI)|(?<=ASI)A|(?<=LTAI)|(?<=-BEGI)N)")
_SUSPECT_TOKEN = re.compile(rb"_(?<=ghp_)")
"""What every secret holds, looked for from a letter that texts seldom have: `re` leaps to the first
letter of a pattern, and goes through all else letter by letter, which takes ten times as long."""
_DRAFT = re.compile(
    rb"\A---\s.*?^(?:status:\s*draft|\xe7\x8a\xb6\xe6\x80\x81:\s*\xe8\x8d\x89\xe7\xa8\xbf)\s*$.*?^---",
    re.DOTALL | re.MULTILINE,
)


class Unpublishable(Exception):
    """The folder holds what must not be published; `findings` has a line for each, in Chinese."""

    def __init__(self, findings: Iterable[str]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(self.findings))


@dataclass(slots=True)
class SiteFiles:
    """The site's objects by key, and where their bytes are: in a file, or `held` in memory.

    `stamps` are those of held files that nobody has asked for since they were read.
    """

    root: Path
    entries: Mapping[str, Entry]
    held: dict[str, bytes] = field(default_factory=dict)
    room: int = HELD_LIMIT
    stamps: dict[str, Stamp] = field(default_factory=dict)
    cache: DigestCache | None = None

    def read(self, key: str) -> bytes:
        """Return the bytes to upload.

        Raises:
            Refused: they are no longer those that were planned.

        """
        if self._is_held(key):
            return self.held[key]
        data = _read(self.root, key, self.entries[key].size)
        return self._checked(key, compress(data) if self._is_compressed(key) else data)

    def text(self, key: str) -> bytes:
        """Return the bytes before they are compressed; `read` may then return these very ones.

        Raises:
            Refused: they are no longer those that were planned.

        """
        if self._is_held(key):
            return self.held[key]
        data = _read(self.root, key, self.entries[key].size)
        if len(data) <= self.room and not self._is_compressed(key):
            self.held[key] = self._checked(key, data)
            self.room -= len(data)
        return data

    def _is_held(self, key: str) -> bool:
        """Return whether the bytes are in memory, and were still those of the file when first asked
        for: from then on they are what is published, as they were checked."""
        stamp = self.stamps.pop(key, None)
        if stamp is not None and stamp_of(f"{self.root}/{key}") != stamp:
            del self.held[key]
        return key in self.held

    def _is_compressed(self, key: str) -> bool:
        return bool(self.entries[key].headers.content_encoding)

    def _checked(self, key: str, data: bytes) -> bytes:
        if sha256(data).hexdigest() != self.entries[key].sha256:
            if self.cache:
                self.cache.forget()
            raise Refused(SITE["changed"].format(key=key))
        return data

    def md5(self, key: str) -> str:
        """Return the MD5 of the bytes to upload.

        Raises:
            Refused: they are no longer those that were planned.

        """
        return md5_of(self.read(key))

    def with_made(self, made: Mapping[str, bytes]) -> SiteFiles:
        """Return the site with more objects, which are in no file."""
        more = {key: _entry(key, data) for key, data in made.items()}
        return replace(self, entries={**self.entries, **more}, held={**self.held, **made})


def read_site(root: Path, *, gzip: bool, cache: DigestCache | None = None) -> SiteFiles:
    """Read the folder; `gzip` compresses all texts, and then has no `cache`.

    Raises:
        Unpublishable: see `check_keys`; also if there is no folder or no home page in it.

    """
    seen = now()
    stamps = dict(_walk(root))
    sizes = {key: stamp[0] for key, stamp in stamps.items()}
    if findings := [*check_keys(sizes), *_check_whole(root, sizes)]:
        raise Unpublishable(findings)
    known = cache.read() if cache else {}
    site = SiteFiles(root, {}, cache=cache)
    site.entries = {k: _look(site, k, stamp, known.get(k), gzip) for k, stamp in stamps.items()}
    if cache:
        digests = {key: (stamp, site.entries[key].sha256) for key, stamp in stamps.items()}
        cache.update(known, digests, seen)
    return site


def _walk(root: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield key and stamp of every file, with a size of -1 for a link: links are followed by no
    one, they may lead anywhere."""
    folders = [(str(root), "")] if root.is_dir() else []
    while folders:
        folder, prefix = folders.pop()
        with os.scandir(folder) as found:
            for item in found:
                if item.is_dir(follow_symlinks=False):
                    folders.append((item.path, f"{prefix}{item.name}/"))
                    continue
                # One call of the system: it tells links from files too.
                of = item.stat(follow_symlinks=False)
                size = -1 if stat.S_ISLNK(of.st_mode) else of.st_size
                yield prefix + item.name, (size, of.st_mtime_ns, of.st_ctime_ns, of.st_ino)


def _look(site: SiteFiles, key: str, stamp: Stamp, known: Digest | None, gzip: bool) -> Entry:
    """Return a file's entry; its bytes are read, and held for the upload, if they may be new."""
    size = stamp[0]
    if gzip and is_text(key):
        return _entry(key, compress(_read(site.root, key, size)), compressed=True)
    if known is not None and known[0] == stamp:
        return Entry(known[1], size, headers_of(key))
    data = _read(site.root, key, size)
    if len(data) <= site.room:
        site.held[key], site.stamps[key] = data, stamp
        site.room -= len(data)
    return _entry(key, data)


def _read(root: Path, key: str, size: int) -> bytes:
    """Return a file's bytes; `size` is how many there should be.

    Three calls of the system where open() takes eight: there are 10,000 files.
    """
    file = os.open(f"{root}/{key}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        parts = [os.read(file, size + 1)]
        while len(parts[-1]) > size:
            parts.append(os.read(file, size + 1))
    finally:
        os.close(file)
    return b"".join(parts)


def _entry(key: str, data: bytes, *, compressed: bool = False) -> Entry:
    return Entry(sha256(data).hexdigest(), len(data), headers_of(key, compressed=compressed))


def compress(data: bytes) -> bytes:
    """Return the gzip form, the same for the same bytes: no time, no name in it."""
    return gzip.compress(data, 6, mtime=0)


def _check_whole(root: Path, sizes: Mapping[str, int]) -> Iterator[str]:
    if not root.is_dir():
        yield SITE["no folder"].format(root=root)
    elif "index.html" not in sizes:
        yield SITE["no home"].format(root=root)


def check_keys(sizes: Mapping[str, int]) -> Iterator[str]:
    """Yield what is wrong with names, kinds and sizes; a size of -1 is a symbolic link."""
    folded: dict[str, str] = {}
    for key, size in sorted(sizes.items()):
        if (same := folded.setdefault(key.casefold(), key)) != key:
            yield SITE["case"].format(keys=f"{same}、{key}")
        if size < 0:
            yield SITE["link"].format(key=key)
        elif size > SIZE_LIMIT:
            yield SITE["large"].format(key=key, size=size // 2**20, limit=SIZE_LIMIT // 2**20)
        elif len(key) * 3 > KEY_LIMIT and len(os.fsencode(key)) > KEY_LIMIT:
            yield SITE["long"].format(key=key, limit=KEY_LIMIT)
        yield from _check_key(key)


def _check_key(key: str) -> Iterator[str]:
    if _PLAIN.fullmatch(key) and suffix_of(key) in TYPES and "drafts/" not in key:
        return
    parts = key.split("/")
    hidden = [part for part in parts if part.startswith(".") and part != ".well-known"]
    if key.startswith(RECORDS):
        yield SITE["records"].format(key=key)
    elif hidden or suffix_of(key) in _SOURCES:
        yield SITE["source"].format(key=key)
    elif "drafts" in parts[:-1]:
        yield SITE["draft"].format(key=key)
    elif suffix_of(key) not in TYPES:
        yield SITE["kind"].format(key=key, suffix=suffix_of(key))
    if not unicodedata.is_normalized("NFC", key):
        yield SITE["nfc"].format(key=key)
    if any(unicodedata.category(c) in ("Cc", "Cs", "Cf") for c in key) or "\\" in key:
        yield SITE["control"].format(key=ascii(key))
    if any(part != part.strip() or part.endswith(".") for part in parts):
        yield SITE["space"].format(key=key)


def find_secret(key: str, data: bytes) -> str:
    """Return what must not be public in a text, as a finding; empty if there is nothing."""
    if _SUSPECT.search(data) or _SUSPECT_TOKEN.search(data):
        for kind, pattern in _SECRETS:
            if pattern.search(data):
                return SITE["secret"].format(key=key, kind=kind)
    if suffix_of(key) == ".md" and _DRAFT.search(data):
        return SITE["draft"].format(key=key)
    return ""


def check_contents(site: SiteFiles, keys: Iterable[str]) -> Iterator[str]:
    """Yield what must not be public in the files that are about to be uploaded."""
    for key in keys:
        # In pictures and archives nothing can be seen anyway.
        if is_text(key) and (found := find_secret(key, site.text(key))):
            yield found
