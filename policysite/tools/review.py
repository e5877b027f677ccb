"""`review` and `review-log`: take a step of 三审三校, and list all that were taken."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import questionary

from policysite.clock import build_time
from policysite.gate import inspect
from policysite.pages.article import quoted
from policysite.pages.proof import Edition
from policysite.problems import errors
from policysite.review.evidence import NoHistory, message, run_git
from policysite.review.inspection import Reviews, read_reviews
from policysite.review.log import write_log
from policysite.review.roster import REVIEWS, STEPS, Person
from policysite.review.verify import Subject, judge


class CannotReview(Exception):
    """The step cannot be taken; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: by whom, of which text (its title in 书名号)."""

    step: str
    name: str
    title: str


def review(path: Path, step: str, content: Path, *, is_sure: bool) -> Taken:
    """Record, as a commit of the person at this machine, that they have read an article.

    Raises:
        CannotReview: wrong step or person, an article with errors, changes not committed yet.

    """
    if step not in STEPS:
        raise CannotReview(f"--step 要写{'、'.join(STEPS)}中的一个，现在是“{step}”。")
    edition, problems = inspect(content, build_time())
    reviews, more = read_reviews(edition.content, edition.used, drafts=True)
    subject = _subject(path, content, edition, reviews)
    if broken := errors([*(p for p in problems if p.path == subject.path), *more]):
        raise CannotReview("\n".join(["请先改正：", *map(str, broken)]))
    try:
        person = _person(step, content, reviews)
        _check_order(step, person, subject, reviews)
        _check_committed(content)
    except NoHistory as error:
        raise CannotReview(f"{error}。") from None
    title = quoted(subject.title)
    question = f"{person.name}，确认已经完整看过{title}，{step}通过？"
    if not is_sure and not _is_confirmed(question):
        raise CannotReview("没有记录。")
    text = message(f"review: {step}{title}", subject.address, subject.digest, step, person)
    _commit(content, text, is_signed=reviews.roster.is_signed)
    return Taken(step, person.name, title)


def review_log(content: Path) -> str:
    """Return the log of reviews as CSV.

    Raises:
        CannotReview: the roster or the history cannot be read.

    """
    edition, _ = inspect(content, build_time())
    reviews, problems = read_reviews(edition.content, edition.used, drafts=True)
    if broken := errors(problems):
        raise CannotReview("\n".join(map(str, broken)))
    return write_log(reviews)


def _subject(path: Path, content: Path, edition: Edition, reviews: Reviews) -> Subject:
    try:
        source = path.resolve().relative_to(content.resolve()).as_posix()
    except ValueError:
        raise CannotReview(f"{path} 不在 {content} 里。") from None
    shown = f"{content.name}/{source}"
    for subject in reviews.subjects:
        if subject.path == shown:
            return subject
    if any(article.source == source for article in edition.content.articles):
        raise CannotReview(f"{shown} 不要求审校：见 {content.name}/reviewers.toml。")
    raise CannotReview(f"找不到文章 {shown}，或者它的信息栏还有错误。请先运行 check。")


def _person(step: str, content: Path, reviews: Reviews) -> Person:
    try:
        email = run_git(content, "config", "user.email").strip().lower()
    except NoHistory:
        email = ""
    person = reviews.roster.people.get(email)
    if person is None:
        raise CannotReview(
            f"git 的邮箱“{email}”不在 {content.name}/reviewers.toml 里。"
            "请用 git config user.email 设成名册里本人的邮箱。"
        )
    if step not in person.roles:
        raise CannotReview(
            f"{person.name}在名册里的角色是{'、'.join(person.roles)}，不能做{step}。"
        )
    return person


def _check_order(step: str, person: Person, subject: Subject, reviews: Reviews) -> None:
    verdict = judge(subject, reviews.records, reviews.roster)
    if step in subject.demand.reviews:
        for earlier in subject.demand.reviews[: subject.demand.reviews.index(step)]:
            if not verdict.of(earlier):
                raise CannotReview(f"还没有{earlier}，请先完成{earlier}，再做{step}。")
    others = [other for other in REVIEWS if other != step] if step in REVIEWS else []
    for other in others:
        if any(record.email == person.email for record in verdict.of(other)):
            raise CannotReview(f"{person.name}已经做过{other}，{step}要由别人来做。")


def _check_committed(content: Path) -> None:
    if run_git(content, "status", "--porcelain", "--untracked-files=all", "--", ".").strip():
        raise CannotReview(f"{content} 里有还没提交的改动。审的应当是提交了的文字，请先提交。")
    if run_git(content, "diff", "--cached", "--name-only").strip():
        raise CannotReview("有已经暂存、还没提交的改动。请先提交或者取消暂存。")


def _is_confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise CannotReview("没有人可以确认。确实看过的，请加 --yes。")
    return bool(questionary.confirm(question, default=False).unsafe_ask())


def _commit(content: Path, text: str, *, is_signed: bool) -> None:
    sign = ["--gpg-sign"] if is_signed else []
    command = ["git", "commit", "--allow-empty", "--quiet", "--no-verify", *sign, "--file=-"]
    done = subprocess.run(  # noqa: S603 -- git with arguments of our own
        command, cwd=content, input=text, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise CannotReview(f"git 没有提交成功：{done.stderr.strip()}")
