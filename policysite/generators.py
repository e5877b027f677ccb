"""The generator that Pelican runs: it hands Pelican's theme and settings to our own build."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.meta import find_undeclared_variables
from pelican import signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.writers import Writer

from policysite.build.door import Theme, build_site
from policysite.build.look import JINJA, Compiled
from policysite.build.order import Order, Outcome
from policysite.build.quick import Note
from policysite.build.store import Store, seal
from policysite.clock import build_time
from policysite.model.fields import Status
from policysite.pages.filters import FILTERS

OUTCOME_KEY = "POLICYSITE"
"""The setting under which this generator leaves what came of the build."""
THEME_KEY = "POLICYSITE_THEME"
"""The setting under which it leaves what the templates were given."""
EXPLAIN_KEY = "POLICYSITE_EXPLAIN"
"""The setting under which our own command names a file to be explained."""
OUTPUT_KEY = "POLICYSITE_OUTPUT"
"""The setting under which the plugin names the folder that the site is for."""


class SiteGenerator(Generator):  # type: ignore[misc]
    """Builds the whole site; see `policysite.build`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted: list[ArticlesGenerator | PagesGenerator] = []

    def generate_output(self, writer: Writer) -> None:
        """Bring the site up to date."""
        order = Order(
            Path(self.path),
            self.settings[OUTPUT_KEY],
            build_time(),
            sys.stderr,
            self.settings.get(EXPLAIN_KEY, ""),
        )
        theme = self._theme()
        outcome = build_site(order, theme)
        self.settings[OUTCOME_KEY] = outcome
        self.settings[THEME_KEY] = theme
        self._fill_in_counts(outcome)

    def _theme(self) -> Theme:
        """Return the theme with those of Pelican's settings that its templates ask for."""
        self.env.filters.update(FILTERS, asset=str)  # the true `asset` comes with the theme
        asked: set[str] = set()
        for name in self.env.list_templates(filter_func=self._is_ours):
            source, _, _ = self.env.loader.get_source(self.env, name)
            asked |= find_undeclared_variables(self.env.parse(source, name, name))
        # What is written in small letters comes from Pelican's idle generators, or from our pages.
        wanted = {name for name in asked & self.context.keys() if name.isupper()} - {"SITE"}
        context = {name: self.context[name] for name in wanted}
        for name in ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS"):
            if self.settings[name]:
                # What functions do cannot be told: with them, every page is made again each time.
                context[name] = object()
        written = self._tell if signals.content_written.receivers else None
        return Theme(Path(self.theme), self.settings["SITE"], self._environment, context, written)

    def _tell(self, path: Path) -> None:
        """Let plugins that work on written files do so, as Pelican's own writer would."""
        signals.content_written.send(str(path), context=self.context)

    def _is_ours(self, name: str) -> bool:
        return not name.startswith("!") and (Path(self.theme) / "templates" / name).is_file()

    def _environment(self, store: Store) -> Environment:
        environment: Environment = self.env
        environment.bytecode_cache = Compiled(store)
        return environment

    def _fill_in_counts(self, outcome: Outcome) -> None:
        """Tell the idle generators, now that they cannot write it again, what was published."""
        for generator in self.counted:
            if isinstance(generator, ArticlesGenerator):
                generator.articles = list(outcome.site.articles)
                hidden = [a for a in outcome.site.others if a.status is Status.HIDDEN]
                generator.hidden_articles = hidden
            else:
                generator.pages = list(outcome.site.pages)


def note_of(settings: Mapping[str, Any], config: Mapping[str, bytes]) -> Note:
    """Return what Pelican's settings came to; `config` are the files that they stand in.

    Where templates need nothing of Pelican's, the next builds can do without loading it.
    """
    theme: Theme = settings[THEME_KEY]
    plain = not theme.context and not settings["THEME_TEMPLATES_OVERRIDES"]
    plain = plain and settings["JINJA_ENVIRONMENT"] == {**PELICANS_JINJA, **JINJA}
    plain = plain and settings["PLUGINS"] == [PLUGIN] and not signals.content_written.receivers
    return Note(
        content=str(settings["PATH"]),
        output=str(settings[OUTPUT_KEY]),
        theme=str(settings["THEME"]),
        config=config,
        site=seal(settings["SITE"]) if plain else None,
    )


PLUGIN = "policysite.plugin"
"""The name under which Pelican knows our plugin."""
PELICANS_JINJA = {"trim_blocks": True, "lstrip_blocks": True, "extensions": []}
"""What Pelican gives Jinja if nobody says otherwise."""
