"""Ways into the build: from Pelican, from our own commands, from a preview that runs on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment

from policysite.engine.fingerprint import digest, digest_tree
from policysite.engine.look import Look
from policysite.engine.looked import Disturbed
from policysite.engine.order import Order, Outcome
from policysite.engine.quick import NOT_SEEN, program_for, store_of
from policysite.engine.recovery import leave, verify
from policysite.engine.store import Damaged, Store, discard, open_store
from policysite.engine.work import Bench
from policysite.outputs.assets import Assets, read_assets
from policysite.progress import stages
from policysite.relate import words
from policysite.settings import SiteSettings
from policysite.writer import alone, staging_folder

_ASSETS = "assets"
_ATTEMPTS = 8
"""How often a build begins anew because somebody saves while it reads."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and all that its templates may ask for; `environment` gets the store for its own.

    `written` is told of each file that was written, and may change it, before it is published.
    """

    path: Path
    settings: SiteSettings
    environment: Callable[[Store], Environment]
    context: Mapping[str, Any]
    written: Callable[[Path], None] | None = None

    def given(self) -> bytes:
        """Return a digest of all that its templates are given for every page."""
        said = sorted((name, repr(value)) for name, value in self.context.items())
        return digest(repr(self.settings).encode(), repr(said).encode())


def build_site(order: Order, theme: Theme) -> Outcome:
    """Build once; a store that turns out to be damaged is thrown away, and all is made again.

    Raises:
        BrokenContent: the content has errors, which have been told; nothing was published.
        Busy: another build does not come to its end.
        Disturbed: the content is changed all the time.

    """
    stages.clear()
    with alone(order.output):
        try:
            return _build_undisturbed(order, theme)
        finally:  # what was collected when the disk was full would keep it so
            shutil.rmtree(staging_folder(order.output), ignore_errors=True)


def _build_undisturbed(order: Order, theme: Theme) -> Outcome:
    for _ in range(_ATTEMPTS):
        try:
            return _build_anyway(order, theme)
        except Disturbed as error:
            disturbed = error
            order = replace(order, seen=NOT_SEEN)
    raise disturbed


def _build_anyway(order: Order, theme: Theme) -> Outcome:
    path = store_of(order.output)
    try:
        return _build(order, theme, path)
    except Damaged:
        discard(path)
        return _build(order, theme, path)


def _build(order: Order, theme: Theme, path: Path) -> Outcome:
    store = open_store(path, program_for(order.output))
    try:
        verify(store)
        files = digest_tree(theme.path)
        environment = theme.environment(store)
        assets = _assets(store, theme, files)
        look = Look(theme.path, theme.settings, environment, assets, files, theme.given())
        look.written = theme.written
        return _run(Bench(order, store, look, theme.context))
    finally:
        words.remember({})  # not in the store any longer
        leave(store)


def _assets(store: Store, theme: Theme, files: bytes) -> Assets:
    """Return the theme's assets, which are kept as long as its `files` and the colour are the same."""
    key = digest(files, theme.settings.colour.encode())
    kept = store.meta(_ASSETS)
    if kept and kept[0] == key:
        return Assets(*kept[1:])
    assets = read_assets(theme.path / "static", theme.settings.colour)
    if digest_tree(theme.path) == files:  # nobody has saved one of them meanwhile
        store.put_meta(_ASSETS, (key, assets.urls, assets.files))
    return assets


def _run(bench: Bench) -> Outcome:
    try:
        return bench.run()
    except (OSError, ValueError, LookupError):
        # What cannot be may come of a text that was changed, or taken away, while it was read.
        bench.files.make_sure(bench.order.content, [*bench.files])
        raise
