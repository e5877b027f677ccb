"""Writes what was imported as Markdown of the house: docs/editing.md says how a body is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from policysite.importing.blocks import (
    Block,
    Cell,
    Note,
    Paragraph,
    Picture,
    Run,
    Signature,
    Source,
    Table,
)

# 第一章, 一、, （一）, 1., （1）: such paragraphs become headings or clauses by themselves.
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零〇]+[编章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]"
    r"|\d+[.．、]|[（(]\d+[）)]|[①-⑳]"
)
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~]")
# What begins a list, a heading, a quotation or a rule.
_START = re.compile(r"^(?:[-+>=]|#+|\d+[.)](?=\s)|:)")
_ENDS = "。；：，、！？.;:,!?"
_TITLE_FONTS = {2: ("黑体", "SimHei", "Heiti"), 3: ("楷体", "KaiTi", "楷体_GB2312")}
_LONGEST_TITLE = 40


def write_markdown(blocks: Sequence[Block], source: Source, places: Mapping[str, str]) -> str:
    """Return the body of an article.

    `places` are the paths of pictures under content/ by their names in the file.
    """
    notes = {name: place for place, name in enumerate(source.notes, 1)}
    writer = _Writer(notes, places)
    parts = [part for block in blocks if (part := writer.block(block))]
    for name, paragraphs in source.notes.items():
        said = " ".join(filter(None, (writer.inline(p) for p in paragraphs)))
        parts.append(f"[^{notes[name]}]: {said}")
    return "\n\n".join(_without_gaps(parts)) + "\n"


def _without_gaps(parts: Sequence[str]) -> Iterator[str]:
    """Keep items of one list together, so that it stays one list."""
    items: list[str] = []
    for part in parts:
        if part.startswith("- "):
            items.append(part)
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield part
    if items:
        yield "\n".join(items)


class _Writer:
    def __init__(self, notes: Mapping[str, int], places: Mapping[str, str]) -> None:
        self.notes = notes
        self.places = places

    def block(self, block: Block) -> str:
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Signature):
            return f'<p class="signature">{"<br>".join(map(escape, block.lines))}</p>'
        text = self.inline(block)
        if not text:
            return ""
        if block.bullet:
            return f"- {text}"
        level = heading_level(block)
        return f"{'#' * level} {text}" if level else text

    def inline(self, paragraph: Paragraph) -> str:
        """Return the words of a paragraph in one line, with what is bold in it."""
        is_bold = all(run.bold for run in paragraph.runs)
        lead = _lead(paragraph)
        pieces = [escaped(paragraph.number)]
        for inline in paragraph.inlines:
            if isinstance(inline, Note):
                # The reader of the file has told of a note that is not there.
                pieces.append(f"[^{self.notes[inline.id]}]" if inline.id in self.notes else "")
            elif isinstance(inline, Picture):
                pieces.append(self._picture(inline))
            else:
                marks = inline.bold and not is_bold and inline is not lead
                pieces.append(self._run(inline, is_bold=marks))
        text = re.sub(r"[ \t\xa0]+", " ", "".join(pieces)).strip(" \u3000")
        return _START.sub(lambda mark: _guarded(mark[0]), text)

    def _run(self, run: Run, *, is_bold: bool) -> str:
        text = escaped(run.text)
        if run.position:
            return f"<{run.position[:3]}>{text}</{run.position[:3]}>"
        words = text.strip(" \u3000")
        if not words:
            return text
        if run.url:
            words = f"[{words}]({run.url.replace(' ', '%20').replace(')', '%29')})"
        if is_bold:
            words = f"**{words}**"
        before, after = (
            text[: len(text) - len(text.lstrip(" \u3000"))],
            text[len(text.rstrip(" \u3000")) :],
        )
        return before + words + after

    def _picture(self, picture: Picture) -> str:
        place = self.places.get(picture.name)
        return f"![{escaped(picture.alt)}](/{place})" if place else ""

    def table(self, table: Table) -> str:
        """Return a table of lines where it is simple, and HTML where cells are merged."""
        if not any(row for row in table.rows):
            return ""
        widths = {sum(cell.columns for cell in row) for row in table.rows}
        is_simple = len(widths) == 1 and all(
            cell.rows == cell.columns == 1
            and len([p for p in cell.paragraphs if p.text.strip()]) <= 1
            for row in table.rows
            for cell in row
        )
        return self._lines(table) if is_simple else self._html(table)

    def _lines(self, table: Table) -> str:
        rows = ["| " + " | ".join(self._in_line(cell) for cell in row) + " |" for row in table.rows]
        rule = "|" + "---|" * len(table.rows[0])
        return "\n".join([rows[0], rule, *rows[1:]])

    def _in_line(self, cell: Cell) -> str:
        return " ".join(filter(None, (self.inline(p) for p in cell.paragraphs)))

    def _html(self, table: Table) -> str:
        lines = ["<table>"]
        for place, row in enumerate(table.rows):
            name = "td" if place else "th"
            cells = "".join(
                f"<{name}{_spans(cell)}>{'<br>'.join(map(escape, cell.text.splitlines()))}</{name}>"
                for cell in row
            )
            lines.append(f"<tr>{cells}</tr>")
        return "\n".join([*lines, "</table>"])


def _spans(cell: Cell) -> str:
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return rows + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")


def _lead(paragraph: Paragraph) -> Run | None:
    """Return the bold run that a numbered paragraph begins with: its title, which needs no mark."""
    first = next(iter(paragraph.inlines), None)
    if isinstance(first, Run) and first.bold and _NUMBERED.match(paragraph.text.strip(" \u3000")):
        return first
    return None


def heading_level(paragraph: Paragraph) -> int:
    """Return 2 or more for a heading that its words do not tell, 0 for all others."""
    text = paragraph.text.strip(" \u3000")
    if not text or _NUMBERED.match(text) or paragraph.bullet:
        return 0
    if paragraph.level:
        return min(paragraph.level + 1, 5)
    if len(text) > _LONGEST_TITLE or text[-1] in _ENDS or paragraph.align == "right":
        return 0
    for level, fonts in _TITLE_FONTS.items():
        if paragraph.runs and all(run.font in fonts for run in paragraph.runs):
            return level
    return 0


def escaped(text: str) -> str:
    r"""Return text in which Markdown sees nothing but text.

    >>> escaped("a_b*c <d>")
    'a\\_b\\*c &lt;d>'
    """
    return _SPECIAL.sub(lambda mark: _ESCAPES.get(mark[0], "\\" + mark[0]), text)


_ESCAPES = {"<": "&lt;", ">": ">", "|": "&#124;", "~": "~"}


def _guarded(mark: str) -> str:
    if mark[0].isdigit():  # “1. 甲” is a list; in 公文 it is a third level, written 1.甲
        return f"{mark[:-1]}\\{mark[-1]}"
    return "\\" + mark
