"""Articles as JSON and Markdown, the catalogue as JSON and CSV, and their schema."""

from __future__ import annotations

import csv
import json
from dataclasses import fields
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from policysite.model.fields import ArticleFields, specs
from policysite.model.manuscript import read_article
from policysite.outputs.open_data import inert, plan_open_data, write_schema
from policysite.outputs.records import Catalogue, Record
from policysite.outputs.sources import PUBLIC
from policysite.pages.plan import plan_article
from policysite.pages.site import Site
from tests.unit.making import NOTICES, NOW, front_matter, make_site

INTERNAL = {
    "status", "withdrawn_reason", "pinned", "headline", "old_addresses", "related", "validity",
    "notice_withdraw_list",
}  # fmt: skip
BODY = """各市总工会：

见[旧办法](/policies/documents/2021-03-15-old.md#t1)、[下文](#s1)和[上级网站](https://union.example.org/)。

<!-- 待核实：密线 -->
一、要求<!-- 行内密线 -->

[//]: # (密线)

`[不是链接](/policies/documents/2021-03-15-old.md)`

```
<!-- 示例代码 -->
```
"""
FILES: dict[str, str | bytes] = {
    "policies/documents/2026-03-16-welfare.md": front_matter(
        "摘要: 一句话：说明",
        "关键词:\n  - 职工福利",
        "状态: 已发布",
        "置顶: 是",
        "旧地址:\n  - /old/secret.html",
        "相关内容:\n  - old",
        "附件:\n  - 备案表: attachments/form.docx",
        "索引号: =1+1",
        "发文字号: 示总工发〔2026〕12号",
        "发文机关:\n  - 示例省总工会\n  - 示例省财政厅",
        "文种: 通知",
        "成文日期: 2026-03-12",
        "依据:\n  - unfinished\n  - hidden\n  - scheduled",
        "废止:\n  - 示总工发〔2021〕8号",
        date="2026-03-16 09:30",
        title="关于“福利”的通知",
        body=BODY,
    ),
    "policies/documents/2021-03-15-old.md": front_matter(
        "发文字号: 示总工发〔2021〕8号", date="2021-03-15", body="第一条 为了福利。\n"
    ),
    "policies/documents/2026-06-01-hidden.md": front_matter(
        "文种: 决定", "状态: 隐藏", title="密件甲", date="2026-06-01"
    ),
    "policies/documents/2026-06-02-withdrawn.md": front_matter(
        "文种: 决定", "状态: 撤回", title="密件乙", date="2026-06-02"
    ),
    "policies/documents/2026-06-03-unfinished.md": front_matter(
        "文种: 决定", "状态: 草稿", title="密件丙", date="2026-06-03"
    ),
    "policies/documents/2027-06-03-scheduled.md": front_matter(
        "文种: 决定", title="密件丁", date="2027-06-03"
    ),
    "notices/2026-11-10-list.md": front_matter(
        "公示开始: 2026-11-10",
        "公示截止: 2026-11-20",
        "联系人: 组织部",
        "联系电话: 000-12345678",
        "公示结束后撤下名单: 是",
        date="2026-11-10",
        body="现予公示。\n\n| 姓名 |\n| --- |\n| 林密密 |\n",
    ),
    "attachments/form.docx": b"form",
}
STEM = "2026/welfare"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with every state of an article."""
    return make_site(tmp_path_factory.mktemp("open-data"), FILES)


@pytest.fixture(scope="module")
def files(site: Site) -> dict[str, str]:
    """Return what is published for machines."""
    return dict(plan_open_data(site))


def record(files: dict[str, str], stem: str = STEM) -> dict[str, Any]:
    found = json.loads(files[f"{stem}.json"])
    assert isinstance(found, dict)
    return found


def front(text: str) -> dict[str, Any]:
    found = yaml.safe_load(text.split("---")[1])
    assert isinstance(found, dict)
    return found


def test_every_article_in_lists_has_its_data_and_its_source_beside_its_page(
    files: dict[str, str],
) -> None:
    beside = {name for name in files if not name.startswith("data/")}
    assert beside == {
        "2026/welfare.json", "2026/welfare.md", "2021/old.json", "2021/old.md",
        "2026/list.json", "2026/list.md",
    }  # fmt: skip


def test_a_page_names_its_other_forms_and_a_hidden_one_has_none(
    site: Site, files: dict[str, str]
) -> None:
    forms = {
        page.head.url: [form.url for form in page.head.alternates]
        for page in (plan_article(site, article) for article in (*site.articles, *site.others))
        if page.head
    }
    base = "https://www.example.org/2026"
    assert forms[f"{base}/welfare.html"] == ["/2026/welfare.json", "/2026/welfare.md"]
    assert forms[f"{base}/hidden.html"] == forms[f"{base}/withdrawn.html"] == []
    assert {url.removeprefix("/") for urls in forms.values() for url in urls} <= files.keys()


@pytest.mark.parametrize(
    "secret", ["密", "hidden", "withdrawn", "unfinished", "scheduled", "secret"]
)
def test_nothing_that_readers_may_not_see_is_in_any_file(
    files: dict[str, str], secret: str
) -> None:
    assert [name for name, text in files.items() if secret in name + text] == []


def test_the_data_say_what_the_page_says(files: dict[str, str]) -> None:
    found = record(files)
    assert found["url"] == "https://www.example.org/2026/welfare.html"
    assert found["date"] == "2026-03-16T09:30:00+08:00"
    assert found["doc_number"] == "示总工发〔2026〕12号"
    assert found["issuer"] == ["示例省总工会", "示例省财政厅"]
    assert found["signed_on"] == "2026-03-12"
    assert found["validity"]["code"] == "in-force"
    assert found["attachments"][0]["url"] == "https://www.example.org/attachments/form.docx"
    assert 'href="https://www.example.org/2021/old.html#t1"' in found["html"]


def test_relations_stand_on_both_sides_with_their_machine_names(files: dict[str, str]) -> None:
    assert [(r["kind"], r["doc_number"]) for r in record(files)["relations"]] == [
        ("repeals", "示总工发〔2021〕8号")
    ]
    old = record(files, "2021/old")
    assert [(r["kind"], r["doc_number"]) for r in old["relations"]] == [
        ("repealed_by", "示总工发〔2026〕12号")
    ]
    assert old["validity"]["label"] == "废止"
    assert "<" not in old["validity"]["note"]


def test_what_has_no_content_is_left_out(files: dict[str, str]) -> None:
    assert not {"subtitle", "expires_on", "notice", "topics"} & set(record(files))


def test_the_source_has_canonical_front_matter_of_public_fields(files: dict[str, str]) -> None:
    assert front(files[f"{STEM}.md"]).keys() == {
        "标题", "摘要", "关键词", "附件", "发布日期", "索引号", "发文字号", "发文机关", "文种",
        "成文日期", "效力状态", "废止",
    }  # fmt: skip
    assert front(files["2021/old.md"])["效力状态"] == "废止"


def test_our_own_reader_takes_the_source_without_a_word(files: dict[str, str]) -> None:
    name = "2026-03-16-welfare.md"
    article, problems = read_article(files[f"{STEM}.md"], name, name, NOTICES, NOW)
    assert problems == []
    assert article
    assert article.fields.title == "关于“福利”的通知"
    assert article.fields.index_number == "=1+1"


def test_links_in_the_source_lead_to_published_pages(files: dict[str, str]) -> None:
    body = files[f"{STEM}.md"].split("---", 2)[2]
    assert "[旧办法](https://www.example.org/2021/old.html#t1)" in body
    assert "[下文](#s1)" in body
    assert "[上级网站](https://union.example.org/)" in body


def test_code_in_the_source_stays_as_it_is_and_comments_go(files: dict[str, str]) -> None:
    body = files[f"{STEM}.md"].split("---", 2)[2]
    assert "`[不是链接](/policies/documents/2021-03-15-old.md)`" in body
    assert "<!-- 示例代码 -->" in body
    assert "一、要求\n" in body
    assert body.count("<!--") == 1


def test_every_field_is_decided_to_be_public_or_not() -> None:
    # A new field is left out of the published source until someone decides.
    assert {row.key for row in specs(ArticleFields)} == PUBLIC | INTERNAL


def test_the_catalogue_lists_every_policy_document_without_its_text(files: dict[str, str]) -> None:
    catalogue = TypeAdapter(Catalogue).validate_json(files["data/documents.json"])
    assert [document.id for document in catalogue.documents] == ["welfare", "old"]
    assert not any(document.html for document in catalogue.documents)


def test_an_articles_data_are_of_the_published_form(files: dict[str, str]) -> None:
    for name in files:
        if name.endswith(".json") and not name.startswith("data/"):
            assert TypeAdapter(Record).validate_json(files[name]).html


def test_the_schema_knows_every_field_with_a_chinese_name(files: dict[str, str]) -> None:
    schema = json.loads(files["data/schema.json"])
    assert schema["$id"] == "https://www.example.org/data/schema.json"
    for part in (schema, *schema["$defs"].values()):
        for name, entry in part["properties"].items():
            assert entry.get("description"), name
    assert set(schema["$defs"]["Record"]["properties"]) == {f.name for f in fields(Record)}
    assert "title" in schema["$defs"]["Record"]["required"]
    assert schema == json.loads(write_schema("https://www.example.org/data/schema.json"))


def test_excel_opens_the_table(files: dict[str, str]) -> None:
    text = files["data/documents.csv"]
    assert text.startswith("\ufeff发文字号,标题,")
    assert text.count("\r\n") == text.count("\n") == 3
    welfare, old = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    assert welfare["发文机关"] == "示例省总工会、示例省财政厅"
    assert welfare["文件关系"] == "本文件废止的文件：示总工发〔2021〕8号"
    assert (welfare["发布日期"], welfare["成文日期"], old["效力状态"]) == (
        "2026-03-16", "2026-03-12", "废止"
    )  # fmt: skip


def test_no_cell_of_the_table_is_a_formula(files: dict[str, str]) -> None:
    rows = csv.DictReader(StringIO(files["data/documents.csv"].removeprefix("\ufeff")))
    assert next(iter(rows))["索引号"] == "'=1+1"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "＝1", " =1", "\t=1", "\r=1"])
def test_what_a_spreadsheet_could_run_is_made_text(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "示总工发〔2026〕12号", "——以青川市为例", "2026-03-16", "'='"]
)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


def test_a_list_whose_time_is_over_is_gone_from_the_data_too(files: dict[str, str]) -> None:
    assert "000-12345678" in files["2026/list.json"]
    assert "姓名" not in files["2026/list.json"] + files["2026/list.md"]


def test_the_same_site_makes_the_same_bytes(site: Site, files: dict[str, str]) -> None:
    assert dict(plan_open_data(site)) == files


def test_the_document_for_people_explains_every_field() -> None:
    text = (Path(__file__).parents[3] / "docs/open-data.md").read_text("utf-8")
    for each in (*fields(Record), *fields(Catalogue)):
        assert f"`{each.name}`" in text, each.name
