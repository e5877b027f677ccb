"""The server of the preview."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from policysite.tools.preview.news import Finding, News
from policysite.tools.preview.server import CannotServe, Server, start_server

HTML = "<html><head><title>甲</title></head><body><p>{}</p></body></html>"


class Pages:
    """Pages newer than their files: one, which is a draft."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def page(self, name: str) -> bytes | None:
        return HTML.format("草稿的内容").encode() if name == "draft.html" else None

    def mark(self, name: str) -> str:
        return "草稿，读者还看不到。" if name == "draft.html" else ""

    def file(self, name: str) -> Path | None:
        return self.folder / "draft.txt" if name == "images/draft.txt" else None

    def unpublished(self) -> list[tuple[str, str, str]] | None:
        return [("/draft.html", "甲<乙", "草稿 · content/a.md")]


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture
def port(tmp_path: Path, news: News) -> Iterator[int]:
    """Serve a page, a style sheet and a draft on a free port."""
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(HTML.format("首页"), "utf-8")
    (tmp_path / "a/index.html").write_text(HTML.format("栏目"), "utf-8")
    (tmp_path / "404.html").write_text(HTML.format("没有"), "utf-8")
    (tmp_path / "a.css").write_text("b{}")
    (tmp_path / "draft.txt").write_text("只有草稿用")
    server = start_server("127.0.0.1", range(1), tmp_path, Pages(tmp_path), news)
    assert server
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    news.close()
    server.shutdown()
    server.server_close()
    thread.join()


def ask(port: int, path: str, method: str = "GET", host: str = "") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


@pytest.mark.parametrize(
    ("path", "shown"), [("/", "首页"), ("/a/", "栏目"), ("/draft.html", "草稿的")]
)
def test_every_page_gets_the_script_and_its_version(port: int, path: str, shown: str) -> None:
    response, text = ask(port, path)
    assert shown in text
    version = response.getheader("ETag")
    assert version
    assert (
        f"<script src=\"/__preview/preview.js\" data-version='{version}'></script></body>" in text
    )
    assert ask(port, path, "HEAD")[0].getheader("ETag") == version
    assert response.getheader("Cache-Control") == "no-store"


def test_a_draft_is_marked_and_no_other_page(port: int) -> None:
    assert "草稿，读者还看不到。" in ask(port, "/draft.html")[1]
    assert "preview-mark" not in ask(port, "/")[1]


def test_what_only_a_draft_uses_is_there(port: int) -> None:
    assert ask(port, "/images/draft.txt")[1] == "只有草稿用"


def test_an_address_that_does_not_exist_says_so_until_it_does(port: int) -> None:
    response, text = ask(port, "/none.html")
    assert response.status == 404
    assert "没有" in text
    assert "data-version=''" in text
    assert response.getheader("ETag") is None


def test_all_drafts_are_listed(port: int) -> None:
    text = ask(port, "/__preview/")[1]
    assert '<a href="/draft.html">甲&lt;乙</a><small>草稿 · content/a.md</small>' in text


@pytest.mark.parametrize(
    ("known", "said"), [([], "没有草稿"), (None, "内容里有错误，草稿暂时显示不出来。")]
)
def test_no_drafts_are_told_from_drafts_that_cannot_be_shown_yet(
    port: int,
    monkeypatch: pytest.MonkeyPatch,
    known: list[tuple[str, str, str]] | None,
    said: str,
) -> None:
    monkeypatch.setattr(Pages, "unpublished", lambda _: known)
    assert said in ask(port, "/__preview/")[1]


@pytest.mark.parametrize("name", ["preview.js", "preview.css"])
def test_the_script_and_style_are_served(port: int, name: str) -> None:
    response, text = ask(port, f"/__preview/{name}")
    assert response.status == 200
    assert len(text) > 500


def test_other_files_come_as_they_are(port: int) -> None:
    assert ask(port, "/a.css")[1] == "b{}"
    assert ask(port, "/__preview/other.js")[0].status == 404


@pytest.mark.parametrize("host", ["evil.example:80", "192.168.1.9:8000", "evil.example"])
def test_no_other_site_may_read_drafts_through_a_name_of_its_own(port: int, host: str) -> None:
    assert ask(port, "/draft.html", host=host)[0].status == 403


def test_news_come_as_they_happen(port: int, news: News) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/__preview/news")
    response = connection.getresponse()
    assert response.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    news.show((Finding("warning", "请看第3行"),))
    while b"\xe7\xac\xac3" not in (line := response.readline()):
        assert line
    connection.close()


@contextmanager
def started(host: str, ports: range, folder: Path) -> Iterator[Server]:
    server = start_server(host, ports, folder, Pages(folder), News())
    assert server
    try:
        yield server
    finally:
        server.server_close()


@pytest.mark.parametrize(
    ("host", "url", "is_private"),
    [
        ("127.0.0.1", "http://127.0.0.1:{}/", True),
        ("0.0.0.0", "http://127.0.0.1:{}/", False),
    ],
)
def test_the_address_that_is_told_is_one_to_be_opened_here(
    host: str, url: str, is_private: bool, tmp_path: Path
) -> None:
    with started(host, range(1), tmp_path) as server:
        assert server.url == url.format(server.server_port)
        assert server.RequestHandlerClass.keywords["is_private"] is is_private  # type: ignore[attr-defined]
        assert server.is_for_others is not is_private


def test_a_port_that_is_in_use_is_passed_over(tmp_path: Path) -> None:
    with started("127.0.0.1", range(1), tmp_path) as one:
        ports = range(one.server_port, one.server_port + 20)
        with started("127.0.0.1", ports, tmp_path) as other:
            assert other.server_port in ports[1:]
        assert start_server("127.0.0.1", ports[:1], tmp_path, Pages(tmp_path), News()) is None


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_that_is_not_of_this_machine_is_refused(host: str, tmp_path: Path) -> None:
    with pytest.raises(CannotServe):
        start_server(host, range(1), tmp_path, Pages(tmp_path), News())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:80", "[::1]:8000"])
def test_this_machine_is_known_by_all_its_own_names(port: int, host: str) -> None:
    assert ask(port, "/draft.html", host=host)[0].status == 200


def test_a_browser_that_closes_the_line_is_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with started("127.0.0.1", range(1), tmp_path) as server:
        for error in (BrokenPipeError(), ConnectionResetError(), ValueError("甲")):
            try:
                raise error
            except (OSError, ValueError):
                server.handle_error(None, None)
    said = capsys.readouterr().err
    assert "ValueError: 甲" in said
    assert said.count("Traceback") == 1


def test_as_long_as_there_is_no_site_a_page_waits_for_it(port: int, tmp_path: Path) -> None:
    """It has the script, and so what is wrong is shown on it."""
    for name in ("index.html", "404.html"):
        (tmp_path / name).unlink()
    response, text = ask(port, "/")
    assert response.status == 404
    assert "网站还没有生成" in text
    assert "data-version=''" in text
