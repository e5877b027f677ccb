"""All pieces brought up to date: those that still hold are kept, all others made, on all cores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from policysite.engine.kept_pieces import Sealed, forget_pieces, keep_pieces, pieces_of, sealed
from policysite.engine.pieces import (
    Piece,
    has_place,
    load_for_pieces,
    make_piece,
    slim,
    still_holds,
)
from policysite.engine.standing import cited_by
from policysite.engine.store import Store, unseal
from policysite.engine.world import World
from policysite.model.manuscript import AnyManuscript
from policysite.pages.proof import dead_anchor
from policysite.pool import WORTH_IT, spread
from policysite.problems import Problem, errors
from policysite.progress import stage
from policysite.relate import words

_AT_ONCE = 64
"""How many pieces are written together; one by one takes twice as long."""


class Renewed(NamedTuple):
    """All pieces, made `slim`, by their paths in content/, and the slugs of what they cite.

    `disturbed` are files that were changed while they were read.
    """

    pieces: dict[str, Piece]
    cited: set[str]
    disturbed: list[str]

    def take(self, source: str, piece: Piece) -> None:
        """Add a piece."""
        self.pieces[source] = slim(piece)
        self.cited.update(cited_by(piece))


def renew_pieces(store: Store, world: World) -> Renewed:
    """Return the pieces of all manuscripts, and keep those made anew.

    Raises:
        Disturbed: a file was changed while it was read.

    """
    renewed = Renewed({}, set(), [])
    with stage("核对稿件"):
        kept = pieces_of(store)
        stale = []
        for manuscript in world.content.manuscripts:
            value = kept.pop(manuscript.source, None)
            piece = Piece(*unseal(value)) if value else None
            if piece and still_holds(world, piece, manuscript):
                renewed.take(manuscript.source, piece)
            else:
                stale.append(manuscript)
    with store.transaction():
        forget_pieces(store, kept)
        _make(store, world, stale, renewed)
    world.files.make_sure(world.content.root, renewed.disturbed)
    return renewed


def _make(store: Store, world: World, stale: Sequence[AnyManuscript], renewed: Renewed) -> None:
    """Make pieces; what is sound is kept, whatever becomes of this run: its key tells it."""
    sound: list[tuple[str, Sealed]] = []
    load = partial(load_for_pieces, world.settings)
    if len(stale) >= WORTH_IT:
        # Texts are looked through and titles cut with the same dictionary: the processes of three
        # stages share the one that is loaded here.
        words.load()
    made = spread(lambda m: sealed(make_piece(world, m)), stale, "排版稿件", load)
    for manuscript, each in zip(stale, made, strict=True):
        piece = Piece(*unseal(each[0]))
        renewed.take(manuscript.source, piece)
        read = (manuscript.source, *piece.files)
        disturbed = world.files.changed_since(world.content.root, read)
        renewed.disturbed.extend(disturbed)
        if disturbed or errors(piece.problems):
            forget_pieces(store, [manuscript.source])
            continue
        sound.append((manuscript.source, each))
        if len(sound) == _AT_ONCE:
            keep_pieces(store, sound)
            sound.clear()
    keep_pieces(store, sound)


def problems_of(world: World, pieces: Mapping[str, Piece]) -> Iterator[Problem]:
    """Yield what is wrong with the pieces, and links to places that are not there."""
    paths = {m.source: m.path for m in world.content.manuscripts}
    for source, piece in pieces.items():
        yield from piece.problems
        for link in piece.anchored:
            if not has_place(pieces[link.source], link.anchor):
                yield dead_anchor(paths[source], link)
