"""What the `views` task says when something is not as it should be."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from policysite.engine.run import Run
from policysite.tools import views as task
from policysite.tools.views import CannotCount, Options, views
from tests.build.builds import GOOD
from tests.build.builds import moment as now
from tests.unit.views import logs
from tests.unit.views.traffic import CHROME, Request

POLICY = "/2026/welfare-measures-2026.html"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the good site, with an output that was built."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(now().timestamp())))
    output = tmp_path / "output"
    output.mkdir()
    (output / "index.html").write_text("首页", "utf-8")
    return Run(str(GOOD / "pelicanconf.py"), str(GOOD / "content"), str(output))


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """Return a log of one read, to be counted into a store of its own."""
    asked = Request(now(), "10.0.0.1", CHROME.format(120), POLICY)
    lines = [*logs.write_lines("JSON", [asked]), "oops"]
    log = logs.write_log(tmp_path / "a.log", lines)
    return Options([str(log)], str(tmp_path / "kept" / "counts.duckdb"))


def test_a_run_tells_what_it_did(
    run: Run, options: Options, capsys: pytest.CaptureFixture[str]
) -> None:
    views(run, options)
    views(run, options)
    said = capsys.readouterr()
    assert "还没有统计库，从零开始统计" in said.err
    assert "有 1 行看不懂" in said.err
    first, second = (line for line in said.out.splitlines() if line.startswith("统计了"))
    assert first == (
        "统计了 1 个日志文件（0 个以前统计过），2 行，其中 1 行看不懂；新增阅读 1 次。"
    )
    assert second.startswith("统计了 0 个日志文件（1 个以前统计过）")
    assert "网站上共 1 篇文章有阅读量，合计 1 次；更新 0 个数据文件。" in said.out


def test_counts_can_be_published_again_without_logs(run: Run, options: Options) -> None:
    """After a build in an empty folder."""
    views(run, options)
    published = Path(run.output) / "data"
    before = sorted(path.name for path in published.rglob("*"))
    shutil.rmtree(published)
    views(run, replace(options, logs=()))
    assert sorted(path.name for path in published.rglob("*")) == before


def test_a_first_run_without_logs_speaks_of_none(
    run: Run, options: Options, capsys: pytest.CaptureFixture[str]
) -> None:
    """It makes the files that pages ask for."""
    views(run, replace(options, logs=()))
    said = capsys.readouterr()
    assert "还没有统计库" in said.err
    assert [line[:3] for line in said.out.splitlines()] == ["网站上"]


def test_a_lost_store_is_noticed_before_the_site_is_changed(run: Run, options: Options) -> None:
    views(run, options)
    Path(options.store).unlink()
    with pytest.raises(CannotCount, match=rf"{POLICY} 由 1 次变成 0 次.*--fewer"):
        views(run, replace(options, logs=()))


@pytest.mark.parametrize("content", ["not a database", ""])
def test_a_store_that_is_none_is_named(run: Run, options: Options, content: str) -> None:
    store = Path(options.store)
    store.parent.mkdir()
    store.write_text(content, "utf-8")
    with pytest.raises(CannotCount, match=r"统计库 .* 读不出来"):
        views(run, options)
    assert store.read_text("utf-8") == content


def test_a_missing_log_is_named(run: Run, options: Options) -> None:
    with pytest.raises(CannotCount, match="找不到 nowhere"):
        views(run, replace(options, logs=["nowhere"]))


def test_nothing_is_published_into_a_folder_without_a_site(run: Run, options: Options) -> None:
    (Path(run.output) / "index.html").unlink()
    with pytest.raises(CannotCount, match="还没有网站"):
        views(run, options)


def test_broken_content_is_named(run: Run, options: Options, tmp_path: Path) -> None:
    """Without all articles there is no telling which counts belong to the site."""
    content = Path(shutil.copytree(GOOD / "content", tmp_path / "content"))
    (content / "notices/notice/2026-01-01-x.md").write_text("没有信息栏", "utf-8")
    with pytest.raises(CannotCount, match="内容有 1 处错误"):
        views(replace(run, content=str(content)), options)


def test_missing_packages_are_named(
    run: Run, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task, "LIBRARIES", ("no_such_library",))
    with pytest.raises(CannotCount, match=r"no_such_library.*python3 tasks.py views"):
        views(run, options)


def test_a_report_is_written_beside_the_store(
    run: Run, options: Options, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report"
    views(run, replace(options, report=str(report)))
    assert "关于" in (report / "index.html").read_text("utf-8")
    assert f"统计报告在 {report / 'index.html'}。" in capsys.readouterr().out
