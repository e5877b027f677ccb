"""A Word file to be written."""

from __future__ import annotations

import pytest

from tests.unit.importing.making import Word


@pytest.fixture
def word() -> Word:
    """Return an empty Word file."""
    return Word()
