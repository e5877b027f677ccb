"""An article on its way through 三审三校, in a real repository."""

from __future__ import annotations

import csv
import os
import subprocess
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from policysite.messages import MESSAGES
from policysite.model.content import ROSTER, read_content
from policysite.review.inspection import inspect_reviews
from policysite.tools import check as checking
from policysite.tools.review import CannotReview, review, review_log
from tests.unit.making import NOW, front_matter, write_content

ARTICLE = "notices/2026-03-15-summer-heat.md"
PEOPLE = {
    "初审": ("林晓禾", "linxiaohe@example.org"),
    "复审": ("周予安", "zhouyuan@example.org"),
    "终审": ("许知微", "xuzhiwei@example.org"),
    "校对": ("陈一苇", "chenyiwei@example.org"),
}
ASKING = "since = 2026-01-01\n{}" + "".join(
    f'\n[[person]]\nname = "{name}"\nemail = "{email}"\nroles = ["{step}"]\n{{key}}'
    for step, (name, email) in PEOPLE.items()
)
NOTHING_OF_THE_USER = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@dataclass
class Desk:
    """A repository with one article that has to be reviewed."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def article(self) -> Path:
        return self.content / ARTICLE

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout

    def be(self, step: str) -> None:
        name, email = PEOPLE[step]
        self.git("config", "user.name", name)
        self.git("config", "user.email", email)

    def commit(self, message: str = "content: Edit") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def take(self, step: str) -> None:
        self.be(step)
        review(self.article, step, self.content, is_sure=True)

    def take_all(self) -> None:
        for step in ("校对", "校对", "校对", "初审", "复审", "终审"):
            self.take(step)

    def codes(self) -> list[str]:
        report = checking.check(self.content, [])
        return [found.code for found in report.problems if found.code.startswith("A")]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name, value in NOTHING_OF_THE_USER.items():
        monkeypatch.setenv(name, value)
    write_content(tmp_path, {ARTICLE: front_matter(), ROSTER: ASKING.format("", key="")})
    made = Desk(tmp_path)
    made.git("init", "-q")
    made.be("初审")
    made.commit()
    return made


def test_an_article_goes_from_draft_through_reviews_and_is_refused_after_an_edit(
    desk: Desk,
) -> None:
    text = desk.article.read_text("utf-8")
    desk.article.write_text(text.replace("---\n\n", "状态: 草稿\n---\n\n"), "utf-8")
    desk.commit()
    assert desk.codes() == []
    desk.take_all()
    desk.article.write_text(text, "utf-8")  # 草稿 becomes 已发布: arrangement, not text
    desk.commit()
    assert desk.codes() == []
    desk.article.write_text(text.replace("一线", "第一线"), "utf-8")
    desk.commit()
    assert desk.codes() == ["A102"] * 4
    for step in ("校对", "初审", "复审", "终审"):
        desk.take(step)
    assert desk.codes() == []


def test_a_published_article_without_reviews_is_refused(desk: Desk) -> None:
    assert desk.codes() == ["A101", "A101", "A101", "A107"]


def test_steps_are_taken_in_their_order_and_by_those_who_may(desk: Desk) -> None:
    with pytest.raises(CannotReview, match="还没有初审"):
        desk.take("复审")
    desk.be("校对")
    with pytest.raises(CannotReview, match="陈一苇在名册里的角色是校对，不能做初审"):
        review(desk.article, "初审", desk.content, is_sure=True)
    desk.git("config", "user.email", "nobody@example.org")
    with pytest.raises(CannotReview, match="不在 content/reviewers"):
        review(desk.article, "初审", desk.content, is_sure=True)


def test_what_is_not_committed_cannot_be_reviewed(desk: Desk) -> None:
    desk.article.write_text(desk.article.read_text("utf-8") + "\n另行通知。\n", "utf-8")
    with pytest.raises(CannotReview, match="还没提交的改动"):
        desk.take("初审")
    desk.commit()
    desk.git("rm", "-q", "--cached", f"content/{ROSTER}")
    with pytest.raises(CannotReview, match="提交"):
        desk.take("初审")


def test_an_article_with_errors_cannot_be_reviewed(desk: Desk) -> None:
    desk.article.write_text(desk.article.read_text("utf-8") + "\n见[甲](/no.html)。\n", "utf-8")
    desk.commit()
    with pytest.raises(CannotReview, match="请先改正"):
        desk.take("初审")


def test_nobody_is_asked_where_nobody_can_answer(desk: Desk) -> None:
    with pytest.raises(CannotReview, match="--yes"):
        review(desk.article, "初审", desk.content, is_sure=False)
    assert desk.git("log", "--format=%s").strip() == "content: Edit"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("README.md", "不在"),
        ("content/pages/intro.md", "找不到文章"),
        ("content/no.md", "找不到文章"),
    ],
)
def test_only_articles_are_reviewed(desk: Desk, path: str, said: str) -> None:
    with pytest.raises(CannotReview, match=said):
        review(desk.root / path, "初审", desk.content, is_sure=True)


def test_a_record_that_another_one_committed_is_refused(desk: Desk) -> None:
    desk.take("初审")
    copied = desk.git("log", "-1", "--format=%B").replace("First-", "Second-")
    copied = copied.replace(PEOPLE["初审"][0], PEOPLE["复审"][0])
    desk.commit(copied.replace(PEOPLE["初审"][1], PEOPLE["复审"][1]))
    assert desk.codes() == ["A101", "A105", "A107"]


def test_the_roles_of_today_decide(desk: Desk) -> None:
    desk.take("初审")
    roster = desk.content / ROSTER
    roster.write_text(roster.read_text("utf-8").replace('["初审"]', '["初审", "校对"]'), "utf-8")
    desk.commit()
    assert "A103" not in desk.codes()
    roster.write_text(roster.read_text("utf-8").replace("linxiaohe", "linxiaohe2"), "utf-8")
    desk.commit()
    assert "A103" in desk.codes()


def test_two_reviews_by_one_person_do_not_count_as_two(desk: Desk) -> None:
    roster = desk.content / ROSTER
    roster.write_text(roster.read_text("utf-8").replace('["初审"]', '["初审", "复审"]'), "utf-8")
    desk.commit()
    desk.take("初审")
    with pytest.raises(CannotReview, match="林晓禾已经做过初审"):
        review(desk.article, "复审", desk.content, is_sure=True)
    desk.commit(desk.git("log", "-1", "--format=%B").replace("First-", "Second-"))
    assert "A104" in desk.codes()


def test_signed_reviews_are_told_from_unsigned_ones(desk: Desk, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(keys / "id")], check=True
    )
    public = (keys / "id.pub").read_text("utf-8").strip()
    desk.take("初审")
    (desk.root / ".gitignore").write_text("keys/\n", "utf-8")
    asking = ASKING.format("signed = true\n", key=f'key = "{public}"\n')
    (desk.content / ROSTER).write_text(asking, "utf-8")
    desk.commit()
    assert "A106" in desk.codes()
    desk.git("config", "gpg.format", "ssh")
    desk.git("config", "user.signingkey", str(keys / "id"))
    desk.take("初审")
    assert "A106" not in desk.codes()


def test_a_history_that_was_cut_short_proves_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.take_all()
    shallow = Desk(tmp_path / "shallow")
    desk.git("clone", "-q", "--depth=1", f"file://{desk.root}", str(shallow.root))
    assert shallow.codes() == ["A109"]


def test_content_outside_of_a_repository_is_not_taken_for_reviewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    files = {ARTICLE: front_matter(), ROSTER: ASKING.format("", key="")}
    report = checking.check(write_content(tmp_path, files), [])
    assert [found.code for found in report.problems] == ["A109"]


def test_who_asks_for_reviews_without_a_roster_is_told(tmp_path: Path) -> None:
    """Deleted with the sample content, it would be missed by nobody."""
    content, _ = read_content(write_content(tmp_path, {ARTICLE: front_matter()}), NOW)
    assert [found.code for found in inspect_reviews(content, {})] == ["A110"]


def test_the_log_tells_what_each_review_is_worth(desk: Desk) -> None:
    desk.take_all()
    desk.article.write_text(desk.article.read_text("utf-8") + "\n另行通知。\n", "utf-8")
    desk.commit()
    desk.take("初审")
    log = review_log(desk.content)
    assert log.startswith("\ufeff")
    rows = [*csv.DictReader(StringIO(log.removeprefix("\ufeff")))]
    assert [(row["步骤"], row["审校人"], row["结论"]) for row in rows][-3:] == [
        ("复审", "周予安", "审后改动"),
        ("终审", "许知微", "审后改动"),
        ("初审", "林晓禾", "有效"),
    ]
    assert {row["文件"] for row in rows} == {f"content/{ARTICLE}"}
    assert all(len(row["提交号"]) == 40 for row in rows)


def test_every_code_of_reviews_is_tested_here() -> None:
    tested = Path(__file__).read_text("utf-8")
    tested += Path(__file__).parents[1].joinpath("unit/review/test_roster.py").read_text("utf-8")
    tested += Path(__file__).parents[1].joinpath("unit/review/test_verify.py").read_text("utf-8")
    assert [
        c
        for c in MESSAGES
        if c.startswith("A1") and f'"{c}"' not in tested and f"[{c}]" not in tested
    ] == []
