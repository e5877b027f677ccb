"""Makes sites with one fault each: tests/sites/audit/clean, and what a folder's edits.toml changes.

`edit` replaces a text that must be there (in one file, or in all pages for `*`), `add` writes a
file, `remove` removes one, `copy` makes another column of a column page. `also` names what cannot
but fire as well.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from policysite.audit.report import Report
from policysite.audit.rule import Profile
from policysite.audit.run import Order, audit

SITES = Path(__file__).parent.parent / "sites" / "audit"
CLEAN = SITES / "clean"
DAY = date(2026, 11, 22)


def read_edits(code: str) -> Mapping[str, Any]:
    """Return what makes the clean site break one rule."""
    return tomllib.loads((SITES / code / "edits.toml").read_text("utf-8"))


def break_site(folder: Path, edits: Mapping[str, Any]) -> Path:
    """Copy the clean site into `folder` and change it; return where it is."""
    site = Path(shutil.copytree(CLEAN, folder / "site"))
    for edit in edits.get("edit", ()):
        _replace(site, edit["file"], edit["find"], edit["replace"])
    for name in edits.get("remove", ()):
        (site / name).unlink()
    for added in edits.get("add", ()):
        text = added.get("text", "").encode() or b"\0" * added["size"]
        (site / added["file"]).write_bytes(text)
    for copied in edits.get("copy", ()):
        source = (site / copied["file"]).read_text("utf-8")
        head, _, rest = source.partition("<h1>")
        head = head.replace(
            '"ColumnName" content="新闻动态"', f'"ColumnName" content="{copied["column"]}"'
        )
        foot = rest[rest.index("</main>") :]
        target = site / copied["to"]
        target.parent.mkdir()
        target.write_text(f"{head}<h1>{copied['column']}</h1>\n{copied['body']}\n{foot}", "utf-8")
    return site


def _replace(site: Path, name: str, find: str, replace: str) -> None:
    files = [*sorted(site.rglob("*.html")), site / "search" / "titles.json"]
    changed = 0
    for path in files if name == "*" else [site / name]:
        text = path.read_text("utf-8")
        if find in text:
            assert name == "*" or text.count(find) == 1, f"{find!r} stands in {path} more than once"
            path.write_text(text.replace(find, replace), "utf-8")
            changed += 1
    assert changed, f"{find!r} is not in {name}"


def audited(site: Path, profile: Profile = Profile.GOV_STRICT, **order: Any) -> Report:
    """Audit a site as of the day of the test sites."""
    return audit(Order(site, DAY, profile, processes=1, **order))
