"""Logs whose records name their fields: JSON lines, and Parquet with one column for each field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from policysite.views.formats import Format

# The names that nginx variables, Apache, Caddy, the real-time logs of Aliyun (CDN, “Fields in real-time
# logs”; DCDN, “离线日志”), Tencent Cloud (CLS, “CDN Access Logs”, 614/42748) and Huawei Cloud (CDN,
# “实时日志字段”) and CloudFront's JSON have for the fields, the most exact first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "time": (
        "time", "time_iso8601", "time_local", "timestamp", "@timestamp", "unixtime", "ts", "msec",
        "request_time_iso", "datetime", "DateTime", "start_time", "EdgeStartTimestamp",
        # Milliseconds since 1970 with Huawei, and how long it took with others, who have a time too.
        "request_time",
    ),
    "address": (
        "remote_addr", "client_ip", "remote_ip", "c-ip", "clientip", "ClientIP", "remoteIp", "ip",
        "remote_host", "address", "request.client_ip", "request.remote_ip",
    ),
    "method": (
        "request_method", "method", "cs-method", "http_method", "reqMethod", "verb",
        "ClientRequestMethod", "request.method",
    ),
    "target": (
        "request_uri", "uri", "path", "url", "cs-uri-stem", "reqPath", "object",
        "ClientRequestURI", "ClientRequestPath", "request.uri",
    ),
    "request": ("request",),
    "status": (
        "status", "http_code", "return_code", "http_status", "sc-status", "resHttpCode", "code",
        "EdgeResponseStatusCode",
    ),
    "agent": (
        "http_user_agent", "user_agent", "user-agent", "ua", "userAgent", "cs(User-Agent)",
        "User-Agent", "agent", "ClientRequestUserAgent", "request.headers.User-Agent[0]",
    ),
    "referrer": (
        "http_referer", "referer", "referrer", "cs(Referer)", "Referer", "refer_domain",
        "ClientRequestReferer", "request.headers.Referer[0]",
    ),
    "purpose": (
        "http_sec_purpose", "sec_purpose", "sec-purpose", "Sec-Purpose", "http_purpose", "purpose",
        "http_x_moz", "request.headers.Sec-Purpose[0]",
    ),
}  # fmt: skip
_ALWAYS = {"time", "address", "status"}
"""The fields without which a record is none; a reader may send no agent."""


def recognise_json(lines: Sequence[str]) -> Format | None:
    """Return how to read JSON lines of which these are the first; None if they are not that."""
    records = [record for line in lines if (record := _record(line))]
    if not records or len(records) * 2 < sum(bool(line.strip()) for line in lines):
        return None
    found = fields_among({name for record in records for name in _paths(record)})
    if found is None:
        return None
    paths = ", ".join(f"'{_json_path(name)}'" for name in found.values())
    kind = _format("JSON", found, f"try(json_extract_string(line, [{paths}]))")
    is_flat = not any(isinstance(value, dict) for record in records for value in record.values())
    return replace(kind, files=_files(found)) if is_flat else kind


def _files(found: Mapping[str, str]) -> str:
    """Return SQL that is true of JSON lines about the site's own files; only a text in quotes that are
    not escaped is a key, and in a record without records inside there is one of a name.
    """
    name, before = (found["target"], "") if "target" in found else (found["request"], "GET ")
    pattern = f'"{re.escape(name)}":"{before}/(assets|images)/'
    return (
        f"starts_with(line, '{{') AND ends_with(line, '}}') AND regexp_matches(line, '{pattern}')"
    )


def recognise_columns(columns: Iterable[str]) -> Format | None:
    """Return how to read Parquet with these columns; None if some are missing."""
    found = fields_among(set(columns))
    if found is None:
        return None
    values = ", ".join(f'CAST("{name}" AS VARCHAR)' for name in found.values())
    return _format("Parquet", found, f"list_value({values})")


def fields_among(names: set[str]) -> dict[str, str] | None:
    """Return the name of each field that is there; None if the needed ones are not."""
    found = {
        field: name
        for field, known in NAMES.items()
        if (name := next((name for name in known if name in names), ""))
    }
    if {"date", "time"} <= names:  # CloudFront parts them
        found |= {"date": "date"}
    has_target = "request" in found or {"method", "target"} <= found.keys()
    return found if has_target and found.keys() >= {*_ALWAYS, "agent"} else None


def _format(name: str, found: Mapping[str, str], parts: str) -> Format:
    place = {field: f"parts[{number}]" for number, field in enumerate(found, 1)}
    request = place.get("request", "''")
    whole = " AND ".join(f"{place[field]} IS NOT NULL" for field in sorted(_ALWAYS))
    time = place["time"]
    if "date" in place:
        time = f"{place['date']} || 'T' || {time} || 'Z'"
    return Format(
        name=name,
        shape=re.compile(r"\{.*"),
        parts=parts,
        whole=f"parts IS NOT NULL AND {whole}",
        time=time,
        address=place["address"],
        is_get=f"{place['method']} = 'GET'"
        if "method" in place
        else f"starts_with({request}, 'GET ')",
        names=place.get("target", request),
        target=place.get("target", f"before({request}, ' HTTP/')"),
        status=place["status"],
        agent=f"coalesce({place['agent']}, '')",
        referrer=f"coalesce({place.get('referrer', 'NULL')}, '')",
        purpose=f"coalesce({place.get('purpose', 'NULL')}, '')",
    )


def _record(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _paths(record: Mapping[str, Any], before: str = "") -> Iterable[str]:
    for key, value in record.items():
        yield before + key
        if isinstance(value, dict):
            yield from _paths(value, f"{before}{key}.")
        elif isinstance(value, list) and value:
            yield f"{before}{key}[0]"


def _json_path(name: str) -> str:
    """Return a JSON path; only Caddy's names, which begin with `request.`, lead into objects."""
    if not name.startswith("request."):
        return f'$."{name}"'
    keys, index = (name.removesuffix("[0]"), "[0]") if name.endswith("[0]") else (name, "")
    return "$" + "".join(f'."{key}"' for key in keys.split(".")) + index
