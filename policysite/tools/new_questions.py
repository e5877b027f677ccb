"""What `new` asks of an article, once its column and title are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import questionary
from questionary import Choice

from policysite.model.columns import Column
from policysite.model.doc_series import issuers, next_numbers
from policysite.model.fields import DOC_TYPES, is_document
from policysite.model.manuscript import Article
from policysite.model.notice import SHORTEST
from policysite.model.values import DocNumber, parse_doc_number
from policysite.model.workdays import count_workdays

KEYS = "（按上下箭头选择，回车确定）"

_NO_DOCUMENT = "不是公文，不要文种和发文字号"
_OTHER = "自己写"
_LATER = "先不填"
_OPTIONAL = {
    "source": "来源（不填就是本单位）：",
    "author": "作者（可以不填）：",
    "editor": "责任编辑（可以不填）：",
    "keywords": "关键词（用顿号隔开，可以不填）：",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """The article that is asked about, and those that are there already."""

    column: Column
    title: str
    day: date
    others: Sequence[Article]


@dataclass(slots=True)
class _Form:
    """The answers by key of the field; what was given beforehand is not asked again."""

    values: dict[str, str] = field(default_factory=dict)

    def text(self, key: str, question: str, default: str = "", check: object = None) -> None:
        if key not in self.values:
            asked = questionary.text(question, default=default, validate=check)
            self.values[key] = str(asked.unsafe_ask()).strip()


def ask_details(subject: Subject, given: Mapping[str, str]) -> dict[str, str]:
    """Ask for the fields of an article beside its title; an empty answer leaves a field out."""
    form = _Form(dict(given))
    if _may_be_document(subject):
        _ask_document(form, subject)
    if subject.title.endswith("公示"):
        _ask_notice(form, subject.day)
    for key, question in _OPTIONAL.items():
        form.text(key, question)
    return form.values


def next_number(issuer: str, subject: Subject) -> DocNumber | None:
    """Return the number that follows in the series that `issuer` uses most, None if it has none."""
    return next(iter(next_numbers(subject.others, issuer, subject.day.year)), None)


def doc_type_of(title: str) -> str:
    """Return the 文种 that a title ends with; nothing if it ends with none.

    >>> doc_type_of("示例省总工会关于做好送清凉工作的通知")
    '通知'
    """
    return next((kind for kind in DOC_TYPES if title.rstrip("）").endswith(kind)), "")


def select(question: str, choices: Sequence[Choice], default: str | None = None) -> object:
    """Let the person choose with the arrow keys."""
    asked = questionary.select(question, choices, default=default, instruction=KEYS)
    return asked.unsafe_ask()


def _may_be_document(subject: Subject) -> bool:
    """Return whether to ask for 文种: by what the column is for, or by what stands in it."""
    column = subject.column
    return column.type == "政策文件" or any(
        is_document(other.fields) for other in subject.others if other.column == column
    )


def _ask_document(form: _Form, subject: Subject) -> None:
    if "doc_type" not in form.values:
        guess = doc_type_of(subject.title) if subject.column.type == "政策文件" else ""
        kinds = [Choice(kind) for kind in DOC_TYPES] + [Choice(_NO_DOCUMENT, "")]
        form.values["doc_type"] = str(select("文种？", kinds, guess))
    if not form.values["doc_type"]:
        return
    if "issuer" not in form.values:
        form.values["issuer"] = _ask_issuer(subject)
    if "doc_number" not in form.values:
        form.values["doc_number"] = _ask_number(form.values["issuer"], subject)
    form.text("signed_on", "成文日期（落款的日期）：", subject.day.isoformat(), _is_day)
    form.text("recipients", "主送机关（可以不填）：")


def _ask_issuer(subject: Subject) -> str:
    known = issuers(subject.others, subject.column.path)
    chosen = select("发文机关？", [*map(Choice, known), Choice(_OTHER, "")]) if known else ""
    if not chosen:
        chosen = questionary.text("发文机关：").unsafe_ask().strip()
    others = questionary.text("联合发文的其他机关（用顿号隔开，没有就直接按回车）：")
    return "、".join(filter(None, (str(chosen), others.unsafe_ask().strip())))


def _ask_number(issuer: str, subject: Subject) -> str:
    year = subject.day.year
    choices = [
        Choice(_proposal(number), str(number))
        for number in next_numbers(subject.others, issuer.split("、")[0], year)
    ]
    chosen = select("发文字号？", [*choices, Choice(_OTHER), Choice(_LATER, "")])
    if chosen != _OTHER:
        return str(chosen)
    taken = {other.fields.doc_number: other.path for other in subject.others}
    asked = questionary.text(
        f"发文字号（例如 示总工发〔{year}〕12号）：",
        validate=lambda text: _is_free(text, taken),
    )
    return str(asked.unsafe_ask()).strip()


def _proposal(number: DocNumber) -> str:
    if number.number == 1:
        return f"{number}（{number.year}年还没有这个字号的文件）"
    return f"{number}（网站上最后一个是{number.number - 1}号，请和发文登记簿核对）"


def _is_free(text: str, taken: Mapping[DocNumber | None, str]) -> bool | str:
    number = parse_doc_number(text)
    if text.strip() and number is None:
        return "没有看懂这个发文字号"
    return f"{taken[number]} 已经用了这个字号" if number in taken and number else True


def _ask_notice(form: _Form, day: date) -> None:
    form.text("notice_start", "公示开始：", day.isoformat(), _is_day)
    proposed = _last_day(day).isoformat()
    form.text("notice_end", f"公示截止（不少于{SHORTEST}个工作日）：", proposed, _is_day)
    form.text("contact", "联系人：")
    form.text("phone", "联系电话（办公电话）：")


def _last_day(first: date) -> date:
    """Return the earliest day on which a 公示 that begins on `first` may end."""
    last = first
    while count_workdays(first, last)[0] < SHORTEST:
        last += timedelta(days=1)
    return last


def _is_day(text: str) -> bool | str:
    try:
        date.fromisoformat(text.strip() or "2026-01-01")
    except ValueError:
        return "请写成 2026-03-15 这样的日期"
    return True
