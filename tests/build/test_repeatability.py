"""The same input gives the same bytes, and what did not change keeps its time."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from tests.build import builds
from tests.build.reading import BuiltSite


def test_two_builds_give_the_same_bytes(tmp_path: Path, good: BuiltSite) -> None:
    """Other folder, other hash seed, other second, other time zone and locale, same site."""
    folder = tmp_path / "另一个 文件夹"
    shutil.copytree(builds.GOOD, folder)
    config = folder / "pelicanconf.py"
    theme = builds.ROOT / "theme"
    config.write_text(f"{config.read_text('utf-8')}\nTHEME = {str(theme)!r}\n", "utf-8")
    started = int(time.time())
    while int(time.time()) == started:
        time.sleep(0.05)
    done = builds.run_build(
        tmp_path / "b" / "site",
        config=config,
        cwd=tmp_path,
        environment={"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LC_ALL": "C"},
    )
    assert done.returncode == 0, done.stderr
    first, second = builds.read_tree(good.root), builds.read_tree(tmp_path / "b" / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_building_again_without_change_touches_nothing(tmp_path: Path, good: BuiltSite) -> None:
    """No file is written again, so a deploy by time or by bytes has nothing to do."""
    output = builds.copy_output(good, tmp_path)
    times = builds.read_times(output)
    said = builds.build(output)
    assert builds.read_times(output) == times
    assert "更新 0 个文件，删除 0 个文件" in said
    assert {path.name for path in tmp_path.iterdir()} == {"output", ".output.lock"}


def test_changing_one_article_touches_only_pages_that_show_it(
    tmp_path: Path, good: BuiltSite
) -> None:
    """A corrected word reaches the page in all its forms, feeds, the comparison and the search."""
    content = builds.copy_content(tmp_path)
    output = builds.copy_output(good, tmp_path)
    before = builds.read_times(output)
    article = content / "policies/documents/2021-03-15-welfare-measures-2021.md"
    article.write_text(article.read_text("utf-8").replace("不超过1800元", "不超过1,800元"), "utf-8")
    builds.build(output, content=content)
    after = builds.read_times(output)
    changed = {name for name in after if after[name] != before.get(name)}
    index = {name for name in changed if name.startswith("search/")}
    assert "search/manifest.json" in index
    assert changed - index == {
        "2021/welfare-measures-2021.html", "2021/welfare-measures-2021.json",
        "2021/welfare-measures-2021.md", "policies/feed.xml", "policies/documents/feed.xml",
        "compare/welfare-measures-2021--welfare-measures-2026.html",
    }  # fmt: skip


def test_files_that_no_longer_belong_to_the_site_are_removed(
    tmp_path: Path, good: BuiltSite
) -> None:
    """A deleted article disappears with its page, its redirects and empty folders."""
    content = builds.copy_content(tmp_path)
    output = builds.copy_output(good, tmp_path)
    assert (output / "bszn/ruhui/index.html").is_file()
    news = content / "news/2026-09-28-service-station.md"
    news.write_text(news.read_text("utf-8").replace("相关内容:\n  - join-the-union\n", ""), "utf-8")
    (content / "service/guide/2026-01-20-join-the-union.md").unlink()
    builds.build(output, content=content)
    assert not (output / "bszn").exists()
    assert BuiltSite(output).mentions("join-the-union") == []
