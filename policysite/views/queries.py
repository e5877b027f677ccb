"""The SQL of counting: from cut lines to reads that are new, and what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from policysite.views.readers import Device, Source

SLOT = 1800
"""Seconds within which repeated requests are one read."""
ZONE = 8 * 3600


class LeftOut(StrEnum):
    """Why a request for an article is no read."""

    ROBOT = "机器访问"
    PREFETCH = "浏览器预先加载"
    PARTIAL = "分段请求"
    REPEAT = "半小时内重复"


QUIET = "SET enable_progress_bar = false"


def _names(of: type[StrEnum]) -> str:
    return ", ".join(f"'{name}'" for name in of)


TABLES = f"""
CREATE TYPE device AS ENUM ({_names(Device)});
CREATE TYPE source AS ENUM ({_names(Source)});
CREATE TYPE reason AS ENUM ({_names(LeftOut)});
CREATE TABLE addresses (path VARCHAR, page VARCHAR);
CREATE TABLE agents (agent VARCHAR, digest VARCHAR, machine BOOLEAN, device device, wechat BOOLEAN);
CREATE TABLE hosts (host VARCHAR, source source);
CREATE TABLE salts (day INTEGER, salt VARCHAR);
CREATE TABLE seen (slot INTEGER, key UBIGINT, log INTEGER);
CREATE TABLE reads (page VARCHAR, day DATE, source VARCHAR, device VARCHAR, n UINTEGER, log INTEGER);
CREATE TABLE left_out (month VARCHAR, reason VARCHAR, n UBIGINT, log INTEGER);
"""

# Cheap questions first: most lines are style sheets, scripts and pictures. `whole` is true of what
# may be a read, false of lines that are no records, NULL of the others. Those are left out at once
# where columns are at hand; `parts` would be made a second time to ask.
HITS = """
CREATE OR REPLACE TABLE hits{place} AS
SELECT {state} AS whole,
    {address} AS address, {time} AS time, before({target}, '?') AS target,
    {agent} AS agent,
    CASE WHEN {purpose} <> '' AND regexp_matches({purpose}, '(?i)prefetch|prerender|preview')
        THEN '{prefetch}'::reason WHEN {status} = '206' THEN '{partial}'::reason END AS reason,
    before(before(CASE WHEN contains({referrer}, '://') THEN after({referrer}, '://')
        ELSE {referrer} END, '/'), ':') AS host
FROM {rows} AS cut
"""
# Where those are left out, what is left and whole is wanted, and is not asked twice.
STATE = "CASE WHEN NOT coalesce({whole}, false) THEN false WHEN {wanted} THEN true END"
STATE_OF_HITS = "coalesce({whole}, false)"
ONLY_HITS = "WHERE NOT coalesce({whole}, false) OR ({wanted})"
WANTED = """
{is_get} AND {status} IN ('200', '206', '304')
    AND NOT contains({names}, '/assets/') AND NOT contains({names}, '/images/')
"""

# What many lines have in common is looked at once: addresses, times, agents, referring hosts.
DISTINCT = """
CREATE OR REPLACE TEMP TABLE targets AS
SELECT target, coalesce(page, path) AS page
FROM (
    SELECT target, path_of(target) AS path FROM (SELECT DISTINCT target FROM hits{place} WHERE whole)
) LEFT JOIN addresses USING (path)
WHERE page IS NOT NULL OR regexp_full_match(path, '{article}');
CREATE OR REPLACE TEMP TABLE moments AS
SELECT time, moment(clock) AS seconds
FROM (SELECT time, bracketed(time) AS clock FROM (SELECT DISTINCT time FROM hits{place} WHERE whole));
"""

# A record whose time makes no sense is as bad as one that is cut off.
BAD = """
SELECT (SELECT count(*) FROM hits{place} WHERE NOT whole)
    + (SELECT count(*) FROM hits{place} JOIN targets USING (target) WHERE whole AND time IN
        (SELECT time FROM moments WHERE seconds IS NULL OR seconds > $latest))
"""

# What is kept for each visit has a fixed size: copying text costs more than what is asked of it here.
# DuckDB's hash mixes what SHA-256 has made unreadable before; the key tells neither reader nor page.
VISITS = """
CREATE OR REPLACE TEMP TABLE visits AS
SELECT t.rowid AS target, seconds, CAST(seconds // {slot} AS INTEGER) AS slot, a.device,
    CASE WHEN a.wechat AND r.source = '{direct}' THEN '{wechat}'::source ELSE r.source END AS source,
    CASE WHEN a.machine THEN '{robot}'::reason ELSE reason END AS reason,
    hash(sha256(s.salt || address || a.digest), page, seconds // {slot}) AS key
FROM hits{place} JOIN targets t USING (target) JOIN moments USING (time) JOIN agents a USING (agent)
    JOIN hosts r USING (host) JOIN salts s ON s.day = (seconds + {zone}) // 86400
WHERE whole AND seconds <= $latest
"""

FRESH = """
CREATE OR REPLACE TEMP TABLE fresh AS
FROM (
    SELECT key, any_value(slot) AS slot, any_value(target) AS target, any_value(device) AS device,
        arg_min(source, seconds) AS source
    FROM visits WHERE reason IS NULL GROUP BY key
) AS new
WHERE NOT EXISTS (FROM seen WHERE seen.key = new.key AND slot BETWEEN
    (SELECT min(slot) FROM visits) AND (SELECT max(slot) FROM visits))
"""

# Days and months of China begin with a half-hour, so few values are made into dates.
_CLOCK = f"make_timestamp((slot * {SLOT}::BIGINT + {ZONE}) * 1000000)"
ENTER = f"""
INSERT INTO left_out
SELECT strftime({_CLOCK}, '%Y-%m') AS month, reason, sum(n), {{log}} FROM (
    SELECT slot, coalesce(reason, '{LeftOut.REPEAT}') AS reason, count(*) AS n
    FROM visits GROUP BY ALL
    UNION ALL
    SELECT slot, '{LeftOut.REPEAT}', -count(*) FROM fresh GROUP BY ALL
) GROUP BY ALL HAVING sum(n) > 0;
INSERT INTO seen SELECT slot, key, {{log}} FROM fresh;
INSERT INTO reads
SELECT page, CAST({_CLOCK} AS DATE), source, device, sum(n), {{log}} FROM (
    SELECT target, slot, source, device, count(*) AS n FROM fresh GROUP BY ALL
) AS found JOIN targets t ON t.rowid = found.target GROUP BY ALL;
"""

NAMES: Mapping[str, object] = {
    "slot": SLOT,
    "zone": ZONE,
    "direct": Source.DIRECT,
    "wechat": Source.WECHAT,
    "robot": LeftOut.ROBOT,
    "prefetch": LeftOut.PREFETCH,
    "partial": LeftOut.PARTIAL,
}
