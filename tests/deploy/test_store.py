"""What the deployer relies on, asked of each provider's dialect over real connections."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from policysite.deploy.entries import Headers
from policysite.deploy.folder_store import FolderStore
from policysite.deploy.store import Interrupted, Overloaded, Refused, StoreError
from tests.deploy.conftest import open_store, target_of
from tests.deploy.fake_store import FakeStore
from tests.deploy.fault_proxy import FaultProxy, Faults, one_fault

HOSTILE = [
    "政策/关于慰问的通知.html",
    "a b+c%20d&e=f.html",
    "~'()*!.html",
    "e\u0301.html",
    "what?#fragment.html",
    ":@$,;.html",
    "deep/er/and/deeper/index.html",
    "/".join(["中" * 65] * 4) + ".html",
]
HEADERS = Headers("text/html; charset=utf-8", "public, max-age=60")


@pytest.mark.parametrize("key", HOSTILE)
def test_any_name_is_stored_listed_and_removed_under_itself(fake: FakeStore, key: str) -> None:
    store = open_store(fake)
    store.put(key, b"one", HEADERS)
    assert set(fake.objects) == {key}
    assert store.get(key) == b"one"
    assert [(item.key, item.size) for item in store.list("")] == [(key, 3)]
    store.delete(key)
    assert not fake.objects


def test_content_type_and_cache_rule_are_stored_with_the_object(fake: FakeStore) -> None:
    store = open_store(fake)
    store.put("a.html", b"one", HEADERS)
    kept = fake.objects["a.html"].headers
    assert kept["content-type"] == "text/html; charset=utf-8"
    assert kept["cache-control"] == "public, max-age=60"
    found = store.head("a.html")
    assert found
    assert found.headers["cache-control"] == "public, max-age=60"


def test_compression_is_marked_where_the_provider_can(fake: FakeStore) -> None:
    store = open_store(fake)
    assert store.can_compress is (fake.mode in ("aws", "oss"))
    if store.can_compress:
        store.put("a.html", b"one", Headers("text/html", "", "gzip"))
        assert fake.objects["a.html"].headers["content-encoding"] == "gzip"


def test_what_is_missing_is_none_and_its_removal_no_error(fake: FakeStore) -> None:
    store = open_store(fake)
    assert store.get("a") is None
    assert store.head("a") is None
    store.delete("a")


def test_of_many_that_create_an_object_exactly_one_is_told_so(fake: FakeStore) -> None:
    told: list[bool] = []

    def create(number: int) -> None:
        told.append(open_store(fake).create("claim", b"%d" % number))

    threads = [threading.Thread(target=create, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 11 + [True]


def test_creating_again_changes_nothing(fake: FakeStore) -> None:
    store = open_store(fake)
    assert store.create("claim", b"one")
    assert not store.create("claim", b"two")
    assert store.first_line_of("claim") == b"one"


def test_a_listing_goes_over_all_its_pages(fake: FakeStore) -> None:
    store = open_store(fake)
    store.put("template", b"", HEADERS)
    one = fake.objects.pop("template")
    fake.objects.update({f"{number:05}": one for number in range(2500)})
    fake.log.clear()
    assert len({item.key for item in store.list("")}) == 2500
    assert fake.count() == 3


def test_an_etag_is_lower_case_whatever_the_provider_writes(fake: FakeStore) -> None:
    store = open_store(fake)
    store.put("a", b"hi", HEADERS)
    (listed,) = store.list("")
    assert listed.etag in ("49f68a5c8493ec2c0bf489821c21fc3b", "")
    assert bool(listed.etag) is (fake.mode != "obs")


def test_age_is_told_by_the_clock_of_the_store(fake: FakeStore) -> None:
    store = open_store(fake)
    fake.clock_skew = 600
    store.put("a", b"hi", HEADERS)
    found = store.head("a")
    assert found
    assert 0 <= found.age < 30


@pytest.mark.parametrize(
    ("trouble", "advice"), [("clock", "clock"), ("full", "full"), ("host", "addressing")]
)
def test_a_refusal_says_what_to_change(fake: FakeStore, trouble: str, advice: str) -> None:
    store = open_store(fake)
    fake.clock_skew = 1000 if trouble == "clock" else 0
    fake.refuse_writes = trouble == "full"
    fake.refuse_host = trouble == "host"
    with pytest.raises(Refused) as refused:
        store.put("a", b"hi", HEADERS)
    assert refused.value.advice == advice
    assert fake.count("PUT") == 1, "what is refused is not tried again"


@pytest.mark.parametrize("fault", ["busy", "broken", "cut_before", "cut_within", "cut_after"])
def test_what_goes_wrong_once_is_tried_again(
    fake: FakeStore, proxy: FaultProxy, fault: str
) -> None:
    store = open_store(fake)
    store._sleep = lambda _: None
    proxy.faults = one_fault(fault, 0.3)
    for number in range(20):
        store.put(f"{number}", b"hi", HEADERS)
    assert proxy.counts[fault] > 0
    assert len(fake.objects) == 20
    assert {stored.data for stored in fake.objects.values()} == {b"hi"}


def test_a_connection_that_says_nothing_is_given_up_on(aws: FakeStore, proxy: FaultProxy) -> None:
    store = open_store(aws, timeout=0.2)
    proxy.faults = Faults(hang=0.3)
    for number in range(10):
        store.put(f"{number}", b"hi", HEADERS)
    assert proxy.counts["hang"] > 0
    assert len(aws.objects) == 10


def test_a_store_that_is_down_is_given_up_on(aws: FakeStore, proxy: FaultProxy) -> None:
    store = open_store(aws)
    store._sleep = lambda _: None
    proxy.faults = Faults(broken=1)
    with pytest.raises(Interrupted):
        store.put("a", b"hi", HEADERS)
    assert proxy.counts["broken"] == 8


def test_a_busy_store_gets_fewer_requests_at_once(aws: FakeStore, proxy: FaultProxy) -> None:
    store = open_store(aws)
    store._sleep = lambda _: None
    proxy.faults = Faults(busy=1)
    with pytest.raises(Overloaded):
        store.put("a", b"hi", HEADERS)
    assert store.pace.limit < 16


def test_no_error_text_holds_a_credential(fake: FakeStore, proxy: FaultProxy) -> None:
    fake.clock_skew = 1000
    with pytest.raises(StoreError) as error:
        open_store(fake).get("a")
    assert "AKFAKE" not in f"{error.value}{error.value!r}"
    assert "SECRET" not in f"{error.value}{error.value!r}"
    assert "AKFAKE" not in target_of(fake)


def test_a_full_disk_leaves_no_half_file_and_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    store = FolderStore(tmp_path)
    store.put("a.html", b"old", Headers())
    monkeypatch.setattr(os, "fchmod", full)
    with pytest.raises(Refused, match=r"^磁盘已满$") as refused:
        store.put("a.html", b"new", Headers())
    assert refused.value.advice == "disk"
    assert (tmp_path / "a.html").read_bytes() == b"old"
    assert not [*(tmp_path / "_deploy/tmp").iterdir()]


def test_what_cannot_be_reached_is_said_to_be_so(aws: FakeStore, proxy: FaultProxy) -> None:
    proxy.faults = Faults(cut_before=1)
    with pytest.raises(StoreError) as unreachable:
        open_store(aws, timeout=0.3).get("a")
    assert unreachable.value.advice == "network"
