"""The benchmark: its corpus is the same every time, and no site passes that is not whole."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pytest

from policysite.tools.bench.corpus import COLUMNS, Entry, make_corpus
from policysite.tools.bench.equivalence import find_faults
from policysite.tools.bench.measure import Failed, Taken, measure
from policysite.tools.bench.race import Results, our_sites
from policysite.tools.bench.report import as_json, chart, table
from policysite.tools.bench.scenarios import Desk
from policysite.tools.bench.sites import KINDS, article_file, write_site

ENTRIES = list(make_corpus(60))


def test_the_corpus_is_the_same_every_time_and_another_one_for_another_seed() -> None:
    assert list(make_corpus(60)) == ENTRIES
    assert [entry.body for entry in make_corpus(60, seed=2)] != [entry.body for entry in ENTRIES]


def test_a_larger_corpus_begins_with_the_texts_of_a_smaller_one() -> None:
    larger = list(make_corpus(90))[:60]
    assert [(e.title, e.column, e.body) for e in larger] == [
        (e.title, e.column, e.body) for e in ENTRIES
    ]


def test_articles_have_the_size_and_the_structure_of_real_ones() -> None:
    entries = list(make_corpus(300))
    sizes = [len(entry.body.encode()) for entry in entries]
    assert min(sizes) > 1_600
    assert max(sizes) < 5_500
    text = "\n".join(entry.body for entry in entries)
    for part in ("\n一、", "\n（一）", "\n- ", "\n| --- |", "\n第一条 ", "\n第一章 ", "**", "]("):
        assert part in text
    assert any(entry.record for entry in entries)
    assert not all(entry.record for entry in entries)


def test_no_two_articles_have_the_same_moment_or_address() -> None:
    entries = list(make_corpus(1000))
    assert len({entry.date for entry in entries}) == len({entry.url for entry in entries}) == 1000


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_site_gets_every_article_with_its_title(kind: str, tmp_path: Path) -> None:
    write_site(kind, tmp_path, ENTRIES)
    for entry in ENTRIES:
        text = (tmp_path / article_file(entry)).read_text("utf-8")
        assert entry.title in text
        assert text.endswith(entry.body)


def write_output(folder: Path, entries: Sequence[Entry]) -> None:
    """Write what a generator should have made of `entries`."""
    newest_first = sorted(entries, key=lambda entry: entry.date, reverse=True)
    for entry in entries:
        column = [other for other in newest_first if other.column == entry.column]
        place = column.index(entry)
        links = [("prev", column[place - 1])] if place else []
        links += [("next", other) for other in column[place + 1 : place + 2]]
        html = f"<h1>{escape(entry.title)}</h1>{escape(entry.body)}"
        html += "".join(f'<a href="{o.url}" rel="{r}">{escape(o.title)}</a>' for r, o in links)
        write(folder / entry.url.removeprefix("/"), html)
    for top, (_, leaves) in COLUMNS.items():
        for column_path in (top, *(f"{top}/{leaf}" for leaf in leaves)):
            found = [entry for entry in newest_first if entry.column.startswith(column_path)]
            links_html = [f'<a href="{entry.url}">…</a>' for entry in found]
            write(folder / column_path / "index.html", "".join(links_html[:3]))
            write(folder / column_path / "page-1.html", "".join(links_html[3:]))
    urls = "".join(f"<loc>https://www.example.org{entry.url}</loc>" for entry in entries)
    for name in ("index.html", "feed.xml", "sitemap.xml"):
        write(folder / name, urls)


def write(file: Path, text: str) -> None:
    """Write a file and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_a_whole_site_has_no_faults(tmp_path: Path) -> None:
    write_output(tmp_path, ENTRIES)
    assert find_faults(tmp_path, ENTRIES) == []


PAGE = ENTRIES[30].url.removeprefix("/")


def replaced(old: str, new: str) -> Callable[[Path], None]:
    """Return what spoils a file by another text in it."""

    def spoil(file: Path) -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return spoil


@pytest.mark.parametrize(
    ("name", "spoil", "said"),
    [
        (PAGE, Path.unlink, "没有这一页"),
        (PAGE, replaced(ENTRIES[30].title, "另一个标题"), "标题是“另一个标题”"),
        (PAGE, replaced('rel="next"', ""), "上一篇和下一篇"),
        (PAGE, replaced(ENTRIES[30].body[-9:], ""), "正文不完整"),
        ("news/page-1.html", Path.unlink, "/news/：列表里少了"),
        ("sitemap.xml", replaced(ENTRIES[30].url, "/"), "sitemap.xml：少了 1 个网址"),
        ("feed.xml", Path.unlink, "feed.xml：没有最新一篇"),
        ("index.html", replaced(ENTRIES[-1].url, "/"), "index.html：没有最新一篇"),
    ],
)
def test_what_a_site_lacks_is_found(
    name: str, spoil: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    write_output(tmp_path, ENTRIES)
    spoil(tmp_path / name)
    assert any(said in fault for fault in find_faults(tmp_path, ENTRIES))


def test_each_edit_is_a_new_one() -> None:
    desk = Desk(list(ENTRIES))
    assert desk.edit("same") is None
    bodies = [desk.edit("body"), desk.edit("body")]
    assert bodies[0] != bodies[1]
    titles = [desk.edit("title"), desk.edit("title")]
    assert titles[0] != titles[1]
    new = desk.edit("new")
    assert new
    assert len(desk.entries) == len(ENTRIES) + 1
    assert new.date > max(entry.date for entry in ENTRIES)


def test_a_process_is_measured_with_its_children(tmp_path: Path) -> None:
    work = "for _ in range(3_000_000): pass"
    alone = measure(["python3", "-c", work], tmp_path, {"PATH": "/usr/bin:/bin"})
    code = f"import subprocess; [subprocess.run(['python3', '-c', {work!r}]) for _ in 'abcd']"
    four = measure(["python3", "-c", code], tmp_path, {"PATH": "/usr/bin:/bin"})
    assert four.cpu > 2 * alone.cpu > 0
    assert four.wall > 0


def test_a_generator_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="没有成功"):
        measure(["sh", "-c", "echo 没有成功; exit 3"], tmp_path, {})


def test_the_table_shows_medians_and_ratios() -> None:
    ours = our_sites()[0]
    taken = [Taken(2.0, 4.0, 100_000_000), Taken(9.0, 9.0, 90_000_000), Taken(1.0, 3.0, 0)]
    results = Results(60, [ours], {(ours.name, "cold"): taken})
    assert table(results).splitlines()[-1] == (
        "| 全部重新生成 | 本系统（同等功能） | 4.00 | 2.00 | 100 | 1.00 | 1.00 |"
    )
    assert '"articles": 60' in as_json([results])
    drawing = chart(results)
    assert drawing.startswith("<svg")
    assert "4.00</text>" in drawing
