"""`serve`: the site on this machine, made again whenever a file is saved."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from policysite.engine import CannotBuild, Run
from policysite.environment import ROOT, stop, tell

# Milliseconds: an editor that saves in several steps causes one build, and nobody waits for it.
_DEBOUNCE = 120
# Milliseconds between two looks whether there is anything new.
_PULSE = 200


class Preview:
    """Builds once, serves on the loopback address, and builds again after each change."""

    def __init__(self, run: Run, port: int) -> None:
        self.run_options = run
        self.port = port

    def run(self) -> None:
        """Serve until Ctrl+C; a broken file shows its findings and leaves the server running."""
        try:
            settings = self.run_options.settings()
        except CannotBuild as error:
            stop(str(error))
        output = Path(str(settings["OUTPUT_PATH"]))
        watched = [Path(str(settings["PATH"])), Path(str(settings["THEME"]))]
        code = [ROOT / "policysite", Path(self.run_options.config)]
        changes = watch(
            *watched, *code, debounce=_DEBOUNCE, rust_timeout=_PULSE, yield_on_timeout=True
        )
        next(changes)  # from here on, what is saved during the first build is noticed too
        self._build()
        output.mkdir(parents=True, exist_ok=True)
        server = self._server(output)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tell(f"网站在 http://127.0.0.1:{server.server_port}/ ，按 Ctrl+C 结束。")
        try:
            with suppress(KeyboardInterrupt):
                for saved in changes:
                    if saved:
                        tell("内容有变化，正在更新……")
                        self._build()
        finally:
            server.shutdown()
            tell("预览已结束。")

    def _build(self) -> None:
        """Build in a process of its own: settings, theme and code are always the ones on disk."""
        run = self.run_options
        options = ["--config", run.config]
        options += ["--content", run.content] if run.content else []
        invoke = [sys.executable, "-m", "invoke", "--search-root", str(ROOT)]
        subprocess.call([*invoke, "build", *options])  # noqa: S603 -- our own task

    def _server(self, output: Path) -> ThreadingHTTPServer:
        handler = partial(PageHandler, directory=str(output))
        for port in range(self.port, self.port + 20):
            try:
                return ThreadingHTTPServer(("127.0.0.1", port), handler)
            except OSError:
                continue
        stop(f"端口 {self.port} 到 {self.port + 19} 都被占用了，请用 --port 换一个。")


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
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for findings."""
