"""What we take for granted of Pelican beyond what it documents: here, and nowhere else.

tests/build/test_pelican_inside.py knows the text of all that this relies on and fails when a version
of Pelican reads otherwise. Then read what changed, mend what is here, and record it anew.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, nodes
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.log import console

JINJA = {"trim_blocks": True, "lstrip_blocks": True, "extensions": []}
"""What Pelican gives Jinja if nobody says otherwise."""
FILTERS, TESTS = frozenset({"strftime"}), frozenset({"plugin_enabled"})
"""What it adds to Jinja, whatever the settings say."""
ADDITIONS = ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")
"""Its settings with functions for templates."""


class Places(NamedTuple):
    """The folders that Pelican was given."""

    output: Path
    content: Path
    theme: Path


def run(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Run Pelican without its closing line, and return its settings as plugins left them."""
    logging.getLogger("pelican").setLevel(logging.WARNING)
    console.quiet = True
    pelican = Pelican(dict(settings))
    pelican.run()
    found: dict[str, Any] = pelican.settings
    return found


def places_of(pelican: Pelican) -> Places:
    """Return the folders of a run."""
    return Places(Path(pelican.output_path), Path(pelican.path), Path(pelican.theme))


def send_output_to(pelican: Pelican, folder: Path) -> None:
    """Let all generators of a run write into another folder; before there are any."""
    pelican.output_path = str(folder)


def is_heard() -> bool:
    """Return whether a plugin wants to be told of each file that was written."""
    return bool(signals.content_written.receivers)


def asked_by_templates(generator: Generator) -> set[str]:
    """Return what the theme's templates ask Pelican for: settings, filters, templates of its own.

    What is written in small letters comes from its idle generators, or from our pages.
    """
    theme = Path(generator.theme) / "templates"
    environment: Environment = generator.env
    asked: set[str] = set()
    for name in environment.list_templates(filter_func=lambda n: _is_in(theme, n)):
        assert environment.loader, "Pelican gives one"
        source, _, _ = environment.loader.get_source(environment, name)
        tree = environment.parse(source, name, name)
        variables = find_undeclared_variables(tree) & generator.context.keys()
        asked |= {variable for variable in variables if variable.isupper()}
        asked |= {each.name for each in tree.find_all(nodes.Filter)} & FILTERS
        asked |= {each.name for each in tree.find_all(nodes.Test)} & TESTS
        others = {other for other in find_referenced_templates(tree) if other}
        asked |= {other for other in others if not _is_in(theme, other)}
    return asked


def _is_in(theme: Path, name: str) -> bool:
    # Names of Pelican's own templates begin with “!simple”, those of the theme also with “!theme”.
    return not name.startswith("!") and (theme / name).is_file()


def is_plain(settings: Mapping[str, Any], jinja: Mapping[str, Any]) -> bool:
    """Return whether its templates are set up as `look.plain_environment` does, but for `jinja`."""
    given = {**JINJA, **jinja} == settings["JINJA_ENVIRONMENT"]
    return given and not any(settings[n] for n in (*ADDITIONS, "THEME_TEMPLATES_OVERRIDES"))


def count(
    generators: Iterable[Generator],
    articles: Sequence[object],
    hidden: Sequence[object],
    pages: Sequence[object],
) -> None:
    """Give Pelican's idle generators, when nobody writes any more, what its closing line counts."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            generator.articles, generator.hidden_articles = list(articles), list(hidden)
        elif isinstance(generator, PagesGenerator):
            generator.pages = list(pages)
