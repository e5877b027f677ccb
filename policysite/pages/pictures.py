"""Images as pages show them: their place, their forms, and when they load."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from policysite.model.images import DAMAGED, ELSEWHERE, image_fault, image_size, is_drawing

WIDTHS = (480, 800, 1200)
"""The widths in pixels in which a picture is published, where it is that wide: see `fit`."""
# The measure of running text, 38 rem of 18 px, and on a telephone the page less its two margins.
TEXT_WIDTH = 684
TEXT_SIZES = f"(min-width: 45em) {TEXT_WIDTH}px, calc(100vw - 36px)"

_IMAGE = re.compile(r"<img\b[^>]*>")
_SOURCE = re.compile(r'(\ssrc=")/([^"]+)"')
_FOREIGN = re.compile(r'\ssrc="((?:https?:)?//[^"]+)"')
_LINKED = re.compile(r'(\shref=")/(images/[^"]+)"')
_WIDTH = re.compile(r'\swidth="(\d+)"')
_PICTURE = re.compile(r"<picture>(?:<source[^>]*>)*(<img[^>]*>)</picture>")


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a picture in one format: media type, and what `srcset` says of them."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its size in CSS pixels, so that the page does not jump while it loads.

    `url` is the form that every browser and feed reader shows; `sources` are smaller ones, the
    smallest first.
    """

    url: str
    alt: str
    width: int
    height: int
    sources: tuple[Source, ...] = ()

    def files(self) -> Iterator[str]:
        """Yield the files of all its forms under the output folder."""
        for source in self.sources:
            yield from (unquote(part.split()[0][1:]) for part in source.srcset.split(", "))
        yield unquote(self.url[1:])


NO_PICTURES: Mapping[str, Picture] = MappingProxyType({})


def fit(size: tuple[int, int], width: int = WIDTHS[-1]) -> tuple[int, int]:
    """Return the size of an image scaled down to `width`; never up.

    >>> fit((4000, 3000)), fit((300, 200))
    ((1200, 900), (300, 200))
    """
    if size[0] <= width:
        return size
    return width, max(1, round(size[1] * width / size[0]))


def size_images(html: str, files: Mapping[str, Path]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give every image of `html` its size in pixels; return also what is wrong, code and path.

    `files` maps a path under content/ to its file. An image that says its width stays as it is.
    """
    if "<img" not in html:
        return html, ()
    faults: dict[tuple[str, str], None] = {}

    def sized(match: re.Match[str]) -> str:
        path = _path(match[0])
        if path not in files:
            if foreign := _FOREIGN.search(match[0]):
                faults[ELSEWHERE, unescape(foreign[1])] = None
            return match[0]
        if fault := image_fault(files[path]):
            faults[fault, path] = None
        if fault == DAMAGED or _WIDTH.search(match[0]):
            return match[0]
        width, height = published_size(files[path])
        return _with(match[0], f' width="{width}" height="{height}"')

    return _IMAGE.sub(sized, html), tuple(faults)


def published_size(path: Path) -> tuple[int, int]:
    """Return the size in which an image is shown where there is room for it.

    Raises:
        UnreadableImage: the file is no image, or says nothing of its size.

    """
    size = image_size(path)
    return size if is_drawing(path.name) else fit(size)


def images_of(html: str) -> Iterator[str]:
    """Yield the path under content/ of every image that `html` shows or links, drawings excepted.

    What is linked elsewhere than under images/ is a file to download.
    """
    shown = (_path(tag) for tag in _IMAGE.findall(html))
    linked = (unquote(path) for _, path in _LINKED.findall(html))
    yield from (path for path in (*shown, *linked) if path and not is_drawing(path))


def set_pictures(html: str, pictures: Mapping[str, Picture]) -> str:
    """Put `<picture>` where `html` shows one of `pictures`; all images but the first load late."""
    images = 0

    def placed(match: re.Match[str]) -> str:
        nonlocal images
        images += 1
        tag = _with(match[0], ' loading="lazy" decoding="async"' if images > 1 else "")
        picture = pictures.get(_path(tag))
        return _set(tag, picture) if picture else tag

    def linked(match: re.Match[str]) -> str:
        picture = pictures.get(unquote(match[2]))
        return f'{match[1]}{picture.url}"' if picture else match[0]

    if "<img" in html:
        html = _IMAGE.sub(placed, html)
    return _LINKED.sub(linked, html) if "/images/" in html else html


def plain_images(html: str) -> str:
    """Return `html` with its pictures as plain images, for readers other than browsers."""
    return _PICTURE.sub(r"\1", html)


def _set(tag: str, picture: Picture) -> str:
    width = _WIDTH.search(tag)
    narrow = width is not None and int(width[1]) < TEXT_WIDTH
    sizes = f"{width[1]}px" if width and narrow else TEXT_SIZES
    sources = (
        f'<source type="{source.type}" srcset="{source.srcset}" sizes="{sizes}">'
        for source in picture.sources
    )
    image = _SOURCE.sub(lambda match: f'{match[1]}{picture.url}"', tag)
    return f"<picture>{''.join(sources)}{image}</picture>"


def _path(tag: str) -> str:
    """Return the path under content/ of an image of our own, or an empty string."""
    found = _SOURCE.search(tag)
    return unquote(found[2]) if found else ""


def _with(tag: str, attributes: str) -> str:
    return tag.removesuffix(">").removesuffix("/").rstrip() + f"{attributes}>"
