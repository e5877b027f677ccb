"""`new`: asks in Chinese and writes a complete, valid article."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import questionary
from pypinyin import lazy_pinyin

from policysite.clock import build_time
from policysite.model.canonical import Line, write_front_matter
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
        CannotWrite: the column is unknown, the title is empty, the file exists, or nobody is
            there to ask.

    """
    column = choose_column(open_columns(content), known.column)
    title = known.title or _ask("标题：", lambda text: bool(text.strip()) or "请写标题")
    title = "".join(line.strip() for line in title.splitlines())
    if not title:
        raise CannotWrite("标题是空的。请写标题。")
    moment = read_moment(known.date) if known.date else build_time()
    slug = choose_slug(known.slug, title, content)
    values: dict[str, Line] = {"标题": title, "发布日期": f"{moment:%Y-%m-%d %H:%M}"}
    if sys.stdin.isatty():
        values |= dict(_ask_rest(column))
    return _write(content, column, f"{moment:%Y-%m-%d}-{slug}.md", values)


def open_columns(content: Path) -> list[Column]:
    """Return the columns in which articles may be written.

    Raises:
        CannotWrite: the column table has errors.

    """
    columns, problems = read_columns(content / COLUMN_TABLE, f"{content.name}/{COLUMN_TABLE}")
    if errors(problems):
        raise CannotWrite("\n".join(str(found) for found in problems))
    return [c for c in columns if not c.children and not c.is_page and not c.archived]


def choose_slug(wanted: str, title: str, content: Path, *, is_sure: bool = False) -> str:
    """Return the short name of a new article; the person is asked unless there is `wanted`.

    With `is_sure` the name proposed from the title is taken.

    Raises:
        CannotWrite: it is malformed or taken, or nobody is there to ask.

    """
    proposed = unused(propose_slug(title), used_slugs(content))
    slug = (
        wanted
        or (proposed if is_sure else "")
        or _ask(
            "短名（网址的一部分，定了不要再改）：",
            lambda text: bool(SLUG.fullmatch(text)) or "只用小写英文字母、数字和减号",
            proposed,
        )
    )
    if not SLUG.fullmatch(slug):
        raise CannotWrite(f"短名“{slug}”只能用小写英文字母、数字和减号。")
    if slug in used_slugs(content):
        raise CannotWrite(
            f"短名“{slug}”已经有文章用了。请换一个，例如 {unused(slug, used_slugs(content))}。"
        )
    return slug


def used_slugs(content: Path) -> set[str]:
    """Return the short names of all articles."""
    return {path.stem[11:] for path in content.glob("*/**/????-??-??-*.md")}


def unused(slug: str, used: Set[str]) -> str:
    """Return `slug`, numbered where an article has it already: long titles often begin alike."""
    numbered = (f"{slug}-{number}" for number in range(2, len(used) + 3))
    return slug if slug not in used else next(name for name in numbered if name not in used)


def choose_column(columns: Sequence[Column], wanted: str) -> Column:
    """Return the column named by its path or its name; the person is asked if `wanted` is empty.

    Raises:
        CannotWrite: there is no such column, or nobody is there to ask.

    """
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


def read_moment(text: str) -> datetime:
    """Return the moment written as 2026-03-15, with or without a time.

    Raises:
        CannotWrite: it is neither.

    """
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


def _ask_rest(column: Column) -> Iterator[tuple[str, Line]]:
    """Ask for what may be left out; an empty answer leaves the field out."""
    for label, question in _OPTIONAL.items():
        if answer := _ask(question, lambda text: True):
            yield label, answer
    if words := re.split(
        r"[\s、，,;；]+", _ask("关键词（用顿号隔开，可以不填）：", lambda text: True)
    ):
        yield from (("关键词", tuple(words)),) if words != [""] else ()
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


def _write(content: Path, column: Column, name: str, values: Mapping[str, Line]) -> Path:
    path = content / column.path / name
    if path.exists():
        raise CannotWrite(f"{path} 已经有了，没有改动它。请换一个短名。")
    values = {**values, "状态": "草稿"}
    rows = sorted(specs(ArticleFields), key=lambda row: not row.required)
    labels = [row.spec.label for row in rows if row.spec.label in values]
    front = write_front_matter((label, values[label]) for label in labels)
    text = f"{front}\n\n{_BODY}"
    _, problems = read_article(text, str(path), f"{column.path}/{name}", column, build_time())
    if problems:
        raise CannotWrite("\n".join(str(found) for found in problems))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
