"""The good site with sixty more documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policysite.tools.local_server import serving
from tests.build import builds

THINGS = ("送温暖", "送清凉", "金秋助学")
AGENCIES = (
    ("示总工发", "示例市总工会", "通知"),
    ("示总工办发", "示例市总工会综合办公室", "意见"),
)


def _document(agency: str, issuer: str, kind: str, year: int, number: int) -> str:
    title = f"{issuer}关于做好{year}年{THINGS[number % 3]}工作的{kind}"
    return (
        f"---\n标题: {title}\n发布日期: {year}-03-{number:02}\n发文字号: {agency}〔{year}〕{number}号\n"
        f"发文机关:\n  - {issuer}\n文种: {kind}\n主题分类: {'综合工作' if number % 2 else '工会经费'}\n"
        f"{'失效日期: 2025-12-31' if year == 2024 else '施行日期: 2025-04-01'}\n---\n\n各区县总工会：\n"
    )


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the good site with sixty more documents; yield its address."""

    def make(folder: Path) -> None:
        content = builds.copy_content(folder)
        for place, (agency, issuer, kind) in enumerate(AGENCIES):
            for year in (2024, 2025):
                for number in range(1, 16):
                    name = f"{year}-03-{number:02}-d{place}-{year}-{number}.md"
                    text = _document(agency, issuer, kind, year, number)
                    (content / "policies/documents" / name).write_text(text, "utf-8")
        builds.build(folder / builds.OUTPUT, content=content)

    folder = builds.build_once(tmp_path_factory, "library", make)
    with serving(folder / builds.OUTPUT) as address:
        yield address
