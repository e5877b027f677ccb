"""Access logs of every kind, as servers and providers write them."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote

from tests.unit.views.traffic import CHINA, DOMAIN, Request


def written(path: str, number: int) -> str:
    """Return a path as one client or another encodes it, with what else may stand in an address."""
    forms: tuple[Callable[[str], str], ...] = (
        quote,
        lambda text: quote(text).lower() if not text.isascii() else text,
        lambda text: quote(text).replace("%20", "+"),
        lambda text: text.replace(" ", "%20"),
        lambda text: "".join(
            c if c.isascii() else "".join(f"\\x{b:02X}" for b in c.encode()) for c in text
        ).replace(" ", "%20"),
    )
    shown = forms[number % len(forms)](path)
    if path.endswith("/") and number % 3 == 0:
        shown += "index.html"
    return shown + ("?from=timeline&isappinstalled=0" if number % 4 == 1 else "")


def _clf(when: datetime, zone: timezone = CHINA) -> str:
    return when.astimezone(zone).strftime("%d/%b/%Y:%H:%M:%S %z")


def combined(request: Request, number: int) -> str:
    """nginx or Apache; three servers in three time zones."""
    zone = (CHINA, UTC, timezone(timedelta(hours=-5)))[number % 3]
    extra = f' "{request.purpose or "-"}"' if number % 2 or request.purpose else ""
    return (
        f"{request.address} - - [{_clf(request.when, zone)}]"
        f' "{request.method} {written(request.path, number)} HTTP/1.1" {request.status} 5120'
        f' "{request.referrer}" "{request.agent}"{extra}'
    )


def aliyun_oss(request: Request, number: int) -> str:
    """阿里云 OSS."""
    return (
        f"{request.address} - - [{_clf(request.when)}]"
        f' "{request.method} {written(request.path, number)} HTTP/1.1" {request.status} 5120 17'
        f' "{request.referrer}" "{request.agent}" "{DOMAIN}" "5F6AC3{number:010X}" "true" "-"'
        f' "GetObject" "example" "{quote(request.path.strip("/"))}" 5120 9 "-" 632 "1234" - "-" "standard" "-"'
    )


def aliyun_cdn(request: Request, number: int) -> str:
    """阿里云 CDN, with the day as the manual writes it."""
    clock = _clf(request.when).removeprefix("0")
    return (
        f'[{clock}] {request.address} - 42 "{request.referrer}"'
        f' "{request.method} https://{DOMAIN}{written(request.path, number)}" {request.status}'
        f' 631 5120 HIT "{request.agent}" "text/html" {request.address}'
    )


def aws_s3(request: Request, number: int, owner: str = "79a59df900b949e5" * 4) -> str:
    """AWS S3: times are UTC, keys are encoded twice."""
    key = request.path.strip("/") + ("/index.html" if request.path.endswith("/") else "")
    return (
        f"{owner} example [{_clf(request.when, UTC)}] {request.address} - 3E57427F{number:08X}"
        f" WEBSITE.{request.method}.OBJECT {quote(quote(key))}"
        f' "{request.method} {written(request.path, number)} HTTP/1.1" {request.status} - 5120 5120'
        f' 17 12 "{request.referrer}" "{request.agent}" - host= - - - {DOMAIN} - - -'
    )


def huawei_obs(request: Request, number: int) -> str:
    """华为云 OBS, with two spaces where its manual has them."""
    line = aws_s3(request, number, "787f2f92b20943998a4fe2ab75eb09b8").replace("WEBSITE", " REST")
    head, agent = line[: line.rindex('"') + 1].rsplit(' "', 1)
    return f'{head}  "{agent} - - - - "-" 089fe8c2c380f4031f6dc0197fe99d4d HPTAAFZfyW0y'


def tencent_cos(request: Request, number: int) -> str:
    """腾讯云 COS; some agents encoded, some as they came."""
    agent = quote(request.agent) if number % 2 == 0 else f'"{request.agent}"'
    when = request.when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    path = quote(request.path)
    return (
        f"1.0 example-1250000000 ap-guangzhou {when} {DOMAIN} GetObject {request.address} - - 632 0"
        f" {path} {request.method.lower()} {agent} {request.status} - - 5120 17 USER STANDARD"
        f" 100000000001 12 - NWM{number:08X} 5120 - - {request.referrer}"
        f' "{request.method} {path} HTTP/1.1" -'
    )


def tencent_cdn(request: Request, number: int) -> str:
    """腾讯云 CDN: time in China without a zone."""
    referrer = "NULL" if request.referrer == "-" else request.referrer
    return (
        f"{request.when.astimezone(CHINA):%Y%m%d%H%M%S} {request.address} {DOMAIN}"
        f' {written(request.path, number)} 5120 4 2 {request.status} {referrer} 17 "{request.agent}"'
        f' "(null)" {request.method} HTTP/1.1 hit 51234'
    )


def cloudfront(request: Request, number: int) -> str:
    """AWS CloudFront: tabs, UTC, values encoded."""
    when = request.when.astimezone(UTC)
    agent = request.agent if request.agent == "-" else quote(request.agent, safe="/;().,:+")
    return "\t".join((
        f"{when:%Y-%m-%d}", f"{when:%H:%M:%S}", "HKG62-P1", "5120", request.address, request.method,
        "d111111abcdef8.cloudfront.net", quote(request.path), str(request.status),
        request.referrer, agent, "-", "-", "Hit", f"{number:X}==",
    ))  # fmt: skip


CLOUDFRONT_HEAD = (
    "#Version: 1.0",
    "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status"
    " cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id",
)


def json_nginx(request: Request, number: int) -> str:
    """JSON lines as an nginx `log_format` with `escape=json` writes them; Sec-Purpose is logged."""
    zone = (CHINA, UTC)[number % 2]
    record = {
        "time": request.when.astimezone(zone).isoformat(),
        "remote_addr": request.address,
        "request": f"{request.method} {written(request.path, number)} HTTP/2.0",
        "status": request.status,
        "http_referer": request.referrer,
        "http_user_agent": request.agent,
        "http_sec_purpose": request.purpose,
    }
    return json.dumps(record, ensure_ascii=number % 2 == 0)


def json_cdn(request: Request, number: int) -> str:
    """JSON lines as real-time logs of a CDN have them: milliseconds, other names."""
    record = {
        "unixtime": str(int(request.when.timestamp() * 1000) + number % 1000),
        "domain": DOMAIN,
        "method": request.method,
        "uri": written(request.path, number),
        "client_ip": request.address,
        "return_code": str(request.status),
        "refer_domain": request.referrer.split("/")[2] if "/" in request.referrer else "-",
        "user_agent": request.agent,
    }
    return json.dumps(record)


def json_huawei(request: Request, number: int) -> str:
    """JSON lines of Huawei Cloud's CDN: what others call so is no time, but its `request_time` is."""
    record = {
        "request_time": str(int(request.when.timestamp() * 1000)),
        "domain": DOMAIN,
        "method": request.method,
        "uri": written(request.path, number),
        "client_ip": request.address,
        "response_time": "14",
        "http_code": str(request.status),
        "user_agent": request.agent,
    }
    return json.dumps(record, separators=(",", ":"))


WRITERS: dict[str, Callable[[Request, int], str]] = {
    "nginx/Apache combined": combined,
    "阿里云 OSS": aliyun_oss,
    "阿里云 CDN": aliyun_cdn,
    "AWS S3": aws_s3,
    "华为云 OBS": huawei_obs,
    "腾讯云 COS": tencent_cos,
    "腾讯云 CDN": tencent_cdn,
    "AWS CloudFront": cloudfront,
    "JSON": json_nginx,
    "JSON CDN": json_cdn,
    "JSON Huawei CDN": json_huawei,
}
HAS_PURPOSE = ("nginx/Apache combined", "JSON")

GARBAGE = (
    "",
    "\x16\x03\x01\x02",
    "10.0.0.1 - - [12/",
    "GET / HTTP/1.1",
    '{"time": "2026-',
    "a\tb\tc",
    '"' * 100,
    '"GET / HTTP/1.1',
    "\ta",
)
"""Lines that are no record of any kind; the empty one is no line at all."""


def write_lines(kind: str, requests: Sequence[Request]) -> list[str]:
    """Return the lines of a log, with its header."""
    head = CLOUDFRONT_HEAD if kind == "AWS CloudFront" else ()
    return [*head, *(WRITERS[kind](request, number) for number, request in enumerate(requests))]


def spoil(lines: Sequence[str], seed: int) -> tuple[list[str], int]:
    """Return the lines with bad ones among them, and how many those are."""
    chance = random.Random(seed)
    spoilt: list[str] = list(lines[:5])
    bad = 0
    for line in lines[5:]:
        spoilt.append(line)
        if chance.random() < 0.1:
            found = chance.choice(GARBAGE)
            spoilt.append(found)
            bad += bool(found)
    return spoilt, bad


def write_log(path: Path, lines: Sequence[str], *, packed: bool = False) -> Path:
    """Write a log file, compressed if asked for."""
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    return path
