"""An edit of a few articles that changes nothing of what manuscripts state.

Then all that follows from their statements stands as the last build left it, and only what the
edited articles themselves show is made anew. Whatever is not plainly so is left to a whole build.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from policysite.engine.cards import Body
from policysite.engine.edited_site import edited_site
from policysite.engine.exchange import Edited, Exchange
from policysite.engine.kept_pieces import keep_pieces, piece_of, sealed
from policysite.engine.kept_site import Cards
from policysite.engine.linting import Linting
from policysite.engine.looked import Looked
from policysite.engine.manuscripts import (
    decode,
    encode,
    keep_reading,
    kept_reading,
    key_of,
    statement,
)
from policysite.engine.order import PICTURE_CACHE, Order
from policysite.engine.pieces import Piece, has_place, make_piece
from policysite.engine.relating import Relating
from policysite.engine.shelf import Shelf
from policysite.engine.standing import (
    Standing,
    Surroundings,
    cited_by,
    drop_standing,
    find_standing,
    keep_standing,
)
from policysite.engine.store import Store
from policysite.model.content import FILE_FOLDERS, Content, read_file
from policysite.model.fields import ArticleFields
from policysite.model.manuscript import Article
from policysite.pages.near import choose
from policysite.pages.site import Site
from policysite.problems import Problem
from policysite.settings import SiteSettings

MOST = 32
"""How many edited articles are worth looking whether they change anything else."""


class _Wider(Exception):
    """The edit may matter to more than what shows the article."""


@dataclass(slots=True)
class Revision:
    """What is to be published anew of an edit, and kept."""

    site: Site
    shelf: Shelf
    edited: list[Edited]
    problems: list[Problem]
    standing: Standing
    relating: Relating
    linting: Linting

    def keep_first(self, store: Store, looked: Looked) -> None:
        """Keep what pages are made from; the caller holds the transaction.

        What stands is forgotten until the end: after a kill in between it would hold no more.

        Raises:
            Disturbed: a file was changed meanwhile.

        """
        drop_standing(store)
        root = self.linting.content.root
        for each in self.edited:
            source = each.manuscript.source
            looked.files.make_sure(root, (source, *each.new.files))
            keep_reading(
                store, source, cast(bytes, key_of(root, looked.files, source)), each.reading
            )
            keep_pieces(store, [(source, sealed(each.made))])

    def keep_last(self, store: Store) -> None:
        """Keep the rest; the caller holds the transaction."""
        self.relating.save()
        self.linting.save()
        made = [each.new for each in self.edited]
        linked = {link.source for piece in made for link in piece.anchored}
        cited = self.standing.cited.union(*map(cited_by, made))
        keep_standing(
            store, self.standing._replace(cited=cited, linked=self.standing.linked | linked)
        )


def revise(
    order: Order,
    store: Store,
    settings: SiteSettings,
    key: bytes,
    looked: Looked,
    before: Looked | None,
    fetch: Callable[[str], Body],
) -> Revision | None:
    """Return what an edit comes to; None if a whole build has to find out.

    `key` is that of the theme and the settings, `fetch` gives the body of an article.
    """
    standing = find_standing(store)
    if order.needs_site or settings.require_review or standing is None or before is None:
        return None
    begin, end = standing.interval
    if standing.key != key or not begin <= order.now.timestamp() < end:
        return None
    sources = _edited(looked, before)
    if not sources:
        return None
    try:
        return _Desk(order, store, settings, looked, standing).revise(sources, fetch)
    except _Wider:
        return None


def _edited(looked: Looked, before: Looked) -> list[str]:
    """Return the texts that were edited; none if anything else changed too, or they are many."""
    changed = sorted(looked.files.differing(before.files))
    both = all(name in looked.files and name in before.files for name in changed)
    texts = all(n.endswith(".md") and n.split("/", 1)[0] not in FILE_FOLDERS for n in changed)
    return changed if both and texts and len(changed) <= MOST else []


class _Desk:
    """The edit and what surrounds it."""

    def __init__(
        self, order: Order, store: Store, settings: SiteSettings, looked: Looked, standing: Standing
    ) -> None:
        self.order, self.store, self.settings = order, store, settings
        self.looked, self.standing = looked, standing
        self.content = _content(order, looked, standing)
        self.around = Surroundings(store, self.content, looked.files, order.now)
        self.shelf = Shelf(store)
        self.exchange = Exchange(self.shelf)
        self.relating = Relating(store, {})

    def revise(self, sources: list[str], fetch: Callable[[str], Body]) -> Revision:
        world = self.around.world(self.settings, PICTURE_CACHE)
        edited = []
        for source in sources:
            manuscript, reading = self._read(source)
            old = piece_of(self.store, source)
            edited.append(Edited(manuscript, reading, old, make_piece(world, manuscript, old)))
        for each in edited:
            self._check(each)
        self._check_anchors({each.manuscript.source: each.new for each in edited})
        linting = Linting(self.store, self.content, self.looked.files)
        used = {each.manuscript.source: each.new.files for each in edited}
        terms = linting.renew(sources, used)
        problems = [*self.standing.problems, *terms, *linting.told()]
        fresh = {each.manuscript.source: each.new for each in edited if each.new.card}
        cards = Cards(self.store, self.content.columns, fetch, fresh)
        site = edited_site(
            self.settings, self.order.now, self.around, self.standing, self.shelf, cards
        )
        for each in edited:
            self.exchange.article(each, site)
        self._relate(edited, site)
        return Revision(site, self.shelf, edited, problems, self.standing, self.relating, linting)

    def _read(self, source: str) -> tuple[Article, bytes]:
        root, now = self.content.root, self.order.now
        column = self.content.columns.by_path.get(source.rpartition("/")[0])
        if column is None:
            raise _Wider
        reading = read_file(root / source, f"{self.content.shown}/{source}", source, column, now)
        value = encode(reading)
        manuscript, problems = decode(value, root, column, now)
        if problems or manuscript is None or not isinstance(manuscript.fields, ArticleFields):
            raise _Wider
        if statement(value) != statement(kept_reading(self.store, source)):
            raise _Wider
        return manuscript, value

    def _check(self, each: Edited) -> None:
        """Make sure that nothing but the article's own card and body can have changed."""
        old, new, manuscript = each.old, each.new, each.manuscript
        told = any(found.path == manuscript.path for found in self.standing.problems)
        others = (
            manuscript.slug in self.standing.cited,
            manuscript.source in self.standing.linked and old.anchors != new.anchors,
            (old.card is None) != (new.card is None),
            (old.vector is None) != (new.vector is None),
            old.pictures != new.pictures,
            old.files != new.files,
        )
        if told or old.problems or new.problems or any(others):
            raise _Wider

    def _check_anchors(self, fresh: Mapping[str, Piece]) -> None:
        for link in (link for piece in fresh.values() for link in piece.anchored):
            target = fresh.get(link.source) or piece_of(self.store, link.source)
            if not has_place(target, link.anchor):
                raise _Wider  # it will be told with all else

    def _relate(self, edited: list[Edited], site: Site) -> None:
        """Find the related articles anew where the words of the edited ones matter."""
        words = {
            each.manuscript.slug: each.new.vector
            for each in edited
            if each.new.vector is not None and each.new.vector != each.old.vector
        }
        if not words:
            return
        count = self.settings.related_count
        for slug, near in self.relating.revise(words, count).items():
            curated = self.standing.curated.get(slug, ())
            shown = {
                *near,
                *(s for s in curated if s in site.by_slug and site.by_slug[s].is_listed),
            }
            chosen = choose(slug, (*curated, *near), shown, self.standing.taken, count)
            self.exchange.entry("related", slug, chosen)


def _content(order: Order, looked: Looked, standing: Standing) -> Content:
    """Return the content without its manuscripts."""
    root = order.content
    names = sorted(looked.files.below(FILE_FOLDERS), key=lambda name: name.split("/"))
    files = {name: root / name for name in names}
    return Content(root, root.name, standing.table, (), (), (), files, standing.synonyms)
