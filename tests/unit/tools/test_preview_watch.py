"""What the preview does with what it is told: of files, of its end."""

import shutil
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest
from watchfiles import Change

from policysite.engine.run import Run
from policysite.engine.stamps import scan, stamps_of
from policysite.environment import ROOT
from policysite.tools.preview.desk import Made
from policysite.tools.preview.news import Finding
from policysite.tools.serve import Preview


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """Return a preview that knows of a fault, and the content as it was then."""
    (tmp_path / "a.md").write_text("甲", "utf-8")
    (tmp_path / "b.md").write_text("乙", "utf-8")
    preview = Preview(Run(), 0)
    preview.content = tmp_path
    preview.stamps = stamps_of(scan(tmp_path))
    preview.told.save("content/a.md", (Finding("error", "content/a.md:1:1 [F101] 没有信息栏。"),))
    return preview


def test_nothing_is_looked_for_as_long_as_all_is_right(preview: Preview) -> None:
    preview.told.save("content/a.md", ())
    (preview.content / "a.md").write_text("甲甲", "utf-8")
    assert preview._unnoticed() == ()


def test_what_changed_unnoticed_is_found_once(preview: Preview) -> None:
    assert preview._unnoticed() == []
    mended, gone = preview.content / "a.md", preview.content / "b.md"
    mended.write_text("甲甲", "utf-8")
    gone.unlink()
    (preview.content / "~$a.md").write_text("", "utf-8")
    found = preview._unnoticed()
    assert found == [(Change.modified, str(mended)), (Change.deleted, str(gone))]
    preview._note_stamps(Path(name) for _, name in found)
    assert preview._unnoticed() == []


def test_what_was_noticed_is_not_found_again(preview: Preview) -> None:
    path = preview.content / "a.md"
    path.write_text("甲甲", "utf-8")
    preview._note_stamps([path])
    assert preview._unnoticed() == []


def test_ctrl_c_ends_the_preview_also_while_it_starts(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press_ctrl_c() -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(preview, "_build", press_ctrl_c)
    preview.run_options = Run(str(ROOT / "pelicanconf.py"))
    preview.run()
    assert capsys.readouterr().err == "预览已结束。\n"


@pytest.mark.parametrize("port", [-5, 70000])
def test_a_port_that_cannot_be_is_refused_with_those_that_can(
    port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        Preview(Run(), port).run()
    assert f"--port 要写 1 到 65535 之间的整数，现在是 {port}。" in capsys.readouterr().err


class Desk:
    """Notes what it is asked to do; everything is an article."""

    content = SimpleNamespace(shown="content")

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []

    def column_of(self, path: Path) -> str:
        return path.name

    def drop(self, path: Path) -> None:
        self.done.append(("drop", path.name))

    def save(self, path: Path, _: object) -> Made:
        self.done.append(("save", path.name))
        return Made(())


@pytest.fixture
def desk(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    monkeypatch.setattr(preview, "desk", desk)
    return desk


def test_a_file_that_an_editor_puts_in_the_place_of_another_is_saved(
    preview: Preview, desk: Desk
) -> None:
    """It is told in any order: gone, there again, and what stood beside it for a moment."""
    path, beside = str(preview.content / "a.md"), str(preview.content / "a.md.tmp")
    Path(path).write_text("甲甲", "utf-8")
    for order in ((Change.added, Change.deleted), (Change.deleted, Change.added)):
        preview.take([*((change, path) for change in order), (Change.deleted, beside)])
    assert desk.done == [("save", "a.md")] * 2


def test_what_programs_leave_behind_is_no_content(preview: Preview, desk: Desk) -> None:
    litter = preview.content / "~$a.md"
    litter.write_text("", "utf-8")
    preview.take([(Change.added, str(litter))])
    assert desk.done == []
    assert not preview.is_behind


def test_a_file_or_folder_that_was_there_and_is_gone_matters(preview: Preview) -> None:
    (preview.content / "news").mkdir()
    (preview.content / "news/c.md").write_text("丙", "utf-8")
    preview.stamps = stamps_of(scan(preview.content))
    shutil.rmtree(preview.content / "news")
    assert preview._matters(preview.content / "news")
    assert preview._matters(preview.content / "news/c.md")
    assert not preview._matters(preview.content / "new")


def test_settings_are_followed_by_name_however_they_are_saved(
    preview: Preview, tmp_path: Path
) -> None:
    config = tmp_path / "pelicanconf.py"
    config.write_text("A = 1", "utf-8")
    preview.settings = {str(config): None}
    assert preview._have_settings_changed()
    for text in ("A = ", "A = 1"):
        other = config.with_suffix(".new")
        other.write_text(text, "utf-8")
        other.replace(config)
        assert preview._have_settings_changed()
        assert not preview._have_settings_changed()
