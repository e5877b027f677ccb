"""The studio: builds the whole site in this process, and renders single pages with its theme."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from policysite.engine.look import JINJA, shown_everywhere
from policysite.engine.run import CannotBuild, Run, build
from policysite.outputs.assets import read_assets
from policysite.pages.filters import FILTERS
from policysite.pages.page import Page
from policysite.pages.site import Site
from policysite.tools.preview.desk import Render


class NotBuilt(Exception):
    """The site was not built; the text is all that was said about it."""


def build_all(run: Run) -> tuple[Site, Render, str]:
    """Build the site once and return it with its theme, and what was said on the terminal.

    Raises:
        NotBuilt: nothing was published.

    """
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            site = build(run).site
            return site, _Theme(run, site).render, said.getvalue()
    except CannotBuild as error:
        said.write(f"{error}\n")
        raise NotBuilt(said.getvalue()) from None
    finally:
        sys.stderr.write(said.getvalue())


class _Theme:
    """The theme as a build uses it."""

    def __init__(self, run: Run, site: Site) -> None:
        settings = run.settings()
        theme = Path(str(settings["THEME"]))
        loader = FileSystemLoader(theme / "templates")
        self.environment = Environment(loader=loader, **JINJA)  # noqa: S701 -- in JINJA
        assets = read_assets(theme / "static", site.settings.colour)
        self.environment.filters.update(FILTERS, asset=assets.url)
        self.context: Mapping[str, Any] = {
            **settings,
            **shown_everywhere(site, self.environment),
        }

    def render(self, page: Page) -> bytes:
        template = self.environment.get_template(f"{page.template}.html")
        own = {"head": page.head, "breadcrumb": page.breadcrumb}
        return template.render({**self.context, **own, **page.values}).encode()
