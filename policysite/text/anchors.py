"""Levels and permanent ids of headings and clauses (条), their paragraphs (款) and items (项).

An id comes from the numbers as written, so an edit elsewhere does not change it:
一、 `s1`, （二） under it `s1-2`, 1. under that `s1-2-1`; 第三章 `z3`, 第二节 in it
`z3-j2`; 第一编 `b1`, 第二分编 in it `b1-f2`; 第十二条 `t12`, 第十二条之一 `t12z1`; 附件2 `fj2`.
第十二条第二款 is `t12-2`, 第三项 in it `t12-2-3`, 第三项 under the first 款 `t12-1-3`; the first 款
is the 条 itself.
A heading without a number gets `h-` and a digest of its words. When a document
holds a second text with its own 第一条 (a notice and the measures it issues), the
clauses of that text end in `-b`, of a third one in `-c`; a repeated heading likewise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from policysite.text.blocks import Block
from policysite.text.markers import Kind, Marker

FIRST_LEVEL = 2
DEEPEST_LEVEL = 5
_LETTERS = {
    Kind.ANNEX: "fj",
    Kind.PART: "b",
    Kind.SUBPART: "f",
    Kind.CHAPTER: "z",
    Kind.SECTION: "j",
}


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading under which further headings fall; a smaller `rank` is further out.

    `id` is what the ids beneath start with: nothing under a heading without a number.
    """

    rank: float
    id: str = ""
    kind: Kind | None = None


@dataclass(slots=True)
class Anchors:
    """Gives out levels and ids in document order; one instance per document."""

    _open: list[_Open] = field(default_factory=list)
    _ranks: dict[int, float] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)
    _text: int = 0
    _clause: str = ""
    _paragraph: int = 0

    def heading(self, block: Block) -> tuple[int, str]:
        """Return level (2–5) and id of the next heading.

        Levels the author skips are closed up, so that no level is missing.
        """
        self._clause = ""
        marker = block.marker
        if marker and marker.kind < Kind.CIRCLED:
            while self._open and self._open[-1].rank >= marker.kind:
                self._open.pop()
            name = self.unique(self._numbered(marker))
            entry = _Open(marker.kind, name, marker.kind)
        else:
            digest = blake2b(block.text.encode("utf-8", "replace"), digest_size=3)
            name = self.unique(f"h-{digest.hexdigest()}")
            entry = _Open(self._rank_of_signs(block.signs))
        self._ranks[len(self._open)] = entry.rank
        self._open.append(entry)
        return min(len(self._open) + FIRST_LEVEL - 1, DEEPEST_LEVEL), name

    def clause(self, marker: Marker) -> str:
        """Return the id of the next clause (条)."""
        if marker.number == 1 and not marker.inserted and self._text_id("t1") in self._used:
            self._text += 1
        name = f"t{marker.number}" + (f"z{marker.inserted}" if marker.inserted else "")
        self._clause, self._paragraph = self.unique(self._text_id(name)), 1
        return self._clause

    def paragraph(self) -> str:
        """Return the id of a further paragraph (款) of the clause, nothing outside of one."""
        if not self._clause:
            return ""
        self._paragraph += 1
        return self.unique(f"{self._clause}-{self._paragraph}")

    def item(self, marker: Marker) -> str:
        """Return the id of an item (项) of the clause: （一） is one, what is beneath it is not."""
        if not self._clause or marker.kind is not Kind.SECOND:
            return ""
        return self.unique(f"{self._clause}-{self._paragraph}-{marker.number}")

    def unique(self, name: str) -> str:
        """Return `name`, or `name` with a suffix if it is taken."""
        count = self._used.get(name, 0)
        self._used[name] = count + 1
        return self.unique(name + _suffix(count)) if count else name

    def _text_id(self, name: str) -> str:
        return name + (_suffix(self._text) if self._text else "")

    def _numbered(self, marker: Marker) -> str:
        parent = next((entry for entry in reversed(self._open) if entry.id), None)
        if letters := _LETTERS.get(marker.kind):
            own = letters + (str(marker.number) if marker.number else "")
        elif parent and parent.kind and parent.kind >= Kind.FIRST:
            own = str(marker.number)
        else:
            own = f"s{marker.number}"
        return f"{parent.id}-{own}" if parent else own

    def _rank_of_signs(self, count: int) -> float:
        """Close what a heading marked with `count` number signs ends; return its rank.

        At the top everything numbered falls under it. Further down it ranks with
        the heading it stands beside, else just below its parent.
        """
        depth = max(count, FIRST_LEVEL) - FIRST_LEVEL
        beside = len(self._open) > depth > 0
        del self._open[depth:]
        if beside:
            return self._ranks[depth]
        return self._open[-1].rank + 0.5 if self._open else 0.0


def _suffix(count: int) -> str:
    """-b for the second (`count` 1), -c for the third …; -27 and on after -z."""
    return f"-{chr(ord('a') + count)}" if count < 26 else f"-{count + 1}"
