"""What an imported file consists of, whatever it was: paragraphs, tables, pictures, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class CannotImport(Exception):
    """The file is not imported; the message says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; `size` in points (0: unknown), `url` where it links to.

    `position` is "super", "sub" or empty.
    """

    text: str
    bold: bool = False
    size: float = 0
    red: bool = False
    font: str = ""
    position: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """The place of a footnote."""

    id: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text: its name in the file, and what it shows if the file says so."""

    name: str
    alt: str = ""


Inline = Run | Note | Picture


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `level` is that of a heading (0: none), `number` its automatic numbering.

    `align` is left, center or right; `bullet` says that it is an item of an unordered list.
    """

    inlines: tuple[Inline, ...]
    align: str = "left"
    level: int = 0
    number: str = ""
    bullet: bool = False

    @property
    def text(self) -> str:
        """The words, with the automatic number before them."""
        return self.number + "".join(i.text for i in self.inlines if isinstance(i, Run))

    @property
    def size(self) -> float:
        """The size of the largest type in points."""
        return max((r.size for r in self.runs), default=0)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The stretches that hold words."""
        return tuple(i for i in self.inlines if isinstance(i, Run) and i.text.strip())


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with the rows and columns that it spans."""

    paragraphs: tuple[Paragraph, ...]
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """The words of all its paragraphs."""
        return "\n".join(p.text.strip() for p in self.paragraphs if p.text.strip())


@dataclass(frozen=True, slots=True)
class Table:
    """A table by rows; a cell that spans several rows stands in the first of them."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def text(self) -> str:
        """The words of all cells."""
        return "\n".join(cell.text for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: who issued the text, and the day, one line each."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines."""
        return "\n".join(self.lines)


Block = Paragraph | Table | Signature


@dataclass(frozen=True, slots=True)
class Source:
    """All that was read from a file.

    `notes` are the footnotes by id, `pictures` the bytes of pictures by name; `remarks` say, in
    Chinese, what the person who imports it has to look at.
    """

    blocks: tuple[Block, ...]
    notes: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
