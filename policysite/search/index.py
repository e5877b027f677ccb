"""The files of the search index, below /search/.

`manifest.json` is the only one that is read anew each time; it names all others, so that browsers
may keep those for ever. What can change without an article's text changing, that is, whether a
document still holds, is in the manifest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from policysite.model.synonyms import forms_of
from policysite.pages.selection import Searched, searched
from policysite.pages.site import Site
from policysite.relate.relations import LABELS
from policysite.relate.validity import ENDED, ENDING
from policysite.search.checked import MANIFEST_SEED, checked_json
from policysite.search.entries import FORMAT, Listed, make_entry
from policysite.search.kept import Kept, Notes
from policysite.search.packed import File
from policysite.search.packing import pack_segment
from policysite.search.segments import split

FOLDER = "search"
MANIFEST = f"{FOLDER}/manifest.json"
PLAIN_STATE = "in-force"
"""The state that a 公文 has unless the manifest says otherwise."""
SUCCEEDED = 3
"""How many documents one may end to count as their successor."""
_ENDED_BY = frozenset(LABELS[kind][1] for kind in ENDING)


def plan_index(
    site: Site, kept: Kept | None = None, entries: Sequence[Listed] | None = None
) -> Iterator[File]:
    """Yield every file of the index; `kept` has what was made of it before.

    Only what is in lists is in the index: no draft, nothing hidden, withdrawn or yet to come.
    `entries` are those of `site.articles`, in their order, where they are made already.
    """
    kept = kept or Notes()
    if entries is None:
        forms = forms_of(site.synonyms)
        entries = [make_entry(article, forms) for article in site.articles]
    # Days are all that a list of results tells; articles of one day keep their order.
    ordered = sorted(zip(entries, searched(site.articles), strict=True),
                     key=lambda both: both[0].day, reverse=True)  # fmt: skip
    articles = [article for _, article in ordered]
    segments = []
    for part in split([entry for entry, _ in ordered]):
        segment = pack_segment(part, kept)
        segments.append(segment.about())
        for file in segment.files(kept):
            yield file._replace(name=f"{FOLDER}/{file.name}")
    manifest = {
        "version": FORMAT,
        "segments": segments,
        "synonyms": site.synonyms,
        "states": _states(articles),
        "successors": _successors(site, articles),
    }
    data = checked_json(manifest, MANIFEST_SEED)
    yield File(MANIFEST, blake2b(data).digest(), lambda: data)


def _states(articles: Sequence[Searched]) -> list[tuple[str, str, list[int]]]:
    """Return each state but `PLAIN_STATE`: its code, its name and the documents, as steps."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, article in enumerate(articles):
        if article.state and article.state[0] != PLAIN_STATE:
            found.setdefault(article.state, []).append(place)
    return [(*state, _steps(found[state])) for state in sorted(found)]


def _steps(places: Iterable[int]) -> list[int]:
    last = 0
    steps = []
    for place in places:
        steps.append(place - last)
        last = place
    return steps


def _successors(site: Site, articles: Sequence[Searched]) -> list[list[int]]:
    """Return each document that has ended, and those that took its place, which rank before it.

    A document that ended many others is a clean-up; it takes the place of none.
    """
    places = {article.slug: place for place, article in enumerate(articles)}
    ended = [a.slug for a in articles if a.state and a.state[0] in ENDED]
    by = {slug: tuple(_ended_by(site, slug)) for slug in ended}
    ends = Counter(slug for slugs in by.values() for slug in slugs)
    found = []
    for slug in ended:
        after = [s for s in by[slug] if ends[s] <= SUCCEEDED]
        if after:
            found.append([places[slug], *(places[s] for s in after)])
    return sorted(found)


def _ended_by(site: Site, slug: str) -> Iterator[str]:
    for group in site.relations.get(slug, ()):
        if group.label in _ENDED_BY:
            yield from group.slugs
