"""Content types and cache rules: a table of our own, for each machine's mimetypes differ.

Extensions that are not here are not published: the table is the allow-list.
"""

from __future__ import annotations

from functools import cache

from policysite.deploy.entries import Headers, is_fingerprinted

_TEXT = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",  # RFC 9239
    ".mjs": "text/javascript",
    ".txt": "text/plain",
    ".md": "text/markdown",  # RFC 7763
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".ics": "text/calendar",
    ".vtt": "text/vtt",
}
_BINARY = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".zip": "application/zip",
    ".rar": "application/vnd.rar",
    ".7z": "application/x-7z-compressed",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".wps": "application/vnd.ms-works",
    ".et": "application/vnd.ms-excel",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".bin": "application/octet-stream",
    ".sig": "application/octet-stream",
}
TYPES = {suffix: f"{name}; charset=utf-8" for suffix, name in _TEXT.items()} | _BINARY

FOREVER = "public, max-age=31536000, immutable"
PAGE = "public, max-age=60, s-maxage=300"
FEED = "public, max-age=300"
MEDIA = "public, max-age=86400"
NEVER = "no-cache"
RECORD = Headers("application/octet-stream", "no-store")
"""The deployer's own records: a CDN that serves them by mistake must not keep them."""


def headers_of(key: str, *, compressed: bool = False) -> Headers:
    """Return the headers of an object.

    Raises:
        KeyError: an extension that is not published.

    """
    suffix = suffix_of(key)
    return _headers(TYPES[suffix], _cache(key, suffix), "gzip" if compressed else "")


# A site has a dozen different sets of headers.
_headers = cache(Headers)


def suffix_of(key: str) -> str:
    """Return the extension in lower case, with its dot; empty if there is none."""
    name = key.rsplit("/", 1)[-1]
    stem, dot, extension = name.rpartition(".")
    return f".{extension.lower()}" if stem and dot else ""


def is_text(key: str) -> bool:
    """Return whether compression is worth it."""
    return suffix_of(key) in _TEXT


def _cache(key: str, suffix: str) -> str:
    if is_fingerprinted(key):
        return FOREVER
    if key == "404.html":
        return NEVER  # an address that was wrong a minute ago may be right now
    if suffix == ".html":
        return PAGE
    if suffix in _TEXT and suffix not in (".css", ".js", ".mjs", ".svg"):
        return FEED
    return MEDIA
