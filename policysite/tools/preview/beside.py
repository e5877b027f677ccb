"""The normal build in a process of its own, while the preview goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from policysite.engine.run import Run
from policysite.environment import ROOT

TASK = (sys.executable, "-m", "invoke", "--search-root", str(ROOT))
BUILD = (sys.executable, "-m", "policysite", "build")


def options_of(run: Run) -> list[str]:
    """Return a run as options of our tasks."""
    return ["--config", run.config, *(["--content", run.content] if run.content else [])]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a build ended: whether the site is up to date, and all that was printed."""

    is_built: bool
    said: str


class Beside:
    """At most one build at a time."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a build was started whose end nobody has asked for."""
        return self._process is not None

    def start(self) -> None:
        """Start a build."""
        self._said = TemporaryFile()  # noqa: SIM115 -- open as long as the process runs
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 -- our own program
            [*BUILD, *options_of(self.run)],
            # What it says is read as UTF-8, whatever this machine's own encoding is.
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            stdout=self._said,
            stderr=subprocess.STDOUT,
        )

    def ended(self, *, wait: bool = False) -> Ended | None:
        """Return how the build ended, once; None while it runs."""
        process, said = self._process, self._said
        if process is None or said is None or (not wait and process.poll() is None):
            return None
        process.wait()
        with said:
            said.seek(0)
            text = said.read().decode("utf-8", "replace")
        self._process = self._said = None
        return Ended(process.returncode == 0, text)

    def stop(self) -> None:
        """Give up the build, if one runs; the site stays as it was."""
        if self._process:
            self._process.terminate()
            self.ended(wait=True)
