"""`new`: asks in Chinese and writes a complete, valid article."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import get_origin, get_type_hints

import questionary
from pypinyin import lazy_pinyin

from policysite.clock import build_time
from policysite.files import replace_file
from policysite.model.canonical import Line, write_front_matter
from policysite.model.columns import Column, read_columns
from policysite.model.content import COLUMN_TABLE, read_content
from policysite.model.fields import (
    DOC_TYPES,
    STATUS_LABELS,
    ArticleFields,
    Status,
    specs,
    spellings,
)
from policysite.model.folders import SLUG
from policysite.model.manuscript import PLACEHOLDER, read_article
from policysite.model.values import CHINA, parse_doc_number
from policysite.problems import errors
from policysite.tools.new_questions import Subject, ask_details, next_number, select

SLUG_LENGTH = 48
NEXT = "下一号"
"""Given for the number, it is the next one of the issuer's series."""
_COMMON = re.compile(rf"^.*?关于(?:印发)?|的(?:{'|'.join(DOC_TYPES)})$")


class CannotWrite(Exception):
    """The article cannot be made from these answers; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known before asking; an empty value is asked for.

    `fields` are further fields by label or key; `is_sure` takes what is proposed and asks nothing.
    """

    column: str = ""
    title: str = ""
    slug: str = ""
    date: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    is_sure: bool = False


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
        CannotWrite: the column is unknown, the title is empty, the file exists, a field is not
            as it has to be, or nobody is there to ask.

    """
    given = _by_key(known.fields)
    column = choose_column(open_columns(content), known.column)
    title = known.title or _ask("标题：", lambda text: bool(text.strip()) or "请写标题")
    title = "".join(line.strip() for line in title.splitlines())
    if not title:
        raise CannotWrite("标题是空的。请写标题。")
    moment = read_moment(known.date) if known.date else build_time()
    slug = choose_slug(known.slug, title, content, is_sure=known.is_sure)
    others = read_content(content, build_time())[0].articles
    subject = Subject(column, title, moment.date(), others)
    details = given if known.is_sure or not sys.stdin.isatty() else ask_details(subject, given)
    details = _numbered(details, subject)
    values = {"title": title, "date": f"{moment:%Y-%m-%d %H:%M}", **details}
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
    chosen = select("放在哪个栏目？", choices)
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


def _by_key(given: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that were given by their keys.

    Raises:
        CannotWrite: there is no field of that name.

    """
    keys = spellings(ArticleFields)
    if unknown := [name for name in given if name.lower() not in keys]:
        raise CannotWrite(f"没有“{'”“'.join(unknown)}”这个字段。全部字段见 docs/fields.md。")
    return {keys[name.lower()]: value.strip() for name, value in given.items()}


def _numbered(values: Mapping[str, str], subject: Subject) -> dict[str, str]:
    """Put 主送机关 and number in their printed forms; 下一号 is the next one of the first issuer.

    Raises:
        CannotWrite: it is not understood, taken, or there is no series to continue.

    """
    wanted = values.get("doc_number", "")
    values = {**values, "recipients": values.get("recipients", "").rstrip("：:")}
    if not wanted:
        return values
    issuer = values.get("issuer", "").split("、")[0]
    number = next_number(issuer, subject) if wanted == NEXT else parse_doc_number(wanted)
    if number is None and wanted == NEXT:
        raise CannotWrite(f"不知道“{issuer}”的下一号：网站上还没有它编号的文件。请写出发文字号。")
    if number is None:
        raise CannotWrite(f"发文字号“{wanted}”没有看懂，请写成 示总工发〔2026〕12号。")
    if taken := [other.path for other in subject.others if other.fields.doc_number == number]:
        raise CannotWrite(f"{taken[0]} 已经用了 {number}。请核对发文字号。")
    return {**values, "doc_number": str(number)}


def _write(content: Path, column: Column, name: str, values: Mapping[str, str]) -> Path:
    path = content / column.path / name
    if path.exists():
        raise CannotWrite(f"{path} 已经有了，没有改动它。请换一个短名。")
    said = {**values, "status": STATUS_LABELS[Status.DRAFT]}
    rows = sorted(specs(ArticleFields), key=lambda row: not row.required)
    front = write_front_matter(
        (row.spec.label, _line(row.key, said[row.key])) for row in rows if said.get(row.key)
    )
    text = f"{front}\n\n{_body(values)}"
    _, problems = read_article(text, str(path), f"{column.path}/{name}", column, build_time())
    if problems:
        raise CannotWrite("\n".join(str(found) for found in problems))
    replace_file(path, [text.encode()])
    return path


def _line(key: str, value: str) -> Line:
    """Return what a field says as front matter has it: lists are given with 、 between."""
    if get_origin(get_type_hints(ArticleFields)[key]) is not tuple:
        return value
    return _pairs(value) if key == "attachments" else _items(value)


def _items(value: str) -> tuple[str, ...]:
    return tuple(item for item in re.split(r"\s*[、，,;；]\s*", value) if item)


def _pairs(value: str) -> tuple[tuple[str, str], ...]:
    """Return what is written as 名称: 文件."""
    pairs = (re.split(r"\s*[:：]\s*", item, maxsplit=1) for item in _items(value))
    return tuple((pair[0], pair[-1]) for pair in pairs)


def _body(values: Mapping[str, str]) -> str:
    """Return where to write; a document also has 主送机关 and 落款 (GB/T 9704—2012 7.3.2, 7.3.5)."""
    parts = [f"{values['recipients']}："] if values.get("recipients") else []
    parts.append(PLACEHOLDER)
    if names := [pair[0] for pair in _pairs(values.get("attachments", ""))]:
        # GB/T 9704—2012 7.3.4: more than one are numbered.
        listed = names if len(names) == 1 else [f"{n}.{name}" for n, name in enumerate(names, 1)]
        parts.append("附件：" + "\n".join(listed))
    if values.get("issuer") and values.get("signed_on"):
        day = date.fromisoformat(values["signed_on"])
        signed = "<br>".join(values["issuer"].split("、"))
        parts.append(f'<p class="signature">{signed}<br>{day.year}年{day.month}月{day.day}日</p>')
    return "\n\n".join(parts) + "\n"
