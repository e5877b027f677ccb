"""The preview in a real browser: what is saved shows by itself, and so does what is wrong."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.build import builds
from tests.build.test_preview import is_built, preview

CONTEST = "news/2026-10-12-skills-contest.md"


def save(file: Path, text: str) -> None:
    """Save a file as an editor does: whole."""
    file.write_text(text, "utf-8")


def test_a_save_shows_in_every_open_page_by_itself(tmp_path: Path, chromium: Browser) -> None:
    """One preview through it all: text, mistake, draft, template, two browsers."""
    content = builds.copy_content(tmp_path)
    article = content / CONTEST
    text = article.read_text("utf-8")
    config = builds.copy_theme(tmp_path)
    with preview(config) as running:
        line = running.wait_for(lambda line: "http://127.0.0.1:" in line)
        address = line[line.index("http") :].split("/ ")[0]
        contexts = [chromium.new_context() for _ in range(2)]
        one, other = (context.new_page() for context in contexts)
        for page in (one, other):
            page.goto(f"{address}/2026/skills-contest.html")
        one.evaluate("() => scrollTo(0, 200)")

        save(article, text.replace("96名", "108名"))
        for page in (one, other):
            expect(page.get_by_text("108名选手")).to_be_visible()
        one.wait_for_function("() => Math.round(scrollY) === 200")
        expect(one.locator(".preview-panel")).to_have_count(0)

        save(article, text.replace("发布日期", "发步日期"))
        for page in (one, other):
            expect(page.locator(".preview-panel--wrong")).to_contain_text(
                "skills-contest.md:3:1 [F106] 没有“发步日期”这个字段"
            )
            expect(page.get_by_text("108名选手")).to_be_visible()

        save(article, text.replace("\n---\n", "\n状态: 草稿\n---\n", 1))
        expect(one.locator(".preview-mark")).to_contain_text("草稿，读者还看不到。")
        expect(one.locator(".preview-panel")).to_have_count(0)
        one.goto(f"{address}/__preview/")
        expect(one.get_by_role("link", name="全市网约配送员技能竞赛落幕")).to_be_visible()

        save(article, text)
        expect(other.locator(".preview-mark")).to_have_count(0)
        footer = tmp_path / "theme/templates/partials/site_footer.html"
        save(footer, footer.read_text("utf-8").replace("主办单位", "主办的单位"))
        expect(other.get_by_text("主办的单位")).to_be_visible()
        save(footer, "{% if %}")
        expect(other.locator(".preview-panel")).to_contain_text(
            "模板 partials/site_footer.html:1 有错"
        )
        for context in contexts:
            context.close()


# A browser that nobody sees takes all its pages for visible.
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_as_many_pages_as_one_likes_stay_open_and_each_is_new_when_it_is_looked_at(
    tmp_path: Path, chromium: Browser
) -> None:
    """Those in the background let go of the connection, of which a browser has six."""
    content = builds.copy_content(tmp_path)
    article = content / CONTEST
    with preview(builds.copy_theme(tmp_path)) as running:
        line = running.wait_for(lambda line: "http://127.0.0.1:" in line)
        address = line[line.index("http") :].split("/ ")[0]
        context = chromium.new_context()
        pages = []
        for _ in range(8):
            pages.append(page := context.new_page())
            page.goto(f"{address}/2026/skills-contest.html")
            page.evaluate(HIDE, True)
        save(article, article.read_text("utf-8").replace("96名", "108名"))
        running.wait_for(is_built, times=2)
        expect(pages[0].get_by_text("96名选手")).to_be_visible()
        pages[0].evaluate(HIDE, False)
        expect(pages[0].get_by_text("108名选手")).to_be_visible()
        context.close()
