"""Articles as Markdown for others."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import MonkeyPatch

from policysite.outputs import sources

BITS = [
    "工会", "[链接](/a.md)", "](", "[1]: /b.md", "[//]: # (注)", "<!-- 注 -->", "<!--", "-->", "```", "~~~",
    "`码`", "\n", "\n\n", '<a href="/c.md">', "<img src='/d.png'>", " ", "[", "]", ":",
]  # fmt: skip
BODIES = st.lists(st.sampled_from(BITS) | st.text(max_size=4), max_size=20).map("".join)


def _published(match: re.Match[str]) -> str:
    return f"{match['before']}/published{match['target']}"


@settings(max_examples=500, deadline=None, derandomize=True)
@given(BODIES)
def test_a_body_without_marks_needs_no_search(body: str) -> None:
    quick = sources.publish_body(body, _published)
    with MonkeyPatch.context() as patch:
        patch.setattr(sources, "_COMMENT_MARKS", ("",))
        patch.setattr(sources, "_TARGET_MARKS", ("",))
        assert sources.publish_body(body, _published) == quick
