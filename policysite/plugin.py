"""Every place where Pelican calls us, in the order in which it happens: see `register`.

Pelican gives us its command, settings, themes, signals and writer. Its own article and page
generators stay idle: they drop an article that they cannot read and exit 0, need four settings to
keep them from quadratic work, and let `url:` or `settings:` in front matter change the site
(docs/decisions/0001).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from policysite.clock import build_time
from policysite.gate import BrokenContent, pass_gate
from policysite.generators import SITE_KEY, SiteGenerator
from policysite.settings import SiteSettings
from policysite.writer import StagedWriter, put_in_place, staging_folder

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
    signals.get_generators.connect(_open_gate)
    signals.all_generators_finalized.connect(_introduce)
    signals.get_writer.connect(_choose_writer)
    signals.finalized.connect(_publish)


def _take_over(pelican: Pelican) -> None:
    """Set what our generator relies on, and send all output to the staging folder."""
    site = pelican.settings.get("SITE")
    if not isinstance(site, SiteSettings):
        raise BrokenContent("pelicanconf.py 里没有 SITE = SiteSettings(…)。")
    pelican.settings.update(OWN_SETTINGS, SITENAME=site.name)
    pelican.settings["JINJA_ENVIRONMENT"] |= {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    pelican.final_output = Path(pelican.output_path)
    _keep_apart(pelican.final_output, Path(pelican.path), Path(pelican.theme))
    pelican.output_path = str(staging_folder(pelican.final_output))


def _keep_apart(output: Path, *sources: Path) -> None:
    """Refuse an output folder that holds the sources or lies among them: builds remove files."""
    place = output.resolve()
    for source in (source.resolve() for source in sources):
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise BrokenContent(f"输出文件夹 {output} 和 {source} 重叠。请换一个文件夹。")


def _open_gate(pelican: Pelican) -> type[SiteGenerator]:
    """Read and check all content before anything is written."""
    shutil.rmtree(pelican.output_path, ignore_errors=True)
    pelican.settings[SITE_KEY] = pass_gate(
        Path(pelican.path), pelican.settings["SITE"], build_time(), sys.stderr
    )
    return SiteGenerator


def _introduce(generators: list[Generator]) -> None:
    """Let our generator fill in what Pelican's closing line counts in its own two."""
    site = next(g for g in generators if isinstance(g, SiteGenerator))
    site.counted = [g for g in generators if isinstance(g, ArticlesGenerator | PagesGenerator)]


def _choose_writer(pelican: Pelican) -> type[StagedWriter]:
    return StagedWriter


def _publish(pelican: Pelican) -> None:
    """Put the finished site in place."""
    changed, removed = put_in_place(Path(pelican.output_path), pelican.final_output)
    site = pelican.settings[SITE_KEY]
    print(  # noqa: T201 -- the build's one line for the person who started it
        f"网站已生成：{len(site.articles)} 篇文章，{len(site.pages)} 个固定页面；"
        f"更新 {changed} 个文件，删除 {removed} 个文件。"
    )
