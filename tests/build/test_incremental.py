"""Whatever is changed, and in whatever order: the site is the one that a build from nothing makes."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from policysite.build.quick import store_of
from policysite.engine import CannotBuild, Run, build
from tests.build import builds

DAY = 86_400
WORDS = (
    "各级工会要把防暑用品送到一线。", "按照示总工发〔2026〕12号执行。",
    "见《示例市基层工会职工福利办法》第三条。", "第一条 本办法适用于会员。\n\n第二条 见第一条。",
    "![驿站](/images/2026/membership.png)", "[方案](/attachments/2026/venue-fees.txt)",
    "[大赛](/news/2026-10-12-skills-contest.md)", "| 姓名 | 单位 |\n|---|---|\n| 尹松涛 | 一厂 |",
    "## 一、总体要求\n\n坚持职工为本。", "他说\"工会是职工之家\"。",
)  # fmt: skip
LINES = (
    "置顶: 2026-11-25", "置顶: 是", "头条: 是", "专题:\n  - new-employment", "状态: 隐藏",
    "状态: 草稿", "状态: 撤回\n撤回说明: 内容有误。", "系列: 产改十问\n系列序号: {n}",
    "发文字号: 示总工发〔2025〕{n}号\n文种: 通知\n发文机关:\n  - 示例市总工会",
    "发文字号: 示总工发〔2024〕{n}号\n文种: 办法\n修改:\n  - 示总工发〔2026〕12号",
    "解读:\n  - 示总工发〔2026〕12号", "相关内容:\n  - skills-contest",
    "配图: images/2026/membership.png\n配图说明: 会员证",
    "附件:\n  - 表: attachments/2026/venue-fees.txt", "旧地址:\n  - /old/{n}.html",
    "公示开始: 2026-11-16\n公示截止: 2026-11-24\n联系人: 甲\n联系电话: 000-1\n公示结束后撤下名单: 是",
    "关键词:\n  - 职工福利",
)  # fmt: skip
SURFACE = (
    "关键词: 送清凉", "关键词: 工会", "摘要: 各级工会到一线看望职工。", "摘要: 关心职工。", "作者: 林晓禾",
    "来源: 示例市总工会", "副标题: 记一次走访",
)  # fmt: skip
NEWLINE = "\n"
COLUMNS = ("news", "notices/notice", "service/guide", "study/theory", "policies/documents")
TITLES = ("送清凉", "职工福利办法", "技能大赛", "示例市基层工会职工福利办法", "冬季送温暖")


def png(shade: int) -> bytes:
    """Return a small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 40, 30, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes([shade]) * 40 for _ in range(30)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Editing(RuleBasedStateMachine):
    """Changes anything that a site is made from, and builds after each change."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="policysite-editing-"))
        self.now = builds.NOW
        self.added = 0

    def teardown(self) -> None:
        """Leave nothing behind."""
        for name in ("output", "clean"):
            store_of(self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        """Start from the good site, built."""
        shutil.copytree(builds.GOOD / "content", self.folder / "content")
        self.config = builds.copy_theme(self.folder)
        assert self.made("output")

    # What a clean build makes

    @invariant()
    def the_site_is_that_of_a_clean_build(self) -> None:
        """Byte for byte; what is the same as before was not written again."""
        output = self.folder / "output"
        tree, times = builds.read_tree(output), builds.read_times(output)
        done = self.made("output")
        clean = self.folder / "clean"
        store_of(clean).unlink(missing_ok=True)
        shutil.rmtree(clean, ignore_errors=True)
        assert self.made("clean") == done
        after = builds.read_tree(output)
        wanted = builds.read_tree(clean) if done else tree
        assert sorted(after) == sorted(wanted)
        assert [name for name in after if after[name] != wanted[name]] == []
        same = [name for name in after if after[name] == tree.get(name)]
        now = builds.read_times(output)
        assert [name for name in same if now[name] != times[name]] == []

    def made(self, output: str) -> bool:
        """Build; return whether the content was fit for it."""
        os.environ["SOURCE_DATE_EPOCH"] = str(self.now)
        try:
            build(Run(str(self.config), "", str(self.folder / output), needs_site=False))
        except CannotBuild:
            return False
        return True

    # What people do

    def articles(self) -> list[Path]:
        """Return all articles."""
        return sorted((self.folder / "content").rglob("20*.md"))

    def chosen(self, number: int) -> Path:
        """Return one of the articles."""
        articles = self.articles()
        return articles[number % len(articles)]

    @rule(number=st.integers(0, 99), text=st.sampled_from(WORDS))
    def write_more(self, number: int, text: str) -> None:
        """Add to a body."""
        path = self.chosen(number)
        path.write_text(f"{path.read_text('utf-8')}\n\n{text}\n", "utf-8")

    @rule(number=st.integers(0, 99), line=st.sampled_from(LINES))
    def state(self, number: int, line: str) -> None:
        """Add a field, which may be there already."""
        self.added += 1
        path = self.chosen(number)
        text = path.read_text("utf-8")
        path.write_text(text.replace("---\n", f"---\n{line.format(n=self.added)}\n", 1), "utf-8")

    @rule(number=st.integers(0, 99), text=st.sampled_from(WORDS))
    def write_otherwise(self, number: int, text: str) -> None:
        """Put other words in the place of the last ones."""
        path = self.chosen(number)
        path.write_text(f"{path.read_text('utf-8').rstrip().rpartition(NEWLINE)[0]}\n{text}\n")

    @rule(number=st.integers(0, 99), line=st.sampled_from(SURFACE))
    def touch_up(self, number: int, line: str) -> None:
        """Write another line of what only the article itself shows, in the place of the last."""
        path = self.chosen(number)
        kept = [old for old in path.read_text("utf-8").split("\n") if line[:3] != old[:3]]
        path.write_text("\n".join([kept[0], line, *kept[1:]]), "utf-8")

    @rule(number=st.integers(0, 99), title=st.sampled_from(TITLES))
    def rename(self, number: int, title: str) -> None:
        """Give an article another title."""
        path = self.chosen(number)
        lines = path.read_text("utf-8").split("\n")
        lines = [f"标题: {title}" if line.startswith("标题:") else line for line in lines]
        path.write_text("\n".join(lines), "utf-8")

    @rule(
        column=st.sampled_from(COLUMNS), title=st.sampled_from(TITLES), line=st.sampled_from(LINES),
        text=st.sampled_from(WORDS), day=st.integers(1, 28),
    )  # fmt: skip
    def add(self, column: str, title: str, line: str, text: str, day: int) -> None:
        """Write a new article; of the 28 days of November some are still to come."""
        self.added += 1
        path = self.folder / "content" / column / f"2026-11-{day:02}-new-{self.added}.md"
        head = f"标题: {title}\n发布日期: 2026-11-{day:02}\n{line.format(n=self.added)}"
        path.write_text(f"---\n{head}\n---\n\n{text}\n", "utf-8")

    @rule(number=st.integers(0, 99))
    def delete(self, number: int) -> None:
        """Take an article away; links to it may then lead nowhere."""
        self.chosen(number).unlink()

    @rule(number=st.integers(0, 99), column=st.sampled_from(COLUMNS))
    def move(self, number: int, column: str) -> None:
        """Put an article into another column."""
        path = self.chosen(number)
        path.rename(self.folder / "content" / column / path.name)

    @rule(shade=st.integers(0, 255))
    def replace_a_picture(self, shade: int) -> None:
        """Put another image in the place of one."""
        (self.folder / "content/images/2026/membership.png").write_bytes(png(shade))

    @rule(size=st.integers(1, 5000))
    def replace_an_attachment(self, size: int) -> None:
        """Put another file in the place of one, which has a size on the page."""
        path = self.folder / "content/attachments/2026/venue-fees.txt"
        path.write_text("费" * size, "utf-8")

    @rule(name=st.sampled_from(("通知公告", "公告栏", "最新通知")))
    def rename_a_column(self, name: str) -> None:
        """Give a column another name."""
        self.edit("content/columns.toml", 'name = "', f'name = "{name[:2]}', 1)

    @rule(mark=st.integers(0, 9))
    def edit_a_template(self, mark: int) -> None:
        """Change what all pages show, or lists."""
        names = ("base.html", "macros/article_list.html", "macros/related.html")
        self.edit(f"theme/templates/{names[mark % 3]}", "<ul", f'<ul data-n="{mark}"', 1)
        self.edit(f"theme/templates/{names[mark % 3]}", "<body", f'<body data-n="{mark}"', 1)

    @rule(mark=st.integers(0, 9))
    def edit_a_style_sheet(self, mark: int) -> None:
        """Change the style sheet, whose address then changes on every page."""
        path = self.folder / "theme/static/css/base.css"
        path.write_text(f"{path.read_text('utf-8')}\n.n{mark} {{ color: red }}\n", "utf-8")

    @rule(size=st.sampled_from((5, 6, 20)), count=st.integers(0, 3))
    def edit_settings(self, size: int, count: int) -> None:
        """Change how long lists are, and how many related articles are shown."""
        text = builds.GOOD_CONFIG.read_text("utf-8")
        text = text.replace("page_size=5", f"page_size={size}")
        text = text.replace("related_count=1", f"related_count={count}")
        content = str(self.folder / "content")
        self.config.write_text(f"{text}\nTHEME = 'theme'\nPATH = {content!r}\n", "utf-8")

    @rule(days=st.sampled_from((-200, -1, 1, 2, 3, 60, 400)))
    def wait(self, days: int) -> None:
        """Build on another day: states end, what was scheduled appears."""
        self.now += days * DAY

    @rule(number=st.integers(0, 999), harm=st.sampled_from(("delete", "alter", "add")))
    def meddle_with_the_output(self, number: int, harm: str) -> None:
        """Change the published site from outside."""
        files = [path for path in sorted((self.folder / "output").rglob("*")) if path.is_file()]
        path = files[number % len(files)]
        if harm == "delete":
            path.unlink()
        elif harm == "alter":
            path.write_bytes(path.read_bytes()[::-1])
        else:
            path.with_name("stranger.html").write_text("外来", "utf-8")

    @rule(harm=st.sampled_from(("cut", "alter", "foreign", "gone")), place=st.floats(0, 1))
    def damage_the_store(self, harm: str, place: float) -> None:
        """What the last build kept is not to be believed."""
        damage(store_of(self.folder / "output"), harm, place)

    @precondition(lambda _: settings.get_current_profile_name() == "long")
    @rule(number=st.integers(0, 99), text=st.sampled_from(WORDS), seconds=st.floats(0.3, 4))
    def be_killed(self, number: int, text: str, seconds: float) -> None:
        """Change something, and kill the build of it at any moment."""
        self.write_more(number, text)
        output = str(self.folder / "output")
        run = f"Run({str(self.config)!r}, '', {output!r}, needs_site=False)"
        code = f"from policysite.engine import Run, build; build({run})"
        with subprocess.Popen(
            [sys.executable, "-c", code], env=builds.variables(self.now), stderr=subprocess.DEVNULL
        ) as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()

    def edit(self, name: str, old: str, new: str, count: int) -> None:
        path = self.folder / name
        path.write_text(path.read_text("utf-8").replace(old, new, count), "utf-8")


def damage(store: Path, harm: str, place: float) -> None:
    """Spoil a store in one of the ways that happen."""
    if harm == "gone":
        store.unlink(missing_ok=True)
        return
    data = store.read_bytes() if store.is_file() else b""
    at = int(place * len(data))
    match harm:
        case "cut":
            data = data[:at]
        case "alter":
            data = data[:at] + bytes(255 - byte for byte in data[at : at + 64]) + data[at + 64 :]
        case "foreign":
            data = "这不是数据库".encode() * 100
    store.write_bytes(data)


def test_after_any_edits_the_site_is_that_of_a_clean_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """More of it: `pytest --hypothesis-profile=long tests/build/test_incremental.py`."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(builds.NOW))
    is_long = settings.get_current_profile_name() == "long"
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=200 if is_long else 2,
            stateful_step_count=12 if is_long else 6,
            suppress_health_check=list(HealthCheck),
            deadline=None,
        ),
    )
