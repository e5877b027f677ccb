"""The form of a message; the messages themselves are in messages.py and messages_*.py."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """The level ("error", "warning", "info"), the text template and the reason of one code."""

    level: str
    text: str
    why: str
