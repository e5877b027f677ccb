"""Tells a CDN which addresses changed, through the provider's own command line.

Pages live five minutes in a CDN anyway, so this is an option, and its failure a notice. Quotas:
Aliyun 10,000 addresses and 100 folders a day, 1,000 a call (RefreshObjectCaches); Tencent the same
(PurgeUrlsCache, PurgePathCache). Both commands take their credentials from the environment.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from policysite.deploy.entries import is_fingerprinted
from policysite.deploy.messages import PURGE
from policysite.deploy.plan import Plan, Reason
from policysite.deploy.verify import url_of

BATCH = 1000
MOST_ADDRESSES = 2000
"""Above that many the whole site is one folder: a quota of 10,000 a day is soon used up."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Addresses for one call; `folder` if all below them is meant."""

    addresses: tuple[str, ...]
    folder: bool = False


def changed_addresses(plan: Plan, site: str) -> list[str]:
    """Return the addresses whose bytes changed or went; `/x/` with `/x/index.html`.

    New ones are in no cache, and what tells its content by name never changes.
    """
    keys = {
        change.key
        for change in (*plan.puts, *plan.deletes)
        if change.reason is not Reason.NEW and not is_fingerprinted(change.key)
    }
    found = {url_of(site, key) for key in keys}
    found |= {url_of(site, key) + "index.html" for key in keys if _is_index(key)}
    return sorted(found)


def _is_index(key: str) -> bool:
    return key.rsplit("/", 1)[-1] == "index.html"


def batches(addresses: Sequence[str], site: str) -> Iterator[Batch]:
    """Yield calls within the quota."""
    if len(addresses) > MOST_ADDRESSES:
        yield Batch((f"{site.rstrip('/')}/",), folder=True)
        return
    for start in range(0, len(addresses), BATCH):
        yield Batch(tuple(addresses[start : start + BATCH]))


def command(provider: str, batch: Batch) -> list[str]:
    """Return the command that purges a batch."""
    if provider == "aliyun":
        kind = "Directory" if batch.folder else "File"
        paths = "\n".join(batch.addresses)
        arguments = ["--ObjectPath", paths, "--ObjectType", kind]
        return ["aliyun", "cdn", "RefreshObjectCaches", *arguments]
    if batch.folder:
        arguments = ["PurgePathCache", "--FlushType", "flush", "--Paths", *batch.addresses]
    else:
        # Chinese addresses are already percent-encoded.
        arguments = ["PurgeUrlsCache", "--UrlEncode", "False", "--Urls", *batch.addresses]
    return ["tccli", "cdn", *arguments]


def purge(
    provider: str,
    addresses: Sequence[str],
    site: str,
    *,
    dry_run: bool,
    run: Callable[[list[str]], str] | None = None,
) -> Iterator[str]:
    """Purge, and yield what happened in words. `run` returns what went wrong, or nothing."""
    run = run or _run
    for batch in batches(addresses, site):
        words = command(provider, batch)
        kind = PURGE["folder" if batch.folder else "url"]
        first = batch.addresses[0]
        yield PURGE["batch"].format(count=len(batch.addresses), kind=kind, first=first)
        if dry_run:
            yield PURGE["dry"].format(command=_shown(words))
        elif failure := run(words):
            yield failure
            return


def _shown(words: Iterable[str]) -> str:
    text = " ".join(words).replace("\n", "\\n")
    return text if len(text) <= 400 else f"{text[:400]}……"


def _run(words: list[str]) -> str:
    program = shutil.which(words[0])
    if program is None:
        return PURGE["missing"].format(program=words[0])
    try:
        done = subprocess.run(  # noqa: S603 -- the provider's own tool
            [program, *words[1:]], capture_output=True, text=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        return PURGE["failed"].format(text="60 s")
    if done.returncode:
        return PURGE["failed"].format(text=(done.stderr or done.stdout).strip()[:200])
    return ""
