"""Who asks a site for what, with a known truth: reads, robots, and all that is no read."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
DOMAIN = "www.example.org"
ARTICLE = "/2026/welfare-measures.html"
OTHER = "/2026/skills-contest.html"
MOVED = "/2026/chronicle.html"
FORMER = "/工会 大事记/旧文/"
"""Where the article at MOVED was before; its name is written in many ways."""
ADDRESSES = {ARTICLE: ARTICLE, OTHER: OTHER, MOVED: MOVED, FORMER: MOVED}
NEW = "/2025/not-yet-in-content.html"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (Linux; Android 14; V2284A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.{}"
IPAD = "Mozilla/5.0 (iPad; CPU OS 17_{} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/604.1"
PEOPLE = (CHROME, WECHAT, IPAD)
ROBOTS = (
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; 360Spider; +https://www.so.com/help/help_3_2.html)",
    "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "-",
)
REFERRERS = ("-", f"https://{DOMAIN}/", "https://www.baidu.com/link?url=x", "https://weibo.com/1")


@dataclass(frozen=True)
class Request:
    """One request, before it is written down."""

    when: datetime
    address: str
    agent: str
    path: str = ARTICLE
    method: str = "GET"
    status: int = 200
    referrer: str = "-"
    purpose: str = ""


@dataclass
class Traffic:
    """Requests in the order of time, and what they come to."""

    requests: list[Request]
    robots: int = 0
    prefetched: int = 0
    partial: int = 0
    reads: set[tuple[str, str, str, int]] = field(default_factory=set)
    read_requests: int = 0

    def counts(self) -> dict[str, int]:
        """Return the reads by address of the article."""
        return dict(Counter(page for page, *_ in self.reads))

    def days(self) -> dict[tuple[str, date], int]:
        """Return the reads by article and day in China."""
        found = (
            (page, datetime.fromtimestamp(slot * 1800, CHINA).date())
            for page, _, _, slot in self.reads
        )
        return dict(Counter(found))


def make_traffic(seed: int, people: int = 40, *, purposes: bool = False) -> Traffic:
    """Return traffic of a few days; `purposes`: the log will hold Sec-Purpose."""
    chance = random.Random(seed)
    traffic = Traffic([])
    start = datetime(2026, 11, 1, 15, 40, tzinfo=UTC)
    for number in range(people):
        address = f"10.{seed}.{number // 250}.{number % 250 + 1}"
        agent = chance.choice(PEOPLE).format(100 + number % 50)
        moment = start + timedelta(minutes=chance.randrange(4000))
        for _ in range(chance.randrange(1, 6)):
            page = chance.choice([ARTICLE, OTHER, MOVED, FORMER, NEW])
            asked = Request(moment, address, agent, page, referrer=chance.choice(REFERRERS))
            _visit(traffic, chance, asked, purposes=purposes)
            moment += timedelta(minutes=chance.randrange(90))
    for number, agent in enumerate(ROBOTS * 3):
        when = start + timedelta(minutes=37 * number)
        traffic.requests.append(Request(when, f"10.{seed}.9.{number + 1}", agent))
        traffic.robots += 1
    traffic.requests.sort(key=lambda request: request.when)
    return traffic


def _visit(traffic: Traffic, chance: random.Random, asked: Request, *, purposes: bool) -> None:
    """Add what a browser asks for: the page, its files, and often the page again."""
    if purposes and chance.random() < 0.3:
        traffic.requests.append(replace(asked, path=OTHER, purpose="prefetch"))
        traffic.prefetched += 1
    for _ in range(chance.choice([1, 1, 2, 3])):
        traffic.requests.append(replace(asked, status=chance.choice([200, 200, 304])))
        traffic.read_requests += 1
        slot = int(asked.when.timestamp()) // 1800
        page = ADDRESSES.get(asked.path, asked.path)
        traffic.reads.add((page, asked.address, asked.agent, slot))
        asked = replace(asked, when=asked.when + timedelta(minutes=chance.randrange(20)))
    for path in ("/assets/site.3f2a91c0.css", "/images/2026/a-800.3f2a91c0.avif", "/news/", "/"):
        traffic.requests.append(replace(asked, path=path))
    traffic.requests.append(replace(asked, status=404))
    traffic.requests.append(replace(asked, method="HEAD"))
    traffic.requests.append(replace(asked, status=206))
    traffic.partial += 1
