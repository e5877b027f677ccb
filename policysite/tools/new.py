"""`new`: asks in Chinese and writes a complete, valid article."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import questionary
from pypinyin import lazy_pinyin

from policysite.clock import build_time
from policysite.model.columns import SLUG, Column, read_columns
from policysite.model.content import COLUMN_TABLE
from policysite.model.fields import DOC_TYPES, ArticleFields, specs
from policysite.model.manuscript import read_article
from policysite.model.values import CHINA, parse_doc_number
from policysite.problems import errors

SLUG_LENGTH = 48
_COMMON = re.compile(rf"^.*?关于(?:印发)?|的(?:{'|'.join(DOC_TYPES)})$")


class CannotWrite(Exception):
    """The article cannot be made from these answers; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known before asking; an empty value is asked for."""

    column: str = ""
    title: str = ""
    slug: str = ""
    date: str = ""


def propose_slug(title: str) -> str:
    """Return an ASCII short name from a title, in pinyin, cut at a syllable.

    What every 公文 title says (某机关关于…的通知) tells nothing and is left out.

    >>> propose_slug("示例省总工会关于做好重庆路2026年集体合同工作的通知")
    'zuo-hao-chong-qing-lu-2026-nian-ji-ti-he-tong'
    """
    subject = _COMMON.sub("", title) or title
    syllables = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(subject)).lower())
    slug = ""
    for syllable in syllables:
        if len(slug) + len(syllable) + 1 > SLUG_LENGTH:
            break
        slug = f"{slug}-{syllable}" if slug else syllable
    return slug or "article"


def new(content: Path, known: Answers) -> Path:
    """Ask for what is missing and write the article as a draft; return its path.

    Raises:
        CannotWrite: the column is unknown, the file exists, or nobody is there to ask.

    """
    columns, problems = read_columns(content / COLUMN_TABLE, f"{content.name}/{COLUMN_TABLE}")
    if errors(problems):
        raise CannotWrite("\n".join(str(found) for found in problems))
    open_columns = [c for c in columns if not c.children and not c.is_page and not c.archived]
    column = _column(open_columns, known.column)
    title = known.title or _ask("标题：", lambda text: bool(text.strip()) or "请写标题")
    moment = _moment(known.date)
    slug = known.slug or _ask(
        "短名（网址的一部分，定了不要再改）：",
        lambda text: bool(SLUG.fullmatch(text)) or "只用小写英文字母、数字和减号",
        _unused(propose_slug(title), content),
    )
    if not SLUG.fullmatch(slug):
        raise CannotWrite(f"短名“{slug}”只能用小写英文字母、数字和减号。")
    if slug in _used_slugs(content):
        raise CannotWrite(f"短名“{slug}”已经有文章用了。请换一个，例如 {_unused(slug, content)}。")
    values: dict[str, str | list[str]] = {"标题": title, "发布日期": f"{moment:%Y-%m-%d %H:%M}"}
    if sys.stdin.isatty():
        values |= dict(_ask_rest(column))
    return _write(content, column, f"{moment:%Y-%m-%d}-{slug}.md", values)


def _used_slugs(content: Path) -> set[str]:
    return {path.stem[11:] for path in content.glob("*/**/????-??-??-*.md")}


def _unused(slug: str, content: Path) -> str:
    """Return `slug`, numbered where an article has it already: long titles often begin alike."""
    used = _used_slugs(content)
    numbered = (f"{slug}-{number}" for number in range(2, len(used) + 3))
    return slug if slug not in used else next(name for name in numbered if name not in used)


def _column(columns: Sequence[Column], wanted: str) -> Column:
    if wanted:
        for column in columns:
            if wanted in (column.path, column.name):
                return column
        listed = "、".join(f"{c.path}（{c.name}）" for c in columns)
        raise CannotWrite(f"没有“{wanted}”这个可以写文章的栏目。可以写：{listed}。")
    _require_person("--column")
    choices = [
        questionary.Choice(f"{c.parent_name} > {c.name}" if c.parent_name else c.name, c)
        for c in columns
    ]
    chosen = questionary.select("放在哪个栏目？", choices, instruction=_KEYS).unsafe_ask()
    assert isinstance(chosen, Column)
    return chosen


def _moment(text: str) -> datetime:
    if not text:
        return build_time()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CannotWrite(f"日期“{text}”没有看懂，请写成 2026-03-15。") from None
    return moment.astimezone(CHINA) if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _ask(question: str, validate: object, default: str = "") -> str:
    _require_person("--title" if "标题" in question else "--slug")
    return str(questionary.text(question, default=default, validate=validate).unsafe_ask()).strip()


def _require_person(option: str) -> None:
    if not sys.stdin.isatty():
        raise CannotWrite(f"没有终端可以询问，请用 {option} 给出。")


def _ask_rest(column: Column) -> Iterator[tuple[str, str | list[str]]]:
    """Ask for what may be left out; an empty answer leaves the field out."""
    for label, question in _OPTIONAL.items():
        if answer := _ask(question, lambda text: True):
            yield label, answer
    if words := re.split(
        r"[\s、，,;；]+", _ask("关键词（用顿号隔开，可以不填）：", lambda text: True)
    ):
        yield from (("关键词", words),) if words != [""] else ()
    if column.type != "政策文件":
        return
    yield (
        "文种",
        str(
            questionary.select(
                "文种？", list(DOC_TYPES), default="通知", instruction=_KEYS
            ).unsafe_ask()
        ),
    )
    number = _ask(
        "发文字号（例如 示总工发〔2026〕12号，可以先不填）：",
        lambda text: not text or parse_doc_number(text) is not None or "没有看懂这个发文字号",
    )
    if parsed := parse_doc_number(number):
        yield "发文字号", str(parsed)


_OPTIONAL = {
    "来源": "来源（不填就是本单位）：",
    "作者": "作者（可以不填）：",
    "责任编辑": "责任编辑（可以不填）：",
}

_KEYS = "（按上下箭头选择，回车确定）"
_BODY = "在这里写正文。\n"


def _write(content: Path, column: Column, name: str, values: Mapping[str, str | list[str]]) -> Path:
    path = content / column.path / name
    if path.exists():
        raise CannotWrite(f"{path} 已经有了，没有改动它。请换一个短名。")
    values = {**values, "状态": "草稿"}
    rows = sorted(specs(ArticleFields), key=lambda row: not row.required)
    lines = [
        _line(row.spec.label, values[row.spec.label]) for row in rows if row.spec.label in values
    ]
    text = "\n".join(["---", *lines, "---", "", _BODY])
    _, problems = read_article(text, str(path), f"{column.path}/{name}", column, build_time())
    if problems:
        raise CannotWrite("\n".join(str(found) for found in problems))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _line(label: str, value: str | list[str]) -> str:
    if isinstance(value, str):
        return f"{label}: {_yaml(value)}"
    return "\n".join([f"{label}:", *(f"  - {_yaml(item)}" for item in value)])


def _yaml(text: str) -> str:
    """Quote a value where YAML would read something else than the text."""
    unsafe = text[:1] in "[]{},&*!|>%@`\"'#?-" or ": " in text or " #" in text or text[-1:] == ":"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' if unsafe else text
