"""What is in the index of a site, and what is not."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from policysite.deploy.entries import is_fingerprinted
from policysite.pages.site import Site
from policysite.search.index import MANIFEST, plan_index
from policysite.search.tokens import normalise, text_terms
from tests.unit.making import front_matter, make_site
from tests.unit.search.reading import read_shards

FILES: dict[str, str | bytes] = {
    "notices/2026-03-15-summer-heat.md": front_matter(),
    "notices/2026-04-01-quilt.md": front_matter(
        title="关于开展冬季送温暖的通知", date="2026-04-01", body="棉被送到困难职工家中。\n"
    ),
}
OLD = "policies/documents/2024-05-06-old-rules.md"
NEW = "policies/documents/2026-02-03-new-rules.md"
RULES: dict[str, str | bytes] = {
    OLD: front_matter(
        "发文字号: 示总工发〔2024〕7号", "文种: 通知", "成文日期: 2024-05-06",
        title="经费管理办法", date="2024-05-06",
    ),
    NEW: front_matter(
        "发文字号: 示总工发〔2026〕2号", "文种: 通知", "成文日期: 2026-02-03", "替代: old-rules",
        title="经费管理办法（修订）", date="2026-02-03",
    ),
}  # fmt: skip


def index_of(site: Site) -> dict[str, bytes]:
    return {file.name: file.read() for file in plan_index(site)}


def manifest_of(files: Mapping[str, bytes]) -> Any:
    return json.loads(files[MANIFEST])


def terms_of(files: Mapping[str, bytes]) -> set[int]:
    """Return every term in every segment."""
    found: set[int] = set()
    for segment in manifest_of(files)["segments"]:
        folder = f"search/{segment['name']}/"
        numbered = {
            int(name.removeprefix(folder).split(".")[0], 16): data
            for name, data in files.items()
            if re.fullmatch(rf"{folder}[0-9a-f]+\.[\w-]{{4}}\.bin", name)
        }
        shards = [numbered[number] for number in range(1 << segment["bits"])]
        found |= read_shards(shards, segment["documents"], segment["name"].encode()).keys()
    return found


def test_all_but_the_manifest_is_published_as_what_never_changes(tmp_path: Path) -> None:
    files = index_of(make_site(tmp_path, FILES))
    assert {name for name in files if not is_fingerprinted(name)} == {MANIFEST}


@pytest.mark.parametrize("status", ["草稿", "隐藏", "撤回"])
def test_what_is_not_in_lists_leaves_no_trace(tmp_path: Path, status: str) -> None:
    secret = front_matter(
        f"状态: {status}", *(["撤回说明: 内容有误"] if status == "撤回" else []),
        title="绝密琥珀", date="2026-04-02", body="蓝鲸计划第９７５３号。\n",
    )  # fmt: skip
    without = index_of(make_site(tmp_path / "a", FILES))
    extra = {"notices/2026-04-02-secret.md": secret}
    assert index_of(make_site(tmp_path / "b", {**FILES, **extra})) == without
    for word in ("琥珀", "蓝鲸", "9753"):
        assert not set(text_terms(normalise(word))[0].tolist()) & terms_of(without)


def test_an_article_yet_to_come_is_not_in_it(tmp_path: Path) -> None:
    future = {"notices/2027-01-01-new-year.md": front_matter(title="新年贺词", date="2027-01-01")}
    without = index_of(make_site(tmp_path / "a", FILES))
    assert index_of(make_site(tmp_path / "b", {**FILES, **future})) == without


def test_a_published_article_is_in_it(tmp_path: Path) -> None:
    files = index_of(make_site(tmp_path, FILES))
    assert set(text_terms(normalise("困难职工家中"))[0].tolist()) <= terms_of(files)
    assert sum(segment["documents"] for segment in manifest_of(files)["segments"]) == 2


def test_documents_are_numbered_from_the_newest_on_and_states_refer_to_them(
    tmp_path: Path,
) -> None:
    manifest = manifest_of(index_of(make_site(tmp_path, {**FILES, **RULES})))
    assert manifest["states"] == [["repealed", "废止", [3]]]
    assert manifest["successors"] == [[3, 2]]


def test_a_state_that_changes_leaves_segments_alone(tmp_path: Path) -> None:
    later = {**RULES, NEW: str(RULES[NEW]).replace("替代: old-rules\n", "")}
    one, other = (
        {name for name in index_of(make_site(tmp_path / str(n), files)) if name != MANIFEST}
        for n, files in enumerate((RULES, later))
    )
    assert one == other


def test_the_name_of_a_file_tells_its_content(tmp_path: Path) -> None:
    """Browsers keep a file for ever: under its name there is never another one."""
    editions = [
        FILES,
        {**FILES, "notices/2026-03-15-summer-heat.md": front_matter(body="换了正文。\n")},
        {**FILES, "notices/2026-03-15-summer-heat.md": front_matter(title="换了标题")},
        {**FILES, "notices/2026-03-16-more.md": front_matter(title="又来一篇", date="2026-03-16")},
    ]
    seen: dict[str, bytes] = {}
    for number, files in enumerate(editions):
        index = index_of(make_site(tmp_path / str(number), files))
        assert index.keys() - seen.keys()
        del index[MANIFEST]
        assert {name: seen.get(name, data) for name, data in index.items()} == index
        seen |= index


def test_synonyms_are_in_the_manifest_and_in_documents(tmp_path: Path) -> None:
    table = '# 同义词\ngroups = [["送清凉", "防暑降温"]]\n'
    manifest = manifest_of(index_of(make_site(tmp_path, {**FILES, "synonyms.toml": table})))
    assert manifest["synonyms"] == [["送清凉", "防暑降温"]]


def test_a_site_without_articles_has_an_empty_index(tmp_path: Path) -> None:
    files = index_of(make_site(tmp_path, {}))
    assert files.keys() == {MANIFEST}
    assert manifest_of(files)["segments"] == []
