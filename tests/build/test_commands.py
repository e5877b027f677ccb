"""The commands by which a site is built: the task with its options, and Pelican's own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite

PELICAN = [sys.executable, "-m", "pelican"]
SETTINGS = ["-s", str(builds.GOOD_CONFIG)]


def test_the_pelican_command_builds_the_same_site(tmp_path: Path, good: BuiltSite) -> None:
    """Whoever knows Pelican needs nothing else."""
    output = tmp_path / "output"
    done = builds.run([*PELICAN, *SETTINGS, "-o", str(output), "--fatal", "warnings"])
    assert done.returncode == 0, done.stderr
    assert builds.read_tree(output) == builds.read_tree(good.root)


def test_the_pelican_command_refuses_broken_content(tmp_path: Path) -> None:
    """Exit status 1, every finding, no traceback, nothing written."""
    content = builds.copy_content(tmp_path)
    (content / "news/2026-11-21-broken.md").write_text(
        "---\n标题: 没有日期\n---\n\n正文。\n", "utf-8"
    )
    output = tmp_path / "output"
    done = builds.run([*PELICAN, str(content), *SETTINGS, "-o", str(output)])
    assert done.returncode == 1
    assert "content/news/2026-11-21-broken.md:1:1 [F201]" in done.stderr
    assert "网站没有更新" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not output.exists()


def test_a_good_build_says_one_line_and_warns_of_nothing(good: BuiltSite) -> None:
    """What is printed every time is read by nobody."""
    assert good.log == (
        f"网站已生成：11 篇文章，2 个固定页面；更新 {len(good.files)} 个文件，删除 0 个文件。\n"
    )


def test_options_name_content_output_and_settings_from_where_one_stands(
    tmp_path: Path, good: BuiltSite
) -> None:
    """Relative paths count from the working folder, as with any command."""
    builds.copy_content(tmp_path)
    done = builds.run_build("made/here", content="content", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert builds.read_tree(tmp_path / "made/here") == builds.read_tree(good.root)
    assert not (builds.GOOD / "made").exists()


def test_without_options_the_settings_file_decides(tmp_path: Path) -> None:
    """PATH and OUTPUT_PATH count from the file's own folder."""
    config = builds.copy_theme(tmp_path)
    builds.copy_content(tmp_path)
    done = builds.run_build(config=config)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output/index.html").is_file()


def test_the_published_settings_are_read_from_the_project_folder() -> None:
    """publishconf.py takes over pelicanconf.py, whichever command reads it."""
    done = builds.run([*PELICAN, "-s", "publishconf.py", "--print-settings", "SITEURL"])
    assert done.returncode == 0, done.stderr
    assert "https://www.example.org" in done.stdout


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("", "找不到设置文件"),
        ("SITE = (\n", ":1 写法不对"),
        ("PATH = '.'\n", "SITE = SiteSettings"),
        (
            "from policysite.settings import SiteSettings\n"
            "SITE = SiteSettings(name='甲乙', domain='https://x', description='丙')\n",
            "SITE 的 sponsor：没有写",
        ),
    ],
    ids=["没有文件", "语法错误", "没有SITE", "SITE不对"],
)
def test_faulty_settings_are_explained(tmp_path: Path, config: str, said: str) -> None:
    """In Chinese, without traceback, exit status 1."""
    path = tmp_path / "pelicanconf.py"
    if config:
        path.write_text(config, "utf-8")
    done = builds.run_build(tmp_path / "output", config=path)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "output").exists()


def test_a_content_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """Not taken for an empty site, which would remove everything published."""
    done = builds.run_build(tmp_path / "output", content=tmp_path / "nowhere")
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "output").exists()
