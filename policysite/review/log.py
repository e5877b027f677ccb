"""The log of reviews (审校台账) as a table, for inspections."""

from __future__ import annotations

import csv
from io import StringIO

from policysite.messages import MESSAGES
from policysite.review.inspection import Reviews
from policysite.review.verify import Verdict, judge

HEAD = ("文件", "标题", "网址", "步骤", "审校人", "邮箱", "时间", "提交号", "摘要值", "结论")
VALID, STALE = "有效", "审后改动"


def write_log(reviews: Reviews) -> str:
    """Return the log as CSV: one line a record, in the order of articles and time.

    It begins with a byte order mark, without which Excel takes Chinese for something else.
    """
    out = StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(HEAD)
    for subject in reviews.subjects:
        verdict = judge(subject, reviews.records, reviews.roster)
        conclusions = _conclusions(verdict)
        for record in reviews.records:
            if record.address != subject.address:
                continue
            table.writerow(
                (
                    subject.path,
                    subject.title,
                    subject.address,
                    record.step,
                    record.name,
                    record.email,
                    record.moment,
                    record.commit,
                    record.digest,
                    conclusions[record.commit, record.step],
                )
            )
    return "\ufeff" + out.getvalue()


def _conclusions(verdict: Verdict) -> dict[tuple[str, str], str]:
    """Return what each record is worth, by its commit and step."""
    said = {(record.commit, record.step): VALID for record in verdict.valid}
    said |= {(record.commit, record.step): STALE for record in verdict.stale}
    for record, code in verdict.refused:
        values = {"step": record.step, "name": record.name, "email": record.email}
        text = MESSAGES[code].text.format(**values, author=record.author)
        said[record.commit, record.step] = text
    return said
