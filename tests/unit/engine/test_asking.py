"""What pieces ask of the world."""

from pathlib import Path

from policysite.engine.asking import Asking
from policysite.engine.looked import Files, FolderFiles
from policysite.engine.stamps import Folder
from policysite.engine.statements import read_statements, world_of
from policysite.engine.world import World
from tests.unit.making import NOW, SETTINGS, make_content, make_manuscript

SLUG = "welfare-measures"


def world_with(clause: str) -> World:
    """Return a world with one document, of one clause."""
    document = make_manuscript("发文字号: 示总工发〔2026〕12号", slug=SLUG, body=f"{clause} 略。\n")
    folder, _, name = document.source.rpartition("/")
    files = Files({f"{folder}/": FolderFiles(Folder(name, bytes(32)), bytes(16), 0)})
    stated, _ = read_statements(make_content(document), SETTINGS, NOW)
    return world_of(stated, SETTINGS, NOW, files, Path("images"))


def test_a_later_world_of_a_process_reads_the_clauses_of_its_own_documents() -> None:
    """Python gives the numbers of objects that are gone to new ones: nothing may be kept by them."""
    for number, han in enumerate("一二三四五六七八九" * 3):
        acts = Asking(world_with(f"第{han}条"), "news/a.md").documents().acts(SLUG)
        assert acts[0].ids == {f"t{number % 9 + 1}"}
