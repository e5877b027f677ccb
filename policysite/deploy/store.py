"""What a deploy asks of a place to put objects in, and the errors it may answer with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from policysite.deploy.entries import Headers


class StoreError(Exception):
    """The store did not do what was asked; the text holds no credential, `advice` names a text of
    ADVICE."""

    def __init__(self, text: str, advice: str = "") -> None:
        super().__init__(text)
        self.advice = advice


class Overloaded(StoreError):
    """The store asks for less (503, SlowDown), or gave no answer in time: try again, slower."""

    def __init__(self, text: str, advice: str = "busy") -> None:
        super().__init__(text, advice)


class Interrupted(StoreError):
    """The connection broke; whether the request was carried out is unknown. Try again."""

    def __init__(self, text: str, advice: str = "network") -> None:
        super().__init__(text, advice)


class Refused(StoreError):
    """The store will not do it however often it is asked."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One object of a listing. `etag` is the MD5 in lower-case hex, or something else."""

    key: str
    size: int
    etag: str

    @property
    def is_md5(self) -> bool:
        """Return whether the ETag is a digest: it is none of what was encrypted or appended to."""
        return len(self.etag) == 32


@dataclass(frozen=True, slots=True)
class Found:
    """An object's headers as served, names in lower case, and how old it is by the store's own
    clock, in seconds."""

    headers: Mapping[str, str]
    age: float


class Store(Protocol):
    """Objects by key. All methods may raise StoreError; safe to call from many threads."""

    @property
    def can_compress(self) -> bool:
        """Return whether Content-Encoding can be set."""

    def width(self) -> int:
        """Return how many requests should run at once; it may change with what they meet."""

    def get(self, key: str) -> bytes | None:
        """Return an object's bytes, or None if there is no such object."""

    def put(self, key: str, data: bytes, headers: Headers) -> None:
        """Write an object whole, over whatever was there."""

    def create(self, key: str, data: bytes) -> bool:
        """Write an object that does not exist yet; return False if it did.

        Exactly one of several callers is told True. After an Interrupted the caller reads back.
        """

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is no error."""

    def list(self, prefix: str) -> Iterator[Listed]:
        """Yield what is below a prefix, in any order."""

    def head(self, key: str) -> Found | None:
        """Return an object's headers and age, or None if there is no such object."""

    def first_line_of(self, key: str) -> bytes | None:
        """Return the first line of a created object: who created it."""
