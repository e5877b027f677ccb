"""What the preview does with what it is told: of files, of its end."""

import signal
from pathlib import Path

import pytest
from watchfiles import Change

from policysite.build.stamps import scan, stamps_of
from policysite.engine import Run
from policysite.environment import ROOT
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
