"""Facts that wait packed are kept as those that do not."""

from pathlib import Path

import pytest

from policysite.engine import shelf as shelves
from policysite.engine.shelf import Shelf
from policysite.engine.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "a.sqlite", b"program")


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_facts_that_were_packed_are_saved(
    store: Store, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(shelves, "_AT_ONCE", at_once)
    shelf = Shelf(store)
    for number in range(8):
        shelf.exchange(f"related:{number}", bytes([number]), (f"a{number}",))
    shelf.exchange("card:a:b.md", b"card")
    shelf.pack()
    assert not shelf.put
    shelf.exchange("related:9", b"later", ())
    with store.transaction():
        shelf.save()
    kept = Shelf(store)
    assert kept.names("related") == ["0", "1", "2", "3", "4", "5", "6", "7", "9"]
    assert [kept.value(f"related:{n}") for n in range(8)] == [(f"a{n}",) for n in range(8)]
    assert [kept["related:7"], kept["card:a:b.md"], kept["related:9"]] == [b"\7", b"card", b"later"]
    with pytest.raises(KeyError):
        kept.value("card:a:b.md")
