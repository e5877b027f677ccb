"""Chinese typography of text that is already HTML, and of plain titles and summaries.

Marks next to Chinese are ours to set (GB/T 15834—2011); sentences without any
Chinese go through typogrify's smartypants. docs/decisions/0004 tells why the
other filters of typogrify are out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policysite.patterns import pattern

_TOKEN = pattern(
    r"<!--.*?-->"
    r"|<(pre|code|kbd|samp|tt|script|style|textarea|math|svg)\b.*?</\1\s*>"
    r"|<[/!?]?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)
_BLOCK = pattern(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|t[rdh]|thead|tbody|tfoot|table|caption|col|colgroup|hr|br"
    r"|figure|figcaption|blockquote|pre|div|section|article|aside|nav|details|summary)\b",
    re.IGNORECASE,
)
# Text without quotes and dashes between tags of the plainest form: most HTML is of nothing else.
_QUIET = pattern(
    r"[^<>\"-]*+(?:(?:-(?!-)|<[/!?]?[a-zA-Z][^<>\"]*+(?:\"[^\"<>]*\"[^<>\"]*+)*+>)[^<>\"-]*+)*+"
)
_NOT_IN_TAGS = ("'", "...", "。。。")
_MARKS = ('"', "'", "--", "...", "。。。")
_IDEOGRAPH = pattern(r"[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN_LETTER = pattern(r"[A-Za-z]")
_CHINESE = pattern(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff·]")
# Marks we may just have set, or be about to, tell nothing about their neighbours.
_TRANSPARENT = " \"'“”‘’-—.…"
# Addresses, feet and minutes are left as they are.
_KEPT = pattern(
    r"((?:https?://|www\.)[^\s\"'<>\u0080-\U0010ffff]+"
    r"|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+"
    r"|[0-9]'\s?[0-9]+(?:\.[0-9]+)?\")"
)
_MARK = pattern(r"\.{3,}|。{3,}| ?-{2,} ?|[\"']")
_LATIN_RUN = pattern(r"[A-Za-z][\w ,;:'.-]*[\w.]", re.ASCII)
_LOOSE_QUOTE = pattern(r"(?<![A-Za-z])'|'(?![A-Za-z])")
_UNSAFE_FOR_SMARTYPANTS = pattern(r"\\|<!--|&#|://|@|www\.")
# smartypants writes numeric references; we publish characters.
_REFERENCE = pattern(r"&#(82(?:11|12|16|17|20|21|30));")


def compose(html: str) -> str:
    """Set quotes, dashes and ellipses of `html` as Chinese typesetting wants them.

    Leaves tags, comments, code and addresses alone, adds no element and no space.
    Text that is composed already comes back unchanged.
    """
    if _is_quiet(html) or not _needs_setting(_TOKEN.sub("", html)):
        return html
    return "".join(_composed_tokens(html))


def _is_quiet(html: str) -> bool:
    """Tell quickly whether no mark that we act on can stand outside the tags of `html`."""
    return not any(mark in html for mark in _NOT_IN_TAGS) and bool(_QUIET.fullmatch(html))


def compose_plain(text: str) -> str:
    """Set the marks of plain `text`, a block per line; never adds entities or tags."""
    if not _needs_setting(text):
        return text
    return "\n".join(_Block(list(_words(line))).composed() for line in text.split("\n"))


def _needs_setting(text: str) -> bool:
    """Tell whether `text` holds any mark we act on; most text does not."""
    return any(mark in text for mark in _MARKS)


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a block: words, or something that stays as it is.

    `seen` is what its neighbours see of it: nothing of a tag, a letter for code.
    """

    text: str
    seen: str
    is_fixed: bool = True


def _words(text: str) -> Iterator[_Token]:
    """Cut `text` into words to set and addresses to keep."""
    for index, part in enumerate(_KEPT.split(text)):
        if part:
            yield _Token(part, part, is_fixed=index % 2 == 1)


def _composed_tokens(html: str) -> Iterator[str]:
    block: list[_Token] = []
    position = 0
    for match in _TOKEN.finditer(html):
        block.extend(_words(html[position : match.start()]))
        if _BLOCK.match(match[0]):
            yield _Block(block).composed()
            yield match[0]
            block = []
        else:
            block.append(_Token(match[0], "x" if match[1] else ""))
        position = match.end()
    block.extend(_words(html[position:]))
    yield _Block(block).composed()


class _Block:
    """The tokens between two block-level tags; quotes pair within it."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.words = "".join(token.seen for token in tokens)
        self.pairs: dict[int, str] = {}

    def composed(self) -> str:
        """Return the text of the block with its marks set."""
        source = "".join(token.text for token in self.tokens)
        if not _needs_setting(self.words):
            return source
        if not _IDEOGRAPH.search(self.words) and _LATIN_LETTER.search(self.words):
            return _latin(source)
        self.pairs = self._paired()
        return "".join(
            token.text if token.is_fixed else self._set(token.text, offset)
            for token, offset in self._placed()
        )

    def _placed(self) -> Iterator[tuple[_Token, int]]:
        """Yield the tokens with their positions in `words`."""
        offset = 0
        for token in self.tokens:
            yield token, offset
            offset += len(token.seen)

    def _set(self, text: str, offset: int) -> str:
        text = _MARK.sub(lambda match: self._mark(match, offset), text)
        return _LATIN_RUN.sub(_latin_run, text)

    def _mark(self, match: re.Match[str], offset: int) -> str:
        mark = match[0]
        if mark in "\"'":
            return self.pairs.get(match.start() + offset, mark)
        before = self._neighbour(match.start() + offset - 1, -1)
        after = self._neighbour(match.end() + offset, 1)
        if "-" in mark:
            return "——" if before and after else mark
        # Six points are a Chinese ellipsis wherever they stand.
        return "……" if before or after or "。" in mark or len(mark) == 6 else mark

    def _neighbour(self, position: int, step: int) -> bool:
        """Tell whether the next character that is no space or such mark is Chinese."""
        while 0 <= position < len(self.words) and self.words[position] in _TRANSPARENT:
            position += step
        return 0 <= position < len(self.words) and bool(_CHINESE.match(self.words[position]))

    def _paired(self) -> dict[int, str]:
        """Pair straight quotes by counting; an odd one out leaves its kind as it is."""
        doubles = [at for at, mark in self._quotes() if mark == '"']
        singles = [at for at, mark in self._quotes() if mark == "'" and not self._in_word(at)]
        pairs: dict[int, str] = {}
        # Quotes that all follow digits are inches.
        if not all(self._follows(at, str.isdecimal) for at in doubles):
            pairs |= _alternate(doubles, "“”")
        # One that should open right after a Latin letter is the workers' apostrophe.
        if not any(self._follows(at, str.isalnum) for at in singles[::2]):
            pairs |= _alternate(singles, "‘’")
        return pairs

    def _quotes(self) -> Iterator[tuple[int, str]]:
        for token, offset in self._placed():
            if not token.is_fixed:
                for match in re.finditer("[\"']", token.text):
                    yield match.start() + offset, match[0]

    def _in_word(self, at: int) -> bool:
        """Tell an apostrophe inside a Latin word from a quote."""
        after = self.words[at + 1 : at + 2]
        return self._follows(at, str.isalpha) and after.isascii() and after.isalpha()

    def _follows(self, at: int, kind: Callable[[str], bool]) -> bool:
        before = self.words[at - 1 : at] if at else ""
        return before.isascii() and kind(before)


def _alternate(positions: list[int], pair: str) -> dict[int, str]:
    if len(positions) % 2:
        return {}
    return {at: pair[index % 2] for index, at in enumerate(positions)}


def _latin_run(match: re.Match[str]) -> str:
    """Compose a Latin phrase inside a Chinese block; its loose quotes were left on purpose."""
    run = match[0]
    if _LOOSE_QUOTE.search(run) or not _needs_setting(run):
        return run
    return _latin(run)


def _latin(text: str) -> str:
    if _UNSAFE_FOR_SMARTYPANTS.search(text):
        return text
    # Few texts have whole sentences without Chinese.
    from typogrify.filters import smartypants

    return _REFERENCE.sub(lambda match: chr(int(match[1])), smartypants(text))
