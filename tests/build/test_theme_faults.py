"""A theme with a fault in it: the place is named, and readers keep the site they had."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("article.html", "{{ artikel.title }}", "article.html"),
        ("macros/related.html", "{% for %}", "related.html"),
        ("sitemap.html", "{{ 'img/none.png'|asset }}", "img/none.png"),
    ],
    ids=["未定义的变量", "语法错误", "没有的素材"],
)
def test_a_template_error_leaves_the_site_as_it_was(
    tmp_path: Path, good: BuiltSite, template: str, line: str, said: str
) -> None:
    """Also when most pages were written already; the message names the place, not a stack."""
    config = builds.copy_theme(tmp_path)
    output = builds.copy_output(good, tmp_path)
    tree, times = builds.read_tree(output), builds.read_times(output)
    path = tmp_path / "theme" / "templates" / template
    path.write_text(
        path.read_text("utf-8")
        .replace("{% endblock %}", line + "{% endblock %}", 1)
        .replace("{%- endmacro -%}", line + "{%- endmacro -%}", 1),
        "utf-8",
    )
    done = builds.run_build(output, config=config)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert builds.read_tree(output) == tree
    assert builds.read_times(output) == times


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("static/js/search-engine/order.txt", b"terms.js", "search-engine/order.txt"),
        ("static/js/search-engine.js", b"export const a = 1;", "search-engine.js"),
        ("static/css/order.txt", b"tokens.css gone.css", "css/gone.css"),
        ("static/css/base.css", "/* 工会 */".encode("gbk"), "css/base.css 不是 UTF-8"),
        ("templates/macros/related.html", "工会".encode("gbk"), "related.html 不是 UTF-8"),
    ],
    ids=["漏了一段", "旁边另有一个", "没有的样式", "样式编码", "模板编码"],
)
def test_what_is_wrong_with_scripts_and_styles_is_said_in_chinese(
    tmp_path: Path, name: str, text: bytes, said: str
) -> None:
    config = builds.copy_theme(tmp_path)
    (tmp_path / "theme" / name).write_bytes(text)
    done = builds.run_build(tmp_path / "output", config=config)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "output").exists()
