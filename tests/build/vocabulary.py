"""What random edits write, and how they spoil what they find."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

WORDS = (
    "各级工会要把防暑用品送到一线。", "按照示总工发〔2026〕12号执行。",
    "见《示例市基层工会职工福利办法》第三条。", "第一条 本办法适用于会员。\n\n第二条 见第一条。",
    "![驿站](/images/2026/membership.png)", "[方案](/attachments/2026/venue-fees.txt)",
    "[大赛](/news/2026-10-12-skills-contest.md)", "| 姓名 | 单位 |\n|---|---|\n| 尹松涛 | 一厂 |",
    "## 一、总体要求\n\n坚持职工为本。", "他说\"工会是职工之家\"。",
)  # fmt: skip
LINES = (
    "置顶: 2026-11-25", "置顶: 是", "头条: 是", "专题:\n  - new-employment", "状态: 隐藏",
    "状态: 草稿", "状态: 撤回\n撤回说明: 内容有误。", "系列: 产改十问\n系列序号: {n}",
    "发文字号: 示总工发〔2025〕{n}号\n文种: 通知\n发文机关:\n  - 示例市总工会",
    "发文字号: 示总工发〔2024〕{n}号\n文种: 办法\n修改:\n  - 示总工发〔2026〕12号",
    "解读:\n  - 示总工发〔2026〕12号", "相关内容:\n  - skills-contest",
    "配图: images/2026/membership.png\n配图说明: 会员证",
    "附件:\n  - 表: attachments/2026/venue-fees.txt", "旧地址:\n  - /old/{n}.html",
    "公示开始: 2026-11-16\n公示截止: 2026-11-24\n联系人: 甲\n联系电话: 000-1\n公示结束后撤下名单: 是",
    "关键词:\n  - 职工福利",
)  # fmt: skip
SURFACE = (
    "关键词: 送清凉", "关键词: 工会", "摘要: 各级工会到一线看望职工。", "摘要: 关心职工。", "作者: 林晓禾",
    "来源: 示例市总工会", "副标题: 记一次走访",
)  # fmt: skip
COLUMNS = ("news", "notices/notice", "service/guide", "study/theory", "policies/documents")
TITLES = ("送清凉", "职工福利办法", "技能大赛", "示例市基层工会职工福利办法", "冬季送温暖")


def png(shade: int) -> bytes:
    """Return a small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 40, 30, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes([shade]) * 40 for _ in range(30)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


TERMS = (
    "", '[[term]]\nkind = "慎用"\nwrong = ["送清凉"]\nreason = "本站改说法"\n',
    '[[term]]\nkind = "错别字"\nwrong = ["技能大赛 → 技能竞赛"]\nreason = "本站统一"\n', "[[term]]\n",
)  # fmt: skip
SYNONYMS = (
    "",
    'groups = [["福利", "职工福利"]]\n',
    'groups = [["大赛", "技能大赛"], ["工会", "工人组织"]]\n',
)


def damage(store: Path, harm: str, place: float) -> None:
    """Spoil a store in one of the ways that happen."""
    if harm == "gone":
        store.unlink(missing_ok=True)
        return
    data = store.read_bytes() if store.is_file() else b""
    at = int(place * len(data))
    match harm:
        case "cut":
            data = data[:at]
        case "alter":
            data = data[:at] + bytes(255 - byte for byte in data[at : at + 64]) + data[at + 64 :]
        case "foreign":
            data = "这不是数据库".encode() * 100
    store.write_bytes(data)
