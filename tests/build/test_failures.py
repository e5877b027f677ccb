"""Whatever goes wrong, readers keep a whole site: the old one or the new one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite

# Builds as the task does, and dies without a word at the n-th event of a kind that Python audits
# (sys.addaudithook): opening a file for writing, copying, renaming, removing.
DYING_BUILD = """
import os, signal, sys
from policysite.engine.run import Run, build

config, content, output, event, place, left = sys.argv[1:]
left = int(left)

def watch(name, details):
    global left
    if name == event and place in str(details[0]) and (name != "open" or "w" in str(details[1])):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
build(Run(config, content, output))
"""

BROKEN = {
    "news/2026-11-21-broken.md": "---\n标题: 没有日期\n---\n\n正文。\n",
    "notices/notice/2026-11-22-broken.md": (
        "---\n标题: 断链\n发布日期: 2026-11-22\n附件:\n  - 表: attachments/2026/none.docx\n---\n\n"
        "[去别处](/no/such.md)\n"
    ),
    "notices/notice/坏名字.md": "---\n标题: 坏名字\n发布日期: 2026-11-22\n---\n\n正文。\n",
}
FINDINGS = [
    "content/news/2026-11-21-broken.md:1:1 [F201]",
    "content/notices/notice/2026-11-22-broken.md:5:8 [R401]",
    "content/notices/notice/2026-11-22-broken.md:8:1 [R404]",
    "content/notices/notice/坏名字.md [N301]",
]


def changed_content(folder: Path) -> Path:
    """Return content with an article changed, one added and one removed."""
    content = builds.copy_content(folder)
    (content / "news/2026-10-12-skills-contest.md").unlink()
    text = "---\n标题: 冬季送温暖启动\n发布日期: 2026-11-21\n---\n\n各级工会走访慰问。\n"
    (content / "news/2026-11-21-warmth.md").write_text(text, "utf-8")
    notice = content / "notices/notice/2025-12-01-suggestions.md"
    notice.write_text(notice.read_text("utf-8").replace("征集", "公开征集"), "utf-8")
    return content


def test_broken_content_leaves_the_site_as_it_was_and_shows_every_finding(
    tmp_path: Path, good: BuiltSite
) -> None:
    """Bytes and times; exit status 1; each fault with file, line and code; no traceback."""
    content = builds.copy_content(tmp_path)
    output = builds.copy_output(good, tmp_path)
    tree, times = builds.read_tree(output), builds.read_times(output)
    for name, text in BROKEN.items():
        (content / name).write_text(text, "utf-8")
    done = builds.run_build(output, content=content)
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if line.strip()]
    assert [line[: len(start)] for line, start in zip(said, FINDINGS, strict=False)] == FINDINGS
    assert said[len(FINDINGS) :] == ["有 4 处错误，网站没有更新。请按上面的提示改正后重试。"]
    assert "Traceback" not in done.stdout + done.stderr
    assert builds.read_tree(output) == tree
    assert builds.read_times(output) == times


def test_broken_content_without_a_site_before_makes_none(tmp_path: Path) -> None:
    """Half a site is worse than none."""
    content = builds.copy_content(tmp_path)
    for name, text in BROKEN.items():
        (content / name).write_text(text, "utf-8")
    assert builds.run_build(tmp_path / "output", content=content).returncode == 1
    assert not (tmp_path / "output").exists()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with changed content and the site that a build from nothing makes of it."""

    def make(folder: Path) -> None:
        builds.build(folder / builds.OUTPUT, content=changed_content(folder))

    return builds.build_once(tmp_path_factory, "changed", make)


@pytest.mark.parametrize(
    ("event", "place", "count"),
    [
        ("open", ".output.staging", 3),
        ("open", ".output.staging", 12),
        ("os.rename", ".output.staging", 1),
        ("os.rename", ".output.staging", 7),
        ("os.remove", "output", 1),
    ],
    ids=["刚开始写", "快写完", "换第一个文件前", "换到一半", "删除旧文件前"],
)
def test_a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_succeeds(
    tmp_path: Path, good: BuiltSite, changed: Path, event: str, place: str, count: int
) -> None:
    """Every file is the old or the new one, byte for byte; then the site is exactly the new one."""
    content, output = changed / "content", builds.copy_output(good, tmp_path)
    old, new = builds.read_tree(output), builds.read_tree(changed / builds.OUTPUT)
    arguments = [builds.GOOD_CONFIG, content, output, event, place, count]
    done = builds.run([sys.executable, "-c", DYING_BUILD, *map(str, arguments)])
    assert done.returncode == -signal.SIGKILL, done.stderr
    left = builds.read_tree(output)
    assert [name for name, data in left.items() if data not in (old.get(name), new.get(name))] == []
    assert left.keys() >= old.keys() & new.keys()
    if event == "open":
        assert left == old
    builds.build(output, content=content)
    assert builds.read_tree(output) == new
    assert {path.name for path in tmp_path.iterdir()} == {"output", ".output.lock"}


# Builds as the task does. Stops itself once it is alone, or says when it has to wait.
MEETING_BUILD = """
import os, signal, sys
from policysite.engine.run import Run, build

config, content, output, role = sys.argv[1:]
opened = 0

def watch(name, details):
    global opened
    if role == "first" and name == "sqlite3.connect":
        opened += 1
        if opened == 2:  # the lock is held, and what the last build kept is opened
            os.kill(os.getpid(), signal.SIGSTOP)
    if role == "second" and name == "sqlite3.connect":
        print("waiting", flush=True)

sys.addaudithook(watch)
build(Run(config, content, output))
"""


def test_a_second_build_waits_for_the_first_and_the_site_is_whole(
    tmp_path: Path, good: BuiltSite, changed: Path
) -> None:
    """A preview and a build may meet; neither may publish half of what the other has written."""
    output = builds.copy_output(good, tmp_path)
    command = [sys.executable, "-c", MEETING_BUILD, str(builds.GOOD_CONFIG)]
    first = subprocess.Popen(
        [*command, str(builds.GOOD / "content"), str(output), "first"], env=builds.variables()
    )
    assert os.WIFSTOPPED(os.waitpid(first.pid, os.WUNTRACED)[1])
    with subprocess.Popen(
        [*command, str(changed / "content"), str(output), "second"],
        env=builds.variables(),
        stdout=subprocess.PIPE,
    ) as second:
        assert second.stdout
        assert second.stdout.readline() == b"waiting\n"
        first.send_signal(signal.SIGCONT)
        assert first.wait() == 0
        second.stdout.read()
    assert second.returncode == 0
    assert builds.read_tree(output) == builds.read_tree(changed / builds.OUTPUT)


def test_an_old_address_that_another_file_has_is_refused(tmp_path: Path) -> None:
    """Also one that is no page but another form of one; the message names it, not a stack."""
    content = builds.copy_content(tmp_path)
    article = content / "service/guide/2026-01-20-join-the-union.md"
    text = article.read_text("utf-8")
    article.write_text(text.replace("/bszn/ruhui/", "/2026/skills-contest.json"), "utf-8")
    done = builds.run_build(tmp_path / "output", content=content)
    assert done.returncode == 1
    assert "skills-contest.json" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "output").exists()


def test_a_site_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A file stands where the output folder should be."""
    output = tmp_path / "output"
    output.write_text("我是一个文件", "utf-8")
    done = builds.run_build(output)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert output.read_text("utf-8") == "我是一个文件"


# Builds as the task does, on a disk that has no place for one of the pages.
FULL_DISK_BUILD = """
import sys
from policysite.engine import publish
from policysite.tools.commands import build

config, content, output = sys.argv[1:]
write = publish._write

def write_but_one(place, data):
    write("/dev/full" if place.endswith("/news/index.html") else place, data)

publish._write = write_but_one
build(content, output, config)
"""


def test_a_full_disk_leaves_the_site_as_it_was_and_itself_no_fuller(
    tmp_path: Path, good: BuiltSite
) -> None:
    """What had been collected so far is removed: it would keep the disk full."""
    content, output = changed_content(tmp_path), builds.copy_output(good, tmp_path)
    tree = builds.read_tree(output)
    arguments = [str(builds.GOOD_CONFIG), str(content), str(output)]
    done = builds.run([sys.executable, "-c", FULL_DISK_BUILD, *arguments])
    assert done.returncode == 1
    assert done.stderr.endswith("无法读写 输出文件夹：磁盘已满。解决以后再运行一次。\n")
    assert builds.read_tree(output) == tree
    assert {path.name for path in tmp_path.iterdir()} == {"content", "output", ".output.lock"}


def test_a_place_that_cannot_be_written_to_is_told_with_the_reason(tmp_path: Path) -> None:
    """Where there can be no lock, there is no other build that it would have to wait for."""
    output = tmp_path / "file" / "output"
    output.parent.write_text("文件", "utf-8")
    done = builds.run_build(output)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    lock = tmp_path / "taken" / ".output.lock"
    lock.mkdir(parents=True)
    done = builds.run_build(lock.with_name("output"))
    assert done.returncode == 1
    assert done.stderr.endswith(f"无法读写 {lock}：它是一个文件夹。解决以后再运行一次。\n")


@pytest.mark.parametrize("place", ["content", ".", "theme", "content/output"])
def test_an_output_folder_that_would_swallow_the_sources_is_refused(
    tmp_path: Path, place: str
) -> None:
    """The build removes what is not part of the site: never from the editors' own folders."""
    config = builds.copy_theme(tmp_path)
    content = builds.copy_content(tmp_path)
    before = builds.read_tree(tmp_path)
    done = builds.run_build(tmp_path / place, config=config, content=content)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert builds.read_tree(tmp_path) == before
