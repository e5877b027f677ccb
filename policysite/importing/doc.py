"""Reads a .doc or .wps of old through LibreOffice, which turns it into a .docx."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from policysite.importing.blocks import CannotImport

_SECONDS = 120


@contextmanager
def as_docx(path: Path) -> Iterator[Path]:
    """Give the .docx made of an older file, as long as the context lasts.

    To .docx and never straight to text: LibreOffice's text prints what a tracked change deleted.

    Raises:
        CannotImport: LibreOffice is missing, or cannot read the file (a password, damage).

    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise CannotImport(
            f"{path.name} 是旧格式，要有 LibreOffice 才能读。请在 Word 里另存为 .docx，"
            "或者安装 LibreOffice（sudo apt-get install libreoffice-writer）后再导入。"
        )
    if not path.is_file():
        raise CannotImport(f"{path.name} 打不开（没有这个文件）。")
    with TemporaryDirectory() as folder:
        # A profile of its own: a LibreOffice that is open would refuse, and its macros stay off.
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", folder]
        try:
            subprocess.run(  # noqa: S603 -- LibreOffice with arguments of our own
                [*command, str(path.resolve())], capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise CannotImport(f"{path.name} 转换了两分钟还没有完成，没有导入。") from None
        made = Path(folder) / f"{path.stem}.docx"
        if not made.is_file():
            raise CannotImport(
                f"{path.name} 读不出来：可能设有密码，或者已经损坏。请在 Word 里另存为 .docx 再导入。"
            )
        yield made
