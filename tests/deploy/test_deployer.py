"""Whole deploys, counted request by request."""

from __future__ import annotations

from pathlib import Path

import pytest

from policysite.deploy import state as states
from policysite.deploy.deployer import TooManyDeletes
from policysite.deploy.plan import GRACE_SECONDS, Group, Reason, group_of
from policysite.deploy.state import STATE_KEY
from policysite.deploy.store import StoreError
from tests.deploy.conftest import write_site
from tests.deploy.fake_store import FakeStore
from tests.deploy.fault_proxy import FaultProxy, Faults
from tests.deploy.publishing import NOW, files_of, publish


def test_a_first_deploy_publishes_everything_with_its_headers(fake: FakeStore, site: Path) -> None:
    publish(fake, site)
    assert fake.files() == files_of(site)
    kept = fake.objects["2026/001.html"].headers
    assert kept["content-type"] == "text/html; charset=utf-8"
    assert fake.objects["assets/site.00000001.css"].headers["cache-control"].endswith("immutable")


def test_no_change_is_one_request(fake: FakeStore, site: Path) -> None:
    publish(fake, site)
    fake.log.clear()
    outcome = publish(fake, site)
    assert [method for method, _, _ in fake.log] == ["GET"]
    assert not outcome.plan.keys


def test_one_article_costs_at_most_eight_requests_beyond_its_own(
    fake: FakeStore, site: Path
) -> None:
    publish(fake, site)
    (site / "2026/001.html").write_text("new")
    (site / "2026/new.html").write_text("new")
    fake.log.clear()
    publish(fake, site)
    own = [entry for entry in fake.log if not entry[1].startswith("_deploy/")]
    assert sorted(own) == [
        ("GET", "2026/001.html", 200),  # what is replaced is kept for going back
        ("PUT", "2026/001.html", 200),
        ("PUT", "2026/new.html", 200),
    ]
    assert fake.count() - len(own) <= 8


def test_of_a_large_site_only_a_digest_is_read_when_nothing_changed(
    aws: FakeStore, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "INLINE_LIMIT", 5)
    publish(aws, site)
    assert len(aws.objects[STATE_KEY].data) < 1200
    aws.log.clear()
    publish(aws, site)
    assert aws.count() == 1
    for number in range(3):
        (site / f"2026/{number:03}.html").write_text("new")
        aws.log.clear()
        publish(aws, site)
        own = [entry for entry in aws.log if not entry[1].startswith("_deploy/")]
        assert aws.count() - len(own) <= 8
        assert aws.files() == files_of(site)


def test_a_change_of_headers_alone_uploads_just_those(
    aws: FakeStore, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(aws, site)
    monkeypatch.setattr("policysite.deploy.media.FEED", "public, max-age=30")
    outcome = publish(aws, site)
    assert {(c.key, c.reason) for c in outcome.plan.puts} == {
        ("data/articles.json", Reason.HEADERS),
        ("feed.xml", Reason.HEADERS),
        ("robots.txt", Reason.HEADERS),
    }
    assert aws.objects["feed.xml"].headers["cache-control"] == "public, max-age=30"


def test_groups_are_written_one_after_the_other(fake: FakeStore, site: Path) -> None:
    publish(fake, site)
    own = [
        group_of(key)
        for method, key, _ in fake.log
        if method == "PUT" and not key.startswith("_deploy/")
    ]
    assert own == sorted(own)
    assert own[-1] is Group.HOME


@pytest.mark.parametrize("under", ["/assets/", "/data/", "/2026/"])
def test_a_failure_stops_before_the_next_group_and_before_any_delete(
    aws: FakeStore, site: Path, proxy: FaultProxy, under: str
) -> None:
    publish(aws, site)
    before = aws.files()
    write_site(site, 2)
    (site / "2026/001.html").unlink()
    proxy.faults = Faults(broken=1, methods=("PUT",), under=under)
    aws.log.clear()
    with pytest.raises(StoreError):
        publish(aws, site)
    first_that_failed = {"/assets/": 0, "/data/": 1, "/2026/": 2}[under]
    written = {
        group_of(key)
        for method, key, _ in aws.log
        if method == "PUT" and not key.startswith("_deploy/")
    }
    assert all(group <= first_that_failed for group in written)
    assert aws.count("DELETE") == 0
    assert aws.files()["index.html"] == before["index.html"]


def test_when_every_write_fails_the_old_site_is_untouched(
    fake: FakeStore, site: Path, proxy: FaultProxy
) -> None:
    publish(fake, site)
    before = fake.files()
    write_site(site, 2)
    proxy.faults = Faults(broken=1, methods=("PUT", "POST", "DELETE"))
    with pytest.raises(StoreError):
        publish(fake, site)
    assert fake.files() == before


def test_removed_pages_go_at_once_and_old_assets_after_seven_days(
    fake: FakeStore, site: Path
) -> None:
    publish(fake, site)
    write_site(site, 2)
    (site / "2026/001.html").unlink()
    publish(fake, site)
    assert fake.files().keys() == {*files_of(site), "assets/site.00000001.css"}
    publish(fake, site, now=NOW + GRACE_SECONDS - 1)
    assert "assets/site.00000001.css" in fake.files()
    publish(fake, site, now=NOW + GRACE_SECONDS)
    assert fake.files() == files_of(site)


def test_an_old_asset_that_comes_back_is_not_uploaded_again(aws: FakeStore, site: Path) -> None:
    publish(aws, site)
    write_site(site, 2)
    publish(aws, site)
    write_site(site, 1)
    outcome = publish(aws, site)
    assert "assets/site.00000001.css" not in outcome.plan.keys
    publish(aws, site, now=NOW + GRACE_SECONDS)
    assert aws.files() == files_of(site)


def test_too_many_deletes_are_refused_before_the_first_write(fake: FakeStore, site: Path) -> None:
    write_site(site, 1, pages=40)
    publish(fake, site)
    for path in sorted(site.glob("2026/*"))[:12]:
        path.unlink()
    fake.log.clear()
    with pytest.raises(TooManyDeletes) as refused:
        publish(fake, site)
    assert (refused.value.plan.removed, refused.value.allowed) == (12, 10)
    assert fake.count("PUT", "POST", "DELETE") == 0
    publish(fake, site, max_delete=12)
    assert fake.files() == files_of(site)


def test_a_dry_run_writes_nothing(fake: FakeStore, site: Path) -> None:
    outcome = publish(fake, site, dry_run=True)
    assert len(outcome.plan.puts) == len(files_of(site))
    assert not fake.objects
