"""An index of any articles on a server, and the engine of the search opened on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup
from playwright.sync_api import Page

from policysite.model.values import CHINA
from policysite.pages.article import Article
from policysite.pages.site import Site
from tests.build import builds
from tests.unit.making import SETTINGS, make_article, make_site

THEME = builds.ROOT / "theme"
ALPHABET = "工会经费职代大表条例第的一二号年月日20241５ａＡbc㎡〔〕（）、。，%- \n"
LOAD = "async ([engine]) => { const { openIndex } = await import(engine); window.engine = await openIndex('/search/'); }"
"""Opens the index as `window.engine`; takes the address of the engine's script."""


@dataclass(frozen=True)
class Served:
    """An index on a server: the site it is of, and a page on which `engine` is open."""

    site: Site
    folder: Path
    address: str
    script: str
    page: Page

    def ask(self, query: str, **options: Any) -> Any:
        """Return what the engine finds, with the addresses of hits and looser matches."""
        return self.page.evaluate(
            """async ([query, options]) => {
              const found = await engine.search(query, options);
              const urls = async (ids) => (await engine.records(ids)).map((r) => r.url);
              return { ...found, hits: await urls(found.hits), loose: await urls(found.loose) };
            }""",
            [query, options],
        )


Server = Callable[[Site], Served]


def article(number: int, title: str, text: str, **values: Any) -> Article:
    """Return the `number`th article; a higher number is older."""
    date = datetime(2026 - number // 12, 12 - number % 12, 1, tzinfo=CHINA)
    slug = f"a{number}"
    html = Markup("").join(Markup("<p>{}</p>").format(line) for line in text.split("\n"))
    return make_article(
        slug=slug, url=f"/{date.year}/{slug}.html", save_as=f"{date.year}/{slug}.html",
        date=date, title=title, text=text, html=html, **values,
    )  # fmt: skip


def site_of(folder: Path, articles: Sequence[Article], **values: Any) -> Site:
    site = make_site(folder, {})
    return replace(
        site,
        articles=tuple(articles),
        by_slug={a.slug: a for a in articles},
        settings=SETTINGS,
        **values,
    )


_FUZZ = """async ([script, harm, queries]) => {
  const { openIndex } = await import(script);
  const broken = async (url, options) => {
    const answer = await fetch(url, { ...options, cache: "no-store" });
  const name = Object.keys(harm).find((part) => (
      part === "records" ? url.includes("/r0.") : url.split("?")[0].endsWith(part)));
    if (name === undefined) return answer;
    if (harm[name] === "missing") return new Response("", { status: 404 });
    if (harm[name] === "offline") throw new TypeError("no network");
    if (harm[name].startsWith("foreign ")) return fetch(url.replace(name, harm[name].slice(8)), options);
    let bytes = new Uint8Array(await answer.arrayBuffer());
    if (harm[name] === "cut") bytes = bytes.slice(0, bytes.length * 0.6);
    if (harm[name] === "empty") bytes = new Uint8Array(0);
    if (harm[name] === "flip") {
      // One bit, or of records one in each block: others may have come along.
      const step = name === "records" ? 32 : bytes.length;
      for (let n = step >> 1; n < bytes.length; n += step) bytes[n] ^= 4;
    }
    if (harm[name] === "page") bytes = new TextEncoder().encode("<!doctype html><title>404</title>");
    return new Response(bytes, { status: answer.status });
  };
  try {
    const engine = await openIndex("/search/", { get: broken });
    const found = [];
    for (const [query, options] of queries) {
      const { hits, strict, damaged } = await engine.search(query, options);
      const records = await engine.records(hits);
      found.push({ hits: records.map((record) => record && record.url), strict, damaged });
      await engine.suggest(query);
    }
    return found;
  } catch (error) {
    return { name: error.name, kind: error.kind, message: String(error) };
  }
}"""
HARMS = ("missing", "offline", "cut", "empty", "flip", "page")
ASKED = [["工会", {}], ["20", {}], ["02", {"filters": {"year": ["2014", "2018", "2026"]}}]]


def fuzz(served: Served, harm: Mapping[str, str], asked: Sequence[Any] = ASKED) -> Any:
    return served.page.evaluate(_FUZZ, [served.script, harm, asked])


TITLES = [
    article(0, "示例省工会经费管理办法实施细则", "工会经费。"),
    article(1, "工会经费", "工会经费按月拨缴。"),
    article(2, "关于工会经费的通知", "按月拨缴。"),
    article(3, "示例省职工代表大会条例", "职工代表大会每年召开一次。"),
    article(4, "企业怎样开好职代会", "职代会不能走过场。"),
    article(5, "劳动争议调解", "APP 上可以申请，电话12351，15日内办结。"),
    article(6, "劳动争议\u3000仲裁指南", "申请仲裁要带身份证。\n加班费另算。"),
]
