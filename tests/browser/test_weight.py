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
    """14 KB of HTML, 6 KB of style, 4 KB of script, compressed; no font at all."""
    found = weights(visit(path))
    for kind, limit in LIMITS.items():
        assert found.get(kind, 0) <= limit, found
    assert "font" not in found


@pytest.mark.parametrize("path", [PLAIN, POLICY])
def test_a_page_of_text_weighs_at_most_thirty_kilobytes(visit: Visitor, path: str) -> None:
    """Everything together."""
    assert sum(weights(visit(path)).values()) <= TOTAL
