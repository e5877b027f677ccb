"""A bucket on this machine: as much of S3 as reading logs needs."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

MODIFIED = "2026-11-20T00:00:00.000Z"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    objects: Mapping[str, bytes] = {}

    def do_GET(self) -> None:
        """Answer a list of objects, or one of them or a part of it."""
        url = urlsplit(self.path)
        _, _, key = unquote(url.path).lstrip("/").partition("/")
        if not key:
            self._answer(200, self._list(parse_qs(url.query).get("prefix", [""])[0]).encode())
        elif key.endswith("secret"):
            self._answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        elif key not in self.objects:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self._object(self.objects[key])

    def do_HEAD(self) -> None:
        """Answer the size of an object."""
        self.do_GET()

    def _object(self, data: bytes) -> None:
        wanted = self.headers.get("Range", "").removeprefix("bytes=")
        headers = {"ETag": _tag(data), "Last-Modified": "Fri, 20 Nov 2026 00:00:00 GMT"}
        if not wanted:
            self._answer(200, data, headers)
            return
        start, _, end = wanted.partition("-")
        part = data[int(start) : int(end) + 1 if end else None]
        headers["Content-Range"] = f"bytes {start}-{int(start) + len(part) - 1}/{len(data)}"
        self._answer(206, part, headers)

    def _list(self, prefix: str) -> str:
        entries = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>{MODIFIED}</LastModified>"
            f"<ETag>{escape(_tag(data))}</ETag><Size>{len(data)}</Size></Contents>"
            for key, data in sorted(self.objects.items())
            if key.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>"

    def _answer(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _tag(data: bytes) -> str:
    return f'"{md5(data, usedforsecurity=False).hexdigest()}"'


@contextmanager
def bucket(objects: Mapping[str, bytes]) -> Iterator[dict[str, str]]:
    """Serve a bucket; yield the environment in which it is found."""
    handler = type("Handler", (_Handler,), {"objects": objects})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield {
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
                "AWS_ALLOW_HTTP": "true",
                "AWS_ACCESS_KEY_ID": "reader",
                "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_REGION": "example",
            }
        finally:
            server.shutdown()
