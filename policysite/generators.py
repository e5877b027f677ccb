"""The generator that Pelican runs: it writes what the plan of the site says, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from policysite.gate import PICTURE_CACHE
from policysite.model.fields import Status
from policysite.outputs.assets import read_assets
from policysite.outputs.content_security import content_security
from policysite.outputs.feeds import plan_feeds
from policysite.outputs.open_data import plan_open_data
from policysite.outputs.opensearch import FILE as OPENSEARCH
from policysite.outputs.opensearch import write_opensearch
from policysite.outputs.pictures import plan_pictures
from policysite.outputs.sitemap import plan_sitemap
from policysite.pages.filters import FILTERS
from policysite.pages.library import library_link
from policysite.pages.plan import plain_pages, plan_pages
from policysite.pages.site import Site
from policysite.search.index import plan_index
from policysite.writer import StagedWriter

INLINE_SCRIPTS = ("preferences", "speculation")
"""The partials that hold the only scripts written into pages."""
SITE_KEY = "POLICYSITE"
"""The setting under which the plugin hands the finished `Site` to this generator."""


class SiteGenerator(Generator):  # type: ignore[misc]
    """Writes every page, feed, asset and file of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site: Site = self.settings[SITE_KEY]
        self.counted: list[ArticlesGenerator | PagesGenerator] = []
        self.assets = read_assets(Path(self.theme) / "static", self.site.settings.colour)
        self.env.filters.update(FILTERS, asset=self.assets.url)

    def generate_context(self) -> None:
        """Give templates what every page shows."""
        self.context.update(
            SITE=self.site.settings,
            NAV=self.site.columns.top,
            FOOTER_LINKS=plain_pages(self.site),
            LIBRARY=library_link(self.site),
            CONTENT_SECURITY=content_security(
                self.env.get_template(f"partials/{name}.html").render() for name in INLINE_SCRIPTS
            ),
        )

    def generate_output(self, writer: StagedWriter) -> None:
        """Write the site."""
        for page in plan_pages(self.site):
            writer.write_file(
                page.save_as,
                self.get_template(page.template),
                self.context,
                head=page.head,
                breadcrumb=page.breadcrumb,
                **page.values,
            )
        for name, text in (*plan_feeds(self.site), *plan_sitemap(self.site)):
            writer.write_bytes(name, text.encode())
        writer.write_bytes(OPENSEARCH, write_opensearch(self.site.settings).encode())
        for name, text in plan_open_data(self.site):
            writer.write_bytes(name, text.encode())
        for name, data in plan_index(self.site):
            writer.write_bytes(name, data)
        for name, data in self.assets.files.items():
            writer.write_bytes(name, data)
        files = self._published_files()
        for name in sorted(files - (self.site.pictures.keys() - self._attached_files())):
            writer.copy(self.site.files[name], name)
        for name, data in plan_pictures(self.site, files, PICTURE_CACHE):
            writer.write_bytes(name, data)
        self._fill_in_counts()

    def _attached_files(self) -> set[str]:
        """Return the files that readers download, which are published as they are."""
        shown = (*self.site.articles, *self.site.others, *self.site.pages, *self.site.topics)
        return {unquote(file.url).lstrip("/") for article in shown for file in article.attachments}

    def _fill_in_counts(self) -> None:
        """Tell the idle generators, now that they cannot write it again, what was published."""
        for generator in self.counted:
            if isinstance(generator, ArticlesGenerator):
                generator.articles = list(self.site.articles)
                hidden = [a for a in self.site.others if a.status is Status.HIDDEN]
                generator.hidden_articles = hidden
            else:
                generator.pages = list(self.site.pages)

    def _published_files(self) -> set[str]:
        """Return the files that a readable page uses; a withdrawn page's files are not among them.

        What nothing refers to stays in content/: a file dropped there by mistake is not published.
        """
        shown = (*self.site.articles, *self.site.others, *self.site.pages, *self.site.topics)
        return {
            file for article in shown if article.status is not Status.WITHDRAWN
            for file in article.files
        }  # fmt: skip
