"""More than three hundred known faults, planted one at a time in the sample articles, which have none.

`pytest -s` shows how many of each rule were found, and what was said falsely beside them.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from policysite.environment import ROOT
from policysite.lint.attachments import find_leaks
from policysite.lint.rules import ACCEPTABLE, lint
from policysite.lint.term_tables import common_terms
from policysite.lint.text import Text
from policysite.lint.typos import _like, _phrases
from tests.unit.lint.test_attachments import ID, docx, pdf, xlsx, zipped

EACH = 10
Planter = Callable[[str, random.Random], str]


@cache
def clean() -> tuple[str, ...]:
    """Return the sample articles in which there is nothing at all to find."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "content").rglob("*.md"))]
    return tuple(text for text in texts if not lint(text, "a.md", common_terms()))


def swap(pattern: str, new: str) -> Planter:
    """Return a planter that replaces one match of `pattern` in the prose of a body."""

    def plant(source: str, chance: random.Random) -> str:
        text = Text.of(source)
        found = list(re.compile(pattern).finditer(text.prose, text.body))
        if not found:
            return source
        match = chance.choice(found)
        return source[: match.start()] + match.expand(new) + source[match.end() :]

    return plant


def insert(*words: str, unless: str = r"(?!)") -> Planter:
    """Return a planter that puts one of `words` behind a sentence inside a paragraph.

    Files with a match of `unless` are left as they are.
    """

    def plant(source: str, chance: random.Random) -> str:
        text = Text.of(source)
        found = list(
            re.compile(r"(?<=[\u4e00-\u9fff]{8}。)(?=[\u4e00-\u9fff]{4})").finditer(
                text.prose, text.body
            )
        )
        if not found or re.search(unless, source):
            return source
        at = chance.choice(found).start()
        return source[:at] + chance.choice(words) + source[at:]

    return plant


def mistype(source: str, chance: random.Random) -> str:
    """Plant a character of the same sound in a set phrase."""
    text = Text.of(source)
    found = [
        (match.start(), phrase)
        for phrase in sorted(_phrases())
        for match in re.finditer(phrase, text.prose)
        if match.start() > text.body and text.prose.count(phrase) == 1
    ]
    if not found:
        return source
    start, phrase = chance.choice(found)
    place = chance.randrange(4)
    others = _like().get(phrase[place], "")
    return (
        source[: start + place] + chance.choice(others) + source[start + place + 1 :]
        if others
        else source
    )


def append(words: str, unless: str = r"(?!)") -> Planter:
    """Return a planter that puts `words` behind a text without a match of `unless`."""

    def plant(source: str, _: random.Random) -> str:
        return source if re.search(unless, source) else f"{source.rstrip()}\n\n{words}\n"

    return plant


def attach(words: str = "", needs: str = "") -> Planter:
    """Return a planter that names an attachment in the fields, and puts `words` behind the text.

    Files that speak of attachments, and those without a match of `needs`, are left as they are.
    """

    def plant(source: str, _: random.Random) -> str:
        if "附件" in source or not re.search(needs, source):
            return source
        head = "---\n附件:\n  - 报名表: attachments/2026/form.docx\n"
        return source.replace("---\n", head, 1).rstrip() + f"\n\n{words}\n"

    return plant


PLANTERS: dict[str, Planter] = {
    "T101": swap(r"(?<=[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])", ","),
    "T102": swap(r"（(?=[\u4e00-\u9fff]{2})", "("),
    "T103": swap(r"》(?=[\u4e00-\u9fff，。])", ""),
    "T104": swap(r"”(?=[\u4e00-\u9fff，。])", ""),
    "T105": swap(r"(?<=[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])", "，，"),
    "T106": insert('要参加"安康杯竞赛。'),
    "T201": swap(r"(?<=[\u4e00-\u9fff])工会", "工\u200b会"),
    "T202": swap(r"(?<=[\u4e00-\u9fff])职工", "职\ue123"),
    "T203": swap(r"(?<=[\u4e00-\u9fff])工会", "⼯会"),
    "T204": swap(r"(?<![0-9.])3(?=[0-9]*元)", "３"),
    "T301": swap(r"月[0-9]{1,2}日", "月32日"),
    "T302": insert("会议定于2026年11月22日（星期三）召开。"),
    "T303": swap(
        r"(?<=[^。；：，！？\n]\0)([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日(?=\0*\s*$)", r"2031年\2月\3日"
    ),
    "T304": swap(r"〔([0-9]{4})〕", r"[\1]"),
    "T305": insert("该办法于98年5月印发。"),
    "T306": insert("报销比例为50-60%。", "比例控制在3—5%以内。"),
    "T307": swap(r"(?<=年)([1-9])月(?=[0-9])", r"0\1月"),
    "T308": insert("这项制度二零二六年建立。", "这项制度二○二一年建立。"),
    "T401": swap(r"(?<=\n)三、(?=[\u4e00-\u9fff]{2})", "五、"),
    "T402": append(
        "（一）名册管理\n\n（1）按月报送名册。\n\n（2）按季核对名册。", r"第[一二三四五六七八九十百]+[条章]|\n附件"
    ),
    "T403": insert("\n\n1、加强领导，落实责任。\n\n"),
    "T404": insert("具体要求见附件。", "请填写附件1并按时报送。", unless="附件|attachments"),
    "T405": attach("附件：1.报名表\n\n　　　2.承诺书\n\n　　　3.名册"),
    "T406": attach(needs=r"\n(?:发文字号|文种):"),
    "T407": append("|  |  |\n| --- | --- |\n| 高温津贴 | 每人每月300元 |"),
    "T408": append("| 项目 | 标准 |\n| 高温津贴 | 每人每月300元 |"),
    "T409": append("| 项目 | 标准 |\n| --- | --- |\n| 高温津贴 | 每人每月300元 | 按月发 |"),
    "T410": swap(r"(\n\n[^第附（一二三四五六七八九十0-9\0*|>\n-][^\n]*[\u4e00-\u9fff]{8}。)(?=[\u4e00-\u9fff]{4})", r"\1\n"),
    "T411": append('<iframe src="https://v.example.com/1.html"></iframe>'),
    "T412": append('<p style="text-indent:24pt">各级工会要按时报送。</p>'),
    "T413": insert("请看[办事指南]（/service/guide/a.md）。", "** 注意 **要按时报送。", "！[会场](/images/a.jpg)"),
    "T414": append("<!-- 以下待定\n\n各级工会要按时报送。"),
    "T415": insert("每人每月300元[^9]。"),
    "T416": insert("当a<b且c>d时适用。"),
    "T501": insert("截止目前已有三百家。", "要按时记帐。", "请候选人到场，侯补人选列席。"),
    "T502": insert("要关心残废人。"),
    "T503": insert("要帮助弱势群体解决困难。", "此事涉及到多个单位。"),
    "T504": insert("中国总工会印发了通知。", "获得五·一劳动奖章。"),
    "T505": mistype,
    "D601": insert("身份证号11010519491231002X。", "440524188001010014已核对。"),
    "D602": insert("补助发到6222021001116245702。"),
    "D604": insert("张某某，护照号E12345678。"),
    "D605": insert("张某某，家庭住址：青川市东城街道幸福路12号3单元501室。"),
    "D603": insert("请打13800001234。", "电话138 0000 1234。"),
}  # fmt: skip
ATTACHED: dict[str, Callable[[random.Random], tuple[str, bytes]]] = {
    "D606": lambda chance: chance.choice([
        ("名单.docx", docx("张某某", ID)),
        ("名单.xlsx", xlsx('<c t="s"><v>0</v></c>', shared=(f"电话13800001234，{ID}",))),
        ("form.pdf", pdf(ID)),
        ("材料.zip", zipped({"名单/表.xlsx": xlsx('<c t="s"><v>0</v></c>', shared=(ID,))})),
        ("全部.zip", zipped({"一.zip": zipped({"表.docx": docx(ID)})})),
    ]),
    "D607": lambda chance: chance.choice([
        ("名单.docx", b"PK\x03\x04" + b"x" * 200),
        ("form.pdf", b"%PDF-1.4 broken"),
        ("名单.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")),
    ]),
}  # fmt: skip
"""Attachments that are planted beside a text, each with its name."""
# 汉字 of the same sound are guessed from set phrases only; a dropped mark may pair with another.
EXPECTED = {"T505": 6, "T104": 9}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, Counter[str]]]:
    """Return for each rule how many of its faults were found, and what else was said."""
    found = {code: _planted(code, plant) for code, plant in PLANTERS.items()}
    folder = tmp_path_factory.mktemp("attachments")
    return found | {code: _attached(code, folder) for code in ATTACHED}


def _planted(code: str, plant: Planter) -> tuple[int, Counter[str]]:
    chance = random.Random(code)
    found, others, planted = 0, Counter[str](), 0
    for source in chance.choices(clean(), k=4000):
        wrong = plant(source, chance)
        if wrong == source:
            continue
        codes = {problem.code for problem in lint(wrong, "a.md", common_terms())}
        found += code in codes
        others.update(codes - {code})
        planted += 1
        if planted == EACH:
            return found, others
    raise AssertionError(f"no room for {code}")


def _attached(code: str, folder: Path) -> tuple[int, Counter[str]]:
    found, others = 0, Counter[str]()
    chance = random.Random(code)
    for source in chance.choices(clean(), k=EACH):
        name, data = ATTACHED[code](chance)
        (folder / name).write_bytes(data)
        leaks = {f"attachments/{name}": find_leaks(folder / name, name)}
        codes = {problem.code for problem in lint(source, "a.md", common_terms(), leaks)}
        found += code in codes
        others.update(codes - {code})
    return found, others


def test_a_fault_of_every_rule_of_the_text_is_planted() -> None:
    assert PLANTERS.keys() | ATTACHED.keys() == ACCEPTABLE


@pytest.mark.parametrize("code", [*PLANTERS, *ATTACHED])
def test_planted_faults_are_found(figures: dict[str, tuple[int, Counter[str]]], code: str) -> None:
    found, others = figures[code]
    print(f"{code}: {found}/{EACH}，另报 {dict(others)}")
    assert found >= EXPECTED.get(code, EACH)


def test_hardly_anything_is_said_falsely(figures: dict[str, tuple[int, Counter[str]]]) -> None:
    """What a fault drags along is of its own kind: half a bracket, a number that no longer counts."""
    false = sum((others for _, others in figures.values()), Counter[str]())
    assert sum(false.values()) <= len(figures) * EACH // 20, false


def test_most_of_the_sample_is_clean_to_begin_with() -> None:
    assert len(clean()) > 100
