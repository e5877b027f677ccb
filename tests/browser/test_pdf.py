"""The `pdf` task: policy documents on paper, one file each."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build import builds


def make(folder: Path, *slugs: str) -> subprocess.CompletedProcess[str]:
    """Run the task on the good site."""
    options = ["--output", str(folder), "--config", str(builds.GOOD_CONFIG)]
    named = [part for slug in slugs for part in ("--slug", slug)]
    return builds.run([
        sys.executable, "-m", "invoke", "--search-root", str(builds.ROOT), "pdf", *options, *named,
    ])  # fmt: skip


def text_of(path: Path) -> str:
    """Return a file's text as it is laid out; skips the test where there is no pdftotext."""
    if not (extract := shutil.which("pdftotext")):
        pytest.skip("pdftotext is not installed")
    done = subprocess.run([extract, "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the PDF of one document."""

    def fill(folder: Path) -> None:
        done = make(folder / "pdf", "welfare-measures-2026")
        assert done.returncode == 0, done.stderr
        assert "正在制作 1/1：示例市总工会" in done.stderr
        assert "已制作 1 个 PDF 文件" in done.stdout

    return builds.build_once(tmp_path_factory, "pdf", fill) / "pdf"


def test_a_document_becomes_one_file_named_by_its_slug(printed: Path) -> None:
    """The same name each time, so that a link to it stays right."""
    assert [path.name for path in printed.iterdir()] == ["welfare-measures-2026.pdf"]


def test_the_file_is_a4_with_tags_and_bookmarks(printed: Path) -> None:
    """For screen readers, and for finding a heading."""
    data = (printed / "welfare-measures-2026.pdf").read_bytes()
    assert b"/MarkInfo" in data
    assert b"/StructTreeRoot" in data
    assert b"/Outlines" in data
    assert {(round(float(w)), round(float(h))) for w, h in _boxes(data)} == {(595, 842)}


def _boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    return re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)


def test_pages_are_numbered_and_lines_have_twenty_eight_characters(printed: Path) -> None:
    """GB/T 9704—2012 5.2.3 and 7.5; at most 22 lines on a page."""
    text = text_of(printed / "welfare-measures-2026.pdf")
    pages = text.rstrip("\f\n").split("\f")
    for number, page in enumerate(pages, 1):
        assert re.search(rf"—\s*{number}\s*—", page)
        lines = [line for line in page.splitlines() if line.strip()]
        assert len(lines) <= 23  # with the number
    widths = [len(re.sub(r"\s", "", line)) for line in text.splitlines()]
    assert max(widths[: len(widths) - 8]) in range(27, 30)


def test_a_file_does_not_say_when_it_was_printed(printed: Path) -> None:
    """The time of making a file is no part of the document."""
    assert "打印时间" not in text_of(printed / "welfare-measures-2026.pdf")


def test_an_unknown_slug_is_answered_with_a_hint(tmp_path: Path) -> None:
    """In Chinese, without a traceback, and no file is made."""
    done = make(tmp_path / "pdf", "welfare-measure-2026")
    assert done.returncode == 1
    assert "没有短名是“welfare-measure-2026”的文章" in done.stderr
    assert "welfare-measures-2026" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "pdf").exists()
