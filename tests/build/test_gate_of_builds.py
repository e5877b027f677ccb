"""What the build refuses to publish: texts, attachments and terms, also when it kept what it found."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from policysite.engine.quick import store_of
from policysite.engine.run import CannotBuild, Run, build
from policysite.tools.review import review
from tests.build import builds
from tests.build.test_review import ASKING, PEOPLE
from tests.unit.lint.test_attachments import ID, docx

NEWS = "news/2026-10-12-skills-contest.md"
FORM = "attachments/2026/venue-fees.docx"


@dataclass
class Site:
    """A site in a folder of its own, built in this process."""

    folder: Path
    config: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def edit(self, old: str, new: str, name: str = NEWS) -> None:
        path = self.content / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def build(self) -> None:
        build(Run(str(self.config), str(self.content), str(self.output)))

    def refusal(self, capsys: pytest.CaptureFixture[str]) -> str:
        """Return what is told of a build that is refused."""
        capsys.readouterr()
        with pytest.raises(CannotBuild):
            self.build()
        return capsys.readouterr().err


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(builds.NOW))
    builds.copy_content(tmp_path)
    made = Site(tmp_path, builds.copy_theme(tmp_path))
    yield made
    store_of(made.output).unlink(missing_ok=True)


def test_a_fault_in_a_text_is_refused_again_until_it_is_mended(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.build()
    before = builds.read_tree(site.output)
    site.edit("\n---\n\n", "\n---\n\n认真学习,贯彻落实。\n\n")
    assert f"content/{NEWS}:" in (told := site.refusal(capsys))
    assert "[T101]" in told
    assert site.refusal(capsys) == told
    assert builds.read_tree(site.output) == before
    site.edit("学习,贯彻", "学习，贯彻")
    site.build()


def test_a_word_that_the_site_forbids_later_is_found_in_old_texts(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.build()
    term = '[[term]]\nkind = "禁用"\nwrong = ["选手"]\nright = "参赛职工"\nreason = "本站用语"\n'
    (site.content / "terms.toml").write_text(term, "utf-8")
    assert f"content/{NEWS}:" in site.refusal(capsys)


def test_personal_data_in_an_attachment_is_found_when_it_is_exchanged(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    form = site.content / FORM
    form.parent.mkdir(parents=True, exist_ok=True)
    form.write_bytes(docx("没有个人信息"))
    site.edit("\n---\n", f"\n附件:\n  - 名单: {FORM}\n---\n")
    site.build()
    form.write_bytes(docx(ID))
    told = site.refusal(capsys)
    assert "[D606]" in told
    assert ID not in told


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def test_a_published_build_wants_the_reviews_that_the_roster_asks_for(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    roster = ASKING.format('default = "不要求"\n[columns]\nnews = "三审三校"\n', key="")
    (site.content / "reviewers.toml").write_text(roster, "utf-8")
    for path in (site.content / "news").glob("*.md"):
        if path.name != Path(NEWS).name:
            path.unlink()
    git(site.folder, "init", "-q")
    commit(site.folder)
    site.build()  # settings of the preview do not ask
    settings = site.config.read_text("utf-8")
    asking = '\nSITE = SITE.model_copy(update={"require_review": True})\n'
    site.config.write_text(settings + asking, "utf-8")
    assert "[A101]" in site.refusal(capsys)
    for step in ("校对", "校对", "校对", "初审", "复审", "终审"):
        be(site.folder, step)
        review(site.content / NEWS, step, site.content, is_sure=True)
    site.build()
    site.edit("\n---\n\n", "\n---\n\n又改了一句。\n\n")
    commit(site.folder)
    assert "[A102]" in site.refusal(capsys)
    (site.content / "reviewers.toml").unlink()
    commit(site.folder)
    assert "[A110]" in site.refusal(capsys)


def be(folder: Path, step: str) -> None:
    name, email = PEOPLE[step]
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", email)


def commit(folder: Path) -> None:
    be(folder, "初审")
    git(folder, "add", "content")
    git(folder, "commit", "-q", "-m", "content: Edit")
