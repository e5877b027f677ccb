"""Chinese typography on HTML and on plain text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import MonkeyPatch

from policysite.text import typography
from policysite.text.typography import compose, compose_plain

CHANGED = [
    ('他说"工会是职工之家"', "他说“工会是职工之家”"),
    ('"十四五"规划和"十五五"规划', "“十四五”规划和“十五五”规划"),
    ('（"双爱双评"活动）', "（“双爱双评”活动）"),
    ("他说'工会'好", "他说‘工会’好"),
    ("他说\"学习'两个维护'精神\"", "他说“学习‘两个维护’精神”"),
    ('他说"见https://www.example.org/a"。', "他说“见https://www.example.org/a”。"),
    ("等等...", "等等……"),
    ("等等......", "等等……"),
    ("......", "……"),
    ("好。。。", "好……"),
    ("甲--乙", "甲——乙"),
    ("甲---乙", "甲——乙"),
    ("甲----乙", "甲——乙"),
    ("甲 -- 乙", "甲——乙"),
    ("《甲》--（乙）", "《甲》——（乙）"),
    ('He said "yes" -- it\'s fine...', "He said “yes” — it’s fine…"),
    ('他说"Hello, it\'s me"。', "他说“Hello, it’s me”。"),
    ("参加ILO会议的workers' rights和it's fine。", "参加ILO会议的workers' rights和it’s fine。"),
]

UNCHANGED = [
    "“三个代表”‘双爱双评’——……《》",
    '未成对"引号',
    "未成对'引号",
    "示总工发〔2026〕12号",
    "2026-03-15",
    "2026年3月15日--",
    "000-12345678",
    "100--200人",
    "12'30\"",
    "5'8\"高",
    '12"和13"屏幕',
    "https://www.example.org/a--b...c",
    "见https://www.example.org/a--b",
    "zhang--san@example.org",
    "北京 & 上海",
    "第一条　为了规范",
    "GDP增长5.2%",
    "GB 18030",
    "全国总工会 办公厅",
    "甲.乙..丙",
    "甲。。乙",
    "甲-乙",
    r'C:\-x "a"',
]


@pytest.mark.parametrize(("before", "after"), CHANGED)
def test_marks_are_set_as_chinese_and_english_want_them(before: str, after: str) -> None:
    assert compose(before) == after
    assert compose(f"<p>{before}</p>") == f"<p>{after}</p>"
    assert compose_plain(before) == after


@pytest.mark.parametrize("text", UNCHANGED)
def test_everything_else_is_left_alone(text: str) -> None:
    assert compose(text) == text
    assert compose_plain(text) == text


@pytest.mark.parametrize(
    "html",
    [
        '<pre><code>print("工会--会")</code></pre>',
        '<code>"工会"</code>',
        "<kbd>甲...</kbd>",
        '<!-- 甲 -- 乙 "丙" -->',
        '<a href="/a--b...html" title="甲--乙">丙</a>',
        '<script>let 甲 = "乙--丙";</script>',
        '<img alt="“甲”...乙" src="x.png">',
    ],
)
def test_code_comments_and_attributes_are_left_alone(html: str) -> None:
    assert compose(html) == html


def test_quotes_pair_across_inline_markup() -> None:
    html = '<p>他说"<strong>工会</strong>是<a href="/x">家</a>"，好。</p>'
    assert compose(html) == ('<p>他说“<strong>工会</strong>是<a href="/x">家</a>”，好。</p>')


def test_quotes_do_not_pair_across_blocks() -> None:
    html = '<p>他说"工会</p><p>好"，对。</p>'
    assert compose(html) == html


def test_an_english_paragraph_keeps_its_markup_and_code() -> None:
    assert compose('<p>The "<em>Act</em>" -- see <code>"x"</code></p>') == (
        '<p>The “<em>Act</em>” — see <code>"x"</code></p>'
    )


def test_no_filter_of_typogrify_but_smartypants_is_at_work() -> None:
    for text in ("A & B", "NASA AND ILO", "one two three four", '"工会 5 号"', "总 则"):
        composed = compose(f"<p>{text}</p>")
        assert "<span" not in composed
        assert "&nbsp;" not in composed
        assert "&#" not in composed


def test_plain_text_gets_neither_entities_nor_tags() -> None:
    assert compose_plain('A & B <c> "d"') == "A & B <c> “d”"


PIECES = [
    '"',
    "'",
    "...",
    "--",
    "。。。",
    "工",
    "会，",
    "“",
    "”",
    "Latin ",
    "it's",
    "12",
    " ",
    "\\",
]
PIECES += ["<p>", "</p>", "<b>", "</b>", "<code>", "</code>", "<!-- -->", "<br>", "&amp;", "\n"]
PIECES += ["https://a.cn/b--c"]
HTML = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(HTML)
def test_composing_twice_changes_nothing_more(html: str) -> None:
    once = compose(html)
    assert compose(once) == once
    plain = compose_plain(html)
    assert compose_plain(plain) == plain


def test_the_gate_changes_no_result(monkeypatch: MonkeyPatch) -> None:
    samples = [text for text, _ in CHANGED] + UNCHANGED
    samples += [f'<p class="x">{text}</p><p>甲<code>"</code></p>' for text in samples]
    gated = [(compose(text), compose_plain(text)) for text in samples]
    monkeypatch.setattr(typography, "_needs_setting", lambda text: True)
    assert [(compose(text), compose_plain(text)) for text in samples] == gated


@settings(max_examples=300, deadline=None, derandomize=True)
@given(HTML)
def test_only_marks_change_and_nothing_is_lost(html: str) -> None:
    marks = re.compile(r"[\"'“”‘’.。…\-—– ]+")
    assert marks.sub("", compose(html)) == marks.sub("", html)
