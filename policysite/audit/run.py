"""One audit from beginning to end: folder in, report out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from policysite.audit import cache
from policysite.audit.outside import outside_links
from policysite.audit.report import Report, make_report
from policysite.audit.rule import Profile
from policysite.audit.scan import scan
from policysite.audit.site import AuditedSite
from policysite.audit.store import Store
from policysite.model.columns import Columns


@dataclass(frozen=True, slots=True)
class Order:
    """What to audit: the folder, the day, the norms; the site's column table if there is one.

    `try_links` returns those addresses on other sites that do not answer, each with the reason.
    """

    folder: Path
    today: date
    profile: Profile = Profile.UNION
    columns: Columns | None = None
    cache_folder: Path | None = None
    processes: int = 0
    try_links: Callable[[Sequence[str]], Mapping[str, str]] | None = None


def audit(order: Order) -> Report:
    """Audit a folder of pages."""
    kept, store = _cache_file(order), Store()
    with cache.opened(kept) as known:
        read = scan(order.folder, store, known, order.processes)
    if kept and read:
        cache.save(kept, store)
    site = AuditedSite(
        root=order.folder,
        today=order.today,
        store=store,
        table=order.columns,
        is_strict=order.profile is Profile.GOV_STRICT,
    )
    if order.try_links:
        urls = [link.url for link in outside_links(site)]
        site = replace(site, dead=order.try_links(urls))
    return make_report(site, order.profile)


def _cache_file(order: Order) -> Path | None:
    """Return the file that keeps this folder's facts: each folder has its own."""
    if order.cache_folder is None:
        return None
    name = sha256(str(order.folder.resolve()).encode()).hexdigest()[:16]
    return order.cache_folder / f"{name}.sqlite"
