"""Trying links to other sites, against a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from policysite.audit.outside import Patience, try_links

DAY = date(2026, 11, 22)
QUICK = Patience(pause=0.01, timeout=60)
IMPATIENT = Patience(pause=0.01, timeout=0.5)


class Server(ThreadingHTTPServer):
    """Keeps what it was asked."""

    asked: list[tuple[str, str]]
    release: threading.Event


class Handler(BaseHTTPRequestHandler):
    """Answers with the status that the path names."""

    server: Server

    def _answer(self) -> None:
        self.server.asked.append((self.command, self.path))
        name = self.path.strip("/").partition("-")[0]
        if name == "slow":
            self.server.release.wait()
            return
        if name == "moved":
            self.send_response(302)
            self.send_header("Location", "/200")
        elif name == "head":
            self.send_response(200 if self.command == "GET" else 405)
        else:
            self.send_response(int(name))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = _answer  # noqa: N815 -- the names that http.server calls

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as found:
        found.asked, found.release = [], threading.Event()
        thread = threading.Thread(target=found.serve_forever, args=(0.01,))
        thread.start()
        yield found
        found.release.set()
        found.shutdown()
        thread.join()


def ask(
    server: Server, kept: Path, *paths: str, today: date = DAY, patience: Patience = QUICK
) -> dict[str, str]:
    base = f"http://127.0.0.1:{server.server_port}"
    dead = try_links([base + path for path in paths], kept, today, patience)
    return {url.removeprefix(base): reason for url, reason in dead.items()}


def test_dead_links_are_told_with_the_reason(server: Server, tmp_path: Path) -> None:
    paths = ("/200", "/404", "/410", "/500", "/moved", "/200-工会")
    assert ask(server, tmp_path / "links.json", *paths) == {
        "/404": "状态码 404", "/410": "状态码 410", "/500": "状态码 500"
    }  # fmt: skip


def test_a_server_that_never_answers_is_told_to_be_so(server: Server, tmp_path: Path) -> None:
    kept = tmp_path / "links.json"
    assert ask(server, kept, "/slow", patience=IMPATIENT) == {"/slow": "等不到回应"}


def test_a_server_that_refuses_machines_is_there(server: Server, tmp_path: Path) -> None:
    paths = ("/401", "/403", "/429", "/503", "/head")
    assert ask(server, tmp_path / "links.json", *paths) == {}


def test_only_a_refused_head_is_asked_for_whole(server: Server, tmp_path: Path) -> None:
    ask(server, tmp_path / "links.json", "/200", "/head")
    assert server.asked == [("HEAD", "/200"), ("HEAD", "/head"), ("GET", "/head")]


def test_a_good_answer_is_believed_for_a_week_and_a_bad_one_never(
    server: Server, tmp_path: Path
) -> None:
    kept = tmp_path / "links.json"
    ask(server, kept, "/200", "/410")
    server.asked.clear()
    ask(server, kept, "/200", "/410", today=date(2026, 11, 28))
    assert {path for _, path in server.asked} == {"/410"}
    ask(server, kept, "/200", today=date(2026, 11, 30))
    assert ("HEAD", "/200") in server.asked


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 5}', "\x00"])
def test_answers_that_cannot_be_read_are_asked_for_again(
    text: str, server: Server, tmp_path: Path
) -> None:
    kept = tmp_path / "links.json"
    kept.write_text(text, "utf-8")
    assert ask(server, kept, "/200") == {}
    assert server.asked == [("HEAD", "/200")]


def test_where_nobody_listens_nothing_answers(tmp_path: Path) -> None:
    with Server(("127.0.0.1", 0), Handler) as closed:
        url = f"http://127.0.0.1:{closed.server_port}/"
    assert try_links([url, "http://[::1/"], tmp_path / "links.json", DAY, QUICK) == {
        url: "连接不上", "http://[::1/": "连接不上"
    }  # fmt: skip


def test_two_requests_to_one_host_are_a_pause_apart(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("policysite.audit.outside.time.sleep", pauses.append)
    ask(server, tmp_path / "links.json", "/200-a", "/200-b", "/200-c")
    assert pauses == [QUICK.pause, QUICK.pause]
