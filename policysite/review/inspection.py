"""What the roster asks of all content, held against the history of its repository."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policysite.model.content import ROSTER, Content
from policysite.model.fields import Status
from policysite.model.manuscript import Article
from policysite.problems import Problem, problem
from policysite.review.digest import digest_of
from policysite.review.evidence import NoHistory, Record, read_records
from policysite.review.roster import Roster, read_roster
from policysite.review.verify import Subject, review_problems

# A draft is not out yet, a withdrawn text no longer.
_PUBLIC = (Status.PUBLISHED, Status.SCHEDULED, Status.HIDDEN)


Used = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Reviews:
    """The roster, the articles that it asks something of, and all records of reviews."""

    roster: Roster
    subjects: tuple[Subject, ...]
    records: tuple[Record, ...]


def read_reviews(
    content: Content,
    used: Used,
    is_wanted: Callable[[str], bool] = lambda _: True,
    *,
    drafts: bool = False,
) -> tuple[Reviews, list[Problem]]:
    """Read the roster and the records; `drafts` too are asked about if wanted.

    `used` are the files under content/ that each manuscript uses, by its own path there;
    `is_wanted` says of such a path whether it is asked about.
    """
    roster, problems = read_roster(content.root, content.columns)
    subjects = tuple(
        subject
        for article in content.articles
        if is_wanted(article.source)
        for subject in _subjects(article, content, used, roster, drafts=drafts)
    )
    if not subjects:
        return Reviews(roster, (), ()), problems
    records: Sequence[Record] = ()
    try:
        people = roster.people.values()
        records = read_records(content.root, people, is_signed=roster.is_signed)
    except NoHistory as error:
        shown = f"{content.shown}/{ROSTER}"
        return Reviews(roster, (), ()), [*problems, problem("A109", shown, reason=str(error))]
    return Reviews(roster, subjects, tuple(records)), problems


def inspect_reviews(
    content: Content, used: Used, is_wanted: Callable[[str], bool] = lambda _: True
) -> list[Problem]:
    """Return what stands against publishing: missing, stale and false reviews.

    Without a roster nobody can say what was reviewed: whoever removes it must not thereby publish
    without.
    """
    if not (content.root / ROSTER).is_file():
        return [problem("A110", f"{content.shown}/{ROSTER}")]
    reviews, problems = read_reviews(content, used, is_wanted)
    for subject in reviews.subjects:
        problems += review_problems(subject, reviews.records, reviews.roster)
    return sorted(problems)


def _subjects(
    article: Article, content: Content, used: Used, roster: Roster, *, drafts: bool
) -> Iterator[Subject]:
    """Yield an article that something is asked of."""
    assert article.column, "an article has its column from its folder"
    demand = roster.demand(article.column, article.fields.date.date())
    states = (*_PUBLIC, Status.DRAFT) if drafts else _PUBLIC
    if article.status in states and (demand.reviews or demand.proofs):
        files = sorted(set(used.get(article.source, ())) & content.files.keys())
        digest = digest_of(article, files, content.files)
        yield Subject(article.path, article.fields.title, article.url, digest, demand)
