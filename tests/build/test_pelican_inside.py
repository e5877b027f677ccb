"""Pelican is what `policysite.pelican_inside` takes it for: fails when a version of it is not."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pelican
import pytest
from jinja2 import Environment
from pelican import Pelican, log, settings
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from policysite import pelican_inside
from policysite.engine.look import JINJA

READ: dict[Callable[..., Any], str] = {
    Pelican.__init__: "28871537f4d1538a",
    Pelican.run: "2ae8b0b7fe4bc8f4",
    Pelican._get_generator_classes: "2056ef5a6eecb108",
    Generator.__init__: "e4f40087e75e60ab",
    ArticlesGenerator.__init__: "8a05fc1bc822cd01",
    PagesGenerator.__init__: "77c83d2d1bfb4a94",
    settings.read_settings: "b4c2a44999c8e97d",
}
"""What we have read of Pelican, by a digest of its text."""


@pytest.mark.parametrize("read", READ, ids=lambda read: read.__qualname__)
def test_what_we_rely_on_reads_as_it_did(read: Callable[..., Any]) -> None:
    """Then read it again, look whether `pelican_inside` still holds, and record it here."""
    text = inspect.getsource(read).encode()
    found = blake2b(text, digest_size=8).hexdigest()
    assert found == READ[read], f"Pelican {pelican.__version__} changed {read.__qualname__}"


def test_templates_are_set_up_as_our_shorter_way_takes_for_granted() -> None:
    default = settings.DEFAULT_CONFIG
    assert default["JINJA_ENVIRONMENT"] == pelican_inside.JINJA
    assert default["TEMPLATE_EXTENSIONS"] == [".html"]
    given = {**default, "JINJA_ENVIRONMENT": {**default["JINJA_ENVIRONMENT"], **JINJA}}
    assert pelican_inside.is_plain(given, JINJA)
    for name in (*pelican_inside.ADDITIONS, "THEME_TEMPLATES_OVERRIDES"):
        assert not pelican_inside.is_plain({**given, name: {"a": 1}}, JINJA)
    assert not pelican_inside.is_plain({**given, "JINJA_ENVIRONMENT": {}}, JINJA)


def test_pelican_adds_to_jinja_what_we_know_of_and_nothing_else(tmp_path: Path) -> None:
    """A filter of Pelican's that we did not know would fail in the shorter way."""
    made = Generator({}, dict(settings.DEFAULT_CONFIG), "", str(tmp_path), "")
    plain = Environment()
    assert made.env.filters.keys() - plain.filters.keys() == pelican_inside.FILTERS
    assert made.env.tests.keys() - plain.tests.keys() == pelican_inside.TESTS
    assert made.env.globals.keys() == plain.globals.keys()
    names = made.env.list_templates()
    assert "base.html" in names
    assert all(name.startswith("!simple/") for name in names if name[0] == "!")


def test_pelicans_closing_line_can_be_silenced() -> None:
    assert log.console.quiet in (True, False)
