"""Every place where Pelican calls us, in the order in which it happens: see `register`.

Pelican gives us its command, settings, themes, signals and writer. Its own article and page
generators stay idle: they drop an article that they cannot read and exit 0, need four settings to
keep them from quadratic work, and let `url:` or `settings:` in front matter change the site
(docs/decisions/0001).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import Generator

from policysite import pelican_inside
from policysite.engine.look import JINJA
from policysite.gate import BrokenContent
from policysite.generators import OUTCOME_KEY, OUTPUT_KEY, SiteGenerator
from policysite.settings import SiteSettings
from policysite.writer import staging_folder

# Pelican's own generators and output stay off; the site has one writer for each file.
OWN_SETTINGS: dict[str, Any] = {
    "ARTICLE_PATHS": [],
    "PAGE_PATHS": [],
    "STATIC_PATHS": [],
    "THEME_STATIC_PATHS": [],
    "DIRECT_TEMPLATES": [],
    "FEED_ATOM": None,  # feeds are ours: Pelican's would be empty and carry the build's clock
    "FEED_RSS": None,
    "FEED_ALL_ATOM": None,
    "FEED_ALL_RSS": None,
    "TYPOGRIFY": False,  # done by policysite.text, which knows Chinese
    "DELETE_OUTPUT_DIRECTORY": False,  # the output is replaced file by file, never emptied
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
}


def register() -> None:
    """Connect to Pelican; called once, before anything runs."""
    signals.initialized.connect(_take_over)
    signals.get_generators.connect(_choose_generator)
    signals.all_generators_finalized.connect(_introduce)
    signals.finalized.connect(_publish)


def _take_over(pelican: Pelican) -> None:
    """Set what our generator relies on, and send all output to the staging folder."""
    site = pelican.settings.get("SITE")
    if not isinstance(site, SiteSettings):
        raise BrokenContent("pelicanconf.py 里没有 SITE = SiteSettings(…)。")
    pelican.settings.update(OWN_SETTINGS, SITENAME=site.name)
    pelican.settings["JINJA_ENVIRONMENT"] |= JINJA
    output, content, theme = pelican_inside.places_of(pelican)
    _keep_apart(output, content, theme)
    pelican.settings[OUTPUT_KEY] = output
    pelican_inside.send_output_to(pelican, staging_folder(output))


def _keep_apart(output: Path, *sources: Path) -> None:
    """Refuse an output folder that holds the sources or lies among them: builds remove files."""
    place = output.resolve()
    for source in (source.resolve() for source in sources):
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise BrokenContent(f"输出文件夹 {output} 和 {source} 重叠。请换一个文件夹。")


def _choose_generator(_: Pelican) -> type[SiteGenerator]:
    return SiteGenerator


def _introduce(generators: list[Generator]) -> None:
    """Let our generator fill in what Pelican's closing line counts in its own."""
    site = next(g for g in generators if isinstance(g, SiteGenerator))
    site.counted = generators


def _publish(pelican: Pelican) -> None:
    """Say what came of it."""
    outcome = pelican.settings[OUTCOME_KEY]
    print(outcome.closing(), flush=True)  # noqa: T201 -- the one line for who started it
