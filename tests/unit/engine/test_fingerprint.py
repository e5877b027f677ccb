"""Whatever the program and the theme are made of counts."""

from pathlib import Path

from policysite.engine.fingerprint import digest_tree


def test_a_file_in_a_linked_folder_counts(tmp_path: Path) -> None:
    theme, elsewhere = tmp_path / "theme", tmp_path / "elsewhere"
    theme.mkdir()
    elsewhere.mkdir()
    (elsewhere / "a.html").write_text("甲", "utf-8")
    (theme / "partials").symlink_to(elsewhere)
    (theme / "back").symlink_to(tmp_path)
    before = digest_tree(theme)
    (elsewhere / "a.html").write_text("乙", "utf-8")
    assert digest_tree(theme) != before
