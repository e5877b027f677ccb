"""The Content-Security-Policy of every page: what a browser may load, and which scripts may run.

It stands in the pages, for object storage sets no header of its own choosing. What a policy in a
page cannot say (frame-ancestors, report-to) is left to the server.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)


def content_security(partials: Iterable[str]) -> str:
    """Return the policy that allows our own files, and the inline scripts of rendered `partials`.

    A hash allows speculation rules too (tests/browser/test_security.py sees them at work); of the
    keyword 'inline-speculation-rules', which would allow any, other browsers complain.
    """
    hashes = (f"'sha256-{_digest(text)}'" for part in partials for text in _SCRIPT.findall(part))
    return "; ".join((
        "default-src 'none'",
        " ".join(("script-src 'self'", *dict.fromkeys(hashes))),
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    ))  # fmt: skip


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
