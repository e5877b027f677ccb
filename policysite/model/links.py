"""What a link, an image or an attachment in content/ may name, and where it is published."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from policysite.model.content import Content
from policysite.model.fields import STATUS_LABELS, ArticleFields, Status
from policysite.model.images import image_fault
from policysite.model.manuscript import AnyManuscript
from policysite.model.values import suggestion
from policysite.patterns import pattern
from policysite.problems import Problem, problem

LOCAL = pattern(
    r"file:|[a-z]:[\\/]|\\\\|https?://(?:localhost(?![.\w-])|127\.\d|10\.\d|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)",
    re.IGNORECASE,
)
"""Begins an address that works only on the machine or in the office of whoever wrote it."""

_ELSEWHERE = ("http://", "https://", "mailto:", "tel:", "data:")
# Pages that no manuscript stands behind.
_SITE_PAGES = ("/", "/archive/", "/library/", "/topics/", "/sitemap.html", "/feed.xml")


class Place(NamedTuple):
    """What links have to know of a manuscript."""

    source: str
    url: str
    status: Status


class Target(NamedTuple):
    """What a link names: its address, and the manuscript or the file behind it."""

    url: str
    manuscript: Place | None = None
    file: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything on the site that content may link to."""

    by_source: Mapping[str, Place]
    by_url: Mapping[str, Place]
    files: Collection[str]
    pages: Collection[str]

    @classmethod
    def of(cls, content: Content) -> Targets:
        """Collect what `content` offers."""
        places = [Place(m.source, m.url, m.status) for m in content.manuscripts]
        return cls(
            by_source={place.source: place for place in places},
            by_url={place.url: place for place in places},
            files=frozenset(content.files),
            pages=frozenset(_pages(content)),
        )

    def find(self, target: str, source: str) -> Target | None:
        """Return what `target`, written in the file `source`, names; None if nothing.

        A path counts from content/ with a leading slash, or from the file it is written in; the
        published address of a page is understood too.
        """
        if not target or target.startswith(_ELSEWHERE):
            return Target(target)
        path, mark, anchor = target.partition("#")
        if not path:
            return Target(target, self.by_source.get(source), anchor=anchor)
        path = unquote(path)
        suffix = mark + anchor
        for place in self._places(path, source):
            if manuscript := self.by_source.get(place):
                return Target(manuscript.url + suffix, manuscript, anchor=anchor)
            if place in self.files:
                return Target("/" + quote(place) + suffix, file=place)
        if path.startswith("/") and (manuscript := self.by_url.get(path)):
            return Target(path + suffix, manuscript, anchor=anchor)
        return Target(path + suffix, anchor=anchor) if path in self.pages else None

    def _places(self, path: str, source: str) -> Iterator[str]:
        yield path.lstrip("/")
        if not path.startswith("/"):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(source), path))

    def nearest(self, target: str, *, file: bool = False) -> str:
        """Return a hint at what may have been meant: a file only, or a page too."""
        name = unquote(target.partition("#")[0]).rsplit("/", 1)[-1]
        known = self.files if file else {*self.files, *self.by_source}
        names = {path.rsplit("/", 1)[-1]: path for path in sorted(known)}
        from difflib import get_close_matches  # most links lead somewhere

        near = get_close_matches(name, list(names), n=1, cutoff=0.6)
        return f"你是不是想写“/{names[near[0]]}”？" if near else "请核对名称和大小写。"


def _pages(content: Content) -> Iterator[str]:
    yield from _SITE_PAGES
    for column in content.columns:
        yield column.url
        if not column.is_page:
            yield f"{column.url}feed.xml"
    for year in {a.fields.date.year for a in content.articles if a.status is Status.PUBLISHED}:
        yield f"/archive/{year}/"


@dataclass(slots=True)
class Resolver:
    """Resolves the links of one manuscript while it is rendered, and remembers what they named."""

    targets: Targets
    manuscript: AnyManuscript
    used: dict[str, Target | None] = field(default_factory=dict)

    def __call__(self, target: str) -> str:
        """Return the address to publish for `target`; an unknown one is left as written."""
        found = self.targets.find(target, self.manuscript.source)
        self.used[target] = found
        return found.url if found else target

    @property
    def files(self) -> frozenset[str]:
        """The files under content/ that the body uses."""
        return frozenset(target.file for target in self.used.values() if target and target.file)

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for every link in the body that leads nowhere a reader can go."""
        for written, target in self.used.items():
            line = self._line(written)
            path = self.manuscript.path
            if LOCAL.match(written):
                yield problem("R413", path, line, target=written)
            elif not written:
                yield problem("R414", path, self._line("]()"))
            elif target is None:
                hint = self.targets.nearest(written)
                yield problem("R404", path, line, missing=written, suggestion=hint)
            elif target.manuscript and target.manuscript.status not in VISIBLE:
                status = STATUS_LABELS[target.manuscript.status]
                if self.manuscript.status in VISIBLE:
                    yield problem("R408", path, line, target=written, status=status)

    def _line(self, written: str) -> int:
        return line_of(self.manuscript, written)


VISIBLE = frozenset({Status.PUBLISHED, Status.HIDDEN})
"""The states in which readers can open an article."""


def line_of(manuscript: AnyManuscript, written: str) -> int:
    """Return the line of the file on which a piece of the body stands."""
    place = manuscript.body.find(written)
    return manuscript.body_line + manuscript.body.count("\n", 0, max(place, 0))


def _where_files_belong(target: str) -> str:
    """Return what to do where a field names a file that can be no file of this site."""
    if LOCAL.match(target):
        return "这是您的电脑上的位置；请把文件放进 content/attachments，图片放进 content/images，再写它在那里的路径。"
    if target.startswith(_ELSEWHERE):
        return "这里要写本站的文件；别的网站上的文件，请在正文里写链接。"
    right = target.replace("\\", "/")
    return f"路径里用 / 分开，不用 \\，例如 {right}。" if right != target else ""


def field_problems(
    manuscript: AnyManuscript,
    files: Mapping[str, Path],
    topics: Sequence[str],
    targets: Targets,
) -> Iterator[Problem]:
    """Yield a problem for every file or topic that the front matter names and that is not there."""
    fields = manuscript.fields
    wanted = [(ref.target, ref.line, ref.column) for ref in fields.attachments]
    if fields.image:
        wanted.append((fields.image, manuscript.lines["image"], 1))
    for target, line, column in wanted:
        if target not in targets.files:
            hint = _where_files_belong(target) or targets.nearest(target, file=True)
            yield problem("R401", manuscript.path, line, column, target=target, suggestion=hint)
    if fields.image in files and (fault := image_fault(files[fields.image])):
        yield problem(fault, manuscript.path, manuscript.lines["image"], target=fields.image)
    if isinstance(fields, ArticleFields):
        for topic in fields.topics:
            if topic.text not in topics:
                near = suggestion(topic.text, list(topics))
                yield problem(
                    "R403", manuscript.path, topic.line, topic.column,
                    value=topic.text, suggestion=near,
                )  # fmt: skip
