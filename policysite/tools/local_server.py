"""A built site on a free port of this machine, for a browser that works on it."""

from __future__ import annotations

import gzip
import io
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# assets/site.3f2a91c0.css, images/2026/heat-800.3f2a91c0.avif: another content, another name.
_FINGERPRINTED = re.compile(r"\.[0-9a-f]{8}\.[a-z0-9]+$")
_SEGMENT = re.compile(r"^/search/[0-9a-f]{12}/")
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")
_COMPRESSED = {".html", ".css", ".js", ".svg", ".xml", ".json", ".txt", ".md", ".csv"}


class PageHandler(SimpleHTTPRequestHandler):
    """Serves files as a bucket with website hosting does: index.html, 404.html, UTF-8."""

    extensions_map = {  # noqa: RUF012 -- as the base class declares it
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".svg": "image/svg+xml",
        ".json": "application/json",
    }

    def end_headers(self) -> None:
        """Forbid caching: what is shown is what was just saved."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page for an address that does not exist."""
        page = self.not_found() if code == 404 else b""
        if not page:
            super().send_error(code, message, explain)
            return
        body = self.prepared(page)
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A folder without a page of its own is no address: no bucket lists what is in it."""
        self.send_error(404)

    def not_found(self) -> bytes:
        """Return the page for an address that does not exist, nothing if the site has none."""
        page = Path(self.directory) / "404.html"
        return page.read_bytes() if page.is_file() else b""

    def prepared(self, page: bytes) -> bytes:
        """Return the page for an address that does not exist as it is sent."""
        return page

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for findings."""


class SiteServer(ThreadingHTTPServer):
    """One thread for each connection."""

    # Five may wait by default, and the sixth is turned away; a browser asks for six files at once
    # for each page, and one that is turned away does not ask for a script's data again.
    request_queue_size = 128


@contextmanager
def serving(folder: Path, handler: type[PageHandler] = PageHandler) -> Iterator[str]:
    """Serve `folder`; yield the address, without a slash at the end."""
    with SiteServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class PublishedHandler(PageHandler):
    """Serves a site as it is published: compressed, and cached for as long as it may be."""

    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Answer until the browser closes the line, however it does that."""
        with suppress(ConnectionResetError):
            super().handle()

    def send_head(self) -> io.BytesIO | None:
        """Send the headers of a file, and return what is to follow."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        data = path.read_bytes()
        is_text = path.suffix in _COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        data = gzip.compress(data, 6, mtime=0) if is_text else data
        part = None if is_text else _RANGE.fullmatch(self.headers.get("Range", ""))
        self.send_response(206 if part else 200)
        if part:
            whole, start = len(data), int(part[1])
            data = data[start : int(part[2]) + 1]
            self.send_header("Content-Range", f"bytes {start}-{start + len(data) - 1}/{whole}")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{sha256(data).hexdigest()[:16]}"')
        if is_text:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        return io.BytesIO(data)

    def end_headers(self) -> None:
        """Say how long to keep a file: one whose name tells its content, for ever."""
        kept = "public, max-age=31536000, immutable"
        is_fixed = _FINGERPRINTED.search(self.path) or _SEGMENT.match(self.path)
        self.send_header("Cache-Control", kept if is_fixed else "no-cache")
        SimpleHTTPRequestHandler.end_headers(self)
