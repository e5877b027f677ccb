"""Room for the images of a body: their width and height, so that the page does not jump."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from policysite.model.images import UnreadableImage, image_size

# An image of our own that does not say its size yet.
_IMAGE = re.compile(r'<img\b(?![^>]*\swidth=)[^>]*\ssrc="/([^"]+)"[^>]*(?=>)')


def size_images(html: str, files: Mapping[str, Path]) -> tuple[str, tuple[str, ...]]:
    """Give every image of `html` its size in pixels; return also the paths of those without one.

    `files` maps a path under content/ to its file. Images from elsewhere stay as they are.
    """
    unreadable: list[str] = []

    def sized(match: re.Match[str]) -> str:
        path = unquote(match[1])
        if path not in files:
            return match[0]
        try:
            width, height = image_size(files[path])
        except UnreadableImage:
            unreadable.append(path)
            return match[0]
        return f'{match[0]} width="{width}" height="{height}"'

    return _IMAGE.sub(sized, html), tuple(unreadable)
