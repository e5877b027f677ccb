"""The studio: builds the whole site in this process, and renders single pages with its theme."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from policysite.engine import CannotBuild, Run, build
from policysite.outputs.assets import read_assets
from policysite.outputs.content_security import content_security
from policysite.pages.filters import FILTERS
from policysite.pages.library import library_link
from policysite.pages.page import Page
from policysite.pages.plan import plain_pages
from policysite.pages.site import Site
from policysite.tools.preview.desk import Render
from policysite.tools.preview.news import Finding

INLINE_SCRIPTS = ("preferences", "speculation")


class NotBuilt(Exception):
    """The site was not built; `findings` tell why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings


def build_all(run: Run) -> tuple[Site, Render]:
    """Build the site once and return it with its theme; what is said goes to the terminal too.

    Raises:
        NotBuilt: nothing was published.

    """
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            site = build(run).site
            return site, _Theme(run, site).render
    except CannotBuild as error:
        said.write(f"{error}\n")
        findings = (Finding("error", line) for line in said.getvalue().splitlines())
        raise NotBuilt(tuple(findings)) from None
    finally:
        sys.stderr.write(said.getvalue())


class _Theme:
    """The theme as a build uses it."""

    def __init__(self, run: Run, site: Site) -> None:
        settings = run.settings()
        theme = Path(str(settings["THEME"]))
        self.environment = Environment(
            loader=FileSystemLoader(theme / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        assets = read_assets(theme / "static", site.settings.colour)
        self.environment.filters.update(FILTERS, asset=assets.url)
        get = self.environment.get_template
        self.context: Mapping[str, Any] = {
            **settings,
            "SITE": site.settings,
            "NAV": site.columns.top,
            "FOOTER_LINKS": plain_pages(site),
            "LIBRARY": library_link(site),
            "CONTENT_SECURITY": content_security(
                get(f"partials/{name}.html").render() for name in INLINE_SCRIPTS
            ),
        }

    def render(self, page: Page) -> bytes:
        template = self.environment.get_template(f"{page.template}.html")
        own = {"head": page.head, "breadcrumb": page.breadcrumb}
        return template.render({**self.context, **own, **page.values}).encode()
