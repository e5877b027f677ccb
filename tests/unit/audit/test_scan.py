"""Going through a folder: processes, the cache, and when it is not to be believed."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from policysite.audit import cache, scan, site
from policysite.audit.facts import PageFacts
from policysite.audit.kinds import Kind
from policysite.audit.reading import read_page
from policysite.audit.report import Report, make_report
from policysite.audit.rule import Profile
from policysite.audit.run import Order, audit
from policysite.audit.site import AuditedSite
from policysite.audit.store import Store
from policysite.audit.store import kept as kept_of
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


def at(report: Report, address: str) -> PageFacts:
    page = report.site.page_at(address)
    assert page
    return page


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
    assert [page.heading for page in first.site.pages][2] == "第2篇"  # what it has seen, it keeps
    assert [page.path for page in second.site.pages] == [
        "1.html",
        "2.html",
        "3.html",
        "4.html",
        "new.html",
    ]
    assert at(second, "/2.html").heading == "改过"


def test_an_audit_with_the_cache_finds_what_one_without_finds(
    folder: Path, kept: Path, tmp_path: Path
) -> None:
    assert run(folder, tmp_path).results == audit(Order(folder, DAY)).results


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-20],
        lambda data: data[:5000],
        lambda data: data.replace("篇".encode(), "遍".encode()),
        lambda data: data.replace("内容页".encode(), "栏目页".encode()),
        lambda data: b"",
        lambda data: b"\xff\xfe" + data,
        lambda data: data.replace(b"digest TEXT, ", b"digest TEXT--"),
        lambda data: data.replace(b"TABLE pages", b"TABLE paged"),
    ],
    ids=[
        "cut", "cut short", "changed", "other kind", "empty", "no database", "other form", "other table",
    ],
)  # fmt: skip
def test_what_is_damaged_in_a_cache_is_read_again(
    damage: object, folder: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(damage)
    before = kept.read_bytes()
    kept.write_bytes(damage(before))
    assert kept.read_bytes() != before
    read = count_reads(monkeypatch)
    report = run(folder, tmp_path)
    assert read
    assert [page.heading for page in report.site.pages] == [f"第{n}篇" for n in range(5)]
    assert report.results == audit(Order(folder, DAY)).results


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


def test_each_folder_has_its_own_facts(
    folder: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "0.html").write_bytes(html())
    run(other, tmp_path)
    assert len(list((tmp_path / "cache").iterdir())) == 2
    read = count_reads(monkeypatch)
    run(folder, tmp_path)
    assert read == []


def test_processes_find_what_one_finds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "ALONE", 1)
    monkeypatch.setattr(scan, "CHUNK", 2)
    stores = Store(), Store()
    for processes, store in enumerate(stores, 1):
        assert scan.scan(folder, store, cache.Known(), processes) == 5
    assert [*stores[0].pages] == [*stores[1].pages]
    assert [*stores[0].files.items()] == [*stores[1].files.items()]


def peak_of_an_audit(pages: int, root: Path) -> int:
    """Return the bytes that rules need at most, on a site of so many pages with 60 links each."""
    store = Store()
    names = [f"{number}.html" for number in range(pages)]
    store.files.fill((name, 100) for name in names)
    for number, name in enumerate(names):
        links = tuple(f"/{(number * 7 + step) % pages}.html" for step in range(60))
        facts = PageFacts(name, f"/{name}", "", 100, Kind.ARTICLE, heading=name, links=links)
        store.pages.add(kept_of(facts))
    tracemalloc.start()
    try:
        make_report(AuditedSite(root, DAY, store), Profile.UNION)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_memory_that_rules_need_does_not_grow_with_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "_AT_HAND", 200)
    peak_of_an_audit(10, tmp_path)  # what is loaded once
    assert peak_of_an_audit(1500, tmp_path) < 1.2 * peak_of_an_audit(300, tmp_path)
