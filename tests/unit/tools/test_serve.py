"""The preview answers as the published site does."""

import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from policysite.tools.local_server import PageHandler


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Serve a small site on a free port."""
    for name, text in {
        "index.html": "首页",
        "a/index.html": "甲",
        "2026/a.html": "乙",
        "404.html": "没有",
        "a.css": "b{}",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(PageHandler, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def get(port: int, path: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("/", "首页", "text/html; charset=utf-8"),
        ("/a/", "甲", "text/html; charset=utf-8"),
        ("/a.css", "b{}", "text/css; charset=utf-8"),
    ],
)
def test_a_file_is_served_in_utf_8_and_never_cached(
    port: int, path: str, text: str, kind: str
) -> None:
    response, found = get(port, path)
    assert (response.status, found) == (200, text)
    assert response.getheader("Content-Type") == kind
    assert response.getheader("Cache-Control") == "no-store"


@pytest.mark.parametrize("path", ["/none.html", "/none/", "/../secret", "/2026/"])
def test_an_unknown_address_gets_the_page_of_the_site(port: int, path: str) -> None:
    response, text = get(port, path)
    assert (response.status, text) == (404, "没有")


def test_a_head_request_for_an_unknown_address_has_no_body(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"HEAD /none.html HTTP/1.0\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.0 404")
    assert answer.endswith(b"\r\n\r\n")
