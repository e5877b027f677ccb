"""Which files the settings are made of: the settings file, what it imports and what it opens."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import TracebackType

from policysite.engine.fingerprint import PROGRAM
from policysite.engine.quick import digests

_watching: list[set[str]] = []
_hooked = False


class Witness:
    """Watches, while it is entered, which files are opened."""

    def __init__(self) -> None:
        self.opened: set[str] = set()

    def __enter__(self) -> Witness:
        global _hooked
        if not _hooked:
            sys.addaudithook(_notice)
            _hooked = True
        _watching.append(self.opened)
        self.modules = set(sys.modules)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _watching.remove(self.opened)

    def files(self, config: Path) -> dict[str, bytes]:
        """Return the files with their digests; none at all if the environment has a say too."""
        loaded = {
            str(getattr(sys.modules[n], "__file__", "")) for n in set(sys.modules) - self.modules
        }
        names = {str(Path(name).absolute()) for name in {*loaded, *self.opened} if name}
        own = {name for name in names if _is_own(Path(name))} | {str(config.absolute())}
        texts = (Path(name).read_text("utf-8", "replace") for name in own if name.endswith(".py"))
        return {} if any(_ENVIRONMENT.search(text) for text in texts) else digests(own)


_ENVIRONMENT = re.compile(r"\benviron\b|\bgetenv\b|\bsubprocess\b|\bdatetime\b|\btime\b")


def _notice(event: str, details: tuple[object, ...]) -> None:
    if event == "open" and _watching and isinstance(details[0], str):
        for opened in _watching:
            opened.add(details[0])


def _is_own(path: Path) -> bool:
    """Return whether a file is neither of Python, nor of a library, nor of this program."""
    known = (Path(sys.prefix), Path(sys.base_prefix), PROGRAM)
    return path.is_file() and path.suffix != ".pyc" and not any(map(path.is_relative_to, known))
