"""A small site that is changed and built, again and again, beside builds from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from policysite.engine import quick
from policysite.engine.fingerprint import program
from policysite.engine.run import CannotBuild, Run, build
from tests.build import builds


class Experiment:
    """The site in a folder of its own, and the moment and the program that it is built by."""

    config: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="policysite-editing-"))
        self.now = builds.NOW
        self.added = 0
        self.program = program()
        self.refused = 0

    def made(self, output: str) -> tuple[bool, str]:
        """Build; return whether the content was fit for it, and all that was found in it."""
        os.environ["SOURCE_DATE_EPOCH"] = str(self.now)
        said = StringIO()
        try:
            with redirect_stderr(said), self.as_program():
                build(Run(str(self.config), "", str(self.folder / output), needs_site=False))
        except CannotBuild as error:
            return False, f"{said.getvalue()}{error}"
        return True, said.getvalue()

    @contextmanager
    def as_program(self) -> Iterator[None]:
        """Build as another version of the program, or of a library, would."""
        with patch.object(quick, "program", lambda: self.program):
            yield

    def go_on(self, *, is_good: bool) -> None:
        """Take back what is wrong if it is not mended at once: little would be built otherwise."""
        self.refused = 0 if is_good else self.refused + 1
        if is_good:
            self.keep()
        elif self.refused > 1:
            shutil.rmtree(self.folder / "content")
            shutil.copytree(self.folder / "kept", self.folder / "content")

    def keep(self) -> None:
        """Keep the content as it is now."""
        shutil.rmtree(self.folder / "kept", ignore_errors=True)
        shutil.copytree(self.folder / "content", self.folder / "kept")

    def articles(self) -> list[Path]:
        """Return all articles."""
        return sorted((self.folder / "content").rglob("20*.md"))

    def chosen(self, number: int) -> Path:
        """Return one of the articles."""
        articles = self.articles()
        return articles[number % len(articles)]

    def started(self) -> subprocess.Popen[bytes]:
        """Start a build in a process of its own; it has this program's true version."""
        output = str(self.folder / "output")
        run = f"Run({str(self.config)!r}, '', {output!r}, needs_site=False)"
        code = f"from policysite.engine.run import Run, build; build({run})"
        return subprocess.Popen(
            [sys.executable, "-c", code],
            env=builds.variables(self.now),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def edit(self, name: str, old: str, new: str, count: int) -> None:
        path = self.folder / name
        path.write_text(path.read_text("utf-8").replace(old, new, count), "utf-8")
