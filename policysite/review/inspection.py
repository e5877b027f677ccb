"""What the roster asks of all content, held against the history of its repository."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policysite.model.content import Content
from policysite.model.fields import Status
from policysite.model.manuscript import Article
from policysite.pages.proof import Edition
from policysite.problems import Problem, problem
from policysite.review.digest import digest_of
from policysite.review.evidence import NoHistory, Record, read_records
from policysite.review.roster import ROSTER, Roster, read_roster
from policysite.review.verify import Subject, review_problems

# A draft is not out yet, a withdrawn text no longer.
_PUBLIC = (Status.PUBLISHED, Status.SCHEDULED, Status.HIDDEN)


@dataclass(frozen=True, slots=True)
class Reviews:
    """The roster, the articles that it asks something of, and all records of reviews."""

    roster: Roster
    subjects: tuple[Subject, ...]
    records: tuple[Record, ...]


def read_reviews(edition: Edition, *, drafts: bool = False) -> tuple[Reviews, list[Problem]]:
    """Read the roster and the records for an edition; `drafts` too are asked about if wanted."""
    content = edition.content
    roster, problems = read_roster(content.root, content.columns)
    subjects = tuple(_subjects(edition, roster, drafts=drafts))
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


def inspect_reviews(edition: Edition) -> list[Problem]:
    """Return what stands against publishing: missing, stale and false reviews."""
    reviews, problems = read_reviews(edition)
    for subject in reviews.subjects:
        problems += review_problems(subject, reviews.records, reviews.roster)
    return sorted(problems)


def _subjects(edition: Edition, roster: Roster, *, drafts: bool) -> Iterator[Subject]:
    wanted = (*_PUBLIC, Status.DRAFT) if drafts else _PUBLIC
    for article in edition.content.articles:
        assert article.column, "an article has its column from its folder"
        demand = roster.demand(article.column, article.fields.date.date())
        if article.status in wanted and (demand.reviews or demand.proofs):
            digest = article_digest(edition, article)
            yield Subject(article.path, article.fields.title, article.url, digest, demand)


def article_digest(edition: Edition, article: Article) -> str:
    """Return the digest of an article as it stands in an edition."""
    content: Content = edition.content
    used = sorted(edition.proofs[article.source].files & content.files.keys())
    return digest_of(article, used, content.files)
