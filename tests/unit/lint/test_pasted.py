"""Lines that run on, and what is pasted from other programs."""

import pytest

from policysite.text.markdown import render
from tests.unit.lint.linting import codes, marked, problems


@pytest.mark.parametrize(
    "body",
    [
        "各市总工会：\n现将有关事项通知如下。",
        "各级工会要认真学习。\n　　要抓好落实。",
        "示例省总工会\n2026年3月12日",
        "一、加强领导\n各级工会要认真学习。\n要抓好落实。",
        "**一是加强领导。**各级工会要重视。\n**二是落实责任。**明确分工。",
        "各级工会要认真学习。\n[办事指南](https://www.example.com/)已经公布。",
    ],
)
def test_a_line_that_runs_on_in_the_one_above_is_found_once(body: str) -> None:
    assert codes(body) == ["T410"]
    before = body.split("\n")[-2]
    last_paragraph = render(body, lambda target: target, title="").html.rsplit("<p", 1)[1]
    assert before[-2:] in last_paragraph


@pytest.mark.parametrize(
    "body",
    [
        "一、加强领导\n各级工会要认真学习。",
        "（一）名册管理。按月报送名册。\n（二）按季核对名册。",
        "各级工会要做到：\n- 认真学习。\n- 抓好落实。\n并按时报送。",
        "示例省总工会<br>\n2026年3月12日",
        "示例省总工会  \n2026年3月12日",
        "> 各级工会要认真学习。\n> 要抓好落实。",
        '<p class="signature">示例省总工会\n2026年3月12日</p>',
        "要求如下：\n![会场](/images/2026/meeting.jpg)",
        "标准如下：\n| 项目 | 标准 |\n| --- | --- |\n| 津贴 | 300元 |",
        "## 要求\n各级工会要认真学习。",
        "各级工会要认真学习。\n***\n要抓好落实。",
        "这一段的文字很长很长，编辑在窗口的右边按了回车，并没有写完这一\n句话，所以是同一段。",
        "```\n示例省总工会\n2026年3月12日\n```",
    ],
)
def test_lines_that_belong_together_or_stand_apart_are_left_alone(body: str) -> None:
    assert "T410" not in codes(body)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<IFRAME src="https://v.example.com/"></IFRAME>', "<IFRAME>"),
        ('<p onclick="go()">办事指南</p>', "onclick"),
        ('<form action="/x"><p>报名</p></form>', "<form>"),
    ],
)
def test_elements_that_the_policy_keeps_from_working_are_errors(body: str, name: str) -> None:
    found = [problem for problem in problems(body) if problem.code == "T411"]
    assert [f"“{name}”" in problem.text for problem in found] == [True]


@pytest.mark.parametrize(
    "body",
    [
        '<p class="MsoNormal">要求</p>',
        '<p style="text-indent:24pt">要求</p>',
        '<font color="red">要求</font>',
        "<p>要求<o:p></o:p></p>",
    ],
)
def test_pasted_formatting_is_told_once_a_line(body: str) -> None:
    assert codes(body) == ["T412"]


@pytest.mark.parametrize(
    "body",
    [
        '<p class="signature">示例省总工会<br>2026年3月12日</p>',
        '<table>\n<tr><th scope="row" colspan="2">项目</th></tr>\n</table>',
        "标签写作 `<script>` 和 `<font>`。",
        '```\n<p style="color:red">甲</p>\n```',
        "<!-- <script>旧</script> -->",
    ],
)
def test_our_own_classes_and_code_are_left_alone(body: str) -> None:
    assert codes(body) == []


def test_what_is_marked_is_the_line_that_runs_on() -> None:
    assert marked("各市总工会：\n　　现将事项通知如下。") == [("T410", "现将事项通知如下。")]
