"""Removes what builds make: the output, and all that is kept for the next build."""

from __future__ import annotations

import shutil
from pathlib import Path

from policysite.engine.order import PICTURE_CACHE
from policysite.engine.publish import OTHERS
from policysite.engine.quick import STORES, store_of
from policysite.engine.run import Run
from policysite.engine.store import discard
from policysite.writer import alone, lock_file, staging_folder


def clean(run: Run) -> tuple[str, ...]:
    """Remove the output of `run`, its store and the pictures; return what was there.

    Nothing but what a build has made is removed: an output folder that no build knows stays, and so
    do the counts of `views`, without which the next deploy would take them off the site.

    Raises:
        CannotBuild: the settings cannot be read.

    """
    output = Path(str(run.settings()["OUTPUT_PATH"]))
    store = store_of(output)
    removed = []
    if store.is_file() and output.is_dir():
        with alone(output):
            _remove_site(output)
            shutil.rmtree(staging_folder(output), ignore_errors=True)
        lock_file(output).unlink(missing_ok=True)
        removed.append(str(output))
    discard(store)
    for place in (STORES, PICTURE_CACHE):
        if place.is_dir():
            shutil.rmtree(place)
            removed.append(str(place))
    return tuple(removed)


def _remove_site(output: Path) -> None:
    """Remove everything from a folder but what other tasks write there, and the folder if empty."""
    for path in sorted(output.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            _remove_empty(path)
        elif not path.relative_to(output).as_posix().startswith(OTHERS):
            path.unlink()
    _remove_empty(output)


def _remove_empty(folder: Path) -> None:
    if not any(folder.iterdir()):
        folder.rmdir()
