"""`serve`: the site on this machine, up to date a moment after each save."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Collection, Iterable
from contextlib import nullcontext, suppress
from pathlib import Path

from watchfiles import Change, watch

from policysite.clock import build_time
from policysite.engine.quick import read_note
from policysite.engine.run import CannotBuild, Run
from policysite.engine.stamps import Stamp, scan, stamp_of, stamps_of
from policysite.environment import ROOT, stop, tell
from policysite.model.folders import is_content
from policysite.problems import Level, errors
from policysite.relate import words
from policysite.tools.preview.beside import TASK, Beside, options_of
from policysite.tools.preview.desk import Desk
from policysite.tools.preview.news import Finding, News
from policysite.tools.preview.server import LOOPBACK, CannotServe, Server, start_server
from policysite.tools.preview.studio import NotBuilt, build_all
from policysite.tools.preview.told import Told

# Milliseconds: an editor that saves in several steps causes one update, and nobody waits for it.
_DEBOUNCE, _STEP = 50, 20
# Milliseconds between two looks whether there is anything new; lists follow after so much quiet.
_PULSE = 400
_LAST_PORT = 65535
Saved = Collection[tuple[Change, str]]


class Preview:
    """Shows each saved article at once, and the rest of the site as soon as nobody types."""

    def __init__(self, run: Run, port: int, host: str = LOOPBACK) -> None:
        self.run_options = run
        self.host, self.port = host, port
        self.news = News()
        self.desk: Desk | None = None
        self.beside = Beside(run)
        self.is_behind = False
        # Whether more than articles was saved, so that what the desk knows has to be read anew.
        self.is_old = self.was_old = False
        self.told = Told()
        self.stamps: dict[str, Stamp] = {}
        self.code = ROOT / "policysite"
        self.settings: dict[str, Stamp | None] = {}

    def run(self) -> None:
        """Serve until Ctrl+C; a broken file shows its findings and leaves the server running."""
        # A shell that starts it in the background has Ctrl+C ignored; the preview is to end by it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            self._run()
        tell("预览已结束。")

    def _run(self) -> None:
        if not 0 <= self.port <= _LAST_PORT:
            stop(f"--port 要写 1 到 {_LAST_PORT} 之间的整数，现在是 {self.port}。")
        try:
            settings = self.run_options.settings()
        except CannotBuild as error:
            stop(str(error))
        output, self.content = (
            Path(str(settings[name])).resolve() for name in ("OUTPUT_PATH", "PATH")
        )
        changes = watch(
            self.content, Path(str(settings["THEME"])), self.code,
            debounce=_DEBOUNCE, step=_STEP, rust_timeout=_PULSE, yield_on_timeout=True,
        )  # fmt: skip
        next(changes)  # from here on, what is saved during the first build is noticed too
        config = str(Path(self.run_options.config).absolute())
        self.settings = {config: _stamp_of(config)}
        self._build()
        output.mkdir(parents=True, exist_ok=True)
        server = self._start(output)
        try:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            words.load()  # now, not at the first save
            for saved in changes:
                self.take(saved)
        finally:
            self.beside.stop()
            self.news.close()
            server.shutdown()

    def _start(self, output: Path) -> Server:
        last = min(self.port + 19, _LAST_PORT)
        try:
            server = start_server(self.host, range(self.port, last + 1), output, self, self.news)
        except CannotServe:
            stop(f"--host 要写本机的地址，{self.host} 不是。")
        if server is None:
            stop(f"端口 {self.port} 到 {last} 都不能用，或者被占用了。请用 --port 换一个。")
        self.port = server.server_port
        tell(f"网站在 {server.url} ，草稿和定时稿在 {server.url}__preview/ ，按 Ctrl+C 结束。")
        if server.is_for_others:
            tell(f"同一网络里的人打开时，把 {LOOPBACK} 换成这台电脑的地址；草稿他们也看得到。")
        return server

    def take(self, saved: Saved) -> None:
        """Show what was saved; in a quiet moment bring the rest up to date."""
        seen = {Path(name) for _, name in saved or self._unnoticed()}
        paths = set(filter(self._matters, seen))
        self._note_stamps(paths)
        self._look_beside()
        if self._have_settings_changed() or any(path.is_relative_to(self.code) for path in paths):
            self._start_again()
        elif self.desk and all(self._is_article(path) for path in paths):
            for path in sorted(paths):
                self._save(self.desk, path)
        elif paths:
            tell("内容有变化，正在更新……")
            self.is_behind = self.is_old = True
        if self.is_behind and not self.beside.is_busy and (self.is_old or not paths):
            self._follow()

    def _matters(self, path: Path) -> bool:
        """Tell what is content from what editors leave behind, or put beside a file they save."""
        if not path.is_relative_to(self.content):
            return True
        name = path.relative_to(self.content).as_posix()
        if path.exists():
            return is_content(name)
        return any(known == name or known.startswith(f"{name}/") for known in self.stamps)

    def _have_settings_changed(self) -> bool:
        """Look at the files that the settings are made of.

        A watcher follows a file, not its name: it is lost where an editor saves by renaming.
        """
        before, self.settings = self.settings, {name: _stamp_of(name) for name in self.settings}
        return before != self.settings

    def _note_settings(self) -> None:
        """Note the files that the last build found the settings to be made of."""
        run = self.run_options
        note = read_note(run.config, run.content, run.output)
        for name in note.config if note else ():
            self.settings.setdefault(name, _stamp_of(name))

    def _is_article(self, path: Path) -> bool:
        is_content = path.is_relative_to(self.content)
        return bool(is_content and self.desk and self.desk.column_of(path))

    def _save(self, desk: Desk, path: Path) -> None:
        """Show one article, or what is wrong with it."""
        self.is_behind = True
        shown = f"{desk.content.shown}/{path.relative_to(self.content).as_posix()}"
        if not path.is_file():
            desk.drop(path)
            self.told.save(shown, ())
        else:
            made = desk.save(path, build_time())
            if made.page:
                self.news.page_changed(f"/{made.name}")
            told = [p for p in made.problems if p.level is not Level.INFO]
            self.told.save(shown, tuple(Finding(p.level.value, str(p)) for p in told))
            sys.stderr.writelines(f"{problem}\n" for problem in told)
            if wrong := errors(made.problems):
                self.is_behind = False
                tell(f"有 {len(wrong)} 处错误，网站没有更新。")
        self._show()

    def _show(self) -> None:
        self.news.show(self.told.all())

    def _follow(self) -> None:
        """Start to bring lists and all else up to date with the articles saved so far."""
        self.is_behind, self.is_old, self.was_old = False, False, self.is_old
        if self.desk:
            self.desk.note_fresh()
        self._begin()
        self.beside.start()

    def _begin(self) -> None:
        """Note the state of the content that a build which begins now will see."""
        self.stamps = stamps_of(scan(self.content))
        self.told.begin()

    def _note_stamps(self, paths: Iterable[Path]) -> None:
        """Note the state of saved files, before they are read."""
        for path in paths:
            if path.is_relative_to(self.content):
                name = path.relative_to(self.content).as_posix()
                try:
                    self.stamps[name] = stamp_of(path)
                except OSError:
                    self.stamps.pop(name, None)

    def _unnoticed(self) -> Saved:
        """Return what has changed without a word from the watcher, while anything is wrong.

        A watcher can lose an event, all the more on a network drive; what was mended must not be
        shown as wrong for ever.
        """
        if not self.told.is_wrong:
            return ()
        now = stamps_of(scan(self.content))
        names = {name for name in now.keys() | self.stamps.keys() if is_content(name)}
        return [
            (Change.modified if name in now else Change.deleted, str(self.content / name))
            for name in sorted(names)
            if now.get(name) != self.stamps.get(name)
        ]

    def _look_beside(self) -> None:
        """Take over what was built beside; where that failed, show why."""
        if ended := self.beside.ended():
            sys.stderr.write(ended.said)
            if not ended.is_built:
                self.told.fail(ended.said)
                self.is_old |= self.was_old
            elif self.desk and not self.was_old:
                self.told.succeed(ended.said)
                self.desk.drop_noted()
            else:
                self.told.succeed(ended.said)
                self._build()
            self._show()
            self.news.pages_changed()

    def _build(self) -> None:
        """Build the site here; where that fails, show why, and the last good site stays.

        But for the first time there is next to nothing to do: it was built beside.
        """
        self.is_behind = False
        self._begin()
        desk = self.desk
        try:
            with desk.lock if desk else nullcontext():
                site, render, said = build_all(self.run_options)
        except NotBuilt as error:
            self.told.fail(str(error))
        else:
            self.told.succeed(said)
            self.desk = Desk(self.content, site, render)
            self._note_settings()
        self._show()
        self.news.pages_changed()

    def _start_again(self) -> None:
        """Go on with new code or settings in a new process, if a build succeeds with them."""
        tell("程序或设置有变化，正在重新开始……")
        self.beside.stop()
        self._begin()
        self.beside.start()
        ended = self.beside.ended(wait=True)
        assert ended, "it was waited for"
        sys.stderr.write(ended.said)
        if not ended.is_built:
            self.told.fail(ended.said)
            self._show()
            return
        options = (*options_of(self.run_options), "--port", str(self.port), "--host", self.host)
        self.news.close()
        os.execv(sys.executable, [*TASK, "serve", *options])  # noqa: S606 -- the same program

    # What the server asks

    def page(self, name: str) -> bytes | None:
        """Return a page that is newer than its file."""
        return self.desk.page(name) if self.desk else None

    def mark(self, name: str) -> str:
        """Return what to say above a page that readers do not see yet."""
        return self.desk.mark(name) if self.desk else ""

    def file(self, name: str) -> Path | None:
        """Return a file that only a draft uses."""
        return self.desk.file(name) if self.desk else None

    def unpublished(self) -> Iterable[tuple[str, str, str]] | None:
        """Return what readers do not see yet, None before the first build that succeeds."""
        return self.desk.unpublished() if self.desk else None


def _stamp_of(name: str) -> Stamp | None:
    try:
        return stamp_of(name)
    except OSError:
        return None
