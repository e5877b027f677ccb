"""Writes the corpus as the source of a site: ours, Hugo's and stock Pelican's, equal in features.

Every site has article pages with neighbours and related articles, lists of the columns of both
levels, a home page, a feed and a sitemap, at the same addresses wherever a generator allows.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from policysite.tools.bench.corpus import COLUMNS, Entry

_HERE = Path(__file__).parent
_PLAIN = "-plain"
_WITHOUT = """
# Without what the other generators do not make.
SITE = SITE.model_copy(
    update=dict.fromkeys(("related_by_text", "search", "open_data", "share"), False)
)
"""
_TYPES = {"policies": "政策文件", "news": "工作动态", "notices": "工作动态", "study": "其他"}


def article_file(entry: Entry) -> str:
    """Return the path of an article under content/, the same in every site."""
    return f"content/{entry.column}/{entry.date:%Y-%m-%d}-{entry.slug}.md"


def write_site(kind: str, folder: Path, entries: Iterable[Entry]) -> None:
    """Write the source of a `kind` of site, see `KINDS`, into an empty folder."""
    shutil.copytree(_HERE / "peers" / kind.removesuffix(_PLAIN), folder, dirs_exist_ok=True)
    if kind.endswith(_PLAIN):
        with (folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
            settings.write(_WITHOUT)
    (folder / "content" / "pages").mkdir(parents=True, exist_ok=True)
    for column in COLUMNS:
        for leaf in COLUMNS[column][1]:
            (folder / "content" / column / leaf).mkdir(parents=True)
    for name, text in _COLUMN_FILES[kind]():
        (folder / name).write_text(text, "utf-8")
    for entry in entries:
        write_article(kind, folder, entry)


def write_article(kind: str, folder: Path, entry: Entry) -> None:
    """Write one article, over the one that is there."""
    text = f"{KINDS[kind](entry)}\n{entry.body}"
    (folder / article_file(entry)).write_text(text, "utf-8")


def _our_front(entry: Entry) -> str:
    lines = [f"标题: {entry.title}", f"发布日期: {entry.date:%Y-%m-%d %H:%M}", "关键词:"]
    lines += [f"  - {word}" for word in entry.keywords]
    for label, value in entry.record:
        lines += [f"{label}:", f"  - {value}"] if label == "发文机关" else [f"{label}: {value}"]
    return "\n".join(("---", *lines, "---", ""))


def _hugo_front(entry: Entry) -> str:
    lines = [f'title: "{entry.title}"', f"date: {entry.date:%Y-%m-%dT%H:%M}:00+08:00"]
    lines += [f"url: {entry.url}", f"keywords: [{', '.join(entry.keywords)}]"]
    lines += [f'{label}: "{value}"' for label, value in entry.record]
    return "\n".join(("---", *lines, "---", ""))


def _pelican_front(entry: Entry) -> str:
    lines = [f"Title: {entry.title}", f"Date: {entry.date:%Y-%m-%d %H:%M}", f"Slug: {entry.slug}"]
    lines += [f"Category: {entry.column}", f"Tags: {', '.join(entry.keywords)}"]
    names = {"发文字号": "Doc_number", "发文机关": "Issuer", "文种": "Doc_type"}
    lines += [f"{names[label]}: {value}" for label, value in entry.record if label in names]
    return "\n".join((*lines, ""))


def _our_columns() -> Iterator[tuple[str, str]]:
    lines = []
    for slug, (name, leaves) in COLUMNS.items():
        lines += ["[[column]]", *_our_column(slug, name, slug)]
        for leaf, title in leaves.items():
            lines += ["[[column.child]]", *_our_column(leaf, title, slug), "home = 5"]
    yield "content/columns.toml", "\n".join(lines) + "\n"


def _our_column(slug: str, name: str, top: str) -> tuple[str, ...]:
    about = f'description = "{name}。"', f'keywords = ["{name}"]', f'type = "{_TYPES[top]}"'
    return f'slug = "{slug}"', f'name = "{name}"', *about


def _hugo_columns() -> Iterator[tuple[str, str]]:
    for slug, (name, leaves) in COLUMNS.items():
        yield f"content/{slug}/_index.md", f'---\ntitle: "{name}"\n---\n'
        for leaf, title in leaves.items():
            yield f"content/{slug}/{leaf}/_index.md", f'---\ntitle: "{title}"\n---\n'


def _pelican_columns() -> Iterator[tuple[str, str]]:
    names = {slug: name for slug, (name, _) in COLUMNS.items()}
    for slug, (_, leaves) in COLUMNS.items():
        names |= {f"{slug}/{leaf}": title for leaf, title in leaves.items()}
    yield "columns.py", f"NAMES = {names!r}\n"


KINDS: Mapping[str, Callable[[Entry], str]] = {
    "policysite": _our_front,
    "policysite-plain": _our_front,
    "hugo": _hugo_front,
    "pelican": _pelican_front,
}
_COLUMN_FILES: Mapping[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "policysite": _our_columns,
    "policysite-plain": _our_columns,
    "hugo": _hugo_columns,
    "pelican": _pelican_columns,
}
