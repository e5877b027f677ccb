"""What files state, kept for the next check: the same findings, from fewer files read."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policysite.clock import build_time
from policysite.engine import readings
from policysite.gate import inspect
from policysite.lint.rules import lint
from policysite.model.content import read_file
from policysite.tools.check import check
from tests.unit.making import front_matter, write_content

NAMES = ["a", "b", "c", "d", "e", "f"]
FOLDERS = ["notices", "policies/documents"]
LINES = [
    "发文字号: 示总工发〔2026〕{n}号", "系列: 提案笔记\n系列序号: {n}", "替代:\n  - {name}", "废止:\n  - {name}",
    "解读:\n  - 示总工发〔2026〕{n}号", "相关内容:\n  - {name}", "效力状态: 有效", "失效日期: 2027-01-01",
    "旧地址:\n  - /old/{n}.html", "旧地址:\n  - /2026/{name}.html", "专题:\n  - labour", "状态: 草稿",
    "状态: 撤回\n撤回说明: 内容有误，已撤回。", "成文日期: 2026-0{n}-01", "头条: 好", "来源：甲",
]  # fmt: skip
BODIES = [
    "各级工会要落实。", "学习,贯彻。", "见[甲](/{path}#yi)。", "见[甲](/2026/{name}.html)。", "一、要求\n\n要落实。",
    "见[甲](#no)。", "![图](/images/no.png)", "见[表](/attachments/{name}.txt)。", "[甲]: /{path}\n\n见[甲]。",
]  # fmt: skip


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep readings in a folder of the test's own, however few they are."""
    monkeypatch.setattr(readings, "STORES", tmp_path / "kept")
    monkeypatch.setattr(readings, "_FEW", -1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795320000")
    return tmp_path / "kept"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths under content/ of the manuscripts that are read."""
    sources: list[str] = []

    def remember(path: Path, name: str, source: str, *given: Any) -> Any:
        sources.append(source)
        return read_file(path, name, source, *given)

    monkeypatch.setattr(readings, "read_file", remember)
    return sources


def source_of(chance: random.Random) -> str:
    return f"{chance.choice(FOLDERS)}/2026-03-15-{chance.choice(NAMES)}.md"


def article(chance: random.Random) -> str:
    def fill(text: str) -> str:
        values = {"n": chance.randrange(1, 4), "name": chance.choice(NAMES)}
        return text.format(**values, path=source_of(chance))

    lines = [fill(line) for line in chance.sample(LINES, chance.randrange(3))]
    return front_matter(*lines, body=f"{fill(chance.choice(BODIES))}\n")


def edit(content: Path, chance: random.Random) -> None:
    """Change one thing: a text, a file that texts attach, a table; or take something away."""
    kind = chance.randrange(8)
    path = content / source_of(chance)
    if kind == 0:
        path.unlink(missing_ok=True)
    elif kind == 1:
        file = content / "attachments" / f"{chance.choice(NAMES)}.txt"
        if file.exists():
            file.unlink()
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text("电话13800001234。", "utf-8")
    elif kind == 2:
        (content / "topics").mkdir(exist_ok=True)
        named = f"文章:\n  - {chance.choice(NAMES)}"
        topic = f"---\n标题: 劳动竞赛\n{named}\n---\n\n引言。\n"
        (content / "topics" / "labour.md").write_text(topic, "utf-8")
    elif kind == 3:
        path.write_bytes("标题：\x00".encode("gbk"))
    else:
        path.write_text(article(chance), "utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_findings_of_a_file_are_those_of_the_gate_after_any_edits(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    write_content(tmp_path, {source_of(chance): article(chance) for _ in range(12)})
    content = tmp_path / "content"
    codes: set[str] = set()
    for _ in range(25):
        edit(content, chance)
        whole = inspect(content, build_time())[1]
        for path in sorted(content.rglob("*.md")):
            shown = f"content/{path.relative_to(content).as_posix()}"
            expected = tuple(found for found in whole if found.path == shown)
            assert check(content, [path]).problems == expected
        codes |= {found.code for found in whole}
    # Much of what files say of each other came up.
    assert len(codes & {"N302", "N306", "N309", "R402", "R404", "R405", "R412", "V807"}) >= 4, codes


def test_other_files_are_not_opened_again(tmp_path: Path, opened: list[str]) -> None:
    names = [f"notices/2026-03-15-{name}.md" for name in NAMES]
    write_content(tmp_path, {name: front_matter() for name in names})
    content = tmp_path / "content"
    check(content, [content / names[0]])
    assert set(opened) >= set(names)
    opened.clear()
    (content / names[1]).write_text(front_matter("头条: 好"), "utf-8")
    check(content, [content / names[0]])
    assert opened == names[:2]


def test_nothing_is_kept_of_a_check_of_everything_or_of_a_copy(tmp_path: Path, place: Path) -> None:
    write_content(tmp_path, {"notices/2026-03-15-a.md": front_matter()})
    content = tmp_path / "content"
    check(content, [])
    check(content, [content])
    check(content, [content / "notices"], is_copy=True)
    assert not place.exists()


@pytest.fixture
def looked_through(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths, as problems name them, of the texts that the rules look through."""
    paths: list[str] = []

    def remember(source: str, path: str, *given: Any) -> Any:
        paths.append(path)
        return lint(source, path, *given)

    monkeypatch.setattr("policysite.lint.rules.lint", remember)
    return paths


def test_a_text_is_looked_through_once_as_long_as_nothing_changes(
    tmp_path: Path, looked_through: list[str]
) -> None:
    name = "notices/2026-03-15-a.md"
    attached = front_matter("附件:\n  - 甲: attachments/a.txt", body="学习,贯彻，见附件。\n")
    write_content(tmp_path, {name: attached, "attachments/a.txt": "请打12351。"})
    content = tmp_path / "content"
    shown = [f"content/{name}"]

    def codes() -> list[str]:
        looked_through.clear()
        return [found.code for found in check(content, [content / name]).problems]

    assert (codes(), looked_through) == (["T101"], shown)
    assert (codes(), looked_through) == (["T101"], [])
    (content / "attachments/a.txt").write_text("请打13800001234。", "utf-8")
    assert (codes(), looked_through) == (["D606", "T101"], shown)
    term = '[[term]]\nkind = "禁用"\nwrong = ["学习"]\nreason = "试一试"\n'
    (content / "terms.toml").write_text(term, "utf-8")
    assert (codes(), looked_through) == (["D606", "T502", "T101"], shown)
    (content / name).write_text(attached.replace("学习,", "学习，"), "utf-8")
    assert (codes(), looked_through) == (["D606", "T502"], shown)
    assert (codes(), looked_through) == (["D606", "T502"], [])


def test_a_faulty_list_of_terms_is_told_each_time(tmp_path: Path) -> None:
    write_content(tmp_path, {"notices/2026-03-15-a.md": front_matter(), "terms.toml": "[[x"})
    terms = tmp_path / "content/terms.toml"
    for _ in range(2):
        assert [found.code for found in check(tmp_path / "content", [terms]).problems] == ["X704"]


def damages(data: bytes) -> Iterator[bytes]:
    yield b""
    yield data[:-1]
    yield data[:20] + bytes([data[20] ^ 1]) + data[21:]
    yield b"\x80\x04K\x01."


def test_what_is_kept_is_not_believed_once_it_is_damaged(
    tmp_path: Path, place: Path, opened: list[str]
) -> None:
    names = [f"notices/2026-03-15-{name}.md" for name in NAMES]
    write_content(tmp_path, {name: front_matter() for name in names})
    content = tmp_path / "content"
    check(content, [content / names[0]])
    kept = {path: path.read_bytes() for path in sorted(place.iterdir())}
    assert len(kept) == 2
    for wrongs in zip(*map(damages, kept.values()), strict=True):
        for path, wrong in zip(kept, wrongs, strict=True):
            path.write_bytes(wrong)
        opened.clear()
        assert check(content, [content / names[0]]).problems == ()
        assert set(opened) >= set(names)


def test_another_program_or_folder_reads_everything_anew(
    tmp_path: Path, place: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"notices/2026-03-15-{name}.md" for name in NAMES]
    for site in ("one", "two"):
        write_content(tmp_path / site, {name: front_matter() for name in names})
    one, two = tmp_path / "one/content", tmp_path / "two/content"
    check(one, [one / names[0]])
    own = {path.suffix: path for path in place.iterdir()}
    check(two, [two / names[0]])
    for other in set(place.iterdir()) - set(own.values()):
        other.write_bytes(own[other.suffix].read_bytes())
    opened.clear()
    check(two, [two / names[0]])
    assert set(opened) >= set(names)
    monkeypatch.setattr(readings, "libraries", lambda: ["another"])
    opened.clear()
    check(two, [two / names[0]])
    assert set(opened) >= set(names)


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(readings, "replace_file", refuse)
    write_content(tmp_path, {"notices/2026-03-15-a.md": front_matter("头条: 好")})
    content = tmp_path / "content"
    report = check(content, [content / "notices/2026-03-15-a.md"])
    assert [found.code for found in report.problems] == ["F208"]
