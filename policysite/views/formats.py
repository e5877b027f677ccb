"""The kinds of access logs, each as SQL that names the fields of a line.

Most kinds are cut at one sign into columns `c1`, `c2`, …, which DuckDB's CSV reader does ten times
as fast as a regular expression: cut at quotation marks, `c2`, `c4`, `c6` … are what stood in quotes.
Text in quotes never holds one; blocks.py has replaced the escaped ones before. The other kinds are
read as whole lines, of which an expression makes `parts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

QUOTE, TAB = '"', "\t"
FIELDS = (
    "whole", "address", "time", "is_get", "target", "names", "status", "agent", "referrer",
    "purpose",
)  # fmt: skip
"""What each kind says of a line."""


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of log is read. `shape` is a whole line, by which the kind is recognised.

    `whole` tells a record from a line that is cut off or something else; `time` is text that the
    macros `bracketed` and `moment` of count.sql understand, `target` what `path_of` does. `names` is
    what holds the target, to look into before it is cut out. `purpose` holds Sec-Purpose where it is
    logged. A kind has `parts`, or is cut at a sign; `files` is true of lines of which a look at the
    whole shows that they are records of requests for style sheets, scripts and pictures, and need no
    `parts`.
    """

    name: str
    shape: re.Pattern[str]
    whole: str
    address: str
    time: str
    is_get: str
    target: str
    names: str
    status: str
    agent: str
    referrer: str
    purpose: str = "''"
    cut_at: str = QUOTE
    parts: str = ""
    files: str = "false"

    @property
    def columns(self) -> int:
        """Return how many columns the fields are found in; each one more costs time."""
        texts = (getattr(self, name) for name in FIELDS)
        return max(int(number) for text in texts for number in re.findall(r"\bc(\d+)\b", text))


_CLOCK = r"\[\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?\]"
# For the macro `bracketed` to finish: what many lines have in common is looked at once.
_BRACKETED = "substr({0}, strpos({0}, '[') + 1, 27)"


def _request(part: str) -> dict[str, str]:
    """Return the fields of `GET /a.html?b HTTP/1.1`; an unencoded space stays in the target."""
    return {
        "is_get": f"starts_with({part}, 'GET ')",
        "target": f"before({part}, ' HTTP/')",
        "names": part,
    }


# https://nginx.org/en/docs/http/ngx_http_log_module.html (predefined "combined");
# https://httpd.apache.org/docs/2.4/logs.html#combined. Both write the zone. What a server appends
# in quotes after the agent may be "$http_sec_purpose".
COMBINED = Format(
    name="nginx/Apache combined",
    shape=re.compile(
        rf'\S+ .+? {_CLOCK} "[^"]*" \d{{3}} (?:\d+|-) "[^"]*" "[^"]*"(?!.*"[A-Z]\w+".*").*'
    ),
    whole="c7 IS NOT NULL AND c5 = ' ' AND contains(c1, '[') AND starts_with(c3, ' ')",
    address="before(c1, ' ')",
    time=_BRACKETED.format("c1"),
    **_request("c2"),
    status="substr(c3, 2, 3)",
    agent="c6",
    referrer="c4",
    purpose="coalesce(c8, '') || coalesce(c10, '')",
)

# Order and sample: Alibaba Cloud, OSS “Access logging” (doc-detail 31868): Remote IP, two reserved
# fields, time in China, request, status, bytes, milliseconds, Referer, User-Agent, host, request id,
# …, key, …; fields may be added at the end (“PutBucketLogging”).
ALIYUN_OSS = Format(
    name="阿里云 OSS",
    shape=re.compile(
        rf'\S+ \S+ \S+ {_CLOCK} "[^"]*" \d{{3}} \S+ \S+ "[^"]*" "[^"]*" "[^"]*" "[^"]*" "[^"]*".*'
    ),
    whole="c13 IS NOT NULL AND c5 = ' ' AND c7 = ' ' AND contains(c1, '[')"
    " AND starts_with(c3, ' ')",
    address="before(c1, ' ')",
    time=_BRACKETED.format("c1"),
    **_request("c2"),
    status="substr(c3, 2, 3)",
    agent="c6",
    referrer="c4",
)

# Order and sample: Alibaba Cloud CDN, “Download logs”: [time] client, proxy, milliseconds,
# "referer", "GET http://host/path", status, request and response bytes, HIT or MISS, "agent",
# "type", address that connected. The day of the month has no leading zero in the manual's sample.
ALIYUN_CDN = Format(
    name="阿里云 CDN",
    shape=re.compile(rf'{_CLOCK} \S+ \S+ \S+ "[^"]*" "[A-Z]+ [^"]*" \d{{3}} \S+ \S+ \S+ "[^"]*".*'),
    whole="c7 IS NOT NULL AND starts_with(c1, '[') AND c3 = ' ' AND starts_with(c5, ' ')",
    address="before(after(c1, '] '), ' ')",
    time=_BRACKETED.format("c1"),
    **_request("c4"),
    status="substr(c5, 2, 3)",
    agent="c6",
    referrer="c2",
)

_S3_HEAD = rf"\S+ {_CLOCK} \S+ +\S+ +\S+ +[A-Z]+\.[\w.]+ +\S+"
_S3_TAIL = r'"[^"]*" \d{3} \S+ \S+ \S+ \S+ \S+ "[^"]*" +"[^"]*".*'
_S3_LIKE = {
    "whole": "c7 IS NOT NULL AND trim(c5) = '' AND contains(c1, '] ') AND starts_with(c3, ' ')",
    "address": "before(after(c1, '] '), ' ')",
    "time": _BRACKETED.format("c1"),
    "is_get": "starts_with(c2, 'GET ')",
    "names": "c2",
    # The key, for the request of a path-style address begins with the bucket. It is the last before
    # the request, counted from there: OBS parts some fields by two spaces.
    "target": "'/' || split_part(rtrim(c1), ' ', -1)",
    "status": "substr(c3, 2, 3)",
    "agent": "c6",
    "referrer": "c4",
}

# Order and samples: Amazon S3 User Guide, “Amazon S3 server access log format”: owner, bucket, [time
# in UTC], address, requester, request id, operation, key, "request", status, error, bytes, object
# size, two durations, "referer", "agent", …; the owner's canonical id has 64 digits.
AWS_S3 = Format(
    name="AWS S3", shape=re.compile(rf"(?:[0-9a-f]{{64}}|-) {_S3_HEAD} {_S3_TAIL}"), **_S3_LIKE
)

# Order and sample: Huawei Cloud OBS, “桶日志概述” (zh-cn_topic_0045829095): the same fields in the
# same order; the owner's domain id has 32 digits, times are UTC.
HUAWEI_OBS = Format(
    name="华为云 OBS", shape=re.compile(rf"[0-9a-f]{{32}} {_S3_HEAD} {_S3_TAIL}"), **_S3_LIKE
)

# Names and order: Tencent Cloud COS, “Logging Overview” (436/16920): fields parted by a space, time in
# UTC; 12 path, 13 method, 14 agent, 15 status, 29 referer, 30 request. How an agent with spaces is
# written is not said; so the fields before it are counted from the left, and those behind the
# status from there, and both quoted and encoded ones are read.
_COS = (
    r'^\S+ \S+ \S+ (\S+) \S+ \S+ (\S+) \S+ \S+ \S+ \S+ ("[^"]*"|\S+) (\w+) (.+?) (\d{3}) (\S+ .*)$'
)
TENCENT_COS = Format(
    name="腾讯云 COS",
    shape=re.compile(
        r"\d\.\d \S+-\d+ [\w-]+ \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \S+ \w+ \S+ .* \d{3} .*"
    ),
    parts=f"regexp_extract(line, '{_COS}',"
    " ['time', 'address', 'target', 'method', 'agent', 'status', 'rest'])",
    whole="parts.status <> ''",
    time="parts.time",
    address="parts.address",
    target="trim(parts.target, '\"')",
    is_get="upper(parts.method) = 'GET'",
    names="parts.target",
    agent="trim(parts.agent, '\"')",
    status="parts.status",
    referrer="trim(regexp_extract_all(parts.rest, '\"[^\"]*\"|\\S+')[14], '\"')",
)

# Order: Tencent Cloud CDN, “Log Download” (228/6316), 16 fields: time, client, domain, path, bytes,
# province, provider, status, referer, milliseconds, agent, range, method, protocol, hit or miss,
# port. Its sample is a picture: that times are yyyymmddhhmmss in China, that agent and range stand in
# quotes and an absent referer is NULL, is from memory.
TENCENT_CDN = Format(
    name="腾讯云 CDN",
    shape=re.compile(
        r'\d{14} \S+ \S+ \S+ \d+ -?\d+ -?\d+ \d{3} \S+ \d+ "[^"]*" "[^"]*" [A-Z]+ \S+ \w+.*'
    ),
    whole="c5 IS NOT NULL AND c3 = ' ' AND len(string_split(c1, ' ')) = 11"
    " AND starts_with(c5, ' ')",
    time="split_part(c1, ' ', 1)",
    address="split_part(c1, ' ', 2)",
    target="split_part(c1, ' ', 4)",
    status="split_part(c1, ' ', 8)",
    referrer="split_part(c1, ' ', 9)",
    agent="c2",
    is_get="starts_with(c5, ' GET ')",
    names="c1",
)

TEXT_FORMATS = (
    ALIYUN_OSS, ALIYUN_CDN, AWS_S3, HUAWEI_OBS, TENCENT_COS, TENCENT_CDN, COMBINED,
)  # fmt: skip
"""In the order in which they are tried; combined last, for OSS begins like it."""

# Names: Amazon CloudFront Developer Guide, “Standard logging reference”, 33 fields; date and time are
# UTC; the fields of a file are those that its second line names.
_CLOUDFRONT = {
    "address": "c-ip",
    "target": "cs-uri-stem",
    "status": "sc-status",
    "referrer": "cs(Referer)",
    "agent": "cs(User-Agent)",
}


def cloudfront(header: str) -> Format | None:
    """Return the format of a file whose `#Fields:` line is `header`, if it has what we need."""
    names = header.removeprefix("#Fields:").split()
    if not {"date", "time", "cs-method", *_CLOUDFRONT.values()} <= set(names):
        return None
    place = {name: f"c{number}" for number, name in enumerate(names, 1)}
    fields = {key: place[name] for key, name in _CLOUDFRONT.items()}
    return Format(
        name="AWS CloudFront",
        shape=re.compile(r"\d{4}-\d\d-\d\d\t.*"),
        cut_at=TAB,
        whole=f"c{len(names)} IS NOT NULL AND len({place['date']}) = 10",
        time=f"{place['date']} || 'T' || {place['time']} || 'Z'",
        is_get=f"{place['cs-method']} = 'GET'",
        names=fields["target"],
        **fields,
    )


def recognise(lines: Sequence[str]) -> Format | None:
    """Return the kind of which half or more of these first lines of a file are; None if it is unknown."""
    header = next((line for line in lines if line.startswith("#Fields:")), "")
    if header:
        return cloudfront(header)
    records = [line for line in lines if line.strip() and not line.startswith("#")]
    found = {
        kind.name: sum(bool(kind.shape.fullmatch(line)) for line in records)
        for kind in TEXT_FORMATS
    }
    best = max(TEXT_FORMATS, key=lambda kind: found[kind.name])
    return best if 0 < len(records) <= found[best.name] * 2 else None
