"""The generator that Pelican runs: it hands Pelican's theme and settings to our own build."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment
from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from policysite import pelican_inside
from policysite.clock import build_time
from policysite.engine.door import Theme, build_site
from policysite.engine.look import JINJA, Compiled
from policysite.engine.order import Order
from policysite.engine.quick import Note
from policysite.engine.store import Store, seal
from policysite.model.fields import Status
from policysite.outputs.assets import check_templates
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
    """Builds the whole site; see `policysite.engine`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted: list[Generator] = []

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
        hidden = [a for a in outcome.site.others if a.status is Status.HIDDEN]
        pelican_inside.count(self.counted, outcome.site.articles, hidden, outcome.site.pages)

    def _theme(self) -> Theme:
        """Return the theme with all that its templates ask Pelican for."""
        self.env.filters.update(FILTERS, asset=str)  # the true `asset` comes with the theme
        check_templates(Path(self.theme) / "templates")
        asked = pelican_inside.asked_by_templates(self) - {"SITE"}
        context: dict[str, object] = {name: self.context.get(name) for name in asked}
        for name in pelican_inside.ADDITIONS:
            if self.settings[name]:
                # What functions do cannot be told: with them, every page is made again each time.
                context[name] = object()
        written = self._tell if pelican_inside.is_heard() else None
        return Theme(Path(self.theme), self.settings["SITE"], self._environment, context, written)

    def _tell(self, path: Path) -> None:
        """Let plugins that work on written files do so, as Pelican's own writer would."""
        signals.content_written.send(str(path), context=self.context)

    def _environment(self, store: Store) -> Environment:
        environment: Environment = self.env
        environment.bytecode_cache = Compiled(store)
        return environment


def note_of(settings: Mapping[str, Any], config: Mapping[str, bytes], templates: bytes) -> Note:
    """Return what Pelican's settings came to; `config` are the files that they stand in.

    `templates` is a digest of those of the theme from before they were looked at.

    Where templates need nothing of Pelican's, the next builds can do without loading it.
    """
    theme: Theme = settings[THEME_KEY]
    plain = not theme.context and pelican_inside.is_plain(settings, JINJA)
    plain = plain and settings["PLUGINS"] == [PLUGIN] and not pelican_inside.is_heard()
    return Note(
        content=str(settings["PATH"]),
        output=str(settings[OUTPUT_KEY]),
        theme=str(settings["THEME"]),
        config=config,
        site=seal(settings["SITE"]) if plain else None,
        given=theme.given(),
        templates=templates,
    )


PLUGIN = "policysite.plugin"
"""The name under which Pelican knows our plugin."""
