"""Links to other sites: which there are, and, when asked, whether they answer."""

from __future__ import annotations

import json
import ssl
import time
import urllib.error
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from policysite.audit.page import host_of
from policysite.audit.site import AuditedSite
from policysite.files import replace_file

_AGENT = "policysite-audit/1 (link check)"
_HOSTS_AT_ONCE = 8
_ANSWERED = frozenset({401, 403, 405, 406, 429, 503})
"""A server that says no, or not now, to a machine is there; only a reader can tell the rest."""
_NO_HEAD = frozenset({400, 403, 404, 405, 500, 501})
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"


class OutsideLink(NamedTuple):
    """A link to another site: on how many pages it stands, and the first of them."""

    url: str
    pages: int
    first: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How links are tried: seconds between two requests to one host, seconds to wait for an
    answer, days for which a good answer is believed.
    """

    pause: float = 1.0
    timeout: float = 15.0
    days: int = 7


def outside_links(site: AuditedSite) -> list[OutsideLink]:
    """Return every link to another site, in the order of addresses."""
    first: dict[str, str] = {}
    count: Counter[str] = Counter()
    for page in site.pages:
        for address in page.links:
            if address.startswith(("http://", "https://")) and site.target(address) is None:
                first.setdefault(address, page.path)
                count[address] += 1
    return [OutsideLink(url, count[url], path) for url, path in sorted(first.items())]


def try_links(
    urls: Sequence[str], kept: Path, today: date, patience: Patience = Patience()
) -> dict[str, str]:
    """Return the addresses that do not answer, each with the reason in words.

    `kept` remembers good answers, so that no site is asked the same every day; what was dead is
    always tried again.
    """
    known = _load(kept)
    fresh = (today - timedelta(days=patience.days)).isoformat()
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        if known.get(url, "") <= fresh:
            by_host[host_of(url)].append(url)
    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        answers = pool.map(lambda each: _ask_host(each, patience), by_host.values())
        reasons = {url: reason for found in answers for url, reason in found.items()}
    good = {url: today.isoformat() for url, reason in reasons.items() if not reason}
    dead = {url: reason for url, reason in reasons.items() if reason}
    still = {u: day for u, day in known.items() if day > fresh and u not in dead}
    text = json.dumps(still | good, ensure_ascii=False, indent=0, sort_keys=True)
    replace_file(kept, [text.encode()])
    return dead


def _load(kept: Path) -> Mapping[str, str]:
    """Return the day of each good answer; what cannot be read is asked again."""
    try:
        data = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(url): day for url, day in data.items() if isinstance(day, str)}


def _ask_host(urls: Sequence[str], patience: Patience) -> dict[str, str]:
    found = {}
    for number, url in enumerate(urls):
        if number:
            time.sleep(patience.pause)
        found[url] = _ask(url, patience)
    return found


def _ask(url: str, patience: Patience) -> str:
    """Return why an address does not answer, empty if it does."""
    status, reason = _request("HEAD", url, patience.timeout)
    if status in _NO_HEAD:
        time.sleep(patience.pause)
        status, reason = _request("GET", url, patience.timeout)
    if status is None or (status >= 400 and status not in _ANSWERED):
        return reason
    return ""


def _request(method: str, url: str, timeout: float) -> tuple[int | None, str]:
    """Return the status, None if there was no answer, and what is wrong in words."""
    try:
        request = urllib.request.Request(  # noqa: S310 -- only http and https come here
            quote(url, safe=_SAFE), method=method, headers={"User-Agent": _AGENT}
        )
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 -- as above
            return int(answer.status), ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, f"状态码 {error.code}"
    except TimeoutError:
        return None, "等不到回应"
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            return None, "等不到回应"
        return None, "证书有误" if isinstance(error.reason, ssl.SSLError) else "连接不上"
    except (OSError, HTTPException, ValueError):
        return None, "连接不上"
