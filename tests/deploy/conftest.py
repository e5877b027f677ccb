"""A fake store behind a proxy that breaks things, and small sites to publish."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from policysite.deploy import arguments, patience
from policysite.deploy.object_store import ObjectStore
from policysite.deploy.patience import PatientStore
from policysite.deploy.target import Bucket, Credentials, parse_target
from tests.deploy.fake_store import ACCESS_KEY, BUCKET, DIALECTS, SECRET_KEY, FakeServer, FakeStore
from tests.deploy.fault_proxy import FaultProxy

TIMEOUT = 2.0
"""Seconds for one request: nothing here is farther than this machine."""


@cache
def wire() -> tuple[FakeServer, FaultProxy]:
    """Return the one server and the one proxy of this process: OpenDAL keeps the first proxy."""
    server = FakeServer()
    proxy = FaultProxy(server.port)
    proxy.start()
    return server, proxy


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultProxy]:
    """Return the proxy that everything here goes through; it breaks nothing yet."""
    _, proxy = wire()
    monkeypatch.setattr(patience, "LONGEST_WAIT", 0.05)  # as often, but not as long
    proxy.reset()
    for name in ("no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
    yield proxy
    proxy.reset()


@pytest.fixture(params=list(DIALECTS))
def fake(request: pytest.FixtureRequest, proxy: FaultProxy) -> FakeStore:
    """Return an empty store of each provider in turn."""
    return start(request.param)


@pytest.fixture
def aws(proxy: FaultProxy) -> FakeStore:
    """Return an empty store of AWS, where one provider is enough."""
    return start("aws")


def start(mode: str) -> FakeStore:
    """Let the server answer for an empty store."""
    server, _ = wire()
    server.store = FakeStore(mode)
    return server.store


def target_of(fake: FakeStore) -> str:
    """Return the target that names the fake store."""
    endpoint = f"http://{fake.dialect.host}"
    return f"s3://{BUCKET}?provider={fake.mode}&region=cn-north-1&endpoint={endpoint}"


def open_store(fake: FakeStore, *, timeout: float = TIMEOUT) -> PatientStore:
    """Return the deployer's view of the fake store."""
    bucket = parse_target(target_of(fake))
    assert isinstance(bucket, Bucket)
    keys = Credentials(ACCESS_KEY, SECRET_KEY, "")
    return PatientStore(ObjectStore(bucket, keys, timeout))


@pytest.fixture(autouse=True)
def digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where digests of files are kept: never among those of the project."""
    monkeypatch.setattr(arguments, "CACHE", tmp_path / "digests")
    return tmp_path / "digests"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a small built site."""
    return write_site(tmp_path / "output", version=1)


def write_site(root: Path, version: int, pages: int = 12) -> Path:
    """Write a site whose pages name the style sheet that they were built with."""
    for old in sorted(root.glob("assets/*")):
        old.unlink()
    css = f"assets/site.{version:08x}.css"
    files = {
        css: f"/* {version} */",
        "index.html": page(version, css),
        "404.html": page(version, css),
        "robots.txt": "User-agent: *\nAllow: /\n",
        "feed.xml": f"<feed>{version}</feed>",
        "data/articles.json": f'{{"version": {version}}}',
        "attachments/表格.pdf": "%PDF-1.7",
    }
    files |= {f"2026/{number:03}.html": page(version, css) for number in range(pages)}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def page(version: int, css: str) -> str:
    """Return a page that says which version it is, at both of its ends."""
    link = f'<link rel="stylesheet" href="/{css}">'
    return f"<!doctype html><title>{version}</title>{link}{'页' * 400}<!-- {version} -->"


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give commands what CI gives them: keys of the store, and the commit."""
    monkeypatch.setenv("DEPLOY_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("DEPLOY_SECRET_ACCESS_KEY", SECRET_KEY)
    monkeypatch.setenv("DEPLOY_COMMIT", "abc123")
