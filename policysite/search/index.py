"""The files of the search index, below /search/.

`manifest.json` is the only one that is read anew each time; it names the folders of the segments.
A folder's name tells its content, so that browsers may keep its files for ever. What can change
without an article's text changing, that is, whether a document still holds, is in the manifest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from policysite.model.synonyms import forms_of
from policysite.pages.article import Article
from policysite.pages.site import Site
from policysite.relate.relations import LABELS
from policysite.relate.validity import ENDED, ENDING
from policysite.search.checked import MANIFEST_SEED, checked_json
from policysite.search.entries import FORMAT, Listed, Memo, make_entry, no_memo
from policysite.search.segments import pack_segment, split

FOLDER = "search"
MANIFEST = f"{FOLDER}/manifest.json"
PLAIN_STATE = "in-force"
"""The state that a 公文 has unless the manifest says otherwise."""
SUCCEEDED = 3
"""How many documents one may end to count as their successor."""
_ENDED_BY = frozenset(LABELS[kind][1] for kind in ENDING)


def plan_index(
    site: Site, memo: Memo = no_memo, entries: Sequence[Listed] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every file of the index; `memo` keeps what is costly to make.

    Only what is in lists is in the index: no draft, nothing hidden, withdrawn or yet to come.
    `entries` are those of `site.articles`, in their order, where they are made already.
    """
    if entries is None:
        forms = forms_of(site.synonyms)
        entries = [make_entry(article, forms, memo) for article in site.articles]
    # Days are all that a list of results tells; articles of one day keep their order.
    entries = sorted(entries, key=lambda entry: entry.day, reverse=True)
    segments = []
    for part in split(entries):
        segment = pack_segment(part, memo)
        segments.append(segment.about)
        for name, data in segment.files:
            yield f"{FOLDER}/{segment.name}/{name}", data
    manifest = {
        "version": FORMAT,
        "segments": segments,
        "synonyms": site.synonyms,
        "states": _states(site, entries),
        "successors": _successors(site, entries),
    }
    yield MANIFEST, checked_json(manifest, MANIFEST_SEED)


def _states(site: Site, entries: Sequence[Listed]) -> list[tuple[str, str, list[int]]]:
    """Return each state but `PLAIN_STATE`: its code, its name and the documents, as steps."""
    by_url = {article.url: article for article in site.articles}
    found: dict[tuple[str, str], list[int]] = {}
    for place, entry in enumerate(entries):
        state = by_url[entry.url].validity
        if state and state.code != PLAIN_STATE:
            found.setdefault((state.code, state.label), []).append(place)
    return [(*state, _steps(found[state])) for state in sorted(found)]


def _steps(places: Iterable[int]) -> list[int]:
    last = 0
    steps = []
    for place in places:
        steps.append(place - last)
        last = place
    return steps


def _successors(site: Site, entries: Sequence[Listed]) -> list[list[int]]:
    """Return each document that has ended, and those that took its place, which rank before it.

    A document that ended many others is a clean-up; it takes the place of none.
    """
    places = {entry.url: place for place, entry in enumerate(entries)}
    ended = [a for a in site.articles if a.validity and a.validity.code in ENDED]
    by = {article.slug: tuple(_ended_by(site, article)) for article in ended}
    ends = Counter(slug for slugs in by.values() for slug in slugs)
    found = []
    for article in ended:
        after = [s for s in by[article.slug] if ends[s] <= SUCCEEDED]
        if after:
            found.append([places[article.url], *(places[site.by_slug[s].url] for s in after)])
    return sorted(found)


def _ended_by(site: Site, article: Article) -> Iterator[str]:
    for group in site.relations.get(article.slug, ()):
        if group.label in _ENDED_BY:
            yield from group.slugs
