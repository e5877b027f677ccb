"""What changed between two versions of a text, provision by provision and word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

from policysite.patterns import pattern
from policysite.relate.words import split_words
from policysite.text.provisions import Provision

T = TypeVar("T")
Pair = tuple[T | None, T | None]

SAME, CHANGED, INSERTED, DELETED = "same", "changed", "inserted", "deleted"

# Shares of two texts' pairs of neighbouring characters that are alike; tried on revised laws.
_ALIKE = 0.3
"""From here on two provisions at one place are versions of each other."""
_MOVED = 0.6
"""From here on two provisions at different places are one that moved."""
_READABLE = 0.4
"""Below it a paragraph is rewritten: old and new are shown whole instead of in shreds."""
_SHRED = 2
"""Fewer unchanged characters than this between two changes are read as changed too."""

_NUMBER = pattern(
    r"^(?:第[〇零一二三四五六七八九十百千0-9]+[编章节]|[一二三四五六七八九十]+、"
    r"|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[.．、])\s*"
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is the same, inserted or deleted."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A provision in both versions, or in one of them.

    `title` and `lines` are what to read: runs of the old and the new text merged. `is_moved`: it
    stands elsewhere among the provisions; a number that only counts on with the others is no move.
    `elsewhere`: the provision of the other version that has all the words of this one.
    """

    state: str
    old: Provision | None
    new: Provision | None
    title: tuple[Run, ...]
    lines: tuple[tuple[Run, ...], ...]
    is_moved: bool = False
    elsewhere: Provision | None = None

    @property
    def provision(self) -> Provision:
        """The new provision, or the old one if it is gone."""
        found = self.new or self.old
        assert found, "a row has one side at least"
        return found

    @property
    def kind(self) -> str:
        """The kind of the provision: clause, heading or opening."""
        return self.provision.kind

    @property
    def name(self) -> str:
        """第十二条 or the heading, of the new version if it has this provision."""
        return self.provision.name

    @property
    def id(self) -> str:
        """A name for this row that no other has: the anchor of its provision, or old- and that."""
        return f"{'' if self.new else 'old-'}{self.provision.id or self.provision.kind}"

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing changed, neither words nor place."""
        return self.state == SAME and not self.is_moved


def compare(old: Sequence[Provision], new: Sequence[Provision]) -> tuple[Row, ...]:
    """Return every provision of both versions, in the order of the new one.

    What is the same is found first and in linear time; only the stretches between are aligned by
    likeness, so that a long law with few changes costs little.
    """
    pairs = _align(old, new, _key, _likeness)
    gone = [provision for provision, later in pairs if later is None and provision]
    came = [later for provision, later in pairs if provision is None and later]
    moved = _find_moves(gone, came)
    rows = []
    for before, after in pairs:
        if before is None and after and id(after) in moved:
            rows.append(replace(_row(moved[id(after)], after), is_moved=True))
        elif after is not None or id(before) not in moved:
            rows.append(_row(before, after))
    return tuple(_with_places(rows, _lines_of(old), _lines_of(new)))


Places = Mapping[str, Provision]


def _lines_of(provisions: Sequence[Provision]) -> Places:
    """Return where each paragraph of the clauses stands."""
    return {line: p for p in provisions if p.kind == "clause" for line in p.lines}


def _with_places(rows: Iterable[Row], old: Places, new: Places) -> Iterator[Row]:
    """Tell of a clause that came or went where its words came from or went to."""
    for row in rows:
        provision, there = (row.old, new) if row.state == DELETED else (row.new, old)
        if provision and provision.kind == "clause" and row.state in (DELETED, INSERTED):
            places = {there.get(line) for line in provision.lines}
            yield replace(row, elsewhere=places.pop()) if len(places) == 1 else row
        else:
            yield row


def _find_moves(gone: Sequence[Provision], came: Sequence[Provision]) -> dict[int, Provision]:
    """Return the pairs of clauses that are one: by id of the new one, and of the old one."""
    found: dict[int, Provision] = {}
    likely = sorted(
        (-likeness, place, other)
        for place, before in enumerate(gone)
        for other, after in enumerate(came)
        if before.kind == after.kind == "clause"
        and (likeness := _likeness(before, after)) >= _MOVED
    )
    for _, place, other in likely:
        if id(gone[place]) not in found and id(came[other]) not in found:
            found[id(came[other])] = gone[place]
            found[id(gone[place])] = came[other]
    return found


def _row(old: Provision | None, new: Provision | None) -> Row:
    title = _merge(old.label if old else None, new.label if new else None)
    pairs = _align(old.lines if old else (), new.lines if new else (), str, _alike)
    lines = tuple(runs for pair in pairs for runs in _readable(*pair))
    if old is None or new is None:
        state = INSERTED if old is None else DELETED
    else:
        state = SAME if _key(old) == _key(new) else CHANGED
    return Row(state, old, new, title, lines)


def _align(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], object],
    likeness: Callable[[T, T], float],
) -> list[Pair[T]]:
    """Pair what belongs together, keeping both orders; None stands where nothing does."""
    matcher = SequenceMatcher(None, [key(a) for a in old], [key(b) for b in new], autojunk=False)
    pairs: list[Pair[T]] = []
    for tag, start, end, start2, end2 in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(old[start:end], new[start2:end2], strict=True)
        else:
            gap: list[Pair[T]] = _align_gap(old[start:end], new[start2:end2], likeness)
            pairs += gap
    return pairs


def _align_gap(
    old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]
) -> list[Pair[T]]:
    """Pair the most alike in order: the path through the table with the greatest sum."""
    table = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    scores = [[likeness(a, b) for b in new] for a in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            here = scores[i][j] + table[i + 1][j + 1] if scores[i][j] >= _ALIKE else 0.0
            table[i][j] = max(here, table[i + 1][j], table[i][j + 1])
    pairs: list[Pair[T]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if scores[i][j] >= _ALIKE and table[i][j] == scores[i][j] + table[i + 1][j + 1]:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            pairs.append((old[i], None))
            i += 1
        else:
            pairs.append((None, new[j]))
            j += 1
    return [*pairs, *((a, None) for a in old[i:]), *((None, b) for b in new[j:])]


def _key(provision: Provision) -> tuple[str, str, tuple[str, ...]]:
    """Return what makes two provisions the same; a clause's number does not count."""
    title = "" if provision.kind == "clause" else _NUMBER.sub("", provision.label)
    return (provision.kind, title, provision.lines)


def _likeness(old: Provision, new: Provision) -> float:
    if old.kind != new.kind:
        return 0.0
    if old.kind == "opening":
        return 1.0
    body = _alike("".join(old.lines), "".join(new.lines))
    if old.kind == "clause":
        return body
    # 第五章 监督检查 has become 第五章 公开和监督, unless something is more alike.
    numbers = (_NUMBER.match(old.label), _NUMBER.match(new.label))
    same_number = all(numbers) and len({n[0] for n in numbers if n}) == 1
    return max(_alike(old.label, new.label), body if old.lines else 0.0, _ALIKE * same_number)


def _alike(old: str, new: str) -> float:
    """Return how alike two texts are, 0 to 1 (Dice, on pairs of neighbouring characters)."""
    a, b = _pairs_of(old), _pairs_of(new)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(old == new)


@lru_cache(maxsize=1 << 12)
def _pairs_of(text: str) -> frozenset[str]:
    text = _NUMBER.sub("", text)
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def _readable(old: str | None, new: str | None) -> Iterator[tuple[Run, ...]]:
    """Yield one merged paragraph, or the old and the new one if they share too little."""
    runs = _merge(old, new)
    if old and new:
        same = sum(len(run.text) for run in runs if run.state == SAME)
        if same < _READABLE * min(len(old), len(new)):
            yield (Run(DELETED, old),)
            yield (Run(INSERTED, new),)
            return
    yield runs


def _merge(old: str | None, new: str | None) -> tuple[Run, ...]:
    """Return both texts as one, whole words marked as deleted or inserted."""
    if old is None or new is None or old == new:
        state = SAME if old == new else INSERTED if old is None else DELETED
        return (Run(state, (new if old is None else old) or ""),)
    a, b = split_words(old), split_words(new)
    steps: list[tuple[str, str, str]] = []
    for tag, start, end, start2, end2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        before, after = "".join(a[start:end]), "".join(b[start2:end2])
        steps.append((SAME if tag == "equal" else CHANGED, before, after))
    return tuple(_runs(_joined(steps)))


def _joined(steps: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Join changes that only a shred of unchanged text keeps apart."""
    joined: list[tuple[str, str, str]] = []
    for place, (state, before, after) in enumerate(steps):
        is_shred = state == SAME and 0 < place < len(steps) - 1 and len(before) < _SHRED
        if joined and joined[-1][0] == CHANGED and (state == CHANGED or is_shred):
            joined[-1] = (CHANGED, joined[-1][1] + before, joined[-1][2] + after)
        else:
            joined.append((state, before, after))
    return joined


def _runs(steps: Sequence[tuple[str, str, str]]) -> Iterator[Run]:
    for state, before, after in steps:
        if state == SAME:
            yield Run(SAME, after)
            continue
        if before:
            yield Run(DELETED, before)
        if after:
            yield Run(INSERTED, after)
