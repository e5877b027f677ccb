"""内容质量: sources, blank labels, words that must not stand there, and personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policysite.audit import basis
from policysite.audit.kinds import READABLE, SHOWN, Kind
from policysite.audit.page import Page, words
from policysite.audit.rule import ERROR, WARNING, Fault, Indicator, PageRule

_ARTICLES = frozenset({Kind.ARTICLE})
_LABELS = (
    "来源|信息来源|文章来源|作者|责任编辑|编辑|阅读|浏览|浏览次数|阅读次数|点击数|点击|发布时间|发布日期|"
    "更新时间|上一篇|下一篇|发文字号|文号|发文机关|成文日期|索引号|附件|联系电话|联系人|电话|地址|邮编|审核"
)
_BLANK = re.compile(rf"(?:^|\s)({_LABELS})\s?[:：]\s*$")
_EMPTY_BRACKETS = re.compile(r"[\u4e00-\u9fff\d](?:\(\s*\)|（\s*）|\[\s*\]|【\s*】|〔\s*〕)")
_SOURCE = re.compile(r"(?:来源|稿源|发布单位|发布机构|供稿)\s?[:：]?\s?[^\s:：]")
_BLOCKS = ("li", "p", "span", "td", "dd", "div", "em", "i", "small", "strong")

# 通报里真实出现过的错误，和《禁用词和慎用词》里不分语境的几个。完整的词表在 check 里。
_FATAL = {"中国入民": "中国人民", "烈土": "烈士", "人民代表大人": "人民代表大会"}
_CAREFUL = {
    "残废人": "残疾人", "前苏联": "苏联", "“一带一路”战略": "“一带一路”倡议", "省省委书记": "省委书记",
}  # fmt: skip
_FATAL_WORDS = re.compile("|".join(_FATAL))
_CAREFUL_WORDS = re.compile("|".join(_CAREFUL))

_HALF_WIDTH = re.compile(
    r"[\u4e00-\u9fff][,;?!](?=[\u4e00-\u9fff])|[\u4e00-\u9fff]:(?=[\u4e00-\u9fff])"
)
_REPEATED = re.compile(r"，，|。。|、、|；；|：：|，。|。，")

_ID_NUMBER = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CARD = re.compile(r"(?<![\d-])62\d{14,17}(?![\d-])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def missing_source(page: Page) -> Iterator[Fault]:
    """Find articles that do not show readers where they come from."""
    if not _SOURCE.search(page.text):
        yield Fault(0, page.heading)


def blank_labels(page: Page) -> Iterator[Fault]:
    """Find labels without a value, such as 来源： or 阅读：."""
    seen = set()
    for tag in _BLOCKS:
        for element in page.by_tag[tag]:
            # Only the innermost block: a label alone, or one whose value stays empty.
            said = _BLANK.search((element.text or "").strip())
            if said and not words(element).strip().partition(said[1])[2].strip(" :：\u3000"):
                beside = element.tail or ""
                following = element.getnext()
                if not beside.strip() and (following is None or not words(following)):
                    seen.add((element.sourceline or 0, f"“{said[1]}：”后面没有内容"))
    yield from (Fault(*each) for each in sorted(seen))


def empty_brackets(page: Page) -> Iterator[Fault]:
    """Find brackets with nothing in them: a date or name that was never filled in."""
    if found := _EMPTY_BRACKETS.search(page.text):
        start = max(0, found.start() - 10)
        yield Fault(0, page.text[start : found.end()])


def fatal_words(page: Page) -> Iterator[Fault]:
    """Find slips of the kind that circulars name and punish."""
    for said in sorted(set(_FATAL_WORDS.findall(page.text))):
        yield Fault(_line(page, said), f"“{said}”应为“{_FATAL[said]}”")


def careful_words(page: Page) -> Iterator[Fault]:
    """Find words that Xinhua's list says not to use."""
    for said in sorted(set(_CAREFUL_WORDS.findall(page.text))):
        yield Fault(_line(page, said), f"“{said}”一般写作“{_CAREFUL[said]}”")


def half_width_marks(page: Page) -> Iterator[Fault]:
    """Find pages with half-width marks between Chinese characters, counted."""
    if found := _HALF_WIDTH.findall(page.text):
        first = _HALF_WIDTH.search(page.text)
        assert first, "findall found some"
        yield Fault(
            0, f"{len(found)} 处，例如“{page.text[max(0, first.start() - 8) : first.end() + 8]}”"
        )


def repeated_marks(page: Page) -> Iterator[Fault]:
    """Find marks that stand twice, or beside one that ends the sentence already."""
    if found := _REPEATED.search(page.text):
        yield Fault(0, page.text[max(0, found.start() - 8) : found.end() + 8])


def personal_data(page: Page) -> Iterator[Fault]:
    """Find ID and bank card numbers, whose check digits are right; never printed in full."""
    for number in sorted(set(_ID_NUMBER.findall(page.text))):
        if is_id_number(number):
            yield Fault(_line(page, number), f"身份证号 {number[:2]}{'*' * 13}{number[-3:]}")
    for number in sorted(set(_CARD.findall(page.text))):
        if is_card_number(number):
            yield Fault(_line(page, number), f"银行卡号 {number[:4]}{'*' * 8}{number[-4:]}")


def mobile_numbers(page: Page) -> Iterator[Fault]:
    """Find mobile phone numbers, which are a person's own more often than an office's."""
    for number in sorted(set(_MOBILE.findall(page.text))):
        yield Fault(_line(page, number), f"{number[:3]}****{number[-4:]}")


def is_id_number(number: str) -> bool:
    """Return whether the check digit of an 18-digit ID number is right (GB 11643—1999).

    >>> is_id_number("11010519491231002X"), is_id_number("110105194912310021")
    (True, False)
    """
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False))
    return _ID_CHECKS[total % 11] == number[-1].upper()


def is_card_number(number: str) -> bool:
    """Return whether the check digit of a card number is right (Luhn)."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _line(page: Page, said: str) -> int:
    """Return the line on which words stand, 0 if they run over several elements."""
    place = page.decoded.text.find(said)
    return page.decoded.text.count("\n", 0, place) + 1 if place >= 0 else 0


RULES = (
    PageRule(
        code="SRC-EMPTY", indicator=Indicator.CONTENT, union=ERROR, strict=ERROR, kinds=_ARTICLES,
        basis=(basis.PARTY_SITES, basis.UNION_SOURCES, basis.DESIGN_REST),
        wrong="页面上没有注明来源：“{detail}”。", fix="在标题下面注明来源。", check=missing_source,
    ),
    PageRule(
        code="BLANK-UI", indicator=Indicator.CONTENT, union=ERROR, strict=ERROR,
        basis=(basis.OURS,), wrong="有标签没有内容：{detail}。",
        fix="没有内容时整行不显示；本系统的模板都是这样。", check=blank_labels,
    ),
    PageRule(
        code="BLANK-BRACKETS", indicator=Indicator.CONTENT, union=ERROR, strict=ERROR,
        basis=(basis.OURS,), wrong="括号里没有内容：“{detail}”。", fix="补上内容，或者删掉括号。",
        check=empty_brackets,
    ),
    PageRule(
        code="WORD-FATAL", indicator=Indicator.CONTENT, union=ERROR, strict=ERROR, sweeping=True,
        basis=(basis.VETO, basis.CIRCULARS), kinds=READABLE,
        wrong="严重表述错误：{detail}。", fix="马上改正，并检查同一作者的其他稿件。", check=fatal_words,
    ),
    PageRule(
        code="WORD", indicator=Indicator.CONTENT, union=WARNING, strict=WARNING,
        basis=(basis.CAREFUL_WORDS,), wrong="用词不妥：{detail}。",
        fix="改用后面的说法；引用原文的可以保留。", check=careful_words,
    ),
    PageRule(
        code="PUNCT", indicator=Indicator.CONTENT, union=WARNING, strict=WARNING, kinds=_ARTICLES,
        basis=(basis.PUNCTUATION,), wrong="汉字之间用了半角标点：{detail}。",
        fix="改成全角标点。", check=half_width_marks,
    ),
    PageRule(
        code="PUNCT-TWICE", indicator=Indicator.CONTENT, union=WARNING, strict=WARNING,
        kinds=_ARTICLES, basis=(basis.PUNCTUATION,), wrong="标点重复：“{detail}”。",
        fix="只留一个标点。", check=repeated_marks,
    ),
    PageRule(
        code="PII", indicator=Indicator.CONTENT, union=ERROR, strict=ERROR, kinds=READABLE,
        sweeping=True, basis=(basis.PERSONAL, basis.ID_NUMBER),
        wrong="公开了个人信息：{detail}。", fix="马上撤下或者遮盖，并查看附件里有没有。",
        check=personal_data,
    ),
    PageRule(
        code="PII-MOBILE", indicator=Indicator.CONTENT, union=WARNING, strict=WARNING, kinds=SHOWN,
        basis=(basis.PERSONAL,), wrong="页面上有手机号码：{detail}。",
        fix="办公联系请用固定电话；个人的号码要遮盖。", check=mobile_numbers,
    ),
)  # fmt: skip
