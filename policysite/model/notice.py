"""A 公示 says how long it runs and how to object; its length is counted in working days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policysite.model.fields import ArticleFields, labels
from policysite.model.workdays import count_workdays
from policysite.problems import Problem, problem

SHORTEST = 5
"""Working days: the usual rule for 评选表彰、干部任前 and 公开招聘 notices."""

_LABELS = labels(ArticleFields)


def notice_problems(
    fields: ArticleFields, path: str, lines: Mapping[str, int]
) -> Iterator[Problem]:
    """Yield what a 公示 lacks; `lines` tells where its fields stand."""
    start, end = fields.notice_start, fields.notice_end
    if start is None and end is None:
        return
    line = lines.get("notice_end") or lines["notice_start"]
    if start is None or end is None:
        present, absent = (
            ("notice_start", "notice_end") if start else ("notice_end", "notice_start")
        )
        yield problem("P902", path, line, present=_LABELS[present], missing=_LABELS[absent])
    elif start <= end:
        count, is_known = count_workdays(start, end)
        if count < SHORTEST:
            basis = "" if is_known else "（还不知道这一年的放假安排，按周一至周五计算）"
            yield problem("P901", path, line, start=start, end=end, count=count, basis=basis)
    if not (fields.phone or fields.email or fields.address):
        yield problem("P903", path, line)
    elif missing := [_LABELS[key] for key in ("contact", "phone") if not getattr(fields, key)]:
        yield problem("P904", path, line, missing="”“".join(missing))
