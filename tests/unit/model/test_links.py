"""What content may link to, and where it leads."""

from pathlib import Path

import pytest

from policysite.gate import inspect
from policysite.model.content import Content, read_content
from policysite.model.links import Resolver, Targets, field_problems, line_of
from tests.unit.making import INTRO, NOW, front_matter, write_content

SOURCE = "notices/2026-03-15-summer-heat.md"
FILES: dict[str, str | bytes] = {
    SOURCE: front_matter(),
    "notices/2026-03-16-next.md": front_matter(date="2026-03-16"),
    "policies/documents/2025-06-12-allowance.md": front_matter(date="2025-06-12"),
    "topics/heat.md": INTRO,
    "images/2026/heat.svg": '<svg width="1" height="1"/>',
    "attachments/2026/申报表 1.docx": b"PK",
    "attachments/2026/list.pdf": b"%PDF",
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    root = write_content(tmp_path_factory.mktemp("links"), FILES)
    found, problems = read_content(root, NOW)
    assert not problems
    return found


@pytest.fixture(scope="module")
def targets(content: Content) -> Targets:
    return Targets.of(content)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        pytest.param("/notices/2026-03-16-next.md", "/2026/next.html", id="path from content"),
        pytest.param("notices/2026-03-16-next.md", "/2026/next.html", id="without slash"),
        pytest.param("2026-03-16-next.md", "/2026/next.html", id="in the same folder"),
        pytest.param("./2026-03-16-next.md", "/2026/next.html", id="in the same folder, with ./"),
        pytest.param(
            "../policies/documents/2025-06-12-allowance.md",
            "/2025/allowance.html",
            id="up and down",
        ),
        pytest.param("/notices/2026-03-16-next.md#t3", "/2026/next.html#t3", id="with an anchor"),
        pytest.param("/2026/next.html", "/2026/next.html", id="published address"),
        pytest.param("/2026/next.html#t3", "/2026/next.html#t3", id="published, with an anchor"),
        pytest.param("/pages/intro.md", "/intro.html", id="fixed page"),
        pytest.param("/topics/heat.md", "/topics/heat/", id="topic"),
        pytest.param("/topics/heat/", "/topics/heat/", id="published topic"),
        pytest.param("/images/2026/heat.svg", "/images/2026/heat.svg", id="image"),
        pytest.param("../images/2026/heat.svg", "/images/2026/heat.svg", id="relative image"),
        pytest.param(
            "/attachments/2026/申报表 1.docx",
            "/attachments/2026/%E7%94%B3%E6%8A%A5%E8%A1%A8%201.docx",
            id="Chinese file name",
        ),
        pytest.param(
            "/attachments/2026/%E7%94%B3%E6%8A%A5%E8%A1%A8%201.docx",
            "/attachments/2026/%E7%94%B3%E6%8A%A5%E8%A1%A8%201.docx",
            id="Chinese file name, encoded",
        ),
        pytest.param(
            "/attachments/2026/list.pdf#page=2", "/attachments/2026/list.pdf#page=2", id="PDF page"
        ),
        pytest.param("/notices/", "/notices/", id="column"),
        pytest.param("/policies/documents/", "/policies/documents/", id="column of a column"),
        pytest.param("/", "/", id="home page"),
        pytest.param("/archive/", "/archive/", id="archive"),
        pytest.param("https://www.example.org/", "https://www.example.org/", id="another site"),
        pytest.param("mailto:a@example.org", "mailto:a@example.org", id="mail"),
        pytest.param("tel:12351", "tel:12351", id="telephone"),
        pytest.param("#t3", "#t3", id="this page"),
    ],
)
def test_a_link_leads_to_its_published_address(targets: Targets, written: str, url: str) -> None:
    found = targets.find(written, SOURCE)
    assert found
    assert found.url == url


@pytest.mark.parametrize(
    "written",
    ["/notices/2026-03-17-none.md", "2025-06-12-allowance.md", "/2027/next.html", "/notices",
     "/images/2026/Heat.svg", "../../etc/passwd", "javascript:alert(1)", "/notice/", "/search/"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(targets: Targets, written: str) -> None:
    assert targets.find(written, SOURCE) is None


def test_a_link_knows_its_manuscript_its_anchor_and_its_file(targets: Targets) -> None:
    article = targets.find("/notices/2026-03-16-next.md#t3", SOURCE)
    assert article and article.manuscript
    assert (article.manuscript.url, article.anchor, article.file) == ("/2026/next.html", "t3", "")
    image = targets.find("/images/2026/heat.svg", SOURCE)
    assert image and image.file == "images/2026/heat.svg"
    here = targets.find("#t3", SOURCE)
    assert here and here.manuscript
    assert here.manuscript.source == SOURCE


def test_the_nearest_name_is_proposed(targets: Targets) -> None:
    assert targets.nearest("/notices/2026-03-16-nxt.md") == (
        "你是不是想写“/notices/2026-03-16-next.md”？"
    )
    assert targets.nearest("images/haet.svg", file=True) == (
        "你是不是想写“/images/2026/heat.svg”？"
    )
    assert targets.nearest("/qqqqqqqq.docx") == "请核对名称和大小写。"


def test_an_article_is_no_proposal_for_a_file(targets: Targets) -> None:
    assert targets.nearest("2026-03-16-next.md", file=True) == "请核对名称和大小写。"


def test_a_resolver_remembers_the_files_that_a_body_uses(
    content: Content, targets: Targets
) -> None:
    resolver = Resolver(targets, content.articles[0])
    resolver("/images/2026/heat.svg")
    resolver("/attachments/2026/list.pdf#page=2")
    resolver("/notices/2026-03-16-next.md")
    assert resolver.files == {"images/2026/heat.svg", "attachments/2026/list.pdf"}
    assert list(resolver.problems()) == []


def test_an_unknown_target_is_left_as_written_and_told(content: Content, targets: Targets) -> None:
    resolver = Resolver(targets, content.articles[0])
    assert resolver("/none.md") == "/none.md"
    assert [found.code for found in resolver.problems()] == ["R404"]


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:8000/2026/a.html",
        "http://127.0.0.1/",
        "https://192.168.1.5/oa/",
        "http://10.1.2.3/a.doc",
        "file:///D:/登记表.docx",
        "C:\\Users\\a\\1.jpg",
        "\\\\server\\share\\a.doc",
    ],
)
def test_an_address_of_the_writers_own_machine_or_office_is_told(
    content: Content, targets: Targets, target: str
) -> None:
    resolver = Resolver(targets, content.articles[0])
    resolver(target)
    assert [found.code for found in resolver.problems()] == ["R413"]


@pytest.mark.parametrize("target", ["https://10.example.com/", "https://localhost.example.org/a"])
def test_a_public_host_with_such_a_name_is_not(
    content: Content, targets: Targets, target: str
) -> None:
    resolver = Resolver(targets, content.articles[0])
    resolver(target)
    assert list(resolver.problems()) == []


def test_a_link_without_an_address_is_told_at_its_line(tmp_path: Path) -> None:
    body = "第一段。\n\n见[通知]()。\n"
    root = write_content(tmp_path, FILES | {SOURCE: front_matter("来源: 甲", body=body)})
    content, _ = read_content(root, NOW)
    article = next(a for a in content.articles if a.source == SOURCE)
    resolver = Resolver(Targets.of(content), article)
    resolver("")
    assert [(found.code, found.line) for found in resolver.problems()] == [("R414", 9)]


def test_the_line_of_a_link_is_that_of_the_file(tmp_path: Path) -> None:
    body = "第一段。\n\n见[通知](/notices/2026-03-16-next.md)。\n"
    root = write_content(tmp_path, FILES | {SOURCE: front_matter("来源: 甲", body=body)})
    content, _ = read_content(root, NOW)
    article = next(a for a in content.articles if a.source == SOURCE)
    assert line_of(article, "/notices/2026-03-16-next.md") == 9
    assert line_of(article, "不在正文里") == article.body_line


@pytest.mark.parametrize(
    ("status", "code"),
    [("草稿", ["R408"]), ("撤回", ["R408"]), ("隐藏", []), ("已发布", [])],
)
def test_a_link_must_lead_to_what_readers_can_open(
    tmp_path: Path, status: str, code: list[str]
) -> None:
    files = {
        SOURCE: front_matter(body="见[通知](2026-03-16-next.md)。\n"),
        "notices/2026-03-16-next.md": front_matter(f"状态: {status}", date="2026-03-16"),
    }
    _, problems = inspect(write_content(tmp_path, files), NOW)
    assert [found.code for found in problems] == code


def test_a_draft_may_link_to_a_draft(tmp_path: Path) -> None:
    files = {
        SOURCE: front_matter("状态: 草稿", body="见[通知](2026-03-16-next.md)。\n"),
        "notices/2026-03-16-next.md": front_matter("状态: 草稿", date="2026-03-16"),
    }
    assert inspect(write_content(tmp_path, files), NOW)[1] == []


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        pytest.param("第一条　内容。\n\n见[第一条](#t1)。", [], id="a clause of this page"),
        pytest.param("第一条　内容。\n\n见[第二条](#t2)。", ["R405"], id="none of this page"),
        pytest.param("见[第二条](2026-03-16-next.md#t2)。", ["R405"], id="none of the other page"),
        pytest.param('<p id="own">甲</p>\n\n见[甲](#own)。', [], id="an id of the author"),
        pytest.param("回到[页首](#)。", [], id="the top of the page"),
        pytest.param("一、目标\n\n说明[^1]。\n\n[^1]: 注。", [], id="footnotes"),
    ],
)
def test_an_anchor_must_exist_on_its_page(tmp_path: Path, body: str, codes: list[str]) -> None:
    files = FILES | {SOURCE: front_matter(body=body)}
    _, problems = inspect(write_content(tmp_path, files), NOW)
    assert [found.code for found in problems] == codes


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("D:\\登记表.doc", "这是您的电脑上的位置"),
        ("https://www.example.com/a.doc", "这里要写本站的文件"),
        ("attachments\\2026\\list.pdf", "例如 attachments/2026/list.pdf。"),
    ],
)
def test_a_field_that_names_no_file_of_the_site_says_where_files_belong(
    tmp_path: Path, written: str, said: str
) -> None:
    article = front_matter(f"附件:\n  - 登记表: {written}")
    content, _ = read_content(write_content(tmp_path, FILES | {SOURCE: article}), NOW)
    found = next(a for a in content.articles if a.source == SOURCE)
    (wrong,) = field_problems(found, content.files, (), Targets.of(content))
    assert wrong.code == "R401"
    assert said in wrong.text
