"""What settings came to is remembered for the program that read them, and for no other."""

from pathlib import Path

import pytest

from policysite.engine import quick
from policysite.engine.quick import Note, read_note, take_note


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Note:
    """Return what settings came to, remembered."""
    monkeypatch.setattr(quick, "STORES", tmp_path / "stores")
    folder = str(tmp_path)
    note = Note(folder, folder, folder, {}, None, b"", b"")
    take_note("a.py", "", "", note)
    return note


def test_a_note_is_found_again(note: Note) -> None:
    assert read_note("a.py", "", "") == note
    assert read_note("b.py", "", "") is None


def test_a_note_that_another_program_took_is_not_read(
    note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have said more or less than ours."""
    with monkeypatch.context() as patch:
        patch.setattr(quick, "program", lambda: b"next version")
        take_note("a.py", "", "", note[:-1])  # type: ignore[arg-type]
    assert read_note("a.py", "", "") is None
