"""Reads the front matter of a Markdown file, tolerantly, with line and column.

The canonical form is a `---` fence whose inside is YAML that any YAML parser reads the same way.
People type other things: a full-width colon, a Pelican header without a fence, a dash that Word
turned into ——. What can be understood is understood and reported; what cannot is an error.
Nothing ever falls into the body or is dropped: stock Pelican ends its header at the first Chinese
key and publishes the rest as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from policysite.lint.personal_data import mask
from policysite.model.scalars import Pair, Scalar, Value, quoted, unquoted
from policysite.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One field as written: the label that the editor typed and its value."""

    label: str
    line: int
    value: Value


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields by key (known) or label (unknown), the body and the line it starts on."""

    entries: Mapping[str, Entry]
    body: str
    body_line: int
    problems: tuple[Problem, ...]


_FENCE = re.compile(r"^(?:-{3,}|[－—–─]{2,}|\+{3})[ \t　]*$")
_FIELD = re.compile(r"^([^\s:：\-#][^:：]{0,30}?)[ \t　]*([:：])(?:[ \t　]+|(?=\S)|$)(.*)$")
_ITEM = re.compile(r"^[ \t　]*[-－·•][ \t　]*(?![-－])(\S.*|)$")
_YAML_ITEM = re.compile(r"^[ \t　]*-(?: |$)")
# As YAML divides a name from its value; failing that, as people do, but never inside http://.
_PAIR = re.compile(r"^(\"[^\"]+\"|'[^']+'|.+?)[ \t]*:[ \t]+(\S.*)$")
_LOOSE_PAIR = re.compile(r"^([^:：]+?)[ \t]*[:：][ \t]*(?!//)(\S.*)$")
_FLOW_ITEM = re.compile(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,，、\s][^,，、]*)\s*([,，、]|$)")
_BLOCK = re.compile(r"^[|>][+-]?$")
_BLOCK_HEAD = re.compile(r"[:：]\s*[|>][+-]?\s*$")
# What XML 1.0 cannot hold at all, not even escaped; Word leaves its line breaks as \x0b.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Where YAML reads something else than the text that stands there.
_UNSAFE_START = "[]{},&*!|>%@`\"'#?-"
_UNSAFE_INSIDE = re.compile(r":\s|\s#|:$")


def parse(text: str, path: str, keys: Mapping[str, str]) -> FrontMatter:
    """Split `text` into fields and body.

    Args:
        text: the whole file, decoded.
        path: how problems name the file.
        keys: every accepted spelling of a field name, lower case, to its key.

    """
    reader = _Reader(path, keys)
    lines = reader.lines(text)
    start, end, body_start = reader.find_fences(lines)
    if end is not None:
        reader.read_fields(lines[start:end], start + 1)
    rest = "\n".join(lines[body_start:])
    body = rest.lstrip("\n")
    return FrontMatter(
        entries=reader.entries,
        body=body.rstrip("\n"),
        body_line=body_start + 1 + len(rest) - len(body),
        problems=tuple(reader.problems),
    )


def body_at(text: str, line: int) -> str:
    """Return the body of a file of which `parse` has told the `body_line`."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(text.split("\n")[line - 1 :]).strip("\n")


@dataclass(slots=True)
class _Reader:
    """Collects entries and problems while the lines are read from top to bottom."""

    path: str
    keys: Mapping[str, str]
    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: str, line: int, column: int = 1, **values: object) -> None:
        self.problems.append(problem(code, self.path, line, column, **values))

    def mend(self, old: str, new: str) -> None:
        """Say what belongs in the place of `old`, where the last problem begins."""
        last = self.problems[-1]
        self.problems[-1] = replace(last, end_column=last.column + len(old), fix=new)

    def lines(self, text: str) -> list[str]:
        if text.startswith("\ufeff"):
            self.report("F109", 1)
            text = text.lstrip("\ufeff")
        if "\r" in text:
            self.report("F114", 1)
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        for number, line in enumerate(lines, 1) if _CONTROL.search(text) else ():
            if match := _CONTROL.search(line):
                place = match.start() + 1
                self.report("F116", number, place, place=place)
        return lines

    def find_fences(self, lines: list[str]) -> tuple[int, int | None, int]:
        """Return the first field line, the line after the last, and the body's first line.

        The second is None where no front matter can be told from the body.
        """
        first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
        if first < len(lines) and _FENCE.match(lines[first]):
            self._canonical_fence(lines[first], first + 1)
            for n in range(first + 1, len(lines)):
                if _FENCE.match(lines[n]):
                    self._canonical_fence(lines[n], n + 1)
                    return first + 1, n, n + 1
            end = self._header_end(lines, first + 1)
            self.report("F102", max(end, 1))
            return first + 1, end, end
        if first < len(lines) and self._key_of(lines[first]):
            self.report("F113", first + 1)
            end = self._header_end(lines, first)
            is_fenced = end < len(lines) and bool(_FENCE.match(lines[end]))
            return first, end, end + is_fenced
        self.report("F101", 1)
        return 0, None, 0

    def _canonical_fence(self, line: str, number: int) -> None:
        if line.rstrip() != "---":
            self.report("F112", number, mark=line.strip())
            self.mend(line, "---")

    def _header_end(self, lines: list[str], start: int) -> int:
        """Return where fields stop that no fence opened or closed: at a blank line or a fence."""
        for n in range(start, len(lines)):
            if not lines[n].strip() or _FENCE.match(lines[n]):
                return n
        return len(lines)

    def _key_of(self, line: str) -> str | None:
        match = _FIELD.match(line)
        return self.keys.get(_normal(match[1])) if match else None

    def read_fields(self, lines: list[str], first_line: int) -> None:
        groups = self._groups(lines, first_line)
        for head, number, rest in groups:
            match = _FIELD.match(head)
            if match is None:
                self.report("F103", number, line_text=mask(head.strip())[:40])
                for more, line in rest:
                    self.report("F103", line, line_text=mask(more.strip())[:40])
                continue
            label = match[1].strip().strip("\"'")
            gap = head[match.end(2) : match.start(3)]
            if match[2] == "：" or (match[3] and (not gap or gap.strip(" "))):
                self.report("F104", number, match.start(2) + 1, label=label)
                self.mend(match[2] + gap, ": " if match[3] else ":")
            value = self._value(label, Scalar(match[3], number, match.start(3) + 1), rest)
            self._add(label, Entry(label, number, value))

    def _groups(
        self, lines: list[str], first_line: int
    ) -> Iterator[tuple[str, int, list[tuple[str, int]]]]:
        """Yield each field line with the indented or `- ` lines that belong to it."""
        head: tuple[str, int] | None = None
        rest: list[tuple[str, int]] = []
        for offset, line in enumerate(lines):
            number = first_line + offset
            if not line.strip() or _is_comment(line, head[0] if head else ""):
                continue
            if line[0] in "\t　":
                self.report("F115", number)
                self.mend(line[: len(line) - len(line.lstrip())], "  ")
            belongs = line[0] in " \t　" or _ITEM.match(line)
            if belongs and head:
                rest.append((line, number))
                continue
            if head:
                yield *head, rest
            head, rest = (line, number), []
        if head:
            yield *head, rest

    def _value(self, label: str, first: Scalar, rest: list[tuple[str, int]]) -> Value:
        text = first.text.strip()
        if not text and any(_ITEM.match(line) for line, _ in rest):
            return self._items(label, rest)
        if _BLOCK.match(text):
            joiner = "\n" if text[0] == "|" else ""
            text = joiner.join(line.strip() for line, _ in rest)
            return Scalar(text, rest[0][1] if rest else first.line, 1)
        joined = " ".join([text, *(line.strip() for line, _ in rest)]).strip()
        whole = Scalar(joined, first.line, first.column)
        if joined.startswith("[") and joined.endswith("]"):
            return self._flow(label, whole)
        return self._scalar(label, whole)

    def _items(self, label: str, rest: list[tuple[str, int]]) -> tuple[Scalar | Pair, ...]:
        values: list[Scalar | Pair] = []
        is_canonical = True
        for line, number in rest:
            match = _ITEM.match(line)
            if match is None:
                self.report("F103", number, line_text=mask(line.strip())[:40])
                continue
            is_canonical &= _YAML_ITEM.match(line) is not None
            item = Scalar(match[1].rstrip(), number, match.start(1) + 1)
            values.append(self._item(label, item))
        if not is_canonical:
            self._not_a_list(label, rest[0][1], 1, values)
        return tuple(values)

    def _item(self, label: str, item: Scalar) -> Scalar | Pair:
        pair = None
        if ":" in item.text or "：" in item.text:
            pair = _PAIR.match(item.text) or _LOOSE_PAIR.match(item.text)
        if pair is None or unquoted(item.text) != item.text:
            return self._scalar(label, item)
        name = self._scalar(label, Scalar(pair[1], item.line, item.column))
        value = Scalar(pair[2], item.line, item.column + pair.start(2))
        return Pair(name, self._scalar(label, value), item)

    def _flow(self, label: str, whole: Scalar) -> tuple[Scalar, ...]:
        """Return the items of `[甲, 乙]`, with the full-width comma understood too."""
        found = list(_FLOW_ITEM.finditer(whole.text[1:-1]))
        column = whole.column + 1
        items = [Scalar(unquoted(m[1].strip()), whole.line, column + m.start(1)) for m in found]
        if any(match[2] in ("，", "、") for match in found):
            self._not_a_list(label, whole.line, whole.column, items)
        return tuple(items)

    def _not_a_list(
        self, label: str, line: int, column: int, items: Sequence[Scalar | Pair]
    ) -> None:
        """Report what we took for a list and YAML would not."""
        texts = [(item.whole if isinstance(item, Pair) else item).text for item in items]
        self.report("F107", line, column, label=label, count=len(texts), items="、".join(texts))

    def _scalar(self, label: str, raw: Scalar) -> Scalar:
        text = unquoted(raw.text)
        if text == raw.text and text:
            unsafe = _UNSAFE_INSIDE.search(text)
            mark = text[0] if text[0] in _UNSAFE_START else unsafe and unsafe[0].strip()
            if mark:
                said = quoted(text)
                self.report("F111", raw.line, raw.column, label=label, mark=mark, quoted=said)
                self.mend(raw.text, said)
        return raw if text == raw.text else Scalar(text, raw.line, raw.column)

    def _add(self, label: str, entry: Entry) -> None:
        key = self.keys.get(_normal(label), label)
        if key in self.entries:
            first = self.entries[key].line
            self.report("F105", entry.line, label=label, first_line=first)
            return
        self.entries[key] = entry


def _is_comment(line: str, head: str) -> bool:
    """Tell a comment from text; below `字段: |` every indented line is text."""
    if not line.lstrip().startswith("#"):
        return False
    return not (line[0] in " \t" and _BLOCK_HEAD.search(head))


# The same few in every file.
@lru_cache(maxsize=1024)
def _normal(label: str) -> str:
    return re.sub(r"[\s　\"']", "", label).lower()
