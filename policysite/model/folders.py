"""Which files below content/ are content; needs nothing else, so that it can be asked at once."""

from __future__ import annotations

# What operating systems and editors leave behind; never content.
_LITTER = {"Thumbs.db", "desktop.ini"}


def is_content(name: str) -> bool:
    """Return whether a path under content/ is that of content, and not of what programs leave."""
    *folders, last = name.split("/")
    return last not in _LITTER and not any(p.startswith((".", "~$")) for p in (*folders, last))
