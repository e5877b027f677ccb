"""`new`: asks in Chinese and writes a complete, valid article."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
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

    >>> propose_slug("重庆市总工会关于2026年集体合同工作的通知")
    'chong-qing-shi-zong-gong-hui-guan-yu-2026-nian'
    """
    syllables = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(title)).lower())
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
        propose_slug(title),
    )
    if not SLUG.fullmatch(slug):
        raise CannotWrite(f"短名“{slug}”只能用小写英文字母、数字和减号。")
    values = {"标题": title, "发布日期": f"{moment:%Y-%m-%d %H:%M}"}
    if column.type == "政策文件" and sys.stdin.isatty():
        values |= dict(_ask_policy())
    return _write(content, column, f"{moment:%Y-%m-%d}-{slug}.md", values)


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
    chosen = questionary.select("放在哪个栏目？", choices).unsafe_ask()
    assert isinstance(chosen, Column)
    return chosen


def _moment(text: str) -> datetime:
    if not text:
        return build_time()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CannotWrite(f"日期“{text}”没有看懂，请写成 2026-03-15。") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _ask(question: str, validate: object, default: str = "") -> str:
    _require_person("--title" if "标题" in question else "--slug")
    return str(questionary.text(question, default=default, validate=validate).unsafe_ask()).strip()


def _require_person(option: str) -> None:
    if not sys.stdin.isatty():
        raise CannotWrite(f"没有终端可以询问，请用 {option} 给出。")


def _ask_policy() -> Iterator[tuple[str, str]]:
    yield "文种", questionary.select("文种？", list(DOC_TYPES), default="通知").unsafe_ask()
    number = _ask(
        "发文字号（例如 示总工发〔2026〕12号，可以先不填）：",
        lambda text: not text or parse_doc_number(text) is not None or "没有看懂这个发文字号",
    )
    if parsed := parse_doc_number(number):
        yield "发文字号", str(parsed)


_BODY = "在这里写正文。\n"


def _write(content: Path, column: Column, name: str, values: dict[str, str]) -> Path:
    path = content / column.path / name
    if path.exists():
        raise CannotWrite(f"{path} 已经有了，没有改动它。请换一个短名。")
    order = [row.spec.label for row in specs(ArticleFields)]
    values = {**values, "状态": "草稿"}
    lines = [f"{label}: {_yaml(values[label])}" for label in order if label in values]
    text = "\n".join(["---", *lines, "---", "", _BODY])
    _, problems = read_article(text, str(path), f"{column.path}/{name}", column, build_time())
    if problems:
        raise CannotWrite("\n".join(str(found) for found in problems))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _yaml(text: str) -> str:
    """Quote a value where YAML would read something else than the text."""
    unsafe = text[:1] in "[]{},&*!|>%@`\"'#?-" or ": " in text or " #" in text or text[-1:] == ":"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' if unsafe else text
