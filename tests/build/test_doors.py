"""The ways into the build end with the same bytes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from policysite.engine.quick import take_look
from tests.build import builds

WHO_BUILDS = """
import sys
from policysite.engine.run import Run, build
build(Run(sys.argv[1], sys.argv[2], sys.argv[3]))
print("with Pelican" if "pelican" in sys.modules else "without Pelican")
"""


def test_an_edit_is_published_without_pelican_as_with_it(tmp_path: Path) -> None:
    """Loading Pelican takes longer than the edit; the site must not differ by a byte."""
    config = builds.copy_theme(tmp_path)
    content = builds.copy_content(tmp_path)
    command = [sys.executable, "-c", WHO_BUILDS, str(config), str(content)]
    first = builds.run([*command, str(tmp_path / "output")])
    assert first.stdout.endswith("with Pelican\n"), first.stderr
    news = content / "news/2026-10-12-skills-contest.md"
    news.write_text(news.read_text("utf-8") + "\n又一段。\n", "utf-8")
    second = builds.run([*command, str(tmp_path / "output")])
    assert second.stdout.endswith("without Pelican\n"), second.stderr
    clean = builds.run([*command, str(tmp_path / "clean")])
    assert clean.stdout.endswith("with Pelican\n"), clean.stderr
    assert builds.read_tree(tmp_path / "output") == builds.read_tree(tmp_path / "clean")


def test_a_template_that_asks_for_a_setting_of_pelicans_gets_it_and_its_changes(
    tmp_path: Path,
) -> None:
    """Then Pelican is needed at every build, and a new value reaches every page."""
    config = builds.copy_theme(tmp_path)
    base = tmp_path / "theme/templates/base.html"
    text = base.read_text("utf-8").replace("</body>", "<!-- {{ MY_WORD }} --></body>")
    base.write_text(text, "utf-8")
    settings = config.read_text("utf-8")
    for word in ("甲", "乙"):
        config.write_text(f"{settings}\nMY_WORD = {word!r}\n", "utf-8")
        builds.build(tmp_path / "output", config=config)
        assert f"<!-- {word} -->" in (tmp_path / "output/404.html").read_text("utf-8")


def test_a_template_that_begins_to_ask_for_a_setting_gets_it(tmp_path: Path) -> None:
    """The build before it could do without Pelican, and said so to this one."""
    config = builds.copy_theme(tmp_path)
    builds.build(tmp_path / "output", config=config)
    base = tmp_path / "theme/templates/base.html"
    text = base.read_text("utf-8").replace("</body>", "<!-- {{ TIMEZONE }} --></body>")
    base.write_text(text, "utf-8")
    builds.build(tmp_path / "output", config=config)
    assert "<!-- Asia/Shanghai -->" in (tmp_path / "output/404.html").read_text("utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "{% if article is defined %}{{ article.date | strftime('%Y') }}{% endif %}",
        "{% if SITE.name is plugin_enabled %}甲{% endif %}",
        "{% from '!simple/translations.html' import translations_for %}",
    ],
)
def test_a_template_that_uses_what_pelican_adds_to_jinja_is_built_twice(
    tmp_path: Path, line: str
) -> None:
    """The shorter way, which does without Pelican, knows nothing of it."""
    config = builds.copy_theme(tmp_path)
    base = tmp_path / "theme/templates/base.html"
    base.write_text(base.read_text("utf-8").replace("</body>", f"{line}</body>"), "utf-8")
    content = builds.copy_content(tmp_path)
    news = content / "news/2026-10-12-skills-contest.md"
    for words in ("一", "二"):
        news.write_text(f"{news.read_text('utf-8')}\n{words}。\n", "utf-8")
        builds.build(tmp_path / "output", config=config, content=content)


def test_why_a_file_was_made_is_told_in_words(tmp_path: Path) -> None:
    """Once by the build that made it, and later from memory."""
    config = builds.copy_theme(tmp_path)
    content = builds.copy_content(tmp_path)
    invoke = [sys.executable, "-m", "invoke", "--search-root", str(builds.ROOT)]
    options = ["--config", str(config), "--content", str(content), "--output", str(tmp_path / "o")]
    page = ["--explain", "2026/skills-contest.html"]
    first = builds.run([*invoke, "build", *options, *page])
    assert "全部从头生成" in first.stdout
    news = content / "news/2026-10-12-skills-contest.md"
    news.write_text(news.read_text("utf-8") + "\n又一段。\n", "utf-8")
    second = builds.run([*invoke, "build", *options, *page, "--timings"])
    assert "news/2026-10-12-skills-contest.md 的正文变了" in second.stdout
    assert "处理器时间" in second.stdout
    third = builds.run([*invoke, "build", *options, *page])
    assert "这次不用重新生成" in third.stdout
    assert "的正文变了" in third.stdout
    fourth = builds.run([*invoke, "build", *options, "--explain", "none.html"])
    assert "网站里没有 none.html 这个文件" in fourth.stdout
    columns = content / "columns.toml"
    columns.write_text(columns.read_text("utf-8").replace('name = "', 'name = "新', 1), "utf-8")
    path = ["--explain", str(tmp_path / "o/2026/skills-contest.html")]
    fifth = builds.run([*invoke, "build", *options, *path])
    assert "每一页都有的内容变了：栏目、页脚链接或者同义词\n" in fifth.stdout


def test_settings_that_build_into_one_folder_by_turns_each_get_their_own_site(
    tmp_path: Path,
) -> None:
    """What one of them left is not what the other would have made, though no file changed."""
    config = builds.copy_theme(tmp_path)
    other = tmp_path / "other.py"
    name = "SITE = SITE.model_copy(update={'name': '另一个总工会'})"
    other.write_text(f"{config.read_text('utf-8')}\n{name}\n", "utf-8")
    output = tmp_path / "output"
    sites = [_built_by(settings, output) for settings in (config, other) * 2]
    assert sites[0] != sites[1]
    assert sites[2:] == sites[:2]


@pytest.mark.parametrize("require_review", [False, True])
def test_a_site_that_has_to_be_reviewed_is_never_taken_as_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, require_review: bool
) -> None:
    """The evidence is in git, and may be gone while no file has changed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(builds.NOW))
    roster = builds.copy_content(tmp_path) / "reviewers.toml"
    roster.write_text('since = 2026-01-01\ndefault = "不要求"\nperson = []\n', "utf-8")
    config, output = builds.copy_theme(tmp_path), str(tmp_path / "output")
    update = f"SITE = SITE.model_copy(update={{'require_review': {require_review}}})"
    config.write_text(f"{config.read_text('utf-8')}\n{update}\n", "utf-8")
    builds.build(Path(output), config=config)
    seen = take_look(str(config), "", output, "")
    assert (seen.said is None) is require_review


def _built_by(config: Path, output: Path) -> dict[str, bytes]:
    builds.build(output, config=config)
    return builds.read_tree(output)


LISTENING_PLUGIN = """
from pathlib import Path
from types import SimpleNamespace
from pelican import signals

def mark(path, context):
    if path.endswith(".html"):
        file = Path(path)
        file.write_text(file.read_text("utf-8") + "<!-- 盖章 -->", "utf-8")

def register():
    signals.content_written.connect(mark)

PLUGINS = [*PLUGINS, SimpleNamespace(register=register, __name__="marking")]
"""


def test_a_plugin_that_works_on_written_files_still_does(tmp_path: Path) -> None:
    """Also on the second build, which finds nothing to do."""
    config = builds.copy_theme(tmp_path)
    config.write_text(config.read_text("utf-8") + LISTENING_PLUGIN, "utf-8")
    builds.build(tmp_path / "output", config=config)
    assert (tmp_path / "output/404.html").read_text("utf-8").endswith("<!-- 盖章 -->")
    said = builds.build(tmp_path / "output", config=config)
    assert "更新 0 个文件" in said
