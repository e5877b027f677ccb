"""The form of a message; the messages themselves are in messages.py and messages_*.py."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """What one code says: level ("error", "warning", "info"), text template and reason.

    `basis` names the norm behind it. `wrong` and `right` are an example, each a body or, where it
    starts with `---`, a whole file; `precision` tells how often the rule is right, as measured.
    """

    level: str
    text: str
    why: str
    basis: str = ""
    wrong: str = ""
    right: str = ""
    precision: str = ""
