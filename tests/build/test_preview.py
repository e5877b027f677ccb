"""`serve`: what is saved is shown, and a mistake does not end the preview."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from policysite.tools.local_server import PageHandler
from tests.build import builds

PATIENCE = 120
"""Seconds after which a preview that does not answer counts as broken; usually it takes three."""


class Preview:
    """A running preview: what it said, and its pages."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self.news = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self.news:
                self.said.append(line)
                self.news.notify_all()

    def wait_for(self, wanted: Callable[[str], bool], times: int = 1) -> str:
        """Return the last of `times` lines that are `wanted`."""

        def found() -> list[str]:
            return [line for line in self.said if wanted(line)]

        with self.news:
            assert self.news.wait_for(lambda: len(found()) >= times, PATIENCE), self.said
            return found()[times - 1]

    def read(self, address: str, path: str) -> str:
        """Return a page as the preview sends it."""
        with urlopen(f"{address}{path}") as answer:
            return str(answer.read().decode())


@contextmanager
def preview(config: Path) -> Iterator[Preview]:
    """Start a preview on some free port and end it as a person would: with Ctrl+C."""
    command = [sys.executable, "-m", "invoke", "--search-root", str(builds.ROOT), "serve"]
    with subprocess.Popen(
        [*command, "--config", str(config), "--port", "18000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=builds.variables(),
    ) as process:
        running = Preview(process)
        try:
            yield running
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
        finally:
            process.kill()


def is_built(line: str) -> bool:
    """Whether a line says that the site was built."""
    return "网站已生成" in line


def test_a_saved_change_is_shown_and_a_mistake_keeps_the_last_good_site(tmp_path: Path) -> None:
    """Start, change, break, repair, end: one preview through all of it."""
    content = builds.copy_content(tmp_path)
    article = content / "news/2026-10-12-skills-contest.md"
    text = article.read_text("utf-8")
    with preview(builds.copy_theme(tmp_path)) as running:
        line = running.wait_for(lambda line: "http://127.0.0.1:" in line)
        address = line[line.index("http") :].split("/ ")[0]
        assert "96名选手" in running.read(address, "/2026/skills-contest.html")
        article.write_text(text.replace("96名", "108名"), "utf-8")
        running.wait_for(is_built, times=2)
        assert "108名选手" in running.read(address, "/2026/skills-contest.html")
        article.write_text(text.replace("发布日期", "发步日期"), "utf-8")
        running.wait_for(lambda line: "网站没有更新" in line)
        assert "108名选手" in running.read(address, "/2026/skills-contest.html")
        article.write_text(text, "utf-8")
        running.wait_for(is_built, times=3)
        assert "96名选手" in running.read(address, "/2026/skills-contest.html")
    assert "预览已结束。\n" in running.said
    assert "Traceback" not in "".join(running.said)
    assert running.process.returncode == 0


def test_the_preview_sends_chinese_text_as_utf8_and_forbids_caching() -> None:
    """Every kind of text names its encoding, or an old browser guesses."""
    for suffix in (".html", ".css", ".js", ".xml", ".txt"):
        assert PageHandler.extensions_map[suffix].endswith("; charset=utf-8")
