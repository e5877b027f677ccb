"""`pdf`: policy documents on paper as GB/T 9704—2012 wants them, one file each.

The pages are those of the site, printed by the browser that the tests use; what they look like on
paper is `theme/static/css/print.css`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from policysite.engine.run import Run, build
from policysite.environment import find_browser, is_root, tell
from policysite.model.fields import Status
from policysite.pages.article import Article
from policysite.pages.site import Site
from policysite.tools.local_server import serving


class CannotPrint(Exception):
    """What was asked for cannot be printed; the message says why, in Chinese."""


def make_pdfs(run: Run, slugs: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Print the articles named by `slugs`, or all policy documents, as `folder`/<slug>.pdf.

    The site is built aside: neither the output folder nor what it was built from changes.

    Raises:
        CannotBuild: the content has errors.
        CannotPrint: a slug names nothing that readers can open.

    """
    with TemporaryDirectory(prefix="policysite-pdf-") as scratch:
        output = Path(scratch) / "site"
        site = build(Run(run.config, run.content, str(output))).site
        articles = choose(site, slugs)
        folder.mkdir(parents=True, exist_ok=True)
        with serving(output) as address, _browser() as browser:
            return tuple(_print_all(browser, address, articles, folder))


def choose(site: Site, slugs: Sequence[str]) -> tuple[Article, ...]:
    """Return the articles to print; with no slug, every policy document in lists.

    Raises:
        CannotPrint: a slug names nothing that readers can open.

    """
    if not slugs:
        return tuple(article for article in site.articles if article.is_policy)
    readable = {s: a for s, a in site.by_slug.items() if a.status is not Status.WITHDRAWN}
    for slug in slugs:
        if slug not in readable:
            near = get_close_matches(slug, list(readable), n=1)
            hint = f"你是不是想写“{near[0]}”？" if near else "短名是文件名里日期后面的部分。"
            raise CannotPrint(f"没有短名是“{slug}”的文章。{hint}")
    return tuple(readable[slug] for slug in dict.fromkeys(slugs))


@contextmanager
def _browser() -> Iterator[Browser]:
    # Chromium's own sandbox refuses to run as root; the pages are ours.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox"] if is_root() else []
        )
        yield browser
        browser.close()


def _print_all(
    browser: Browser, address: str, articles: Sequence[Article], folder: Path
) -> Iterator[Path]:
    # Without scripts no time of printing is added, and images load at once.
    page = browser.new_page(java_script_enabled=False)
    for number, article in enumerate(articles, 1):
        tell(f"正在制作 {number}/{len(articles)}：{article.title}")
        page.goto(address + article.url)
        path = folder / f"{article.slug}.pdf"
        path.write_bytes(
            page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
        )
        yield path
