"""The table of sounds is made once, and believed only as it was made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policysite.engine import kept_sounds
from policysite.engine.kept_sounds import keep_sounds, remember_sounds
from policysite.model import sounds


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return where the table of a program is kept, which is small here."""
    monkeypatch.setattr(kept_sounds, "_PLACE", tmp_path / "sounds")
    monkeypatch.setattr(sounds, "make_table", lambda: "工\tgang\tg\n".encode())
    monkeypatch.setattr(sounds, "_find", [lambda: None])
    sounds.remember(lambda: None)
    yield tmp_path / "sounds"
    sounds.remember(lambda: None)


def test_the_table_is_made_where_there_is_none_and_used_from_then_on(place: Path) -> None:
    remember_sounds()
    assert sounds.sounds("工") == ["gong"]
    keep_sounds()
    assert sounds.sounds("工") == ["gang"]
    made = place.stat()
    keep_sounds()
    assert place.stat() == made


@pytest.mark.parametrize("harm", ["cut", "altered", "of another program", "gone"])
def test_a_table_that_is_not_as_it_was_made_is_made_again(
    place: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_sounds()
    whole = place.read_bytes()
    match harm:
        case "cut":
            place.write_bytes(whole[:-1])
        case "altered":
            place.write_bytes(whole.replace(b"gang", b"geng"))
        case "gone":
            place.unlink()
        case _:
            monkeypatch.setattr(kept_sounds, "program", lambda: b"another program.")
    remember_sounds()
    assert sounds.sounds("工") == ["gong"]
    keep_sounds()
    assert sounds.sounds("工") == ["gang"]
