"""The theme at work: pages from templates, and a digest of all that goes into a page."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from policysite.engine.articles import KeptArticle
from policysite.engine.fingerprint import digest
from policysite.engine.store import Damaged, Store, seal_bytes, unseal_bytes
from policysite.model.columns import Column
from policysite.outputs.assets import Assets
from policysite.outputs.content_security import content_security
from policysite.pages.filters import FILTERS
from policysite.pages.library import library_link
from policysite.pages.page import Page
from policysite.pages.plan import plain_pages
from policysite.pages.site import Site
from policysite.patterns import pattern
from policysite.settings import SiteSettings

INLINE_SCRIPTS = ("preferences", "speculation")
"""The partials that hold the only scripts written into pages."""

JINJA: Mapping[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    # A page asks for twenty templates, and keeping count of their use takes a tenth of its time.
    "cache_size": -1,
}


_TO_ESCAPE = pattern("[&<>'\"]")


def escaped(value: object) -> str:
    """Return a value as it may stand in HTML: the text of what `markupsafe.escape` returns.

    A page shows some hundred values, and nearly all are plain words or HTML already: to make an
    object of each takes a tenth of its time.
    """
    if type(value) is Markup or (type(value) is str and not _TO_ESCAPE.search(value)):
        return value
    return escape(value)


class ThemeTemplate(Template):
    """A template with quick ways for what our pages do hundreds of times.

    At each import of macros Jinja compares the global names of both templates, a dozen times for a
    page and a third of its time. Ours are loaded without globals of their own, and are the same for
    whoever imports them, so there is nothing to compare.
    """

    @classmethod
    def from_code(cls, *args: Any, **options: Any) -> Template:
        """Return the template that compiled code makes, with our way to escape what it shows."""
        template = super().from_code(*args, **options)
        names: dict[str, Any] = template.root_render_func.__globals__
        names["escape"] = escaped
        return template

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class Compiled(BytecodeCache):
    """Compiled templates in the store: to compile them all takes a tenth of a second."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template what was compiled before, if it is whole."""
        found = self.store.rows("SELECT value FROM meta WHERE name = ?", f"template {bucket.key}")
        if found:
            bucket.bytecode_from_string(unseal_bytes(found[0][0]))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; only the process that opened the store writes to it."""
        if not self.store.is_mine:
            return
        row = (f"template {bucket.key}", seal_bytes(bucket.bytecode_to_string()))
        try:
            self.store.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", [row])
        except (Damaged, OSError):
            return


class Look:
    """The theme with the site's settings; `frame` is a digest of all that every page shows."""

    def __init__(
        self,
        theme: Path,
        settings: SiteSettings,
        environment: Environment,
        assets: Assets,
        files: bytes,
        given: bytes,
    ) -> None:
        """Take the theme, Jinja, and digests of the theme's `files` and of all it is given."""
        self.assets = assets
        self.settings = settings
        self.environment = environment
        environment.filters.update(FILTERS, asset=asset_filter(assets))
        environment.template_class = ThemeTemplate
        self.templates = theme / "templates"
        self.files = files
        self.given = given
        self.frame = self.key = digest(files, given)
        self.shown = b""
        self.context: dict[str, Any] = {}
        self.written: Callable[[Path], None] | None = None

    def enter(self, site: Site, context: Mapping[str, Any]) -> None:
        """Give templates what every page shows; `context` is what else they may ask for."""
        own = shown_everywhere(site, self.environment)
        self.context = {**self.environment.globals, **context, **own}
        shown = (own["NAV"], own["FOOTER_LINKS"], own["LIBRARY"], own["CONTENT_SECURITY"])
        # The synonyms are on no page; a new list of them is rare, and all is made again.
        self.shown = digest(repr((shown, site.synonyms)).encode())
        self.frame = digest(self.key, self.shown)

    @property
    def parts(self) -> dict[str, bytes]:
        """What all pages show, in parts that can be told of: see `FRAME` in messages_build."""
        return {"theme": self.files, "settings": self.given, "shown": self.shown}

    def recipe(self, page: Page) -> bytes:
        """Return a digest of what goes into a page; of articles, what stands on their cards."""
        data = io.BytesIO()
        pickler = _Recipe(data, pickle.HIGHEST_PROTOCOL)
        pickler.dump((page.template, page.head, page.breadcrumb, dict(page.values)))
        return digest(self.frame, data.getvalue())

    def render(self, page: Page) -> bytes:
        """Return a page as it is published."""
        own = {"head": page.head, "breadcrumb": page.breadcrumb}
        template = self.template(page.template)
        # `Template.render` copies what is shown three times, and asks for Jinja's own names each time.
        shown = template.new_context({**self.context, **own, **page.values}, shared=True)
        try:
            return self.environment.concat(template.root_render_func(shown)).encode()
        except Exception:  # noqa: BLE001 -- raised again with its place in the template
            self.environment.handle_exception()

    def load_templates(self) -> None:
        """Compile all templates now, so that processes forked from here need not, each by itself.

        What is wrong with one is told when a page needs it. From now on they are not looked at again.
        """
        self.environment.auto_reload = False
        for path in sorted(self.templates.rglob("*.html")):
            name = path.relative_to(self.templates).as_posix()
            with suppress(TemplateError):
                self.environment.get_template(name)

    def template(self, name: str) -> Template:
        """Return a template of the theme."""
        return self.environment.get_template(f"{name}.html")


def asset_filter(assets: Assets) -> Callable[[Context, str], str]:
    """Return the filter that gives an asset's address.

    Jinja writes what a filter makes of a constant into the compiled template, and this is kept: a
    style sheet's old address would outlive it. Filters of the context are called each time.
    """

    @pass_context
    def asset(_: Context, name: str) -> str:
        return assets.url(name)

    return asset


def shown_everywhere(site: Site, environment: Environment) -> dict[str, Any]:
    """Return what every page shows, by the names that templates know it by."""
    get = environment.get_template
    return {
        "SITE": site.settings,
        "NAV": site.columns.top,
        "FOOTER_LINKS": plain_pages(site),
        "LIBRARY": library_link(site),
        "CONTENT_SECURITY": content_security(
            get(f"partials/{name}.html").render() for name in INLINE_SCRIPTS
        ),
    }


class _Recipe(pickle.Pickler):
    # Asked for objects only; `persistent_id` is asked for each word.
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, KeptArticle):
            return _stand_in, (value.digest, value.pinned)
        return (_stand_in, (value.path,)) if isinstance(value, Column) else NotImplemented


def _stand_in(*known: object) -> tuple[object, ...]:
    """Stand in a recipe for what is known by these values."""
    return known


def plain_environment(theme: Path, store: Store) -> Environment:
    """Return Jinja as Pelican sets it up for a theme of ours, without importing Pelican."""
    loader = FileSystemLoader(theme / "templates")
    return Environment(loader=loader, bytecode_cache=Compiled(store), **JINJA)  # noqa: S701 -- in JINJA
