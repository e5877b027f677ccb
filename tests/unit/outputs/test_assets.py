"""Style sheets, scripts and pictures under names that tell their content."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from policysite.outputs.assets import NotUtf8, UnknownAsset, WrongOrder, read_assets


@pytest.fixture
def static(tmp_path: Path) -> Path:
    files = {
        "css/order.txt": "tokens.css\nbase.css\n",
        "css/base.css": "/* 基本 */\nbody {\n  margin: 0;\n}\n",
        "css/tokens.css": ":root { --red: #b00; }\n",
        "css/home.css": ".home { gap: 0; }\n",
        "js/reading.js": "'use strict';\n",
        "img/logo.svg": "<svg/>\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_the_style_sheets_become_one_in_the_given_order_without_comments(static: Path) -> None:
    assets = read_assets(static, "#9d1119")
    data = assets.files[assets.url("css/site.css").removeprefix("/")]
    sheets = ":root{--red: #b00}body{margin: 0}\n"
    assert data.decode() == "@layer tokens{:root{--site-colour: #9d1119}}" + sheets


def test_what_stands_in_quotes_keeps_its_spaces(static: Path) -> None:
    (static / "css" / "print.css").write_text('a { content: "— ; {" counter(page) " —" }', "utf-8")
    assets = read_assets(static, "#9d1119")
    own = assets.files[assets.url("css/print.css").removeprefix("/")]
    assert own.decode() == 'a{content: "— ; {" counter(page) " —"}\n'


def test_the_style_sheets_take_the_colour_of_the_site(static: Path) -> None:
    other = read_assets(static, "#003366")
    data = other.files[other.url("css/site.css").removeprefix("/")]
    assert b"--site-colour: #003366" in data


def test_a_style_sheet_that_the_order_does_not_name_is_a_file_of_its_own(static: Path) -> None:
    (static / "css" / "library.css").write_text(".library { color: red }", "utf-8")
    assets = read_assets(static, "#9d1119")
    own = assets.files[assets.url("css/library.css").removeprefix("/")]
    assert own == b".library{color: red}\n"


def test_a_name_tells_the_content(static: Path) -> None:
    assets = read_assets(static, "#9d1119")
    digest = sha256(b"<svg/>\n").hexdigest()[:8]
    assert assets.url("img/logo.svg") == f"/assets/logo.{digest}.svg"
    assert assets.files[f"assets/logo.{digest}.svg"] == b"<svg/>\n"


def test_another_content_has_another_name_and_the_rest_keep_theirs(static: Path) -> None:
    before = read_assets(static, "#9d1119").urls
    (static / "js/reading.js").write_text("'use strict'; run();\n", "utf-8")
    after = read_assets(static, "#9d1119").urls
    assert {name for name in before if before[name] != after[name]} == {"js/reading.js"}


def test_the_order_of_style_sheets_is_part_of_their_name(static: Path) -> None:
    before = read_assets(static, "#9d1119").url("css/site.css")
    (static / "css/order.txt").write_text("base.css\ntokens.css\n", "utf-8")
    assert read_assets(static, "#9d1119").url("css/site.css") != before


def test_a_style_sheet_outside_the_order_is_a_file_of_its_own(static: Path) -> None:
    assets = read_assets(static, "#9d1119")
    assert re.fullmatch(r"/assets/home\.[0-9a-f]{8}\.css", assets.url("css/home.css"))
    assert b"home" not in assets.files[assets.url("css/site.css").removeprefix("/")]


def test_every_address_has_its_file_and_nothing_else_is_published(static: Path) -> None:
    assets = read_assets(static, "#9d1119")
    assert {url.removeprefix("/") for url in assets.urls.values()} == set(assets.files)
    assert set(assets.urls) == {"css/site.css", "css/home.css", "js/reading.js", "img/logo.svg"}


def test_a_file_that_the_theme_does_not_have_is_named(static: Path) -> None:
    with pytest.raises(UnknownAsset, match=r"img/logo\.png"):
        read_assets(static, "#9d1119").url("img/logo.png")


def test_a_script_names_other_assets_and_is_renamed_with_them(static: Path) -> None:
    (static / "js" / "box.js").write_text('import("js/engine.js");\n', "utf-8")
    (static / "js" / "engine.js").write_text("export const a = 1;\n", "utf-8")
    (static / "js" / "reading.js").write_text('import("js/box.js"); f("css/home.css")\n', "utf-8")
    before = read_assets(static, "#9d1119")
    (static / "js" / "engine.js").write_text("export const a = 2;\n", "utf-8")
    after = read_assets(static, "#9d1119")
    for assets in (before, after):
        text = assets.files[assets.url("js/reading.js").removeprefix("/")].decode()
        assert text == f'import("{assets.url("js/box.js")}"); f("{assets.url("css/home.css")}")\n'
    assert before.url("js/reading.js") != after.url("js/reading.js")
    assert before.url("css/home.css") == after.url("css/home.css")


def test_a_script_that_names_what_is_not_there_stops_the_build(static: Path) -> None:
    (static / "js" / "reading.js").write_text('import("js/gone.js");\n', "utf-8")
    with pytest.raises(UnknownAsset, match="gone"):
        read_assets(static, "#9d1119")


def test_a_script_is_published_without_what_only_people_need(static: Path) -> None:
    text = '// Why.\n\nconst a = "//x"; // kept\nif (a) {\n  // What for.\n  f();\n}\n'
    (static / "js" / "reading.js").write_text(text, "utf-8")
    assets = read_assets(static, "#9d1119")
    data = assets.files[assets.url("js/reading.js").removeprefix("/")]
    assert data.decode() == 'const a = "//x"; // kept\nif (a) {\nf();\n}\n'


@pytest.fixture
def engine(static: Path) -> Path:
    """Return the folder of a script in two parts."""
    folder = static / "js" / "engine"
    folder.mkdir()
    (folder / "terms.js").write_text("// Why.\nconst A = 1;\n", "utf-8")
    (folder / "answers.js").write_text('export const a = [A, "js/reading.js"];\n', "utf-8")
    (folder / "order.txt").write_text("terms.js\nanswers.js\n", "utf-8")
    return folder


def test_a_script_in_parts_is_published_as_one(static: Path, engine: Path) -> None:
    before = read_assets(static, "#9d1119")
    text = before.files[before.url("js/engine.js").removeprefix("/")].decode()
    assert text == f'const A = 1;\nexport const a = [A, "{before.url("js/reading.js")}"];\n'
    assert [name for name in before.urls if "engine" in name] == ["js/engine.js"]
    (engine / "terms.js").write_text("const A = 2;\n", "utf-8")
    assert read_assets(static, "#9d1119").url("js/engine.js") != before.url("js/engine.js")


@pytest.mark.parametrize(
    "order",
    ["", "terms.js", "terms.js answers.js more.js", "terms.js terms.js answers.js"],
    ids=["empty", "one left out", "one not there", "one twice"],
)
def test_an_order_that_is_not_that_of_the_parts_stops_the_build(
    static: Path, engine: Path, order: str
) -> None:
    (engine / "order.txt").write_text(order, "utf-8")
    with pytest.raises(WrongOrder, match="js/engine"):
        read_assets(static, "#9d1119")


@pytest.mark.parametrize("name", ["engine.js", "engine/more/terms.js"])
def test_a_script_that_the_parts_would_hide_stops_the_build(
    static: Path, engine: Path, name: str
) -> None:
    """As one that a newer version of the theme has divided, and somebody had changed."""
    path = engine.parent / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("export const a = 3;\n", "utf-8")
    with pytest.raises(WrongOrder, match="js/engine"):
        read_assets(static, "#9d1119")


def test_what_other_programs_leave_behind_is_no_part(static: Path, engine: Path) -> None:
    before = read_assets(static, "#9d1119")
    for name in (".DS_Store", "._terms.js", "terms.js~"):
        (engine / name).write_bytes(b"\0\xff")
    order = engine / "order.txt"
    order.write_text(f"\ufeff{order.read_text('utf-8')}", "utf-8", newline="\r\n")
    assert read_assets(static, "#9d1119") == before


@pytest.mark.parametrize("name", ["css/order.txt", "css/base.css", "js/reading.js"])
def test_a_text_in_another_encoding_is_named(static: Path, name: str) -> None:
    (static / name).write_bytes("/* 工会 */".encode("gbk"))
    with pytest.raises(NotUtf8, match=name):
        read_assets(static, "#9d1119")


def test_an_order_elsewhere_takes_nothing_away(static: Path) -> None:
    (static / "img" / "order.txt").write_text("", "utf-8")
    assert "img/logo.svg" in read_assets(static, "#9d1119").urls


def test_an_order_that_names_a_sheet_that_is_not_there_names_it(static: Path) -> None:
    (static / "css/order.txt").write_text("tokens.css gone.css", "utf-8")
    with pytest.raises(UnknownAsset, match=r"css/gone\.css"):
        read_assets(static, "#9d1119")
