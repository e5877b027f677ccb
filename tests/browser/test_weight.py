"""What a reader on a slow phone downloads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Arrival
from tests.browser.pages import KINDS, PLAIN, POLICY

LIMITS = {"document": 14 * 1024, "stylesheet": 6 * 1024, "script": 4 * 1024}
TOTAL = 30 * 1024
TOOLS = {KINDS[kind] for kind in ("文件库", "搜索", "标题音序")}
EVERY = [*KINDS.values(), PLAIN]


@pytest.mark.parametrize("path", EVERY)
def test_no_page_complains_or_asks_another_host(
    arrive: Callable[[str], Arrival], address: str, path: str
) -> None:
    """No script error, no missing file, nothing from elsewhere."""
    came = arrive(path)
    assert came.complaints == ()
    assert came.failed == ()
    assert [file for file in came.files if not file.startswith(f"{address}/")] == []


@pytest.mark.parametrize("path", EVERY)
def test_a_page_stays_within_its_budget(arrive: Callable[[str], Arrival], path: str) -> None:
    """14 KB of HTML, 6 KB of style, 4 KB of script, compressed; no font at all.

    The library and the search are tools: they bring as much script again, and a third more style.
    """
    found = arrive(path).weights
    more = {"stylesheet": 2 * 1024, "script": 4 * 1024} if path in TOOLS else {}
    for kind, limit in LIMITS.items():
        assert found.get(kind, 0) <= limit + more.get(kind, 0), found
    assert "font" not in found


@pytest.mark.parametrize("path", [PLAIN, POLICY])
def test_a_page_of_text_weighs_at_most_thirty_kilobytes(
    arrive: Callable[[str], Arrival], path: str
) -> None:
    """Everything together."""
    assert sum(arrive(path).weights.values()) <= TOTAL


@pytest.mark.parametrize("path", EVERY)
def test_a_page_asks_for_few_files(arrive: Callable[[str], Arrival], path: str) -> None:
    """Itself, its styles, its script, the emblem; a tool its own style and scripts as well.

    Pictures are counted by weight, in test_pictures.py.
    """
    files = {file for file in arrive(path).files if "/images/" not in file}
    assert len(files) <= (7 if path in TOOLS else 4), files
