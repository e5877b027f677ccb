"""References to clauses, such as 本办法第十二条第二款, become links to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from policysite.patterns import pattern
from policysite.text.clauses import CLAUSE, Act, series_of
from policysite.text.numerals import NUMERALS, to_int
from policysite.text.passages import Link, Passage, Passages, placed
from policysite.text.roles import ACT_TITLE

_NUMBER = f"[{NUMERALS}0-9０-９]+"
# 第十二条之一第二款第（三）项; after another one also 第三款 or 第四项 alone. No 第一条路.
_STEP = pattern(
    rf"(?P<clause>第(?P<number>{_NUMBER})条(?![款件例线路])(?:之(?P<inserted>{_NUMBER}))?)?"
    rf"(?:第(?P<paragraph>{_NUMBER})款)?"
    rf"(?P<itemed>第(?:[（(](?P<bracketed>{_NUMBER})[）)]|(?P<item>{_NUMBER}))项)?"
)
_JOINT = pattern(r"(?:、|，|和|以及|及|与|或者|或|至|到)(?=第)")
_START = pattern(rf"第{_NUMBER}条|本条(?=第{_NUMBER}款)")
# What is worth a look; the number that a 条 begins with is not.
_CANDIDATE = pattern(rf"第{_NUMBER}(?:条(?!(?:之{_NUMBER})?</strong>)|款)")
_HERE = "本条"

_KINDS = "办法|条例|规定|细则|章程|规则|规程|准则|守则|通则|制度|方案|意见|决定|决议|通知|公约|标准|指引|解释|法"
# 本办法, 本实施细则; but no 基本法, whose first character belongs to 本.
_OWN = pattern(rf"(?<![基日版样成文课原])本(?P<kind>[\u4e00-\u9fff]{{0,4}}?(?:{_KINDS}))的?$")
_KIND = pattern(rf"(?:{_KINDS})$")
# What a number of this act alone may stand after: 违反第十条的, （一）有第九条所列情形的.
_BARE = pattern(
    r"(?:^|[。；，、：（\s]|违反|依照|按照|根据|依据|符合|适用|参照|通过|属于|执行|[有除但因和与及或对经依按])$"
)
_STOP = pattern(r"[。；！？\n]")
# 将第五条修改为: such a sentence speaks of another text, which it changes.
_AMENDED = pattern(
    r"(?:规定)?(?:修改|修订|改为|删除|删去|增加|增补|调整|合并|移至|移作|作为第|中的?[“增删]|后增)"
)
_LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class Reference:
    """One clause that a text names: where in the text, and its numbers; 0 where there is none.

    A 款 alone (第三条第一款、第二款) has the number of the 条 before it. `ends` tells where the
    words for 条, 款 and 项 end.
    """

    start: int
    number: tuple[int, int]
    paragraph: int
    item: int
    ends: tuple[int, int, int]


def read_references(text: str, start: int, number: tuple[int, int] = (0, 0)) -> list[Reference]:
    """Return the references that follow one another from `start` on: 第三条第一款、第二款和第五条.

    `number` is the 条 that a first 款 without one belongs to.
    """
    found: list[Reference] = []
    while step := _STEP.match(text, start):
        if not step[0] or (not step["clause"] and number == (0, 0)):
            break
        try:
            if step["clause"]:
                number = (to_int(step["number"]), to_int(step["inserted"] or "0"))
            paragraph = to_int(step["paragraph"] or "0")
            item = to_int(step["bracketed"] or step["item"] or "0")
        except ValueError:
            break
        ends = (step.end("clause"), step.end("paragraph") + 1, step.end())
        found.append(Reference(start, number, paragraph, item, ends))
        joint = _JOINT.match(text, step.end())
        start = joint.end() if joint else len(text)
    return found


def locate(reference: Reference, act: Act) -> Link | None:
    """Return the link to a clause of `act`, with #id for its address; None if it has none such.

    Where the 条 is there but not the 款 or 项, the words for the 条 alone are linked.
    """
    clause = act.clause(*reference.number)
    if not clause:
        return None
    name, end = clause, reference.ends[0]
    if reference.paragraph and (found := act.paragraph(clause, reference.paragraph)):
        name, end = found, reference.ends[1]
    if reference.item and (found := act.item(clause, reference.paragraph, reference.item)):
        name, end = found, reference.ends[2]
    return Link(reference.start, end, f"#{name}") if end > reference.start else None


def link_references(html: str, acts: Sequence[Act], title: str = "") -> str:
    """Link the references in a published text to its own clauses, those of `acts`.

    Only what must be meant is linked: 本办法第十二条, or a bare 第十二条 inside the act in a
    sentence that names no other one. `title` is the document's, for an act without its own.
    """
    if not acts or not _CANDIDATE.search(html):
        return html
    passages = Passages(html)
    links: list[Link] = []
    for passage in passages.holding(match.start() for match in _CANDIDATE.finditer(html)):
        reader = _Reader(passage, acts, title, _clause_at(html, passage.start))
        links += placed(passage, reader.links())
    return passages.linked(links)


def _clause_at(html: str, position: int) -> str:
    """Return the id of the clause that `position` stands in; nothing outside of the acts."""
    start = html.rfind(CLAUSE, 0, position)
    # An annex has its own order, a title begins another act, 落款 ends them all.
    if start < 0 or any(html.find(end, start, position) > 0 for end in _ENDS):
        return ""
    return html[start + len(CLAUSE) : html.index('"', start + len(CLAUSE))]


_ENDS = (f'class="{ACT_TITLE}"', ' id="fj', '<p class="signature"')


class _Reader:
    """Reads the references of one passage, which stands in `clause`."""

    def __init__(self, passage: Passage, acts: Sequence[Act], title: str, clause: str) -> None:
        self.passage = passage
        self.acts = acts
        self.title = title
        self.clause = clause
        series = series_of(clause)
        self.act = next((act for act in acts if act.series == series), None) if clause else None

    def links(self) -> list[Link]:
        """Return the links of the passage by their places in its text."""
        text, position, foreign = self.passage.text, 0, 0
        links: list[Link] = []
        while start := _START.search(text, position):
            is_here = start[0] == _HERE
            begin = start.end() if is_here else start.start()
            references = read_references(text, begin, self._here() if is_here else (0, 0))
            position = max([start.end(), *(reference.ends[2] for reference in references)])
            act = self.act if is_here else self._meant(begin, position, foreign)
            if act is None:
                foreign = position
            elif not self.passage.is_quoted(begin):
                found = (locate(reference, act) for reference in references)
                links += [link for link in found if link and link.url != f"#{self.clause}"]
        return links

    def _here(self) -> tuple[int, int]:
        """Return the number of the clause that the passage stands in."""
        found = re.match(r"t([0-9]+)(?:z([0-9]+))?", self.clause)
        return (int(found[1]), int(found[2] or 0)) if found else (0, 0)

    def _meant(self, start: int, end: int, foreign: int) -> Act | None:
        """Return the act whose clauses are named from `start` to `end`, None if it is not ours.

        The last ones that were not ours ended at `foreign`.
        """
        text = self.passage.text
        before = text[max(0, start - _LOOK_BACK) : start]
        if own := _OWN.search(before):
            return self._named(own["kind"])
        if not self.passage.opening.startswith("<p") or not _BARE.search(before):
            return None
        if _AMENDED.match(text, end):
            return None
        stops = [stop.end() for stop in _STOP.finditer(text, 0, start)]
        sentence = stops[-1] if stops else 0
        is_alone = sentence >= foreign and "《" not in text[sentence:start]
        return self.act if is_alone else None

    def _named(self, kind: str) -> Act | None:
        """Return the act that calls itself 本办法 here."""
        likely = [self.act] if self.act else self.acts
        found = [act for act in likely if _agree(kind, act.title or self.title)]
        return found[0] if len(found) == 1 else None


@lru_cache(maxsize=512)
def _agree(kind: str, title: str) -> bool:
    """Tell whether an act may call itself so: 实施办法 is a 办法, but no 法."""
    title = _VERSION.sub("", title)
    if _ISSUES.search(title):
        kinds = {_last(name) for name in re.findall("[《〈]([^《〈》〉]+)[》〉]", title)}
    else:
        kinds = {_last(title)}
    return _last(kind) in kinds or kinds <= {""}


def _last(name: str) -> str:
    found = _KIND.search(_VERSION.sub("", name))
    return found[0] if found else ""


# 《…办法（试行）》, and what only issues another text.
_VERSION = pattern(r"（[^（）]*）$")
_ISSUES = pattern("(?:通知|公告|决定|命令|令|批复|函)$")
