"""What a piece asks of the world while it is made: the answers become part of it.

Whoever looks something up in one of these tables asks without knowing it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from policysite.engine.world import Question, World
from policysite.model.images import UnreadableImage, is_drawing
from policysite.model.links import Target, Targets
from policysite.pages.pictures import Picture
from policysite.pages.proof import proof_manuscript
from policysite.relate.citations import Index
from policysite.text.clauses import Act, read_acts


class Asking:
    """The questions that one piece asks, with their answers.

    `made` are the pictures that its text shows, `damaged` the images that cannot be read.
    """

    def __init__(self, world: World, source: str) -> None:
        self.world = world
        self.source = source
        self.asked: dict[Question, object] = {}
        self.made: dict[str, Picture] = {}
        self.damaged: list[str] = []

    def ask(self, kind: str, name: object) -> None:
        """Note a question."""
        question = (kind, name)
        if question not in self.asked:
            self.asked[question] = self.world.answer(self.source, question)

    def targets(self) -> Targets:
        """Return everything that content may link to."""
        return _AskedTargets(self)

    def files(self) -> Mapping[str, Path]:
        """Return the files of the content."""
        return _AskedFiles(self)

    def pictures(self) -> Mapping[str, Picture]:
        """Return the pictures, each made when a text shows it."""
        return _AskedPictures(self)

    def documents(self) -> Index:
        """Return the documents that a text may cite."""
        world = self.world

        def acts(slug: str) -> tuple[Act, ...]:
            self.ask("acts", slug)
            return _acts(world, slug)

        known = world.index
        index = Index((), known.changes, acts)
        # Of what changes a document the answers to the other questions tell, see `World._told`.
        index.names = _AskedIndex("title", known.names, self)  # type: ignore[assignment]
        index.numbers = _AskedIndex("number", known.numbers, self)  # type: ignore[assignment]
        index.urls = _AskedIndex("address", known.urls, self)  # type: ignore[assignment]
        return index


class _AskedTargets(Targets):
    """Targets that note what was looked for."""

    __slots__ = ("asking",)
    asking: Asking

    def __init__(self, asking: Asking) -> None:
        known = asking.world.targets
        for name in ("by_source", "by_url", "files", "pages"):
            object.__setattr__(self, name, getattr(known, name))
        object.__setattr__(self, "asking", asking)

    def find(self, target: str, source: str) -> Target | None:
        self.asking.ask("link", target)
        return Targets.find(self, target, source)


class _AskedFiles(Mapping[str, Path]):
    """Files that note which of them were looked at."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.files = asking.world.content.files

    def __getitem__(self, name: str) -> Path:
        self.asking.ask("file", name)
        return self.files[name]

    def __contains__(self, name: object) -> bool:
        self.asking.ask("file", name)
        return name in self.files

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


class _AskedPictures(Mapping[str, Picture]):
    """Pictures, made when a text shows them."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.files = _AskedFiles(asking)

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, name: str) -> Picture:
        path = self.files[name]
        if is_drawing(name):
            raise KeyError(name)
        if name not in self.asking.made:
            from policysite.outputs.pictures import make_picture

            try:
                picture = make_picture(name, path, self.asking.world.cache)
            except UnreadableImage:
                self.asking.damaged.append(name)
                raise KeyError(name) from None
            self.asking.made[name] = picture
        return self.asking.made[name]


class _AskedIndex(Mapping[Any, Any]):
    """A table of the index of documents that notes what was looked up."""

    def __init__(self, kind: str, table: Mapping[Any, Any], asking: Asking) -> None:
        self.kind, self.table, self.asking = kind, table, asking

    def __getitem__(self, name: Any) -> Any:
        self.asking.ask(self.kind, name)
        return self.table[name]

    def __contains__(self, name: object) -> bool:
        self.asking.ask(self.kind, name)
        return name in self.table

    def __iter__(self) -> Iterator[Any]:
        return iter(self.table)

    def __len__(self) -> int:
        return len(self.table)


def _acts(world: World, slug: str) -> tuple[Act, ...]:
    """Return the acts in a document; where its links lead does not matter to them."""
    if slug not in world.acts:
        document = world.documents[slug].whole()
        proof, _ = proof_manuscript(document, world.targets, world.content.files, world.topics)
        world.acts[slug] = read_acts(proof.rendered.html)
    return world.acts[slug]
