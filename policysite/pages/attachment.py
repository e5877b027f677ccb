"""The files to download beside a text: what people read of each, its kind and size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_KINDS = {
    "doc": "Word 文档", "docx": "Word 文档", "wps": "WPS 文档", "xls": "Excel 表格",
    "xlsx": "Excel 表格", "et": "WPS 表格", "ppt": "演示文稿", "pptx": "演示文稿", "pdf": "PDF",
    "ofd": "OFD 版式文件", "zip": "压缩包", "rar": "压缩包", "7z": "压缩包", "txt": "文本",
    "csv": "数据表", "jpg": "图片", "jpeg": "图片", "png": "图片", "mp4": "视频", "mp3": "音频",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to download: what people read, its address, kind and size."""

    name: str
    url: str
    kind: str
    extension: str
    size: str


def compose_attachment(name: str, target: str, files: Mapping[str, Path]) -> Attachment:
    """Bring together what a page says of a file of content/; `files` maps its path there to it."""
    path = files[target]
    extension = Path(target).suffix.lstrip(".").lower()
    return Attachment(
        name=name,
        url="/" + quote(target),
        kind=_KINDS.get(extension, "文件"),
        extension=extension.upper(),
        size=file_size(path.stat().st_size),
    )


def file_size(size: int) -> str:
    """Return a size in bytes as people read it.

    >>> file_size(900), file_size(38_000), file_size(5_400_000)
    ('1 KB', '37 KB', '5.1 MB')
    """
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"
