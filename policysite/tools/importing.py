"""`import`: a Word file or a PDF becomes a draft, after a person has looked at what was found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import questionary

from policysite.clock import build_time
from policysite.files import reason_of
from policysite.importing.blocks import CannotImport, Source
from policysite.importing.doc import as_docx
from policysite.importing.docx import read_docx
from policysite.importing.draft import make_draft, put
from policysite.importing.lines import read_date
from policysite.importing.pdf import read_pdf
from policysite.importing.record import Record, find_record
from policysite.model.columns import Column
from policysite.model.fields import DISCLOSURES, DOC_TYPES
from policysite.model.manuscript import read_article
from policysite.model.values import parse_doc_number
from policysite.tools import new


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person said on the command line; what is empty is asked for or found."""

    column: str = ""
    slug: str = ""
    date: str = ""
    accept_revisions: bool = False
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """The draft that was written, and what has to be looked at in it, in Chinese."""

    path: Path
    remarks: tuple[str, ...]


def import_file(path: Path, content: Path, wishes: Wishes) -> Imported:
    """Make a draft of one file.

    Raises:
        CannotImport: the file, the column or the name is not fit; nothing was written.

    """
    source = read_file(path, accept_revisions=wishes.accept_revisions)
    record = find_record(source.blocks)
    try:
        record = _confirmed(path.name, record, is_sure=wishes.is_sure)
        column = new.choose_column(new.open_columns(content), wishes.column)
        moment = new.read_moment(wishes.date) if wishes.date else _moment(record)
        slug = new.choose_slug(wishes.slug, record.title, content, is_sure=wishes.is_sure)
    except new.CannotWrite as error:
        raise CannotImport(str(error)) from None
    draft = make_draft(source, record, column, slug, moment)
    try:
        written = put(draft, content)
    except FileExistsError:
        raise CannotImport(f"{content / draft.path} 已经有了，没有改动它。请换一个短名。") from None
    except OSError as error:
        raise CannotImport(f"写不进 {content}（{reason_of(error)}），没有导入。") from None
    return Imported(
        written, (*source.remarks, *_remarks(record), *_faults(written, column, draft.path))
    )


def read_file(path: Path, *, accept_revisions: bool = False) -> Source:
    """Read a file by its kind.

    Raises:
        CannotImport: the kind is unknown, or the file cannot be read.

    """
    if not path.is_file():
        raise CannotImport(f"找不到文件 {path}。")
    kind = path.suffix.lower()
    if kind == ".docx":
        return read_docx(path, accept_revisions=accept_revisions)
    if kind in (".doc", ".wps", ".rtf", ".odt", ".fodt"):
        return _read_converted(path, accept_revisions=accept_revisions)
    if kind == ".pdf":
        return read_pdf(path)
    raise CannotImport(
        f"{path.name} 不能导入。能导入的有 docx、doc、wps、rtf、odt 和有文字的 pdf。"
    )


def _read_converted(path: Path, *, accept_revisions: bool) -> Source:
    with as_docx(path) as made:
        try:
            return read_docx(made, accept_revisions=accept_revisions)
        except CannotImport as error:
            # The person knows the file by its own name.
            raise CannotImport(str(error).replace(made.name, path.name)) from None


def _moment(record: Record) -> Any:
    now = build_time()
    day = record.signed_on
    return (
        now
        if day is None
        else now.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0)
    )


_ROWS: Mapping[str, Callable[[Record], str]] = {
    "标题": lambda record: record.title,
    "发文字号": lambda record: str(record.doc_number or ""),
    "发文机关": lambda record: "、".join(record.issuer),
    "文种": lambda record: record.doc_type,
    "主送机关": lambda record: record.recipients,
    "成文日期": lambda record: record.signed_on.isoformat() if record.signed_on else "",
    "签发人": lambda record: record.signer,
    "公开属性": lambda record: record.disclosure,
}


def show(record: Record) -> str:
    """Return what was found as a table for people."""
    lines = [f"  {label:　<4}　{value(record) or '（没有找到）'}" for label, value in _ROWS.items()]
    lines += [f"  附件　　　{name}" for name in record.attachments]
    lines += [f"  版记（不导入）　{text}" for text in record.left_out]
    return "\n".join(lines)


def _confirmed(name: str, record: Record, *, is_sure: bool) -> Record:
    """Show what was found and let the person correct it."""
    print(f"从 {name} 里读出：\n{show(record)}")
    if is_sure:
        return record
    if not sys.stdin.isatty():
        raise CannotImport("没有人可以核对上面这些。确实核对过的，请加 --yes。")
    while True:
        done = "都对，写成草稿"
        asked = questionary.select(
            "哪一项不对？", [done, *_ROWS], instruction="（按上下箭头选择，回车确定）"
        )
        label = str(asked.unsafe_ask())
        if label == done:
            return record
        answer = questionary.text(f"{label}：", default=_ROWS[label](record)).unsafe_ask()
        record = corrected(record, label, str(answer).strip())
        print(show(record))


def corrected(record: Record, label: str, answer: str) -> Record:
    """Return a record with one field as the person says; what is not understood stays as it was."""
    if label == "发文字号":
        number = parse_doc_number(answer)
        return replace(record, doc_number=number) if number or not answer else record
    if label == "成文日期":
        day = read_date(answer) or _iso(answer)
        return replace(record, signed_on=day) if day or not answer else record
    if label == "发文机关":
        names = tuple(filter(None, answer.replace("，", "、").split("、")))
        return replace(record, issuer=names, is_document=record.is_document or bool(names))
    if label == "文种":
        return replace(record, doc_type=answer) if answer in ("", *DOC_TYPES) else record
    if label == "标题":
        return replace(record, title=answer)
    if label == "主送机关":
        return replace(record, recipients=answer)
    if label == "签发人":
        return replace(record, signer=answer)
    return replace(record, disclosure=answer) if answer in ("", *DISCLOSURES) else record


def _iso(text: str) -> Any:
    try:
        return new.read_moment(text).date() if text else None
    except new.CannotWrite:
        return None


def _remarks(record: Record) -> list[str]:
    found = []
    if record.attachments:
        names = "、".join(record.attachments)
        found.append(f"正文提到附件：{names}。请把文件放进 attachments，再在信息栏里写“附件”")
    if record.left_out:
        found.append("版记没有放进正文")
    return found


def _faults(path: Path, column: Column, name: str) -> list[str]:
    """Return what `check` will say of the draft alone; its links are checked with the rest."""
    _, problems = read_article(path.read_text("utf-8"), str(path), name, column, build_time())
    return [str(found) for found in problems]
