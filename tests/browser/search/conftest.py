"""The site that the tests search in, and indexes that their engine opens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from policysite.pages.site import Site
from policysite.search import segments
from policysite.tools import bench_search
from policysite.tools.local_server import PublishedHandler, serving
from tests.browser.search.served import (
    ALPHABET,
    LOAD,
    THEME,
    TITLES,
    Served,
    Server,
    article,
    site_of,
)
from tests.build import builds

YEARS = (2023, 2024)
PER_YEAR = 14


def _circular(year: int, number: int) -> str:
    ended = "失效日期: 2025-12-31\n" if year == 2023 else ""
    return (
        f"---\n标题: 示例市总工会关于第{number}批职工书屋建设的通知\n发布日期: {year}-03-{number:02}\n"
        f"发文字号: 示总工办发〔{year}〕{number}号\n发文机关:\n  - 示例市总工会\n文种: 通知\n"
        f"主题分类: 宣传教育\n{ended}---\n\n各区县总工会：\n\n"
        "第一条 为了满足职工的阅读需求，制定本办法。\n\n"
        "第二条 图书由工会采购，管理员由单位指定。\n\n"
        f"第三条 第{number}批书屋在职工下班以后照常开放，不得挪作会议室。\n"
    )


ARTICLES = {
    # Every pair of 照常开放 is in it, the words themselves are not.
    "news/2025-05-01-pairs.md": "标题: 夜校报名\n发布日期: 2025-05-01\n---\n\n"
    "夜校照常上课，平常开门，对职工开放。\n",
    "news/2025-05-02-chongqing.md": "标题: 重庆职工书屋考察纪实\n发布日期: 2025-05-02\n---\n\n"
    "考察组看了三家书屋。\n",
    "news/2025-05-03-hidden.md": "标题: 职工书屋内部通报\n发布日期: 2025-05-03\n状态: 隐藏\n---\n\n"
    "内部通报。\n",
}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the good site with some thirty more articles; yield its address."""

    def make(folder: Path) -> None:
        content = builds.copy_content(folder)
        for year in YEARS:
            for number in range(1, PER_YEAR + 1):
                name = f"policies/documents/{year}-03-{number:02}-reading-{year}-{number}.md"
                (content / name).write_text(_circular(year, number), "utf-8")
        for name, text in ARTICLES.items():
            (content / name).write_text(f"---\n{text}", "utf-8")
        builds.build(folder / builds.OUTPUT, content=content)

    folder = builds.build_once(tmp_path_factory, "search", make)
    with serving(folder / builds.OUTPUT, PublishedHandler) as address:
        yield address


@pytest.fixture(scope="session")
def serve(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve any site's index; closed after the last test."""
    opened: list[Any] = []

    def start(site: Site) -> Served:
        folder = tmp_path_factory.mktemp("index")
        script = bench_search.write_site(site, THEME, folder)
        server = serving(folder, PublishedHandler)
        address = server.__enter__()
        page = chromium.new_page()
        opened.extend([server, page])
        page.goto(f"{address}/")
        page.evaluate(LOAD, [script])
        return Served(site, folder, address, script, page)

    yield start
    for item in reversed(opened):
        if isinstance(item, Page):
            item.close()
        else:
            item.__exit__(None, None, None)


@pytest.fixture(scope="session")
def gibberish(serve: Server, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Serve documents of random characters, in two segments."""
    chance = random.Random(5)
    articles = [
        article(
            number,
            "".join(chance.choices(ALPHABET.strip("\n "), k=chance.randint(1, 30))),
            "".join(chance.choices(ALPHABET, k=chance.randint(0, 400))),
        )
        for number in range(150)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "LIVE", 3000)
        served = serve(site_of(tmp_path_factory.mktemp("gibberish"), articles))
        assert served.page.evaluate("engine.segments.length") == 2
    return served


@pytest.fixture(scope="session")
def titles(serve: Server, tmp_path_factory: pytest.TempPathFactory) -> Served:
    synonyms = (("职代会", "职工代表大会"),)
    return serve(site_of(tmp_path_factory.mktemp("titles"), TITLES, synonyms=synonyms))
