"""Files that are whole or as before: written beside their place, then put there; why one cannot be."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield an empty file beside `path`; what is in it at the end is put there, if all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def replace_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file beside its place, then put it there."""
    with replacing(path) as beside, beside.open("wb") as file:
        file.writelines(parts)


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘只能读，不能写",
    errno.EISDIR: "它是一个文件夹",
    errno.ENOTDIR: "路径中间有一个文件，不是文件夹",
    errno.ENOENT: "不存在",
    errno.EEXIST: "已经有了",
    errno.ENOTEMPTY: "文件夹里还有东西",
    errno.EFBIG: "文件太大",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "磁盘出错",
}


def reason_of(error: OSError) -> str:
    """Return why a file cannot be read or written, in Chinese where it is one of the usual reasons."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
