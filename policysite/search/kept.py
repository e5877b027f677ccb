"""What is kept from one making of the index to the next, so that an edit makes little anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Kept(Protocol):
    """Values by name. What is neither found, put nor held in a run is forgotten after it."""

    def find(self, name: str) -> bytes | None:
        """Return the value of a name, if there is one."""
        ...

    def put(self, name: str, value: bytes) -> None:
        """Keep a value in the place of any other of this name."""
        ...

    def hold(self, names: Iterable[str]) -> None:
        """Keep values as they are."""
        ...


class Notes:
    """Values that are kept in memory, and all of them."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def find(self, name: str) -> bytes | None:
        """Return the value of a name, if there is one."""
        return self.values.get(name)

    def put(self, name: str, value: bytes) -> None:
        """Keep a value in the place of any other of this name."""
        self.values[name] = value

    def hold(self, names: Iterable[str]) -> None:
        """Keep values as they are: here nothing is forgotten."""
