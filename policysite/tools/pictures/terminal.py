"""A terminal without a screen: runs a command in one, types, and gives back what is shown."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import pyte

COLUMNS = 88
_PATIENCE = 60.0
"""Seconds after which a command that does not say what is waited for counts as stuck."""

# Half as wide as 汉字, so that columns are columns.
_STYLE = """
body { margin: 0; background: #1e2430; }
pre { margin: 0; padding: 14px 18px; font: 15px/1.5 "Noto Sans Mono CJK SC", monospace; color: #e6e9ef; }
i { font-style: normal; display: inline-block; width: .5em; font-family: "DejaVu Sans Mono"; font-size: .83em; }
b { color: #8fd3a8; font-weight: normal; } s { color: #f2a69b; text-decoration: none; }
"""
_NARROW = "“”‘’…—"
"""Signs that a terminal gives one column and a Chinese font two."""


class Stuck(Exception):
    """A command never said what was waited for; the text is what it did say."""


class Terminal:
    """A command in a terminal of its own; `shown` is how a person would have typed it."""

    def __init__(self, shown: str, command: Sequence[str], folder: Path, rows: int) -> None:
        self.screen = pyte.Screen(COLUMNS, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._stream.feed(f"$ {shown}\r\n".encode())
        self._terminal, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", rows, COLUMNS, 0, 0))
        self._process = subprocess.Popen(  # noqa: S603 -- no shell
            command,
            cwd=folder,
            env=_surroundings(),
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
        )
        os.close(inside)

    def wait(self, words: str) -> None:
        """Read until `words` stand on the screen.

        Raises:
            Stuck: they do not come.

        """
        end = time.monotonic() + _PATIENCE
        while words not in self._text() and time.monotonic() < end and self._read(0.2):
            pass
        if words not in self._text():
            raise Stuck(self._text())

    def type(self, keys: str) -> None:
        """Send keys."""
        os.write(self._terminal, keys.encode())

    def end(self) -> None:
        """Read on until the command has ended."""
        while self._read(_PATIENCE):
            pass
        self._process.wait()
        os.close(self._terminal)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return seconds < _PATIENCE
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # Linux says so when the command has ended
            return False
        self._stream.feed(data)
        return bool(data)

    def _text(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> list[str]:
        # The cell after a wide character is empty.
        return [line.rstrip() for line in self.screen.display]

    def html(self) -> str:
        """Return the screen as a page, without the empty lines at its end."""
        lines = self._text().rstrip().split("\n")
        body = "\n".join(_dressed(line) for line in lines)
        return f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style><pre>{body}</pre>'


def _dressed(line: str) -> str:
    said = "".join(f"<i>{char}</i>" if char in _NARROW else escape(char) for char in line)
    if line.lstrip().startswith(("$ ", "+")):
        return f"<b>{said}</b>"
    return f"<s>{said}</s>" if line.lstrip().startswith(("-", "错误")) else said


def _surroundings() -> Mapping[str, str]:
    # prompt_toolkit asks where the cursor is, and nobody here answers.
    return {**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
