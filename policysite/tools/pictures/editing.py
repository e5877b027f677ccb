"""The pictures of docs/editing.md: a Word file becomes an article, step by step, for real.

They are made in a copy of the sample site: `python3 tasks.py docs-pictures` after a change of what
the tools say.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from policysite.clock import build_as_of
from policysite.environment import ROOT, find_browser, is_root
from policysite.tools.pictures.terminal import Terminal
from policysite.tools.pictures.word import write_document

_FOLDER = ROOT / "docs" / "editing"
_DAY = "2026-11-22"
_WORD = "冬送温暖通知.docx"
_DRAFT = "content/policies/documents/2026-11-20-winter-aid.md"
_DOWN, _RETURN = "\x1b[B", "\r"


def make_pictures() -> list[Path]:
    """Go through all steps of docs/editing.md and photograph them; return the pictures' paths."""
    build_as_of(_DAY)
    os.environ["PYTHONPATH"] = str(ROOT)
    _FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="policysite-pictures-") as scratch, _browser() as browser:
        site = _copy_site(Path(scratch))
        shots = [*_terminal_pictures(site), *_preview_pictures(site, browser)]
        return [_save(browser, name, shot) for name, shot in shots]


def _copy_site(scratch: Path) -> Path:
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, scratch / name)
    for name in ("pelicanconf.py", "tasks.py"):
        shutil.copy(ROOT / name, scratch / name)
    write_document(scratch / _WORD)
    return scratch


def _terminal_pictures(site: Path) -> Iterator[tuple[str, str | bytes]]:
    """Yield name and page of each picture of a terminal, in the order of the work."""
    yield "new", _new(site)
    yield "import", _import(site)
    checking = _run(site, f"check {_DRAFT}", 30)
    checking.end()
    yield "check", checking.html()
    fixing = _run(site, f"fix {_DRAFT}", 34)
    fixing.wait("同意请输入")
    fixing.type("y" + _RETURN)
    fixing.end()
    yield "fix", fixing.html()


def _new(site: Path) -> str:
    asking = _run(site, "new", 26)
    asking.wait("放在哪个栏目")
    asking.type(_DOWN * 4 + _RETURN)
    asking.wait("标题：")
    asking.type("示例省总工会关于做好2027年元旦春节期间送温暖工作的通知" + _RETURN)
    asking.wait("短名")
    asking.type(_RETURN)
    asking.wait("文种？")
    asking.type(_RETURN)
    asking.wait("发文机关？")
    asking.type(_RETURN)
    asking.wait("联合发文")
    asking.type(_RETURN)
    asking.wait("先不填")
    shown = asking.html()
    asking.type("\x03")
    asking.end()
    return shown


def _import(site: Path) -> str:
    asking = _run(site, f"import {_WORD} --slug winter-aid", 40)
    asking.wait("哪一项不对")
    shown = asking.html()
    asking.type(_RETURN)
    asking.wait("放在哪个栏目")
    asking.type(_DOWN * 4 + _RETURN)
    asking.end()
    return shown


def _run(site: Path, arguments: str, rows: int) -> Terminal:
    command = [sys.executable, "tasks.py", *arguments.split()]
    return Terminal(f"python3 tasks.py {arguments}", command, site, rows)


def _preview_pictures(site: Path, browser: Browser) -> Iterator[tuple[str, str | bytes]]:
    """Yield the preview of the draft with what is wrong in it, and when it is right."""
    draft = site / _DRAFT
    right = draft.read_text("utf-8")
    form = site / "content/attachments/policies/2026/winter-aid-form.docx"
    form.parent.mkdir(parents=True, exist_ok=True)
    write_document(form)
    with _preview(site) as address:
        page = browser.new_page(viewport={"width": 1000, "height": 640}, device_scale_factor=1)
        page.goto(f"{address}/2026/winter-aid.html")
        draft.write_text(right.replace("底数，", "底数,"), "utf-8")
        page.get_by_text("[T101]").first.wait_for()
        yield "preview", page.screenshot()
        field = "附件:\n  - 慰问情况汇总表: attachments/policies/2026/winter-aid-form.docx\n状态:"
        draft.write_text(right.replace("状态:", field), "utf-8")
        page.locator(".preview-panel").wait_for(state="detached")
        yield "draft", _whole(page)


def _whole(page: Page) -> bytes:
    page.set_viewport_size({"width": 1000, "height": 1100})
    return page.screenshot()


@contextmanager
def _preview(site: Path) -> Iterator[str]:
    command = [sys.executable, "tasks.py", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=site, stderr=subprocess.PIPE, text=True) as running:  # noqa: S603 -- no shell
        try:
            assert running.stderr
            found = (re.search(r"http://127[0-9.:]+", line) for line in running.stderr)
            yield next(match[0] for match in found if match)
        finally:
            running.terminate()


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Chromium's own sandbox refuses to run as root; the pages are ours.
        arguments = ["--no-sandbox"] if is_root() else []
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        yield browser
        browser.close()


def _save(browser: Browser, name: str, shot: str | bytes) -> Path:
    if isinstance(shot, str):
        page = browser.new_page(viewport={"width": 740, "height": 100})
        page.set_content(shot)
        shot = page.screenshot(full_page=True)
    path = _FOLDER / f"{name}.webp"
    Image.open(io.BytesIO(shot)).save(path, quality=72, method=6)
    return path
