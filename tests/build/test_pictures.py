"""Photographs on their way from content/ to the published site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.build import builds
from tests.build.reading import BuiltSite

ARTICLE = """\
---
标题: 送清凉活动走进工地
发布日期: 2026-11-17
配图: images/2026/site visit.jpg
配图说明: 志愿者在工地上
---

第一段。

![志愿者发放防暑用品](/images/2026/handout.jpg "图1 发放现场")

第二段，[看大图](/images/2026/large.jpg)。

![工地全景](/images/2026/site%20visit.jpg)
"""
NAMES = ("site visit.jpg", "handout.jpg", "large.jpg")


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Return the good site with an article of photographs that say where they were taken."""

    def make(folder: Path) -> None:
        content = builds.copy_content(folder)
        notes = Image.Exif()
        notes[0x010F] = "SECRET-CAMERA"
        notes.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 20.0), 29: "SECRET-PLACE"})
        for number, name in enumerate(NAMES):
            image = Image.effect_mandelbrot((1600, 1200), (-2, -1.5, 1, 1.5), 20 + number)
            image.convert("RGB").save(content / "images/2026" / name, exif=notes)
        (content / "news/2026-11-17-heat-visit.md").write_text(ARTICLE, "utf-8")
        log = builds.build(folder / builds.OUTPUT, content=content)
        (folder / builds.LOG).write_text(log, "utf-8")

    folder = builds.build_once(tmp_path_factory, "pictured", make)
    return BuiltSite(folder / builds.OUTPUT)


def test_nothing_that_a_camera_noted_is_published(pictured: BuiltSite) -> None:
    """Neither as picture nor as the file itself, be it shown, linked or on a card."""
    for name in pictured.files:
        data = (pictured.root / name).read_bytes()
        assert b"SECRET" not in data, name
    assert {name for name in pictured.files if name.endswith(NAMES)} == set()


def test_every_form_that_a_page_names_is_there(pictured: BuiltSite) -> None:
    """In `srcset` too; and no picture is published that no page shows or links."""
    named = set()
    for page in pictured.pages.values():
        for srcset in page.tree.xpath("//source/@srcset"):
            named |= {pictured.file_of(part.split()[0]) for part in srcset.split(", ")}
        addresses = page.tree.xpath("//img/@src | //a/@href")
        named |= {pictured.file_of(a) for a in addresses if a.startswith("/images/")}
    there = {name for name in pictured.files if name.startswith("images/")}
    assert named <= there
    assert {_source(name) for name in there} == {_source(name) for name in named}


def _source(name: str) -> str:
    return re.sub(r"-\d+\.\w{8}\.\w+$", "", name)


def test_an_article_shows_its_photographs_in_the_smallest_form(pictured: BuiltSite) -> None:
    """With their size, the first at once, the others when they are wanted."""
    first, second = pictured.page("/2026/heat-visit.html").select(".document picture")
    for picture in (first, second):
        sources, [image] = picture.xpath(".//source"), picture.xpath(".//img")
        assert sources
        assert {source.get("type") for source in sources} <= {"image/avif", "image/webp"}
        assert all(source.get("sizes") for source in sources)
        assert (image.get("width"), image.get("height")) == ("1200", "900")
        assert image.get("alt")
    assert first.xpath(".//img/@loading") == []
    assert second.xpath(".//img/@loading | .//img/@decoding") == ["lazy", "async"]


def test_the_headline_is_the_only_picture_in_a_hurry(pictured: BuiltSite) -> None:
    """Of the home page; cards wait."""
    home = pictured.page("/")
    [hero] = home.tree.xpath("//img[@fetchpriority='high']")
    assert "headline__image" in hero.get("class")
    for image in home.select(".highlights img"):
        assert image.get("loading") == "lazy"


def test_sharing_and_feeds_use_the_form_that_everybody_shows(pictured: BuiltSite) -> None:
    """WeChat and feed readers know no AVIF."""
    page = pictured.page("/2026/heat-visit.html")
    [shared] = page.tree.xpath("//meta[@property='og:image']/@content")
    assert re.fullmatch(
        r"https://www\.example\.org/images/2026/site%20visit-1200\.\w{8}\.jpg", shared
    )
    feed = pictured.text("feed.xml")
    assert "handout-1200." in feed
    assert "srcset" not in feed
    assert "picture&gt;" not in feed


def test_a_link_to_a_large_photograph_leads_to_a_clean_one(pictured: BuiltSite) -> None:
    """The words stay a link."""
    links = pictured.page("/2026/heat-visit.html").links(".document")
    assert [re.sub(r"\.\w{8}\.", ".*.", link) for link in links] == [
        "/images/2026/large-1200.*.jpg"
    ]


def test_what_nobody_may_read_shows_no_picture_either(tmp_path: Path) -> None:
    """A draft's photographs are not made; those of a withdrawn article are not published."""
    content = builds.copy_content(tmp_path)
    Image.new("RGB", (900, 600)).save(content / "images/2026/handout.jpg")
    body = "\n\n正文。\n\n![发放现场](/images/2026/handout.jpg)\n"
    for status in ("草稿", "撤回\n撤回说明: 内容有误"):
        text = f"---\n标题: 送清凉\n发布日期: 2026-11-17\n状态: {status}\n---{body}"
        (content / "news/2026-11-17-heat-visit.md").write_text(text, "utf-8")
        builds.build(tmp_path / "output", content=content)
        assert BuiltSite(tmp_path / "output").mentions("handout") == []


def test_a_photograph_that_only_looks_whole_stops_the_build(tmp_path: Path) -> None:
    """Checks look at beginning and end; what decoding finds is told in the same words."""
    content = builds.copy_content(tmp_path)
    path = content / "images/2026/handout.png"
    Image.effect_noise((300, 200), 90).save(path, "TIFF", compression="tiff_lzw")
    text = "---\n标题: 送清凉\n发布日期: 2026-11-17\n---\n\n![发放现场](/images/2026/handout.png)\n"
    (content / "news/2026-11-17-heat-visit.md").write_text(text, "utf-8")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3] + data[len(data) // 2 :])
    done = builds.run_build(tmp_path / "output", content=content)
    assert done.returncode == 1
    assert "[R409] 图片“images/2026/handout.png”打不开" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "output").exists()
