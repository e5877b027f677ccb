"""Buckets that a test can look into, of a fake store and on a real server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from policysite.deploy.entries import Headers
from policysite.deploy.patience import PatientStore
from tests.deploy.conftest import open_store, start, target_of
from tests.deploy.fake_store import ACCESS_KEY, SECRET_KEY, FakeStore


class Place(Protocol):
    """A bucket that a test can look into."""

    target: str
    credentials: Mapping[str, str]
    store: PatientStore

    def objects(self) -> dict[str, tuple[bytes, Headers]]:
        """Return what readers get, with headers."""

    def read(self, key: str) -> bytes | None:
        """Return what a reader gets."""


@dataclass(slots=True)
class FakePlace:
    """The fake store, looked into directly."""

    fake: FakeStore
    target: str
    credentials: Mapping[str, str]
    store: PatientStore

    def objects(self) -> dict[str, tuple[bytes, Headers]]:
        with self.fake.lock:
            return {
                key: (stored.data, _headers(stored.headers))
                for key, stored in self.fake.objects.items()
                if not key.startswith("_deploy/")
            }

    def read(self, key: str) -> bytes | None:
        with self.fake.lock:
            stored = self.fake.objects.get(key)
            return stored.data if stored else None


@dataclass(slots=True)
class RealPlace:
    """A bucket on a real server, read over its own connections."""

    target: str
    credentials: Mapping[str, str]
    store: PatientStore

    def objects(self) -> dict[str, tuple[bytes, Headers]]:
        found = {}
        for item in self.store.list(""):
            if not item.key.startswith("_deploy/"):
                head = self.store.head(item.key)
                assert head
                found[item.key] = (self.store.get(item.key) or b"", _headers(head.headers))
        return found

    def read(self, key: str) -> bytes | None:
        return self.store.get(key)


def _headers(given: Mapping[str, str]) -> Headers:
    names = ("content-type", "cache-control", "content-encoding")
    return Headers(*(given.get(name, "") for name in names))


def fake_place(mode: str) -> FakePlace:
    """Return an empty bucket of a provider."""
    fake = start(mode)
    keys = {"DEPLOY_ACCESS_KEY_ID": ACCESS_KEY, "DEPLOY_SECRET_ACCESS_KEY": SECRET_KEY}
    return FakePlace(fake, target_of(fake), keys, open_store(fake))
