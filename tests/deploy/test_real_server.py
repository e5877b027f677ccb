"""The same against a real server: signatures, races, what a killed connection leaves behind."""

from __future__ import annotations

import gzip
import shutil
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from policysite.deploy.command_line import main
from policysite.deploy.entries import Headers
from policysite.deploy.object_store import ObjectStore
from policysite.deploy.patience import PatientStore
from policysite.deploy.store import Refused, StoreError
from policysite.deploy.target import Bucket, Credentials, parse_target
from policysite.tools.local_store import ACCESS_KEY, SECRET_KEY, local_store, make_bucket
from tests.deploy import chaos
from tests.deploy.conftest import TIMEOUT, write_site
from tests.deploy.fault_proxy import FaultProxy, Faults
from tests.deploy.places import RealPlace, fake_place
from tests.deploy.publishing import files_of
from tests.deploy.test_store import HEADERS, HOSTILE
from tests.unit.views import logs
from tests.unit.views.test_counts import count, counts
from tests.unit.views.traffic import make_traffic


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running server. There is no test without it: dev has it."""
    with local_store(tmp_path_factory.mktemp("store")) as address:
        yield address


@pytest.fixture
def target(address: str, proxy: FaultProxy, request: pytest.FixtureRequest) -> str:
    """Return an empty bucket, reached through the proxy."""
    name = f"t{sha256(request.node.name.encode()).hexdigest()[:12]}"
    make_bucket(address, name)
    return f"s3://{name}?provider=minio&endpoint={address}"


def open_store(target: str, secret: str = SECRET_KEY) -> PatientStore:
    bucket = parse_target(target)
    assert isinstance(bucket, Bucket)
    return PatientStore(ObjectStore(bucket, Credentials(ACCESS_KEY, secret, ""), TIMEOUT))


@pytest.mark.parametrize("key", HOSTILE)
def test_signatures_of_any_name_are_accepted(target: str, key: str) -> None:
    store = open_store(target)
    store.put(key, b"one", HEADERS)
    assert store.get(key) == b"one"
    found = store.head(key)
    assert found
    assert found.headers["cache-control"] == HEADERS.cache_control
    assert [item.key for item in store.list("")] == [key]
    store.delete(key)
    assert store.get(key) is None


def test_a_wrong_secret_is_refused_with_advice(target: str) -> None:
    with pytest.raises(Refused) as refused:
        open_store(target, secret="wrong").put("a", b"1", Headers())
    assert refused.value.advice == "key"


def test_of_24_threads_that_create_an_object_one_is_told_so(target: str) -> None:
    store = open_store(target)
    for number in range(5):
        assert _told(store, f"{number}", 24).count(True) == 1


def _told(store: PatientStore, key: str, count: int) -> list[bool]:
    told: list[bool] = []

    def create() -> None:
        told.append(store.create(key, b"x"))

    threads = [threading.Thread(target=create) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_a_body_that_is_cut_off_leaves_the_old_object(target: str, proxy: FaultProxy) -> None:
    store = open_store(target)
    store.put("a", b"old" * 1000, HEADERS)
    proxy.faults = Faults(cut_within=1, methods=("PUT",))
    store._sleep = lambda _: None
    with pytest.raises(StoreError):
        store.put("a", b"new" * 1000, HEADERS)
    proxy.reset()
    assert store.get("a") == b"old" * 1000


def test_deploy_verify_and_rollback(
    target: str, site: Path, monkeypatch: pytest.MonkeyPatch, proxy: FaultProxy
) -> None:
    monkeypatch.setenv("DEPLOY_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("DEPLOY_SECRET_ACCESS_KEY", SECRET_KEY)
    command = ["deploy", "--quiet", "--target", target, "--output", str(site)]
    proxy.faults = Faults(busy=0.05, cut_after=0.05)
    assert main([*command, "--verify=list"]) == 0
    first = files_of(site)
    write_site(site, 2)
    assert main([*command, "--verify=sample"]) == 0
    assert main(["rollback", "--quiet", "--target", target, "--verify=list"]) == 0
    store = open_store(target)
    assert {key: store.get(key) for key in first} == first
    assert main(["doctor", "--target", target]) == 0


def test_kills_and_faults_leave_no_wrong_bucket(target: str, tmp_path: Path) -> None:
    keys = {"DEPLOY_ACCESS_KEY_ID": ACCESS_KEY, "DEPLOY_SECRET_ACCESS_KEY": SECRET_KEY}
    place = RealPlace(target, keys, open_store(target))
    counts = chaos.run(place, tmp_path, kills=3, seed=3)
    assert counts["converged"] == 1
    assert counts["wrong"] == counts["broken pairs"] == counts["tracebacks"] == 0


@pytest.mark.parametrize("mode", ["aws", "oss"])
def test_kills_and_faults_leave_no_wrong_bucket_at_any_provider(
    mode: str, proxy: FaultProxy, tmp_path: Path
) -> None:
    counts = chaos.run(fake_place(mode), tmp_path, kills=3, seed=5)
    assert counts["converged"] == 1
    assert counts["wrong"] == counts["broken pairs"] == counts["tracebacks"] == 0
    shutil.rmtree(tmp_path)
    counts = chaos.race(fake_place(mode), tmp_path, rounds=1, seed=5)
    assert counts["wrong"] == counts["rounds without a winner"] == 0


def test_access_logs_are_counted_from_a_bucket(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain and packed; a second run reads only what was added."""
    make_bucket(address, "logs")
    store = open_store(f"s3://logs?provider=minio&endpoint={address}")
    traffic = make_traffic(3)
    lines = [f"{line}\n".encode() for line in logs.write_lines("阿里云 OSS", traffic.requests)]
    third = len(lines) // 3
    store.put("www/b.gz", gzip.compress(b"".join(lines[third : 2 * third])), HEADERS)
    for text in (lines[:third], lines[:third] + lines[2 * third :]):
        store.put("www/a.log", b"".join(text), HEADERS)
        store.put("elsewhere.log", b"".join(lines), HEADERS)
        environment = {
            "ENDPOINT_URL": address, "ALLOW_HTTP": "true", "REGION": "us-east-1",
            "ACCESS_KEY_ID": ACCESS_KEY, "SECRET_ACCESS_KEY": SECRET_KEY,
        }  # fmt: skip
        for name, value in environment.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        outcome = count(tmp_path / "counts.duckdb", "s3://logs/www/")
    assert (outcome.known, outcome.total.lines) == (1, len(lines) - 2 * third)
    assert counts(tmp_path / "counts.duckdb") == traffic.counts()
