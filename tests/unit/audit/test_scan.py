"""Going through a folder: processes, the cache, and when it is not to be believed."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from policysite.audit import cache, scan
from policysite.audit.reading import read_page
from policysite.audit.report import Report
from policysite.audit.run import Order, audit
from tests.unit.audit.pages import ARTICLE, html

DAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    site.mkdir()
    for number in range(5):
        (site / f"{number}.html").write_bytes(html(f"<h1>第{number}篇</h1>", ARTICLE))
    return site


@pytest.fixture
def kept(tmp_path: Path, folder: Path) -> Path:
    run(folder, tmp_path)
    (found,) = (tmp_path / "cache").iterdir()
    return found


def run(folder: Path, tmp_path: Path) -> Report:
    return audit(Order(folder, DAY, cache_folder=tmp_path / "cache"))


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    real = read_page

    def counting(path: str, data: bytes, rules: object) -> object:
        read.append(path)
        return real(path, data, rules)  # type: ignore[arg-type]

    monkeypatch.setattr(scan, "read_page", counting)
    return read


def test_what_did_not_change_is_not_read_again(
    folder: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = count_reads(monkeypatch)
    first = run(folder, tmp_path)
    assert read == []
    (folder / "2.html").write_bytes(html("<h1>改过</h1>", ARTICLE))
    (folder / "new.html").write_bytes(html("<h1>新的</h1>", ARTICLE))
    (folder / "0.html").unlink()
    second = run(folder, tmp_path)
    assert read == ["2.html", "new.html"]
    assert [page.heading for page in first.site.pages][2] == "第2篇"
    assert [page.path for page in second.site.pages] == [
        "1.html",
        "2.html",
        "3.html",
        "4.html",
        "new.html",
    ]
    assert second.site.by_url["/2.html"].heading == "改过"


def test_an_audit_with_the_cache_finds_what_one_without_finds(
    folder: Path, kept: Path, tmp_path: Path
) -> None:
    assert run(folder, tmp_path).results == audit(Order(folder, DAY)).results


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-20],
        lambda data: data.replace("第2篇".encode(), "第9篇".encode()),
        lambda data: b"",
        lambda data: b"\xff\xfe" + data,
        lambda data: sealed(b"{}\n"),
        lambda data: sealed(cache.fingerprint().encode() + b"\n[]\n"),
        lambda data: sealed(data[:-64].replace(b'"size":', b'"size":"x","old":')),
    ],
    ids=["cut", "changed", "empty", "no text", "other form", "no object", "wrong types"],
)
def test_a_damaged_cache_counts_as_empty(
    damage: object, folder: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(damage)
    kept.write_bytes(damage(kept.read_bytes()))
    read = count_reads(monkeypatch)
    assert run(folder, tmp_path).site.by_url["/2.html"].heading == "第2篇"
    assert len(read) == 5


def test_facts_read_by_other_rules_are_not_believed(
    folder: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "fingerprint", lambda: "other")
    read = count_reads(monkeypatch)
    run(folder, tmp_path)
    assert len(read) == 5


def test_the_fingerprint_is_that_of_the_source_of_the_audit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = cache.fingerprint.__wrapped__()
    assert before == cache.fingerprint()
    monkeypatch.setattr(cache, "_ALSO", (*cache._ALSO, Path(__file__)))
    assert cache.fingerprint.__wrapped__() != before


def test_each_folder_has_its_own_facts(folder: Path, kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "0.html").write_bytes(html())
    run(other, tmp_path)
    assert len(list((tmp_path / "cache").iterdir())) == 2
    assert len(cache.load(kept)) == 5


def test_processes_find_what_one_finds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "ALONE", 1)
    monkeypatch.setattr(scan, "CHUNK", 2)
    shared = scan.scan(folder, {}, processes=2)
    assert shared == scan.scan(folder, {}, processes=1)
    assert shared.read == 5


def sealed(rest: bytes) -> bytes:
    """Return a cache file whose digest is right."""
    return rest + sha256(rest).hexdigest().encode()
