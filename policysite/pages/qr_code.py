"""QR codes of addresses as SVG, a page each: segno's picture in a tenth of its time.

segno builds the matrix module by module and weighs every address anew. For one size of code,
however, each module is always the same bit of the encoded text, or its opposite, or fixed
(ISO/IEC 18004:2015 7.7–7.10): `_Frame` works that out once, and a code is then one selection from a
string of bits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import zip_longest
from operator import itemgetter

from markupsafe import Markup

from policysite.pages.qr_patterns import MASK, Modules, fixed_modules, side

_BORDER = 2
_TITLE = "二维码"
_LEVELS = ("m", "q", "h")
# ISO/IEC 18004:2015 table 9 for versions 1–9, by level: error correction codewords of a block,
# number of blocks. Larger codes count their characters in 16 bits; segno draws those.
_CODEWORDS = (26, 44, 70, 100, 134, 172, 196, 242, 292)
_CORRECTION = {
    "m": ((10, 1), (16, 1), (26, 1), (18, 2), (24, 2), (16, 4), (18, 4), (22, 4), (22, 5)),
    "q": ((13, 1), (22, 1), (18, 2), (26, 2), (18, 4), (24, 4), (18, 6), (22, 6), (20, 8)),
    "h": ((17, 1), (28, 1), (22, 2), (16, 4), (22, 4), (28, 4), (26, 5), (26, 6), (24, 8)),
}
_ADDRESS = re.compile(r"[!-~]*[a-z][!-~]*")
"""What is sure to be encoded as bytes: digits and capitals alone have shorter codes."""
_RUN = re.compile("[0\n]*1+")
# At most so many modules are left over after the last codeword (7.7.3).
_REMAINDER = 7
_ROW_END = 2
_OPPOSITE = str.maketrans("01", "10")


def qr(text: str) -> Markup:
    """Return a QR code as inline SVG, to be scanned from a screen or from paper."""
    frame = _frame_for(len(text)) if _ADDRESS.fullmatch(text) else None
    if frame is None:
        return draw_with_segno(text)
    return Markup(_svg(frame.draw(text.encode()), frame.size))  # noqa: S704 -- made of numbers


def draw_with_segno(text: str) -> Markup:
    """Return a QR code of any text: what `qr` is quicker than, and equal to."""
    import segno  # takes as long to load as two hundred codes to draw

    svg = BytesIO()
    segno.make(text, error="m", micro=False, mask=MASK).save(
        svg, kind="svg", xmldecl=False, svgns=False, omitsize=True, nl=False, border=_BORDER,
        svgclass="qr", lineclass=None, title=_TITLE,
    )  # fmt: skip
    return Markup(svg.getvalue().decode())  # noqa: S704 -- made of numbers by segno


class _Steps(dict[str, str]):
    """From one dark line to the next: 001, or across the end of a row 00\\n01, to m2 0h1."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __missing__(self, run: str) -> str:
        first, *rest = run.split("\n")
        light = len((rest or [first])[-1].rstrip("1"))
        right = light - (self.size - len(first)) if rest else light
        step = self[run] = f"m{right} {len(rest)}h{run.count('1')}"
        return step


@cache
def _steps(size: int) -> _Steps:
    return _Steps(size)


def _svg(modules: str, size: int) -> str:
    """Draw each run of dark modules as a line, from the end of the one before."""
    steps = _steps(size)
    path = "".join([steps[run] for run in _RUN.findall(modules)])
    # The first line, m0 0h7, begins where the finder pattern does.
    return (
        f'<svg viewBox="0 0 {size + 2 * _BORDER} {size + 2 * _BORDER}" class="qr">'
        f"<title>{_TITLE}</title>"
        f'<path stroke="#000" d="M{_BORDER} {_BORDER}.5{path.removeprefix("m0 0")}"/></svg>'
    )


@cache
def _frame_for(length: int) -> _Frame | None:
    """Return the smallest frame for an address, with the best correction that fits in it."""
    for version in range(1, len(_CODEWORDS) + 1):
        fitting = [level for level in _LEVELS if length <= _capacity(version, level)]
        if fitting:
            return _frame(version, fitting[-1])
    return None


def _capacity(version: int, level: str) -> int:
    """Return how many bytes of text fit: all but the mode, the count and the correction."""
    correction, count = _CORRECTION[level][version - 1]
    return _CODEWORDS[version - 1] - correction * count - 2


@dataclass(frozen=True, slots=True)
class _Frame:
    """One version and level: `blocks` of data, `correction` codewords for each, their `modules`.

    `modules` picks all modules, row by row, from the bits of a message, their opposites, and 01;
    `codewords` counts those of a message.
    """

    size: int
    codewords: int
    blocks: tuple[int, ...]
    correction: int
    modules: Callable[[str], tuple[str, ...]]

    def draw(self, text: bytes) -> str:
        """Return the code of `text`: its modules as 0 and 1, the rows parted by newlines."""
        message = int.from_bytes(bytes(self._message(text)), "big")
        bits = f"{message:0{self.codewords * 8}b}{'0' * _REMAINDER}"
        return "".join(self.modules(bits + bits.translate(_OPPOSITE) + "01\n"))

    def _message(self, text: bytes) -> Iterator[int]:
        """Yield the codewords, the blocks interlaced (7.4, 7.6)."""
        room = sum(self.blocks) - 2 - len(text)
        bits = 0b0100 << 8 | len(text)
        bits = (bits << 8 * len(text) | int.from_bytes(text, "big")) << 4
        # Like segno, with a codeword of zeros before the padding: readers stop at the terminator.
        data = bits.to_bytes(len(text) + 2, "big") + (b"\0" + b"\xec\x11" * room)[:room]
        blocks, start = [], 0
        for length in self.blocks:
            blocks.append(data[start : start + length])
            start += length
        for codewords in zip_longest(*blocks):
            yield from (codeword for codeword in codewords if codeword is not None)
        for codewords in zip(*(_remainder(b, self.correction) for b in blocks), strict=True):
            yield from codewords


@cache
def _frame(version: int, level: str) -> _Frame:
    total, (correction, count) = _CODEWORDS[version - 1], _CORRECTION[level][version - 1]
    length, longer = divmod(total - correction * count, count)
    blocks = (length,) * (count - longer) + (length + 1,) * longer
    fixed, size = fixed_modules(version, level), side(version)
    bits = 8 * total + _REMAINDER
    picks = [2 * bits + _ROW_END] * (size * (size + 1))
    for (row, column), module in fixed.items():
        picks[row * (size + 1) + column] = 2 * bits + module
    for place, (row, column) in enumerate(_places(size, fixed)):
        # Mask 2 turns every third column over.
        picks[row * (size + 1) + column] = place + (bits if column % 3 == 0 else 0)
    return _Frame(size, total, blocks, correction, itemgetter(*picks[:-1]))


def _places(size: int, fixed: Modules) -> Iterator[tuple[int, int]]:
    """Yield row and column of each bit: up and down in strips of two from the right (7.7.3)."""
    for strip, right in enumerate((*range(size - 1, 6, -2), 5, 3, 1)):
        for row in range(size) if strip % 2 else range(size - 1, -1, -1):
            for column in (right, right - 1):
                if (row, column) not in fixed:
                    yield row, column


def _remainder(block: bytes, count: int) -> bytes:
    """Return the error correction codewords of a block (7.5)."""
    products = _products(count)
    kept, rest, shift = (1 << 8 * count) - 1, 0, 8 * (count - 1)
    for codeword in block:
        rest = (rest << 8 & kept) ^ products[codeword ^ rest >> shift]
    return rest.to_bytes(count, "big")


@cache
def _products(count: int) -> tuple[int, ...]:
    """Return the generator polynomial of a degree times every element, without its first term."""
    generator = [1]
    root = 1
    for _ in range(count):
        shifted = [*generator, 0]
        for place, term in enumerate(generator):
            shifted[place + 1] ^= _times(term, root)
        generator, root = shifted, _times(root, 2)
    products = [0]
    for bit in range(8):
        own = bytes(_times(term, 1 << bit) for term in generator[1:])
        # The product with a sum is the sum of the products.
        products += [int.from_bytes(own, "big") ^ other for other in products]
    return tuple(products)


def _times(one: int, other: int) -> int:
    """Multiply in the field of 256 elements (7.5.2)."""
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product
