"""Reading a search index from its files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from policysite.audit import search_index
from policysite.audit.search_index import VERSION, SearchIndex, read_search_index
from policysite.search import packing
from policysite.search.checked import NAME_LENGTH
from policysite.search.entries import FORMAT
from policysite.search.index import plan_index
from tests.unit.making import front_matter, make_site

DOCUMENTS = (
    ("关于做好送清凉工作的通知", "/2026/summer-heat.html", date(2026, 3, 15)),
    ("工会法释义", "/books/law.html", date(2025, 1, 2)),
    ("一", "/2024/one.html", date(2024, 12, 31)),
)


def write_index(root: Path, size: int = 2) -> None:
    blocks = []
    for start in range(0, len(DOCUMENTS), size):
        part = DOCUMENTS[start : start + size]
        titles = "\n".join(title for title, _, _ in part).encode("utf-16-le")
        rest = "\n".join(
            f"{url.removeprefix(f'/{day.year}/').removesuffix('.html') if url.startswith(f'/{day.year}/') else url}"
            f"\t{(day - date(1970, 1, 1)).days:x}\t0\t\t\t"
            for _, url, day in part
        )
        block = b"CRC!" + len(titles).to_bytes(2, "big") + titles + rest.encode() + b"\n"
        blocks.append(block + b" " * (-len(block) % 32))
    lengths = "".join(chr(0x30 + len(block) // 32) for block in blocks)
    folder = root / "search" / "0a1b2c"
    folder.mkdir(parents=True)
    (folder / "r0.Ab-_.bin").write_bytes(b"".join(blocks))
    manifest = {
        "version": VERSION,
        "segments": [{"name": "0a1b2c", "blocks": lengths, "records": "Ab-_"}],
    }
    (root / "search" / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def read(root: Path) -> SearchIndex | None:
    files = {p.relative_to(root).as_posix(): 1 for p in root.rglob("*") if p.is_file()}
    return read_search_index(root, files)


def test_every_title_of_every_block_is_known(tmp_path: Path) -> None:
    write_index(tmp_path)
    index = read(tmp_path)
    assert index
    assert all(index.knows(title, url) for title, url, _ in DOCUMENTS)
    assert not index.knows("别的通知", "/2026/summer-heat.html")
    assert not index.knows(DOCUMENTS[0][0], "/2026/other.html")


def test_without_an_index_there_is_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text("[]")
    assert read(tmp_path) is None


def test_an_index_of_another_make_is_taken_as_text(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "all.json").write_text('["工会法释义"]', "utf-8")
    index = read(tmp_path)
    assert index
    assert index.knows("工会法释义", "/")
    assert not index.knows("别的", "/x.html")


@pytest.mark.parametrize(
    "damage",
    [b"", b"\xff" * 64, b"CRC!\xff\xff" + b"a" * 58],
    ids=["empty", "no text", "wrong length"],
)
def test_of_damaged_records_nothing_is_known(damage: bytes, tmp_path: Path) -> None:
    write_index(tmp_path)
    (tmp_path / "search" / "0a1b2c" / "r0.Ab-_.bin").write_bytes(damage)
    index = read(tmp_path)
    assert index
    assert not index.knows(*DOCUMENTS[0][:2])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 3, "segments": 5}', '{"version": 3, "segments": [5]}']
)
def test_a_manifest_that_cannot_be_read_finds_nothing(text: str, tmp_path: Path) -> None:
    write_index(tmp_path)
    (tmp_path / "search" / "manifest.json").write_text(text)
    index = read(tmp_path)
    assert index
    assert not index.knows(*DOCUMENTS[0][:2])


def test_the_version_that_is_understood_is_the_one_that_is_written() -> None:
    assert VERSION == FORMAT
    assert search_index._IN_FILE == packing.RECORD_BLOCKS
    assert search_index._NAME_LENGTH == NAME_LENGTH


def test_every_title_of_an_index_that_we_write_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit reads records without the code that writes them; here both must agree."""
    monkeypatch.setattr(search_index, "_IN_FILE", 2)
    monkeypatch.setattr(packing, "RECORD_BLOCKS", 2)
    site = make_site(
        tmp_path / "site",
        {
            f"notices/2026-03-{day}-notice-{day}.md": front_matter(
                title=f"第{day}号通知", date=f"2026-03-{day}"
            )
            for day in range(10, 30)
        },
    )
    for file in plan_index(site):
        path = tmp_path / "out" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read())
    index = read(tmp_path / "out")
    assert index
    assert not index.text
    assert len(site.articles) == 20
    assert all(index.knows(article.title, article.url) for article in site.articles)
