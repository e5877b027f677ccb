"""A bucket as a website, on moto: what readers' browsers and a CDN behind them are told."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from policysite.deploy.command_line import main
from policysite.deploy.header_export import read_redirects
from policysite.deploy.site_files import SiteFiles, read_site
from tests.deploy.moto import SIGNED, ask, running_moto

REFRESH = '<!doctype html><meta http-equiv="refresh" content="0; url=/2026/001.html">'


@dataclass(frozen=True, slots=True)
class Website:
    """A bucket behind the rules of a static website, as CDNs and website endpoints apply them:
    `/x/` is `x/index.html`, and what is not there is `404.html` with status 404."""

    address: str
    bucket: str

    @property
    def target(self) -> str:
        return f"s3://{self.bucket}?provider=minio&endpoint={self.address}"

    def ask(self, path: str) -> tuple[int, dict[str, str], bytes]:
        key = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
        status, headers, data = self.object(key)
        return (404, *self.object("404.html")[1:]) if status == 404 else (status, headers, data)

    def object(self, key: str) -> tuple[int, dict[str, str], bytes]:
        return ask("GET", f"{self.address}/{self.bucket}/{quote(key)}", SIGNED)


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    with running_moto() as address:
        yield address


@pytest.fixture
def website(moto: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Website:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("DEPLOY_ACCESS_KEY_ID", "AKMOTO")
    monkeypatch.setenv("DEPLOY_SECRET_ACCESS_KEY", "SKMOTO")
    bucket = f"site-{abs(hash(request.node.name)) % 10**9}"
    assert ask("PUT", f"{moto}/{bucket}", SIGNED)[0] == 200
    return Website(moto, bucket)


def published(website: Website, site: Path, *options: str) -> SiteFiles:
    words = ["--quiet", "--target", website.target, "--output", str(site), *options]
    assert main(["deploy", *words]) == 0
    return read_site(site, gzip="--gzip" in options)


def test_every_object_has_the_headers_and_bytes_that_were_put(website: Website, site: Path) -> None:
    found = published(website, site)
    for key, entry in found.entries.items():
        status, headers, data = website.object(key)
        assert (status, data) == (200, found.read(key))
        assert headers["content-type"] == entry.headers.content_type
        assert headers["cache-control"] == entry.headers.cache_control
        assert "content-encoding" not in headers
    assert "charset=utf-8" in website.object("index.html")[1]["content-type"]


def test_compressed_texts_say_so_and_pictures_stay_as_they_are(
    website: Website, site: Path
) -> None:
    published(website, site, "--gzip", "--verify=list")
    _, headers, data = website.object("2026/001.html")
    assert headers["content-encoding"] == "gzip"
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert gzip.decompress(data) == (site / "2026/001.html").read_bytes()
    assert "content-encoding" not in website.object("attachments/表格.pdf")[1]


def test_folders_are_their_index_page_and_what_is_missing_is_the_404_page(
    website: Website, site: Path
) -> None:
    (site / "zcwj").mkdir()
    (site / "zcwj/index.html").write_text("<!doctype html><title>政策文件</title>", "utf-8")
    published(website, site)
    assert website.ask("/")[2] == (site / "index.html").read_bytes()
    assert website.ask("/zcwj/")[2] == (site / "zcwj/index.html").read_bytes()
    status, headers, data = website.ask("/no-such-page.html")
    assert (status, data) == (404, (site / "404.html").read_bytes())
    assert headers["cache-control"] == "no-cache"


def test_redirect_pages_lead_to_a_page_and_are_kept_as_briefly_as_pages(
    website: Website, site: Path
) -> None:
    (site / "old").mkdir()
    (site / "old/index.html").write_text(REFRESH, "utf-8")
    published(website, site)
    (redirect,) = read_redirects(site)
    status, headers, data = website.ask(redirect.source)
    assert (status, data.decode()) == (200, REFRESH)
    assert headers["cache-control"] == website.ask("/2026/001.html")[1]["cache-control"]
    assert website.ask(redirect.target)[0] == 200


def test_records_are_not_to_be_cached_and_strangers_may_read_nothing_of_a_private_bucket(
    website: Website, site: Path
) -> None:
    published(website, site)
    assert website.object("_deploy/state.json.gz")[1]["cache-control"] == "no-store"
    for key in ("_deploy/state.json.gz", "index.html"):
        assert ask("GET", f"{website.address}/{website.bucket}/{key}")[0] == 403


def test_changed_headers_and_a_rollback_are_seen_by_readers(website: Website, site: Path) -> None:
    found = published(website, site)
    before = {key: found.read(key) for key in found.entries}
    (site / "2026/001.html").write_text("<!doctype html><title>新</title>", "utf-8")
    published(website, site, "--gzip")
    assert main(["rollback", "--quiet", "--target", website.target, "--verify=sample"]) == 0
    for key, wanted in before.items():
        _, headers, data = website.object(key)
        assert data == wanted
        assert "content-encoding" not in headers
