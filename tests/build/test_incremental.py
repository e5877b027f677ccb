"""Whatever is changed, and in whatever order: the site is the one that a build from nothing makes."""

from __future__ import annotations

import shutil
import subprocess

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

from policysite.engine.quick import store_of
from tests.build import builds
from tests.build.experiment import Experiment
from tests.build.vocabulary import (
    COLUMNS,
    LINES,
    SURFACE,
    SYNONYMS,
    TERMS,
    TITLES,
    WORDS,
    damage,
    png,
)

DAY = 86_400
NEWLINE = "\n"


class Editing(Experiment, RuleBasedStateMachine):
    """Changes anything that a site is made from, and builds after each change."""

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
        assert self.made("output") == (True, self.made("clean")[1])
        self.keep()

    # What a clean build makes

    @invariant()
    def the_site_is_that_of_a_clean_build(self) -> None:
        """Byte for byte, with the same findings; what is as before was not written again."""
        output = self.folder / "output"
        tree, times = builds.read_tree(output), builds.read_times(output)
        is_good, said = self.made("output")
        clean = self.folder / "clean"
        store_of(clean).unlink(missing_ok=True)
        shutil.rmtree(clean, ignore_errors=True)
        assert (is_good, said) == self.made("clean")
        after = builds.read_tree(output)
        wanted = builds.read_tree(clean) if is_good else tree
        assert sorted(after) == sorted(wanted)
        assert [name for name in after if after[name] != wanted[name]] == []
        same = [name for name in after if after[name] == tree.get(name)]
        now = builds.read_times(output)
        assert [name for name in same if now[name] != times[name]] == []
        self.go_on(is_good=is_good)

    # What people do

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

    @rule(number=st.integers(0, 99), shade=st.integers(0, 255))
    def show_a_new_picture(self, number: int, shade: int) -> None:
        """Put a new image beside the others and show it in a text."""
        self.added += 1
        name = f"images/2026/new-{self.added}.png"
        (self.folder / "content" / name).write_bytes(png(shade))
        path = self.chosen(number)
        path.write_text(f"{path.read_text('utf-8')}\n\n![新图](/{name})\n", "utf-8")

    @rule(number=st.integers(0, 99))
    def rename_a_file(self, number: int) -> None:
        """Give an image or attachment another name, in the texts that use it too."""
        content = self.folder / "content"
        files = [*(content / "images").rglob("*.*"), *(content / "attachments").rglob("*.*")]
        path = sorted(files)[number % len(files)]
        self.added += 1
        other = path.with_name(f"renamed-{self.added}{path.suffix}")
        path.rename(other)
        for text in content.rglob("*.md"):
            text.write_text(text.read_text("utf-8").replace(path.name, other.name), "utf-8")

    @rule(text=st.sampled_from(TERMS))
    def edit_the_terms(self, text: str) -> None:
        """Write another list of words that the site does not want."""
        (self.folder / "content/terms.toml").write_text(text, "utf-8")

    @rule(text=st.sampled_from(SYNONYMS))
    def edit_the_synonyms(self, text: str) -> None:
        """Write another list of words that mean the same."""
        (self.folder / "content/synonyms.toml").write_text(text, "utf-8")

    @rule(version=st.binary(min_size=16, max_size=16))
    def renew_the_program(self, version: bytes) -> None:
        """Change our code or a library: nothing of what another version kept is believed."""
        self.program = version

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
        with self.started() as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()

    @precondition(lambda _: settings.get_current_profile_name() == "long")
    @rule(number=st.integers(0, 99), text=st.sampled_from(WORDS), title=st.sampled_from(TITLES))
    def build_twice_at_once(self, number: int, text: str, title: str) -> None:
        """Edit while a build runs, and start another beside it."""
        self.write_more(number, text)
        with self.started():
            self.rename(number + 1, title)
            with self.started():
                pass


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
