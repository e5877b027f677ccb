"""Why a file was made is told of the file that is meant, and in words that are true."""

from pathlib import Path

import pytest

from policysite.clock import build_time
from policysite.engine.explain import explain, in_words, keep_reasons, name_in
from policysite.engine.order import Order
from policysite.engine.store import Store, open_store

PARTS = {"theme": b"1", "settings": b"1", "shown": b"1"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "news").mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("2026/a.html", "2026/a.html"),
        ("/2026/a.html", "2026/a.html"),
        ("{}/2026/a.html", "2026/a.html"),
        ("output/2026/a.html", "2026/a.html"),
        ("https://www.example.org/2026/a.html#t12", "2026/a.html"),
        ("/news/", "news/index.html"),
        ("{}/news", "news/index.html"),
        ("/", "index.html"),
    ],
)
def test_a_file_may_be_named_by_its_path_or_its_address(
    output: Path, monkeypatch: pytest.MonkeyPatch, asked: str, name: str
) -> None:
    monkeypatch.chdir(output.parent)
    assert name_in(output, asked.format(output)) == name


def told(store: Store, output: Path, reason: str, parts: dict[str, bytes]) -> str:
    keep_reasons(store, {"home": {reason}}, build_time(), parts)
    store.rows("INSERT OR REPLACE INTO output VALUES ('index.html', 'home', x'', x'')")
    order = Order(output, output, build_time(), None, "/")  # type: ignore[arg-type]
    return "\n".join(explain(store, order, (), ("home",)))


def test_what_all_pages_show_is_told_by_the_part_that_changed(tmp_path: Path, output: Path) -> None:
    store = open_store(tmp_path / "a.sqlite", b"this version")
    assert "全部从头生成" in told(store, output, "new:*", PARTS)
    assert "以前没有生成过" in told(store, output, "new:*", PARTS)
    said = told(store, output, "frame:*", PARTS | {"theme": b"2"})
    assert said.endswith("每一页都有的内容变了：主题（theme 文件夹）")
    said = told(store, output, "frame:*", PARTS | {"shown": b"2"})
    assert said.endswith("：主题（theme 文件夹）、栏目、页脚链接或者同义词")
    store.close()


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("order:/news/local", "“news/local”里的文章有增减，或者先后变了"),
        (
            "all:articles/featured",
            "“全部文章（有配图的文章和头条）”里有文章的标题、日期、摘要、效力等变了",
        ),
        ("related:*", "全部 的相关内容变了"),
    ],
)
def test_a_fact_is_told_in_words(fact: str, words: str) -> None:
    assert in_words(fact) == words
