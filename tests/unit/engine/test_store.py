"""What is kept between builds is believed only if it is what was put there."""

import os
from pathlib import Path

import pytest

from policysite.engine.recovery import verify
from policysite.engine.store import Damaged, Store, mark_of, open_store, seal, unseal

PROGRAM = b"this version"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store with something in it."""
    place = tmp_path / "a.sqlite"
    store = open_store(place, PROGRAM)
    store.put_meta("said", ["甲", "乙"])
    store.close()
    return place


def held(path: Path, program: bytes = PROGRAM) -> object:
    store = open_store(path, program)
    try:
        return store.meta("said")
    finally:
        store.close()


def test_what_was_kept_is_there_again(path: Path) -> None:
    assert held(path) == ["甲", "乙"]


def test_a_new_store_is_on_the_disk_when_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_ino))
    place = tmp_path / "a.sqlite"
    store = open_store(place, PROGRAM)
    assert not synced
    store.close()
    assert synced == [place.stat().st_ino]


def test_a_store_that_was_there_waits_for_the_disk_as_it_is_written(path: Path) -> None:
    store = open_store(path, PROGRAM)
    try:
        assert store.rows("PRAGMA synchronous") != [(0,)]
    finally:
        store.close()


def test_what_another_version_kept_is_thrown_away(path: Path) -> None:
    assert held(path, b"next version") is None


@pytest.mark.parametrize("length", [0, 1, 50, 100, 5000])
def test_a_truncated_store_is_empty_or_refused(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    try:
        assert held(path) is None
    except Damaged:
        return


def test_a_file_of_something_else_is_replaced(path: Path) -> None:
    path.write_bytes(b"this is no database" * 99)
    assert held(path) is None


def test_an_altered_value_is_refused(path: Path) -> None:
    data = path.read_bytes()
    place = data.index("甲".encode())
    path.write_bytes(data[:place] + "丙".encode() + data[place + 3 :])
    with pytest.raises(Damaged):
        held(path)


def test_a_sealed_value_without_one_byte_is_refused() -> None:
    assert unseal(seal({"a": 1})) == {"a": 1}
    for broken in (seal({"a": 1})[:-1], b"", b"12345678"):
        with pytest.raises((Damaged, EOFError)):
            unseal(broken)


def test_a_transaction_that_fails_leaves_everything_as_it_was(path: Path) -> None:
    store = Store(path)

    def fail() -> None:
        store.put_meta("said", "half")
        raise KeyError

    with pytest.raises(KeyError), store.transaction():
        fail()
    assert store.meta("said") == ["甲", "乙"]
    store.close()


def test_a_forked_process_reads_by_a_connection_of_its_own_and_never_writes(path: Path) -> None:
    store = Store(path)
    child = os.fork()
    if child == 0:
        fine = store.meta("said") == ["甲", "乙"] and not store.is_mine
        try:
            store.put_meta("said", "by a child")
        except AssertionError:
            os._exit(0 if fine else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.meta("said") == ["甲", "乙"]
    store.close()


def test_a_store_that_another_build_discards_meanwhile_stops_nobody(path: Path) -> None:
    (path.parent / "other.sqlite").symlink_to(path.parent / "gone")  # listed, but not there
    assert held(path) == ["甲", "乙"]


def test_stores_used_last_are_kept_with_what_says_how_they_were_left(path: Path) -> None:
    for age in range(20):
        other = path.parent / f"{age}.sqlite"
        other.touch()
        os.utime(other, (age, age))
        mark_of(other).touch()
    mark_of(path.parent / "never.sqlite").touch()
    assert held(path) == ["甲", "乙"]
    assert {each.stem for each in path.parent.glob("*.sqlite")} == {"a", *map(str, range(5, 20))}
    assert {each.stem for each in path.parent.glob("*.left")} == {*map(str, range(5, 20))}


def test_an_index_that_leads_to_another_row_is_refused(path: Path) -> None:
    store = Store(path)
    store.put_meta("other", "丙")
    store.close()
    row, other = b"said\x02", b"said\x03"
    data = path.read_bytes()
    assert data.count(row) == 1
    path.write_bytes(data.replace(row, other))
    store = Store(path)
    assert store.meta("said") == "丙"
    with pytest.raises(Damaged):
        verify(store)
    store.close()


def test_a_full_disk_is_no_reason_to_throw_away_what_is_there(path: Path) -> None:
    store = open_store(path, PROGRAM)
    store.rows(f"PRAGMA max_page_count = {store.rows('PRAGMA page_count')[0][0]}")
    with pytest.raises(OSError, match="No space left") as raised, store.transaction():
        store.put_meta("much", b"x" * 1_000_000)
    assert raised.value.filename == str(path)
    store.close()
    assert held(path) == ["甲", "乙"]
