"""An object store in this process that speaks the dialects of four providers.

It answers as the provider's own reference says: which header makes a create-only write and with
which status it is refused, which addressing is allowed, the case of ETags, pages of a listing. It
does not check signatures; a real server does that in test_real_server.py. Clients reach it under
the provider's real host names with `http_proxy` pointing here.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

ACCESS_KEY, SECRET_KEY = "AKFAKE", "SECRET-that-must-never-be-seen"
BUCKET = "union-1250000000"
_STORED = ("content-type", "cache-control", "content-encoding", "content-disposition")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one provider words what the others say too."""

    prefix: str
    host: str
    page: int = 1000

    @property
    def virtual_host(self) -> str:
        return f"{BUCKET}.{self.host}"


DIALECTS = {
    "aws": Dialect("x-amz-", "s3.cn-north-1.amazonaws.com.cn"),
    "oss": Dialect("x-oss-", "oss-cn-hangzhou.aliyuncs.com"),
    "cos": Dialect("x-cos-", "cos.ap-guangzhou.myqcloud.com"),
    "obs": Dialect("x-obs-", "obs.cn-north-4.myhuaweicloud.com"),
}


@dataclass(frozen=True, slots=True)
class Stored:
    """One object: bytes, headers as given, when it was written; seconds since 1970."""

    data: bytes
    headers: dict[str, str]
    written: float
    appendable: bool = False

    @property
    def etag(self) -> str:
        return md5(self.data).hexdigest()


@dataclass(slots=True)
class FakeStore:
    """One bucket. `clock_skew` is how many seconds the server's clock is ahead of ours."""

    mode: str
    objects: dict[str, Stored] = field(default_factory=dict)
    log: list[tuple[str, str, int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    extra_hosts: tuple[str, ...] = ()
    clock_skew: float = 0
    refuse_writes: bool = False
    refuse_host: bool = False
    ignore_create: bool = False
    drop_headers: tuple[str, ...] = ()
    refusals: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """Status, code and message by method; a listing is a method of its own, `LIST`."""

    @property
    def dialect(self) -> Dialect:
        return DIALECTS[self.mode]

    def files(self) -> dict[str, bytes]:
        """Return what readers get: everything but the deployer's own records."""
        with self.lock:
            return {k: o.data for k, o in self.objects.items() if not k.startswith("_deploy/")}

    def count(self, *methods: str) -> int:
        """Return how many requests there were, of these methods or of all."""
        return sum(1 for method, _, _ in self.log if not methods or method in methods)


class _Refused(Exception):
    def __init__(self, status: int, code: str, message: str = "refused") -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


class FakeServer:
    """Answers for one store after the other, always on the same port of this machine."""

    def __init__(self) -> None:
        self.store = FakeStore("aws")
        handler = type("Handler", (_Handler,), {"server_of": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that a killed client or the fault proxy cut."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_of: FakeServer

    @property
    def store(self) -> FakeStore:
        return self.server_of.store

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if len(body) < int(self.headers.get("Content-Length") or 0):
            self.close_connection = True
            return
        parts = urlsplit(self.path)
        key = unquote(parts.path).removeprefix("/")
        query = {name: values[0] for name, values in parse_qs(parts.query, True).items()}
        try:
            self._check_request(key)
            status, headers, data = self._handle(key, query, body)
        except _Refused as refused:
            text = f"<Error><Code>{refused.code}</Code><Message>{refused.message}</Message></Error>"
            status, headers, data = refused.status, {"Content-Type": "application/xml"}, b""
            data = b"" if self.command == "HEAD" else text.encode()
        self.store.log.append((self.command, key or "?list", status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = _answer  # noqa: N815

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate((timestamp or time.time()) + self.store.clock_skew, usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _check_request(self, key: str) -> None:
        dialect = self.store.dialect
        signed = self.headers.get("Authorization", "") + self.path
        if ACCESS_KEY not in signed:
            raise _Refused(403, "AccessDenied")
        host = self.headers["Host"]
        if self.store.refuse_host or host not in (dialect.virtual_host, *self.store.extra_hosts):
            raise _Refused(403, "PathStyleDomainForbidden")
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            raise _Refused(400, "InvalidArgument")
        if abs(self.store.clock_skew) > 900:
            raise _Refused(403, "RequestTimeTooSkewed")
        if self.store.refuse_writes and self.command in ("PUT", "POST", "DELETE"):
            raise _Refused(507, "InsufficientStorage")
        if refusal := self.store.refusals.get(self.command if key else "LIST"):
            raise _Refused(*refusal)

    def _handle(
        self, key: str, query: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        with self.store.lock:
            if not key:
                return 200, {"Content-Type": "application/xml"}, self._list(query)
            if self.command == "PUT":
                return self._put(key, body)
            if self.command == "POST":
                return self._append(key, query, body)
            if self.command == "DELETE":
                self.store.objects.pop(key, None)
                return 204, {}, b""
            return self._get(key)

    def _get(self, key: str) -> tuple[int, dict[str, str], bytes]:
        if key not in self.store.objects:
            raise _Refused(404, "NoSuchKey")
        found = self.store.objects[key]
        headers = {
            **found.headers,
            "ETag": self._etag(found),
            "Last-Modified": formatdate(found.written, usegmt=True),
        }
        for name in self.store.drop_headers:
            headers.pop(name, None)
        if self.command == "HEAD":
            headers["Content-Length"] = str(len(found.data))
        return 200, headers, found.data

    def _etag(self, stored: Stored) -> str:
        return f'"{stored.etag.upper() if self.store.mode == "oss" else stored.etag}"'

    def _put(self, key: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        mode, prefix = self.store.mode, self.store.dialect.prefix
        conditional = self.headers.get("If-None-Match") == "*"
        there = key in self.store.objects and not self.store.ignore_create
        if conditional and mode != "aws":
            raise _Refused(501, "NotImplemented")
        forbidden = self.headers.get(f"{prefix}forbid-overwrite") == "true"
        if conditional and there:
            raise _Refused(412, "PreconditionFailed")
        if forbidden and mode in ("oss", "cos") and there:
            raise _Refused(409, "FileAlreadyExists")
        stored = Stored(body, self._kept_headers(), time.time() + self.store.clock_skew)
        self.store.objects[key] = stored
        return 200, {"ETag": self._etag(stored)}, b""

    def _append(
        self, key: str, query: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        found = self.store.objects.get(key)
        if self.store.mode != "obs" or "append" not in query:
            raise _Refused(405, "MethodNotAllowed")
        if found and (not found.appendable or len(found.data) != int(query["position"])):
            raise _Refused(409, "PositionNotEqualToLength")
        data = (found.data if found else b"") + body
        written = time.time() + self.store.clock_skew
        self.store.objects[key] = Stored(data, self._kept_headers(), written, appendable=True)
        return 200, {"x-obs-next-append-position": str(len(data))}, b""

    def _kept_headers(self) -> dict[str, str]:
        kept = (*_STORED, f"{self.store.dialect.prefix}meta-")
        return {k.lower(): v for k, v in self.headers.items() if k.lower().startswith(kept)}

    def _list(self, query: dict[str, str]) -> bytes:
        prefix = query.get("prefix", "")
        after = query.get("continuation-token") or query.get("marker") or query.get("start-after")
        names = sorted(k for k in self.store.objects if k.startswith(prefix) and k > (after or ""))
        page = names[: self.store.dialect.page]
        more = len(names) > len(page)
        contents = "".join(map(self._row, page))
        last = escape(page[-1]) if more else ""
        tokens = f"<NextContinuationToken>{last}</NextContinuationToken>" if more else ""
        markers = f"<NextMarker>{last}</NextMarker>" if more else ""
        return (
            '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>'
            f"<Name>{BUCKET}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(page)}</KeyCount>"
            f"<MaxKeys>1000</MaxKeys><IsTruncated>{str(more).lower()}</IsTruncated>"
            f"{tokens}{markers}{contents}</ListBucketResult>"
        ).encode()

    def _row(self, key: str) -> str:
        stored = self.store.objects[key]
        written = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(stored.written))
        return (
            f"<Contents><Key>{escape(key)}</Key><LastModified>{written}</LastModified>"
            f"<ETag>{escape(self._etag(stored))}</ETag><Size>{len(stored.data)}</Size>"
            "<StorageClass>STANDARD</StorageClass></Contents>"
        )
