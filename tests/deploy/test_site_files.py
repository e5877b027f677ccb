"""What is published of a folder, with which headers, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from policysite.deploy.entries import digest_of
from policysite.deploy.media import FOREVER, NEVER, PAGE, headers_of
from policysite.deploy.site_files import Unpublishable, check_contents, check_keys, read_site


def refusals(site: Path) -> str:
    with pytest.raises(Unpublishable) as refused:
        read_site(site, gzip=False)
    return str(refused.value)


@pytest.mark.parametrize(
    ("key", "kind", "cache"),
    [
        ("2026/a.html", "text/html; charset=utf-8", PAGE),
        ("404.html", "text/html; charset=utf-8", NEVER),
        ("assets/site.3f2a91c0.css", "text/css; charset=utf-8", FOREVER),
        ("images/a-800.3f2a91c0.avif", "image/avif", FOREVER),
        ("feed.xml", "application/xml; charset=utf-8", "public, max-age=300"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8", "public, max-age=300"),
        ("attachments/表格.PDF", "application/pdf", "public, max-age=86400"),
    ],
)
def test_type_and_cache_rule_follow_from_the_name(key: str, kind: str, cache: str) -> None:
    headers = headers_of(key)
    assert (headers.content_type, headers.cache_control) == (kind, cache)


def test_an_entry_is_the_digest_of_the_bytes_and_their_headers(site: Path) -> None:
    one = read_site(site, gzip=False)
    assert digest_of(one.entries) == digest_of(read_site(site, gzip=False).entries)
    (site / "feed.xml").write_text("other")
    other = read_site(site, gzip=False)
    assert digest_of(one.entries) != digest_of(other.entries)
    assert not one.entries["feed.xml"].same(other.entries["feed.xml"])


def test_compressed_texts_are_the_same_each_time_and_say_what_they_are(site: Path) -> None:
    one, other = read_site(site, gzip=True), read_site(site, gzip=True)
    assert digest_of(one.entries) == digest_of(other.entries)
    assert gzip.decompress(one.read("index.html")) == (site / "index.html").read_bytes()
    assert one.entries["index.html"].headers.content_encoding == "gzip"
    assert one.entries["attachments/表格.pdf"].headers.content_encoding == ""


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("policysite/plan.py", "源文件"),
        (".git/config", "源文件"),
        (".env", "源文件"),
        ("assets/site.js.map", "源文件"),
        ("drafts/a.html", "草稿"),
        ("a.exe", "没有允许"),
        ("README", "没有允许"),
        ("_deploy/state.json", "_deploy/"),
        ("e\u0301.html", "NFC"),
        ("a\u200b.html", "看不见"),
        (" a.html", "空格"),
        ("x/ a.html", "空格"),
    ],
)
def test_what_is_no_part_of_a_site_is_refused(site: Path, key: str, said: str) -> None:
    (site / key).parent.mkdir(parents=True, exist_ok=True)
    (site / key).write_text("x")
    assert said in refusals(site)
    assert key.strip() in refusals(site) or "\\u" in refusals(site)


def test_names_that_are_too_long_or_differ_in_case_only_are_refused() -> None:
    assert any("800" in said for said in check_keys({"中" * 270 + ".html": 1}))
    assert any("大小写" in said for said in check_keys({"A.html": 1, "a.html": 1}))
    assert not [*check_keys({"2026/关于…的通知（试行）.html": 1, "b.html": 1})]


def test_everything_wrong_is_said_at_once(site: Path) -> None:
    for name in ("a.py", "b.exe", ".env"):
        (site / name).write_text("x")
    assert len(refusals(site).splitlines()) == 3


def test_a_folder_without_a_home_page_is_no_site(site: Path) -> None:
    (site / "index.html").unlink()
    assert "index.html" in refusals(site)
    assert "找不到" in refusals(site / "nowhere")


def test_a_symbolic_link_is_refused(site: Path) -> None:
    (site / "secret.txt").symlink_to("/etc/hostname")
    (site / "folder").symlink_to("/etc")
    assert refusals(site).count("符号链接") == 2


@pytest.mark.parametrize(
    "text",
    [
        "key = AKIA" + "A1" * 8,
        "LTAI" + "5tAbCdEf" * 2,
        "ASIA" + "A1" * 8,
        "AKID" + "z8kr" * 8,
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "ghp_" + "a1B2" * 9,
    ],
)
def test_a_secret_in_a_text_is_found(site: Path, text: str) -> None:
    (site / "data/a.json").write_text(f'{{"a": "{text}"}}')
    found = read_site(site, gzip=False)
    assert len([*check_contents(found, found.entries)]) == 1


def test_words_that_only_look_a_little_like_secrets_are_none(site: Path) -> None:
    (site / "a.html").write_text("AKIA LTAI 示例 -----BEGIN CERTIFICATE----- ghp_x ASIAGAMES")
    found = read_site(site, gzip=False)
    assert not [*check_contents(found, found.entries)]


@pytest.mark.parametrize("status", ["status: draft", "状态: 草稿"])
def test_a_draft_among_the_sources_is_found(site: Path, status: str) -> None:
    (site / "a.md").write_text(f"---\n标题: 通知\n{status}\n---\n\n正文\n", "utf-8")
    (site / "b.md").write_text(f"---\n标题: 通知\n---\n\n{status}\n", "utf-8")
    found = read_site(site, gzip=False)
    (said,) = check_contents(found, found.entries)
    assert said.startswith("a.md")
