"""Which bodies need no rendering for a check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.pages.proof import may_refer
from policysite.text.markdown import render

SIGNS = ["[", "]", "(", ")", "!", "<", ">", "/", ":", "@", "&", ";", "#", '"', "=", "`", "\\", "\n", "^", "*", "_", "{", "}"]  # fmt: skip
WORDS = ["a", "A", "img", "href", "src", "http", "https", "://", "mailto", "www.", "x.cn", "p", "br", "&lt;", "&#60;", "工会", " "]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "[甲](/a.html)", "![甲](/a.png)", "[甲][1]\n\n[1]: /a", '<a href="/a">甲</a>', '<A\nHREF="/a">甲</A>',
        '<img src="/a.png">', "<https://www.example.org>", "<lx@example.org>", "[甲]",
    ],
)  # fmt: skip
def test_a_link_or_an_image_in_any_form_may_refer(body: str) -> None:
    assert may_refer(body)


@pytest.mark.parametrize(
    "body",
    ["各级工会要落实。", '<p class="signature">示例省总工会<br>2026年3月12日</p>', "5 < 6", "<!-- 待核实 -->"],
)  # fmt: skip
def test_plain_text_and_other_tags_do_not(body: str) -> None:
    assert not may_refer(body)


@given(st.lists(st.sampled_from(SIGNS + WORDS), max_size=14).map("".join))
def test_what_may_not_refer_has_no_link_and_no_image_once_rendered(body: str) -> None:
    rendered = render(body)
    if rendered.links or "<img" in rendered.html:
        assert may_refer(body)
