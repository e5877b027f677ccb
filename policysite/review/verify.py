"""Whether the evidence meets what the roster asks for: pure, from values to problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policysite.problems import Problem, problem
from policysite.review.evidence import Record
from policysite.review.roster import PROOF, REVIEWS, Demand, Roster


@dataclass(frozen=True, slots=True)
class Subject:
    """An article under review: its file, its address, its digest today, what it needs."""

    path: str
    title: str
    address: str
    digest: str
    demand: Demand


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which of an article's records count, and why the others do not.

    `stale` were made of another text; `refused` pairs a record with the code of the problem.
    """

    valid: tuple[Record, ...]
    stale: tuple[Record, ...]
    refused: tuple[tuple[Record, str], ...]

    def of(self, step: str) -> tuple[Record, ...]:
        """Return the valid records of a step."""
        return tuple(record for record in self.valid if record.step == step)


def judge(subject: Subject, records: Sequence[Record], roster: Roster) -> Verdict:
    """Return what the records of one article are worth; those of other articles are ignored."""
    valid, stale, refused = [], [], []
    for record in records:
        if record.address != subject.address:
            continue
        if code := _refusal(record, roster):
            refused.append((record, code))
        elif record.digest != subject.digest:
            stale.append(record)
        else:
            valid.append(record)
    return Verdict(tuple(valid), tuple(stale), tuple(refused))


def _refusal(record: Record, roster: Roster) -> str:
    person = roster.people.get(record.email)
    if person is None or record.step not in person.roles:
        return "A103"
    if record.author != record.email:
        return "A105"
    if roster.is_signed and record.signer != record.email:
        return "A106"
    return ""


def review_problems(
    subject: Subject, records: Sequence[Record], roster: Roster
) -> Iterator[Problem]:
    """Yield what is missing for the publication of one article."""
    verdict = judge(subject, records, roster)
    for step in subject.demand.reviews:
        if not verdict.of(step):
            yield _missing(subject, step, verdict, roster)
    yield from _same_person(subject, verdict)
    yield from _proofs(subject, verdict, roster)


def _missing(subject: Subject, step: str, verdict: Verdict, roster: Roster) -> Problem:
    old = [record for record in verdict.stale if record.step == step]
    if old:
        return _outdated(subject, old[-1])
    for record, code in verdict.refused:
        if record.step == step:
            who = {"name": record.name, "email": record.email, "author": record.author}
            return problem(code, subject.path, 0, 1, step=step, **who)
    people = "、".join(person.name for person in roster.named(step))
    return problem("A101", subject.path, step=step, people=people, file=subject.path)


def _outdated(subject: Subject, record: Record) -> Problem:
    day = record.moment[:10]
    return problem("A102", subject.path, step=record.step, name=record.name, day=day)


def _same_person(subject: Subject, verdict: Verdict) -> Iterator[Problem]:
    """三审 are by three people: whoever has several steps is free for one of them only."""
    wanted = [s for s in REVIEWS if s in subject.demand.reviews and verdict.of(s)]
    choices = [sorted({record.email for record in verdict.of(step)}) for step in wanted]
    if not _distinct(choices):
        names = dict.fromkeys(r.name for step in wanted for r in verdict.of(step))
        steps = "、".join(wanted)
        yield problem("A104", subject.path, steps=steps, names="、".join(names))


def _distinct(choices: Sequence[Sequence[str]], taken: frozenset[str] = frozenset()) -> bool:
    if not choices:
        return True
    return any(_distinct(choices[1:], taken | {one}) for one in choices[0] if one not in taken)


def _proofs(subject: Subject, verdict: Verdict, roster: Roster) -> Iterator[Problem]:
    """Corrections follow a proof, so that only the last one is of the text as it is."""
    wanted = subject.demand.proofs
    if not wanted:
        return
    earlier = [record for record in verdict.stale if record.step == PROOF]
    count = len(earlier) + len(verdict.of(PROOF))
    if count < wanted:
        people = "、".join(person.name for person in roster.named(PROOF))
        yield problem(
            "A107", subject.path, count=count, wanted=wanted, people=people, file=subject.path
        )
    elif not verdict.of(PROOF):
        yield _outdated(subject, earlier[-1])
