"""Who saves while a build reads gets a site of one state of the content, and none of it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policysite.engine import manuscripts, revision
from policysite.engine.jobs import Workshop
from policysite.engine.run import CannotBuild
from policysite.outputs import pictures
from tests.build import builds
from tests.build.desk import Desk
from tests.build.vocabulary import png

NEWS = "news/2026-10-12-skills-contest.md"
PICTURE = "images/2026/membership.png"
ATTACHMENT = "attachments/2026/venue-fees.txt"


class DisturbedDesk(Desk):
    """A site, and somebody who changes a file at the very moment when a build goes to read it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(folder)
        self.monkeypatch = monkeypatch

    def before(self, place: Any, name: str, change: Callable[[], object], times: int = 1) -> None:
        """Make a change before the first calls of a function."""
        then = getattr(place, name)
        left = times

        def changing(*given: Any) -> Any:
            nonlocal left
            if left:
                left -= 1
                change()
            return then(*given)

        self.monkeypatch.setattr(place, name, changing)

    def write(self, name: str, old: str, new: str) -> None:
        path = self.content / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DisturbedDesk]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(builds.NOW))
    desk = DisturbedDesk(tmp_path, monkeypatch)
    with desk.at_work():
        yield desk


@pytest.mark.parametrize(
    ("place", "edited"),
    [(revision, "96名选手"), (manuscripts, "发布日期: 2026-10-12 10:00")],
    ids=["小改动", "改日期"],
)
def test_a_text_saved_again_while_it_is_read_and_then_undone_is_shown_as_it_is(
    desk: DisturbedDesk, place: Any, edited: str
) -> None:
    """What was read must not be kept as that which was looked at."""
    desk.write(NEWS, edited, edited.replace("96", "97").replace("10:00", "10:30"))
    desk.before(place, "read_file", lambda: desk.write(NEWS, "主办", "举办"))
    desk.build()
    desk.write(NEWS, "举办", "主办")
    desk.assert_clean()


def test_an_attachment_replaced_while_it_is_copied_is_published_as_it_is(
    desk: DisturbedDesk,
) -> None:
    path = desk.content / ATTACHMENT
    path.write_text("费用表", "utf-8")

    def replace() -> None:
        path.write_text("另一张费用表", "utf-8")

    desk.before(Workshop, "_file", replace)
    desk.build()
    path.write_text("费用表", "utf-8")
    desk.assert_clean()


def test_an_image_replaced_before_its_pictures_are_published_stops_nothing(
    desk: DisturbedDesk,
) -> None:
    path = desk.content / PICTURE
    path.write_bytes(png(10))
    desk.before(pictures, "find_picture", lambda: path.write_bytes(png(200)))
    desk.build()
    desk.assert_clean()


def test_a_text_taken_away_while_it_is_read_is_gone(desk: DisturbedDesk) -> None:
    path = desk.content / "news/2026-11-02-new.md"
    path.write_text("---\n标题: 新的\n发布日期: 2026-11-02\n---\n\n正文。\n", "utf-8")
    desk.before(manuscripts, "read_file", path.unlink)
    assert "2026/new.html" not in desk.build()
    desk.assert_clean()


def test_content_that_never_stands_still_is_not_built(desk: DisturbedDesk) -> None:
    made = builds.read_tree(desk.folder / "output")
    for place in (revision, manuscripts):
        desk.before(place, "read_file", lambda: desk.write(NEWS, "选手", "选手选手"), times=99)
    desk.write(NEWS, "96名", "98名")
    with pytest.raises(CannotBuild, match=f"{NEWS} 一直在变"):
        desk.build()
    assert builds.read_tree(desk.folder / "output") == made
