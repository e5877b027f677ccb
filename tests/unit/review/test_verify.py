"""Records of reviews against what the roster asks for."""

from datetime import date

import pytest

from policysite.review.evidence import Record
from policysite.review.roster import DEMANDS, STEPS, Person, Roster
from policysite.review.verify import Subject, judge, review_problems

PEOPLE = {
    f"{who}@example.org": Person.model_validate(
        {"name": who, "email": f"{who}@example.org", "roles": roles}
    )
    for who, roles in {"a": STEPS, "b": STEPS, "c": STEPS, "d": ("校对",)}.items()
}
ROSTER = Roster(PEOPLE, date(2026, 1, 1), "三审三校")
SUBJECT = Subject("content/x.md", "通知", "/2026/x.html", "sha256:1", DEMANDS["三审三校"])
PROOFS = tuple(("校对", "d") for _ in range(3))
COMPLETE = (("初审", "a"), ("复审", "b"), ("终审", "c"), *PROOFS)


def record(step: str, who: str, digest: str = "sha256:1", **values: str) -> Record:
    mail = f"{who}@example.org"
    given = {"author": mail, "signer": "", "address": "/2026/x.html"} | values
    return Record(
        digest=digest, step=step, name=who, email=mail, moment="2026-11-20T09:00:00+08:00",
        commit="c0ffee", **given,
    )  # fmt: skip


def found(*records: Record, roster: Roster = ROSTER, subject: Subject = SUBJECT) -> list[str]:
    return [problem.code for problem in review_problems(subject, records, roster)]


def test_three_reviews_and_three_proofs_are_enough() -> None:
    assert found(*(record(*taken) for taken in COMPLETE)) == []


def test_without_any_record_every_step_is_missing() -> None:
    assert found() == ["A101", "A101", "A101", "A107"]


@pytest.mark.parametrize("place", range(6))
def test_each_record_is_needed(place: int) -> None:
    rest = [record(*taken) for n, taken in enumerate(COMPLETE) if n != place]
    assert found(*rest) == ["A101" if place < 3 else "A107"]


def test_records_of_another_article_count_for_nothing() -> None:
    others = [record(*taken, address="/2026/y.html") for taken in COMPLETE]
    assert found(*others) == found()


def test_after_an_edit_every_review_and_the_last_proof_are_asked_for_again() -> None:
    assert found(*(record(*taken, digest="sha256:0") for taken in COMPLETE)) == ["A102"] * 4


def test_earlier_proofs_may_be_of_the_text_before_its_corrections() -> None:
    reviews = [record(*taken) for taken in COMPLETE[:3]]
    proofs = [record("校对", "d", "sha256:0")] * 2 + [record("校对", "d")]
    assert found(*reviews, *proofs) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (record("终审", "d"), "A103"),
        (record("终审", "x"), "A103"),
        (record("终审", "c", author="a@example.org"), "A105"),
    ],
)
def test_a_record_that_proves_nothing_is_refused_with_its_reason(wrong: Record, code: str) -> None:
    rest = [record(*taken) for taken in COMPLETE if taken[0] != "终审"]
    assert found(*rest, wrong) == [code]


@pytest.mark.parametrize("signer", ["", "a@example.org"])
def test_where_signatures_are_asked_for_only_ones_own_counts(signer: str) -> None:
    roster = Roster(PEOPLE, ROSTER.since, ROSTER.default, is_signed=True)
    signed = [record(*taken, signer=f"{taken[1]}@example.org") for taken in COMPLETE]
    assert found(*signed, roster=roster) == []
    signed[2] = record("终审", "c", signer=signer)
    assert found(*signed, roster=roster) == ["A106"]


def test_one_person_cannot_take_two_of_the_three_reviews() -> None:
    twice = [record("初审", "a"), record("复审", "b"), record("终审", "a")]
    assert found(*twice, *(record(*proof) for proof in PROOFS)) == ["A104"]
    assert found(*twice, record("终审", "c"), *(record(*proof) for proof in PROOFS)) == []


def test_people_with_several_steps_are_shared_out_as_well_as_possible() -> None:
    taken = [("初审", "a"), ("初审", "b"), ("复审", "a"), ("终审", "b"), ("终审", "c"), *PROOFS]
    assert found(*(record(*each) for each in taken)) == []


def test_one_review_and_one_proof_are_enough_where_no_more_is_asked_for() -> None:
    subject = Subject("content/x.md", "通知", "/2026/x.html", "sha256:1", DEMANDS["一审一校"])
    assert found(record("终审", "a"), record("校对", "a"), subject=subject) == []
    assert found(record("初审", "a"), record("校对", "a"), subject=subject) == ["A101"]


def test_a_verdict_tells_what_each_record_is_worth() -> None:
    records = [record("初审", "a"), record("复审", "b", "sha256:0"), record("终审", "d")]
    verdict = judge(SUBJECT, records, ROSTER)
    assert verdict.valid == (records[0],)
    assert verdict.stale == (records[1],)
    assert verdict.refused == ((records[2], "A103"),)
