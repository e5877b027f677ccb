"""Numbers at the start of a line."""

import pytest

from policysite.text.markers import Kind, read_marker


@pytest.mark.parametrize(
    ("line", "kind", "number", "label"),
    [
        ("第二编 分则", Kind.PART, 2, "第二编"),
        ("第一分编　通则", Kind.SUBPART, 1, "第一分编"),
        ("第十一章 附则", Kind.CHAPTER, 11, "第十一章"),
        ("第3章 总则", Kind.CHAPTER, 3, "第3章"),
        ("第二节", Kind.SECTION, 2, "第二节"),
        ("第一百零二条　正文", Kind.CLAUSE, 102, "第一百零二条"),
        ("第三条【适用范围】正文", Kind.CLAUSE, 3, "第三条"),
        ("第三条（适用范围） 正文", Kind.CLAUSE, 3, "第三条"),
        ("十二、总体要求", Kind.FIRST, 12, "十二、"),
        ("（三）加强领导", Kind.SECOND, 3, "（三）"),
        ("(三)加强领导", Kind.SECOND, 3, "(三)"),
        ("（一）、加强领导", Kind.SECOND, 1, "（一）"),
        ("（一）项目建设", Kind.SECOND, 1, "（一）"),
        ("1.加强", Kind.THIRD, 1, "1."),
        ("1. 加强", Kind.THIRD, 1, "1."),
        ("1．加强", Kind.THIRD, 1, "1．"),
        ("１．加强", Kind.THIRD, 1, "１．"),
        ("12、加强", Kind.THIRD, 12, "12、"),
        ("1.2026年底前完成", Kind.THIRD, 1, "1."),
        ("（1）加强", Kind.FOURTH, 1, "（1）"),
        ("(10)加强", Kind.FOURTH, 10, "(10)"),
        ("③加强", Kind.CIRCLED, 3, "③"),
        ("附件", Kind.ANNEX, 0, "附件"),
        ("附件2", Kind.ANNEX, 2, "附件2"),
    ],
)
def test_official_numbers_are_recognised(line: str, kind: Kind, number: int, label: str) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert (marker.kind, marker.number, marker.label) == (kind, number, label)


def test_an_inserted_clause_keeps_both_numbers() -> None:
    marker = read_marker("第十二条之三　正文")
    assert marker is not None
    assert (marker.number, marker.inserted) == (12, 3)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "一天之内",
        "三、四线城市",
        "一十百、",
        "第十二条规定的情形",
        "第一章规定了",
        "第三节课",
        "（一）项规定的人员",
        "（一）、（二）项",
        "（一）至（三）项",
        "（2026年修订）",
        "（以下简称工会）",
        "3.5亿元资金",
        "1.2米",
        "1、2月份",
        "2016. 年份在先",
        "2026年3月15日",
        "12351热线",
        "附件：1.名单",
        "附件见网站",
    ],
)
def test_what_only_looks_like_a_number_is_text(line: str) -> None:
    assert read_marker(line) is None
