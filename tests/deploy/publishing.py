"""A deploy of a site to the fake, at a fixed moment."""

from __future__ import annotations

from pathlib import Path

from policysite.deploy.deployer import Options, Outcome, deploy
from policysite.deploy.site_files import read_site
from tests.deploy.conftest import open_store
from tests.deploy.fake_store import FakeStore

NOW = 1_795_312_800


def publish(fake: FakeStore, site: Path, **options: object) -> Outcome:
    given = {"now": NOW, "lease": 1.0, **options}
    store = open_store(fake)
    store._sleep = lambda _: None
    return deploy(read_site(site, gzip=False), store, Options(**given))  # type: ignore[arg-type]


def files_of(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }
