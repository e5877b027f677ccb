"""Small values as the program itself makes them; a test states only what it is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from policysite.gate import inspect
from policysite.model.columns import Column, Columns
from policysite.model.content import Content
from policysite.model.manuscript import Article as Manuscript
from policysite.model.manuscript import read_article
from policysite.model.values import CHINA
from policysite.pages import plan
from policysite.pages.article import Article, compose_article
from policysite.pages.courses import plan_series
from policysite.pages.library import plan_library
from policysite.pages.lists import count_years
from policysite.pages.page import Page
from policysite.pages.search import plan_letter, plan_search
from policysite.pages.site import Site, build_site
from policysite.pages.topics import plan_topics
from policysite.pages.versions import plan_differences
from policysite.problems import Problem, errors
from policysite.settings import SiteSettings
from policysite.text.markdown import render

NOW = datetime(2026, 11, 22, 12, tzinfo=CHINA)
TODAY = NOW.date()

SETTINGS = SiteSettings(
    name="示例省总工会",
    domain="www.example.org",
    description="示例省总工会门户网站。",
    keywords=("工会", "职工"),
    sponsor="示例省总工会",
    page_size=5,
    feed_size=3,
)

NOTICES = Column(
    slug="notices",
    name="通知公告",
    description="示例省总工会的通知和公告。",
    keywords=("通知", "公告"),
    type="工作动态",
    path="notices",
    url="/notices/",
)

COLUMN_TABLE = """
[[column]]
slug = "about"
name = "工会概况"
description = "示例省总工会的机构简介。"
keywords = ["机构简介"]
type = "概况信息"

  [[column.child]]
  slug = "intro"
  name = "机构简介"
  description = "示例省总工会的性质和职责。"
  keywords = ["机构简介"]
  type = "概况信息"
  page = "intro"

[[column]]
slug = "notices"
name = "通知公告"
description = "示例省总工会的通知和公告。"
keywords = ["通知", "公告"]
type = "工作动态"
home = 3

[[column]]
slug = "policies"
name = "政策文件"
description = "示例省总工会的政策文件。"
keywords = ["政策文件"]
type = "政策文件"

  [[column.child]]
  slug = "documents"
  name = "省总文件"
  description = "示例省总工会印发的文件。"
  keywords = ["发文字号"]
  type = "政策文件"
  home = 3

  [[column.child]]
  slug = "interpretation"
  name = "政策解读"
  description = "对政策文件的解读。"
  keywords = ["政策解读"]
  type = "政策解读"
"""

INTRO = "---\n标题: 机构简介\n---\n\n示例省总工会是全省工会的领导机关。\n"


def front_matter(
    *lines: str,
    title: str = "关于做好送清凉工作的通知",
    date: str = "2026-03-15",
    body: str = "各级工会要把防暑用品送到一线。\n",
) -> str:
    """Return the text of an article; `lines` are further lines of its front matter."""
    head = [f"标题: {title}", f"发布日期: {date}", *lines]
    return "\n".join(["---", *head, "---", "", body])


def read(
    *lines: str, name: str = "", slug: str = "summer-heat", now: datetime = NOW, **values: str
) -> tuple[Manuscript | None, list[Problem]]:
    """Read an article with further `lines` in its front matter, in a file of its date and slug."""
    text = front_matter(*lines, **values)
    name = name or f"{values.get('date', '2026-03-15')[:10]}-{slug}.md"
    return read_article(text, f"content/notices/{name}", f"notices/{name}", NOTICES, now)


def make_manuscript(*lines: str, slug: str = "summer-heat", **values: str) -> Manuscript:
    """Return an article as its file says it; `lines` are further lines of its front matter."""
    manuscript, problems = read(*lines, slug=slug, now=NOW, **values)
    assert manuscript, problems
    assert not errors(problems)
    return manuscript


def make_content(*articles: Manuscript, files: Mapping[str, Path] | None = None) -> Content:
    """Return content of nothing but `articles` and `files`."""
    columns = Columns((NOTICES,), {NOTICES.path: NOTICES})
    return Content(Path("content"), "content", columns, articles, (), (), files or {})


@cache
def _plain_article() -> Article:
    manuscript = make_manuscript()
    rendered = render(manuscript.body)
    return compose_article(manuscript, rendered, {}, site_name=SETTINGS.name, today=TODAY)


def make_article(**values: Any) -> Article:
    """Return a published article as templates see it, with some of its `values` changed."""
    return replace(_plain_article(), **values)


def make_articles(dates: Sequence[datetime]) -> tuple[Article, ...]:
    """Return an article for each of `dates`, which stand newest first."""
    return tuple(
        make_article(slug=f"a{place}", url=f"/{date.year}/a{place}.html", date=date)
        for place, date in zip(range(len(dates), 0, -1), dates, strict=True)
    )


def days(count: int) -> list[datetime]:
    """Return `count` moments a day apart, the newest first."""
    first = datetime(2020, 1, 1, tzinfo=CHINA)
    return [first + timedelta(days=number) for number in range(count, 0, -1)]


def write_content(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a content folder, with a column table and its fixed page, and return it."""
    root = folder / "content"
    for name, text in {"columns.toml": COLUMN_TABLE, "pages/intro.md": INTRO, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def make_site(folder: Path, files: Mapping[str, str | bytes], now: datetime = NOW) -> Site:
    """Return the site made of `files`, which must be free of errors."""
    edition, problems = inspect(write_content(folder, files), now)
    assert not errors(problems), [str(found) for found in problems]
    return build_site(edition, SETTINGS, now)


def plan_pages(site: Site) -> Iterator[Page]:
    """Yield every page that a template writes, in a fixed order."""
    yield plan.plan_home(site)
    for column in site.columns:
        if not column.is_page:
            yield plan.plan_column(site, column)
            for run in plan.older_runs(site, column):
                yield from plan.plan_older(site, column, run)
    for article in (*site.articles, *site.others):
        yield plan.plan_article(site, article)
    for page in site.pages:
        yield plan.plan_fixed_page(site, page)
    yield plan.plan_archive(site)
    for year in count_years(site.articles, ()):
        yield plan.plan_archive_year(site, year.year)
    yield from plan_topics(site)
    yield from plan_series(site)
    yield from plan_library(site)
    yield from plan_search(site)
    for letter in site.letters:
        yield from plan_letter(site, letter)
    yield from plan_differences(site)
    yield plan.plan_site_map(site)
    yield plan.plan_not_found(site)
    yield from plan.plan_redirects(site)
