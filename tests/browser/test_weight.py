"""What a reader on a slow phone downloads."""

from __future__ import annotations

import gzip

import pytest

from tests.browser.conftest import Visit, Visitor
from tests.browser.pages import KINDS, PLAIN, POLICY

pytestmark = pytest.mark.xdist_group("browser")

LIMITS = {"document": 14 * 1024, "stylesheet": 6 * 1024, "script": 4 * 1024}
TOTAL = 30 * 1024


def weights(seen: Visit) -> dict[str, int]:
    """Return the compressed bytes of all that a page asked for, by kind of resource."""
    seen.page.wait_for_load_state("networkidle")
    found: dict[str, int] = {}
    for request in seen.requests:
        answer = request.response()
        assert answer is not None
        size = len(gzip.compress(answer.body(), 6, mtime=0))
        found[request.resource_type] = found.get(request.resource_type, 0) + size
    return found


@pytest.mark.parametrize("path", [*KINDS.values(), PLAIN])
def test_a_page_stays_within_its_budget(visit: Visitor, path: str) -> None:
    """14 KB of HTML, 6 KB of style, 4 KB of script, compressed; no font at all.

    The library is a tool, and brings as much script again.
    """
    found = weights(visit(path))
    limits = {**LIMITS, "script": (2 if path == KINDS["文件库"] else 1) * LIMITS["script"]}
    for kind, limit in limits.items():
        assert found.get(kind, 0) <= limit, found
    assert "font" not in found


@pytest.mark.parametrize("path", [PLAIN, POLICY])
def test_a_page_of_text_weighs_at_most_thirty_kilobytes(visit: Visitor, path: str) -> None:
    """Everything together."""
    assert sum(weights(visit(path)).values()) <= TOTAL


@pytest.mark.parametrize("path", [*KINDS.values(), PLAIN])
def test_a_page_asks_for_few_files(visit: Visitor, path: str) -> None:
    """Itself, its styles, its script, the emblem; the library its filter and what it filters.

    Pictures are counted by weight, in test_pictures.py.
    """
    seen = visit(path)
    seen.page.wait_for_load_state("networkidle")
    files = {request.url for request in seen.requests if "/images/" not in request.url}
    assert len(files) <= (6 if path == KINDS["文件库"] else 4), files
