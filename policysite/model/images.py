"""What an image file is: its size, so that pages reserve its place, and what is wrong with it."""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL import Image

DAMAGED, MOVING, ELSEWHERE = "R409", "R410", "R411"
# Pillow reads many more; for some, such as EPS, it starts other programs.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF")
_ORIENTATION = 0x0112
_ON_ITS_SIDE = range(5, 9)


class UnreadableImage(ValueError):
    """The file is no image, or a damaged one, or one too large to open."""


@contextmanager
def open_image(source: Path | BinaryIO) -> Iterator[Image.Image]:
    """Open a picture made of pixels.

    Raises:
        UnreadableImage: now or while its pixels are read.

    """
    # Most builds look at no picture, and wait for no library.
    from PIL import Image, UnidentifiedImageError

    name = source.name if isinstance(source, Path) else "image"
    try:
        # Pillow warns of sizes and of faulty notes beside the pixels that it can work with.
        with warnings.catch_warnings(action="ignore"), Image.open(source, formats=FORMATS) as image:
            yield image
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,  # a PNG with a wrong checksum
        ValueError,
        EOFError,
        struct.error,
        Image.DecompressionBombError,
    ) as error:
        raise UnreadableImage(name) from error


def image_size(path: Path) -> tuple[int, int]:
    """Return width and height in pixels as shown; an SVG's from its attributes or its viewBox.

    Raises:
        UnreadableImage: the file is no image, or says nothing of its size.

    """
    if is_drawing(path.name):
        return _svg_size(path)
    with open_image(path) as image:
        width, height = image.size
        # Asked for the notes that it has not got, a PNG is decoded to its end.
        knows = image.format != "PNG" or "exif" in image.info
        turned = knows and image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
        return (height, width) if turned else (width, height)


def image_fault(path: Path) -> str:
    """Return the code of what is wrong with an image, or an empty string.

    Half a file, the usual damage, is found without decoding: checks run on every save.
    """
    try:
        image_size(path)
        return "" if is_drawing(path.name) else _pixel_fault(path)
    except UnreadableImage:
        return DAMAGED


def is_drawing(name: str) -> bool:
    """Return whether an image is an SVG, which is published as it is."""
    return name.lower().endswith(".svg")


def _pixel_fault(path: Path) -> str:
    with open_image(path) as image:
        if image.format in ("JPEG", "MPO"):  # MPO is a JPEG with a preview behind it
            return "" if _is_whole_jpeg(path.read_bytes()) else DAMAGED
        if getattr(image, "is_animated", False):
            return MOVING
        if image.format == "PNG":
            image.verify()
        else:
            image.load()
        return ""


def _is_whole_jpeg(data: bytes) -> bool:
    """Return whether the image data comes to its end (ITU-T T.81 B.1.1.2).

    The end marker cannot occur in the data itself. Segments before it, where a camera's thumbnail
    has an end marker of its own, are skipped by their lengths; what phones append is left alone.
    """
    place = 2
    while data[place : place + 1] == b"\xff" and (marker := data[place + 1 : place + 2]):
        if marker == b"\xda":
            return b"\xff\xd9" in data[place:]
        length = b"" if marker == b"\xff" else data[place + 2 : place + 4]
        place += 2 + int.from_bytes(length) if length else 1
    return False


def _svg_size(path: Path) -> tuple[int, int]:
    from xml.etree import ElementTree

    try:
        root = ElementTree.parse(path).getroot()  # noqa: S314 -- our own content
    except ElementTree.ParseError as error:
        raise UnreadableImage(path.name) from error
    width, height = root.get("width", ""), root.get("height", "")
    if re.fullmatch(r"\d+(\.\d+)?(px)?", width) and re.fullmatch(r"\d+(\.\d+)?(px)?", height):
        return round(float(width.removesuffix("px"))), round(float(height.removesuffix("px")))
    box = re.fullmatch(
        r"[-\d.]+[\s,]+[-\d.]+[\s,]+(\d+\.?\d*)[\s,]+(\d+\.?\d*)", root.get("viewBox", "").strip()
    )
    if box is None:
        raise UnreadableImage(path.name)
    return round(float(box[1])), round(float(box[2]))
