"""Everything that the site publishes, cut into jobs: what is made again when one thing changes.

A job yields its files; what it looked at to make them is noted (trace.py), so it need not say.
A new kind of output is a new line in `list_jobs`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from policysite.engine.fingerprint import digest
from policysite.engine.look import Look
from policysite.engine.looked import Disturbed
from policysite.model.columns import Column
from policysite.pages import plan
from policysite.pages.page import Page
from policysite.pages.selection import Uses, uses, years_of
from policysite.pages.site import Site


class Output(NamedTuple):
    """A file to publish: `recipe` is a digest of what it is made from but texts of articles."""

    name: str
    recipe: bytes
    make: Callable[[], bytes]


Job = Callable[[Site], Iterator[Output]]


class Workshop:
    """Makes outputs of plans: pages with the theme's `look`, all else as it is."""

    def __init__(self, look: Look, files: Callable[[str], bytes], cache: Path) -> None:
        """Take the theme, a way from a file's path under content/ to its digest, the pictures."""
        self.look = look
        self.file_digest = files
        self.cache = cache

    def pages(self, plan_them: Callable[[Site], Iterable[Page]]) -> Job:
        """Return the job of some pages."""
        return lambda site: (self._page(page) for page in plan_them(site))

    def _page(self, page: Page) -> Output:
        return Output(page.save_as, self.look.recipe(page), lambda: self.look.render(page))

    def texts(self, plan_them: Callable[[Site], Iterable[tuple[str, str]]]) -> Job:
        """Return the job of files whose text is planned whole."""
        return lambda site: (ready(name, text.encode()) for name, text in plan_them(site))

    def article(self, slug: str, site: Site) -> Iterator[Output]:
        """Yield the page of an article, and its forms for machines if lists name it."""
        article = site.by_slug[slug]
        yield self._page(plan.plan_article(site, article))
        if article.is_listed and site.settings.open_data:
            for name, text in _from("outputs.open_data", "plan_forms")(site, article):
                yield ready(name, text.encode())

    def assets(self, _: Site) -> Iterator[Output]:
        """Yield the theme's own files."""
        for name, data in self.look.assets.files.items():
            yield ready(name, data)

    def files(self, site: Site) -> Iterator[Output]:
        """Yield the files of content/ that are published as they are.

        What nothing refers to stays in content/: a file dropped there by mistake is not published.
        """
        attached = {unquote(url).lstrip("/") for used in _used(site) for url in used.attachments}
        as_pictures = site.pictures.keys() - attached
        for name in sorted(_published(site) - as_pictures):
            yield self._file(name, site.files[name])

    def _file(self, name: str, path: Path) -> Output:
        looked_at = self.file_digest(name)

        def read() -> bytes:
            data = path.read_bytes()
            if digest(data) != looked_at:
                raise Disturbed(name)
            return data

        return Output(name, looked_at, read)

    def pictures(self, site: Site) -> Iterator[Output]:
        """Yield the pictures made from images that a readable page uses, each once."""
        seen: set[str] = set()
        for name in sorted(site.pictures.keys() & _published(site)):
            for made in site.pictures[name].files():
                if made not in seen:
                    seen.add(made)
                    source = site.files[name]
                    make = _finder(source, made, self.cache)
                    # The name of a picture tells its content.
                    yield Output(made, digest(made.encode()), make)


def _finder(source: Path, made: str, cache: Path) -> Callable[[], bytes]:
    def find() -> bytes:
        from policysite.outputs.pictures import find_picture

        if (data := find_picture(source, made, cache)) is None:
            raise Disturbed(source)
        return data

    return find


def ready(name: str, data: bytes) -> Output:
    """Return a file whose bytes are there already."""
    return Output(name, digest(data), lambda: data)


def _used(site: Site) -> Iterator[Uses]:
    for articles in (site.articles, site.others, site.pages, site.topics):
        yield from uses(articles)


def _published(site: Site) -> set[str]:
    """Return the files that a readable page uses; a withdrawn page's files are not among them."""
    return {file for used in _used(site) if used.is_readable for file in used.files}


def _from(module: str, name: str) -> Callable[..., Iterable[Any]]:
    """Return a planner that is loaded when it is needed: most edits need few of them."""

    def plan_them(*given: object, **named: object) -> Iterable[Any]:
        found: Iterable[Any] = getattr(import_module(f"policysite.{module}"), name)(*given, **named)
        return found

    return plan_them


def _archive_year(site: Site, year: int) -> Iterator[Page]:
    yield plan.plan_archive_year(site, year)


def _column(site: Site, column: Column) -> Iterator[Page]:
    yield plan.plan_column(site, column)


class Many(NamedTuple):
    """What there are many jobs of: articles by slug, years of the archive, letters of the index.

    `runs` are columns by path, each with a number: see `plan_older`.
    """

    slugs: Collection[str]
    years: Iterable[int]
    letters: Iterable[str]
    runs: Iterable[tuple[str, int]]


def many_of(site: Site) -> Many:
    """Return all there is."""
    years = [found.year for found in years_of(site.articles)]
    columns = [column for column in site.columns if not column.is_page]
    runs = [(column.path, run) for column in columns for run in plan.older_runs(site, column)]
    return Many(site.by_slug, years, site.letters, runs)


def many_among(jobs: Iterable[str]) -> Many:
    """Return what is named by jobs."""
    named: dict[str, list[str]] = defaultdict(list)
    for kind, _, name in (job.partition("/") for job in jobs):
        named[kind].append(name)
    years = (int(name) for name in named["archive"] if name)
    runs = (name.rsplit("/", 1) for name in named["older"])
    return Many(named["article"], years, named["titles"], [(path, int(run)) for path, run in runs])


OF_ARTICLE = "article/"
"""How the names of the jobs of articles begin."""


class Jobs(Mapping[str, Job]):
    """All jobs by their names; that of an article, of which there may be very many, when asked for."""

    def __init__(
        self,
        few: dict[str, Job],
        article: Callable[[str, Site], Iterator[Output]],
        slugs: Collection[str],
    ) -> None:
        self.few, self.article, self.slugs = few, article, slugs

    def __getitem__(self, name: str) -> Job:
        slug = name.removeprefix(OF_ARTICLE)
        if slug == name or slug not in self.slugs:
            return self.few[name]
        return partial(self.article, slug)

    def __iter__(self) -> Iterator[str]:
        yield from self.few
        yield from (f"{OF_ARTICLE}{slug}" for slug in self.slugs)

    def __len__(self) -> int:
        return len(self.few) + len(self.slugs)


def list_jobs(site: Site, shop: Workshop, many: Many) -> Jobs:
    """Return jobs by their names: all of which there are few, and `many`."""
    jobs: dict[str, Job] = {
        "home": shop.pages(lambda s: [plan.plan_home(s)]),
        "archive": shop.pages(lambda s: [plan.plan_archive(s)]),
        "topics": shop.pages(_from("pages.topics", "plan_topics")),
        "series": shop.pages(_from("pages.courses", "plan_series")),
        "library": shop.pages(_from("pages.library", "plan_library")),
        "differences": shop.pages(_from("pages.versions", "plan_differences")),
        "pages": shop.pages(lambda s: (plan.plan_fixed_page(s, page) for page in s.pages)),
        "search": shop.pages(_from("pages.search", "plan_search")),
        "site-map": shop.pages(lambda s: [plan.plan_site_map(s)]),
        "not-found": shop.pages(lambda s: [plan.plan_not_found(s)]),
        "redirects": shop.pages(plan.plan_redirects),
        "feed": shop.texts(_from("outputs.feeds", "plan_site_feed")),
        "feed-style": shop.texts(_from("outputs.feed_style", "plan_feed_style")),
        "sitemap": shop.texts(_from("outputs.sitemap", "plan_sitemap")),
        "opensearch": shop.texts(_from("outputs.opensearch", "plan_opensearch")),
        "catalogue": shop.texts(_from("outputs.open_data", "plan_catalogue")),
        "assets": shop.assets,
        "files": shop.files,
        "pictures": shop.pictures,
    }
    for year in many.years:
        jobs[f"archive/{year}"] = shop.pages(partial(_archive_year, year=year))
    plan_letter = _from("pages.search", "plan_letter")
    for letter in many.letters:
        jobs[f"titles/{letter}"] = shop.pages(partial(plan_letter, letter=letter))
    column_feed = _from("outputs.feeds", "plan_column_feed")
    for column in site.columns:
        if not column.is_page:
            jobs[f"column/{column.path}"] = shop.pages(partial(_column, column=column))
            jobs[f"feed/{column.path}"] = shop.texts(partial(column_feed, column=column))
    for path, run in many.runs:
        of_run = partial(plan.plan_older, column=site.columns.by_path[path], run=run)
        jobs[f"older/{path}/{run}"] = shop.pages(of_run)
    return Jobs(jobs, shop.article, many.slugs)
