"""Where a page finds how often it was read: small files that the `views` task writes.

Their addresses depend on the article alone, so that an article's page stays the same, byte for
byte, when only counts change.
"""

from __future__ import annotations

from hashlib import sha256

FOLDER = "data/views"
SHARDS = 32
"""A year of 3,000 articles makes files of about 100 lines, 1.5 KB compressed."""


def counts_url(url: str) -> str:
    """Return the address of the file that holds the count of the article at `url`.

    >>> counts_url("/2026/welfare-measures-2026.html")
    '/data/views/2026-25.json'
    """
    year = url.split("/")[1]
    return f"/{FOLDER}/{year}-{sha256(url.encode()).digest()[0] % SHARDS:02}.json"


def hot_url(column_path: str = "") -> str:
    """Return the address of the file that lists what is read most: of the site, or of a column.

    >>> hot_url(), hot_url("policies/documents")
    ('/data/views/hot.json', '/data/views/hot-policies-documents.json')
    """
    return f"/{FOLDER}/hot{'-' if column_path else ''}{column_path.replace('/', '-')}.json"
