"""Serves the pages of the preview: each with its mark, its script, and what is new."""

from __future__ import annotations

import io
import re
import socket
import sys
from collections.abc import Callable, Iterable
from errno import EACCES, EADDRINUSE
from functools import partial
from hashlib import blake2b
from html import escape
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from policysite.tools.local_server import PageHandler, SiteServer
from policysite.tools.preview.news import News

_HERE = Path(__file__).parent
_OWN = "/__preview/"
LOOPBACK = "127.0.0.1"


class Pages(Protocol):
    """What the preview shows beside the files of the last build."""

    def page(self, name: str) -> bytes | None:
        """Return a page that is newer than its file, or has none; `name` is its file's."""

    def mark(self, name: str) -> str:
        """Return what to say above a page that readers do not see yet, or nothing."""

    def file(self, name: str) -> Path | None:
        """Return an image or attachment that is not published, by its path under content/."""

    def unpublished(self) -> Iterable[tuple[str, str, str]] | None:
        """Return address, title and state of everything that readers do not see yet.

        None says that it is not known: the content has errors since the preview began.
        """


class CannotServe(Exception):
    """There is no such address on this machine."""


class Server(SiteServer):
    """One thread for each connection; those of open pages end with the preview."""

    daemon_threads = True

    def __init__(self, place: tuple[str, int], handler: Callable[..., PreviewHandler]) -> None:
        host, port = place
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong; that a browser has closed the line is nothing wrong."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    @property
    def is_for_others(self) -> bool:
        """Whether it answers on every address that this machine has."""
        return ip_address(str(self.server_address[0])).is_unspecified

    @property
    def url(self) -> str:
        """The address to be opened on this machine."""
        host, port = str(self.server_address[0]), self.server_address[1]
        host = LOOPBACK if self.is_for_others else host
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def start_server(host: str, ports: range, output: Path, pages: Pages, news: News) -> Server | None:
    """Return a server on the first free port, None if none is free.

    Raises:
        CannotServe: `host` is no address of this machine.

    """
    try:
        (*_, (place, *_)), *_ = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CannotServe from error
    handler = partial(
        PreviewHandler,
        directory=str(output),
        pages=pages,
        news=news,
        is_private=ip_address(place).is_loopback,
    )
    for port in ports:
        try:
            return Server((str(place), port), handler)
        except OSError as error:
            if error.errno not in (EADDRINUSE, EACCES):
                raise CannotServe from error
    return None


class PreviewHandler(PageHandler):
    """Serves files as PageHandler does, newer pages from memory, and the preview's own."""

    def __init__(
        self, *args: Any, pages: Pages, news: News, is_private: bool, **kwargs: Any
    ) -> None:
        self.pages, self.news, self.is_private = pages, news, is_private
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:  # noqa: N802
        """Answer; the news never end by themselves."""
        if not self._is_meant():
            self.send_error(403)
        elif self._path() == f"{_OWN}news":
            self._send_news()
        else:
            super().do_GET()

    def send_head(self) -> Any:
        """Send the headers of a page and return what is to follow; leave other files alone."""
        path = self._path()
        if path.startswith(_OWN):
            return self._own(path.removeprefix(_OWN))
        name = path.removeprefix("/") + ("index.html" if path.endswith("/") else "")
        data = self.pages.page(name) if name.endswith(".html") else None
        if data is None:
            file = Path(self.translate_path(self.path))
            file = file / "index.html" if path.endswith("/") else file
            if not file.is_file():
                return self._send_unpublished(name)
            if file.suffix != ".html":
                return super().send_head()
            data = file.read_bytes()
        return self._send(data, name)

    def not_found(self) -> bytes:
        """Return the site's own page, or ours as long as there is no site."""
        return super().not_found() or _framed("还没有网页", _NO_SITE)

    def prepared(self, page: bytes) -> bytes:
        """Return the page for an address that does not exist yet, ready to be told when it does."""
        return dress(page, "", "")

    def _is_meant(self) -> bool:
        """Tell whether the browser asked for this machine: no other site may read the drafts.

        A name of another's that leads here (DNS rebinding) stands in the Host header.
        """
        if not self.is_private:
            return True
        name = re.sub(r":\d*$", "", self.headers.get("Host", ""))
        return name in (LOOPBACK, "localhost", "[::1]")

    def _path(self) -> str:
        return unquote(urlsplit(self.path).path)

    def _send_unpublished(self, name: str) -> Any:
        """Send an image or attachment that only a draft uses, else what is said of no file."""
        file = self.pages.file(name)
        return self._send(file.read_bytes(), name) if file else super().send_head()

    def _own(self, name: str) -> Any:
        if name == "":
            return self._send(_overview(self.pages.unpublished()), "")
        if name not in ("preview.js", "preview.css"):
            self.send_error(404)
            return None
        return self._send((_HERE / name).read_bytes(), name)

    def _send(self, data: bytes, name: str) -> io.BytesIO:
        version = f'"{blake2b(data, digest_size=12).hexdigest()}"'
        if name == "" or name.endswith(".html"):
            data = dress(data, version, self.pages.mark(name))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(name or "index.html"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", version)
        self.end_headers()
        return io.BytesIO(data)

    def _send_news(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        with self.news.listening() as events:
            for event in events:
                try:
                    self.wfile.write(event.encode())
                except OSError:  # the page was closed
                    return


def dress(page: bytes, version: str, mark: str) -> bytes:
    """Return a page with the preview's script and style; `mark` stands above all else."""
    script = f"<script src=\"{_OWN}preview.js\" data-version='{version}'></script>"
    style = f'<link rel="stylesheet" href="{_OWN}preview.css">'
    page = page.replace(b"</head>", f"{style}\n</head>".encode(), 1)
    if mark:
        shown = f'<p class="preview-mark">{escape(mark)}<a href="{_OWN}">全部未发布的稿件</a></p>'
        page = page.replace(b"<body>", f"<body>\n{shown}".encode(), 1)
    head, end, tail = page.rpartition(b"</body>")
    return head + script.encode() + end + tail if end else page + script.encode()


_UNKNOWN = "<p>内容里有错误，草稿暂时显示不出来。错误列在下面和终端里，全部改好、保存以后，草稿就会出现。</p>"
_NONE = "<p>没有草稿，也没有定时发布的稿件。</p>"
_NO_SITE = "<p>网站还没有生成。生成以后，这里会自动出现。内容有错误的，列在下面和终端里，改好保存就行。</p>"


def _overview(found: Iterable[tuple[str, str, str]] | None) -> bytes:
    """Return the page that lists what readers do not see yet."""
    rows = "".join(
        f'<li><a href="{escape(url)}">{escape(title)}</a><small>{escape(state)}</small></li>'
        for url, title, state in found or ()
    )
    body = f"<ul>{rows}</ul>" if rows else _UNKNOWN if found is None else _NONE
    return _framed("未发布的稿件", f'{body}<p><a href="/">回到首页</a></p>')


def _framed(title: str, body: str) -> bytes:
    """Return a page of the preview's own."""
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head><body>"
        f'<main class="preview-list"><h1>{title}</h1>{body}</main></body></html>'
    ).encode()
