"""Which files a deploy reads again, and which it takes as it knew them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from policysite.deploy import site_files
from policysite.deploy.command_line import main
from policysite.deploy.digests import DigestCache
from policysite.deploy.entries import digest_of
from policysite.deploy.site_files import read_site
from policysite.deploy.store import Refused

_HOUR = 3600 * 10**9


@pytest.fixture
def cache(site: Path, digests: Path) -> DigestCache:
    return DigestCache(digests, site)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of files that are read from now on."""
    read, found = site_files._read, []

    def watched(root: Path, key: str, size: int) -> bytes:
        found.append(key)
        return read(root, key, size)

    monkeypatch.setattr(site_files, "_read", watched)
    return found


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the deploy happen an hour after the files were made."""
    monkeypatch.setattr(site_files, "now", lambda: time.time_ns() + _HOUR)


@pytest.mark.usefixtures("later")
def test_what_is_as_it_was_is_not_read_again(
    site: Path, cache: DigestCache, opened: list[str]
) -> None:
    first = read_site(site, gzip=False, cache=cache)
    assert sorted(opened) == sorted(first.entries)
    opened.clear()
    assert read_site(site, gzip=False, cache=cache).entries == first.entries
    assert opened == []


@pytest.mark.usefixtures("later")
def test_a_change_of_the_same_length_with_the_old_time_is_seen(
    site: Path, cache: DigestCache, opened: list[str]
) -> None:
    read_site(site, gzip=False, cache=cache)
    page = site / "index.html"
    before = page.stat()
    page.write_bytes(page.read_bytes()[::-1])
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    opened.clear()
    found = read_site(site, gzip=False, cache=cache)
    assert opened == ["index.html"]
    assert digest_of(found.entries) == digest_of(read_site(site, gzip=False).entries)


def test_what_was_just_written_is_read_again(
    site: Path, cache: DigestCache, opened: list[str]
) -> None:
    """The clock of a file system may stand still for two seconds."""
    for path in site.rglob("*"):
        os.utime(path, ns=(time.time_ns() - _HOUR,) * 2)  # but the time of the change tells
    first = read_site(site, gzip=False, cache=cache)
    opened.clear()
    read_site(site, gzip=False, cache=cache)
    assert sorted(opened) == sorted(first.entries)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("damage", ["", "\n", "[[],[],[]]", "cut"])
def test_without_a_whole_cache_everything_is_read(
    site: Path, cache: DigestCache, opened: list[str], damage: str
) -> None:
    first = read_site(site, gzip=False, cache=cache)
    text = cache.path.read_text("utf-8")
    cache.path.write_text(damage or text.replace("index", "indez"), "utf-8")
    opened.clear()
    assert read_site(site, gzip=False, cache=cache).entries == first.entries
    assert sorted(opened) == sorted(first.entries)


@pytest.mark.usefixtures("later")
def test_digests_that_cannot_be_kept_are_no_error(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    blocked = DigestCache(tmp_path / "file", site)
    entries = read_site(site, gzip=False, cache=blocked).entries
    assert entries == read_site(site, gzip=False).entries


@pytest.mark.usefixtures("later")
def test_a_digest_that_proves_wrong_is_forgotten_with_all_others(
    site: Path, cache: DigestCache
) -> None:
    """A file that changed under its stamp stops one deploy, not all that follow."""
    read_site(site, gzip=False, cache=cache)
    found = read_site(site, gzip=False, cache=cache)
    (site / "index.html").write_text("other")
    with pytest.raises(Refused):
        found.read("index.html")
    assert not cache.path.exists()


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(("option", "read"), [("--quiet", False), ("--reconcile", True)])
def test_reconciling_reads_every_file(
    site: Path, tmp_path: Path, opened: list[str], option: str, read: bool
) -> None:
    command = ["deploy", "--target", (tmp_path / "target").as_uri(), "--output", str(site)]
    assert main(command) == 0
    opened.clear()
    assert main([*command, option]) == 0
    assert ("index.html" in opened) is read
