"""Sizes of images, so that pages reserve their place."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, UnidentifiedImageError


class UnreadableImage(ValueError):
    """The file is no image, or a damaged one."""


def image_size(path: Path) -> tuple[int, int]:
    """Return width and height in pixels; an SVG's from its attributes or its viewBox.

    Raises:
        UnreadableImage: the file is no image, or says nothing of its size.

    """
    if path.suffix.lower() == ".svg":
        return _svg_size(path)
    try:
        with Image.open(path) as image:
            return image.size
    except (UnidentifiedImageError, OSError) as error:
        raise UnreadableImage(path.name) from error


def _svg_size(path: Path) -> tuple[int, int]:
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
