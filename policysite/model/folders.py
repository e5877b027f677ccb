"""Which files below content/ are content, and how they may be named.

Needs nothing else, so that it can be asked at once.
"""

from __future__ import annotations

import os
import re

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The name of a column or of an article, in its address too."""

# What operating systems and editors leave behind; never content.
_LITTER = re.compile(r"(?:.*/)?(?:\.|~\$|(?:Thumbs\.db|desktop\.ini)\Z)", re.DOTALL)
_SIGNS = ("/.", "/~$", "/Thumbs.db", "/desktop.ini")


def may_have_litter(names: str) -> bool:
    """Return whether any of many paths, with `/` between, may be no content; it often is certain."""
    marked = f"/{names}"
    return any(sign in marked for sign in _SIGNS)


def is_content(name: str) -> bool:
    """Return whether a path under content/ is that of content, and not of what programs leave."""
    return not _LITTER.match(name)


def leads_back(link: str, folder: str) -> bool:
    """Return whether a link in a folder leads to that folder, or to one that holds it.

    Who follows it goes round for ever.
    """
    target, own = os.path.realpath(link), os.path.realpath(folder)
    return f"{own}/".startswith(f"{target}/")
