"""A site that somebody works on, held against one that is built from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policysite.engine.quick import store_of
from policysite.engine.run import Run, build
from tests.build import builds


class Desk:
    """Content and settings of the good site in `folder`, and what is built of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = builds.copy_content(folder)
        self.config = builds.copy_theme(folder)

    def build(self, output: str = "output") -> dict[str, bytes]:
        """Build; return the files of the site by their paths."""
        folder = self.folder / output
        build(Run(str(self.config), "", str(folder), needs_site=False))
        return builds.read_tree(folder)

    def assert_clean(self) -> None:
        """Hold the site against one that is built from nothing."""
        made = self.build()
        self.forget("clean")
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        assert self.build("clean") == made

    def forget(self, output: str) -> None:
        """Remove what was kept of an output."""
        store_of(self.folder / output).unlink(missing_ok=True)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Build once; in the end leave nothing in the project's own cache."""
        try:
            self.build()
            yield
        finally:
            for name in ("output", "clean"):
                self.forget(name)
