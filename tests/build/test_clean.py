"""`clean` removes what builds made, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from policysite.engine import clean as cleaning
from policysite.engine import quick
from policysite.engine.run import Run, build
from tests.build import builds


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a run whose caches are its own: other tests build at the same time."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(builds.NOW))
    for module, name in ((quick, "STORES"), (cleaning, "STORES"), (cleaning, "PICTURE_CACHE")):
        monkeypatch.setattr(module, name, tmp_path / "cache" / name)
    content, output = builds.copy_content(tmp_path), tmp_path / "output"
    return Run(str(builds.GOOD_CONFIG), str(content), str(output))


def test_the_output_and_what_was_kept_go_and_the_content_stays(run: Run) -> None:
    build(run)
    before = builds.read_tree(Path(run.content))
    removed = cleaning.clean(run)
    assert run.output in removed
    assert not Path(run.output).exists()
    assert not quick.store_of(Path(run.output)).exists()
    assert builds.read_tree(Path(run.content)) == before
    build(run)
    assert (Path(run.output) / "index.html").is_file()


def test_the_counts_of_views_stay_and_the_next_build_takes_them_over(run: Run) -> None:
    """What is gone from the output is gone from the site with the next deploy."""
    build(run)
    output = Path(run.output)
    counts = output / "data" / "views" / "2026-07.json"
    counts.parent.mkdir(parents=True)
    counts.write_text('{"/2026/a.html":3}', "utf-8")
    cleaning.clean(run)
    assert [p for p in output.rglob("*") if p.is_file()] == [counts]
    build(run)
    assert (output / "index.html").is_file()
    assert counts.read_text("utf-8") == '{"/2026/a.html":3}'


def test_a_folder_that_no_build_made_stays(run: Run) -> None:
    own = Path(run.output) / "letter.txt"
    own.parent.mkdir()
    own.write_text("不是网站", "utf-8")
    cleaning.clean(run)
    assert own.read_text("utf-8") == "不是网站"


def test_where_nothing_was_built_there_is_nothing_to_remove(run: Run) -> None:
    assert cleaning.clean(run) == ()
