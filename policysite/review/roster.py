"""content/reviewers.toml: who may review (审校名册), and what each column asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from policysite.model.columns import Column, Columns
from policysite.model.content import ROSTER
from policysite.model.tables import BadTable, parse_table
from policysite.problems import Problem, problem

REVIEWS = ("初审", "复审", "终审")
PROOF = "校对"
STEPS = (*REVIEWS, PROOF)

Step = Literal["初审", "复审", "终审", "校对"]
Scheme = Literal["三审三校", "一审一校", "不要求"]


@dataclass(frozen=True, slots=True)
class Demand:
    """What one article needs: these reviews, each by another person, and this many proofs."""

    reviews: tuple[str, ...]
    proofs: int


DEMANDS: Mapping[str, Demand] = {
    "三审三校": Demand(REVIEWS, 3),
    # Routine items of grass-roots columns: the one who decides, after one proof.
    "一审一校": Demand(("终审",), 1),
    "不要求": Demand((), 0),
}


class Person(BaseModel):
    """Someone on the roster; `key` is the public SSH key that signs their commits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    email: Annotated[str, BeforeValidator(str.lower), Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    roles: tuple[Step, ...] = Field(min_length=1)
    key: str = Field(default="", pattern=r"^(?:(?:ssh|ecdsa|sk-)\S+ [A-Za-z0-9+/=]+(?: .*)?)?$")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    since: date
    default: Scheme = "三审三校"
    signed: bool = False
    columns: dict[str, Scheme] = {}
    person: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster; without a file nothing is asked for. `since` is the first 发布日期 it is for."""

    people: Mapping[str, Person] = field(default_factory=dict)
    since: date = date.max
    default: str = "不要求"
    columns: Mapping[str, str] = field(default_factory=dict)
    is_signed: bool = False

    def demand(self, column: Column, published: date) -> Demand:
        """Return what an article of a column needs; a child without its own has its parent's."""
        if published < self.since:
            return DEMANDS["不要求"]
        parent = self.columns.get(column.parent_path, self.default)
        return DEMANDS[self.columns.get(column.path, parent)]

    def named(self, step: str) -> tuple[Person, ...]:
        """Return who may take a step."""
        return tuple(person for person in self.people.values() if step in person.roles)


def read_roster(root: Path, columns: Columns) -> tuple[Roster, list[Problem]]:
    """Read the roster of a content folder; every fault of it is told at once."""
    path, shown = root / ROSTER, f"{root.name}/{ROSTER}"
    if not path.is_file():
        return Roster(), []
    try:
        text = path.read_text("utf-8-sig")
        table = _Table.model_validate(parse_table(text))
    except UnicodeDecodeError:
        return Roster(), [problem("F110", shown)]
    except BadTable as error:
        return Roster(), [problem("A108", shown, error.line, reason=error.reason)]
    except ValidationError as error:
        return Roster(), [*_faults(error, text, shown)]
    people = {person.email: person for person in table.person}
    roster = Roster(people, table.since, table.default, table.columns, table.signed)
    return roster, [*_contradictions(roster, table, columns, text, shown)]


def _contradictions(
    roster: Roster, table: _Table, columns: Columns, text: str, shown: str
) -> Iterator[Problem]:
    for path in table.columns:
        if path not in columns.by_path:
            yield _fault(shown, text, path, f"没有“{path}”这个栏目")
    seen: set[str] = set()
    for person in table.person:
        if person.email in seen:
            yield _fault(shown, text, person.email, f"{person.email} 写了两次")
        if roster.is_signed and not person.key:
            yield _fault(
                shown, text, person.email, f"要求签名时，{person.name}要写 key（签名公钥）"
            )
        seen.add(person.email)
    schemes = {table.default, *table.columns.values()}
    needed = dict.fromkeys(step for scheme in schemes for step in DEMANDS[scheme].reviews)
    for step in [*needed, *([PROOF] if schemes - {"不要求"} else [])]:
        if not roster.named(step):
            yield _fault(shown, text, "default", f"名册里没有人有“{step}”这个角色")


_REASONS = {
    "missing": "没有写",
    "extra_forbidden": "没有这一项",
    "string_too_short": "没有内容",
    "too_short": "至少写一项",
    "date_from_datetime_parsing": "要写成 2026-12-01 这样的日期，不带引号",
    "date_type": "要写成 2026-12-01 这样的日期，不带引号",
    "bool_type": "要写成 true 或 false",
    "bool_parsing": "要写成 true 或 false",
    "string_type": "要写成英文双引号里的文字",
    "tuple_type": '要写成 ["初审", "校对"] 这样的列表',
}
_FORMS = {"email": "不是电子邮箱地址", "key": "要写一行 SSH 公钥，例如 ssh-ed25519 AAAA…"}


def _faults(error: ValidationError, text: str, shown: str) -> Iterator[Problem]:
    for fault in error.errors():
        names = [step for step in fault["loc"] if isinstance(step, str)]
        name = names[-1] if names else ""
        yield _fault(shown, text, name, f"“{name}”{_reason(name, fault)}")


def _reason(name: str, fault: Any) -> str:
    if fault["type"] == "literal_error":
        choices = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return f"没有“{fault['input']}”，可以写：{choices.replace(', ', '、')}"
    if fault["type"] == "string_pattern_mismatch":
        return _FORMS[name]
    return _REASONS.get(fault["type"], "写法不对")


def _fault(shown: str, text: str, word: str, reason: str) -> Problem:
    found = re.search(rf"^.*{re.escape(word)}", text, re.MULTILINE | re.IGNORECASE)
    line = text.count("\n", 0, found.start()) + 1 if found and word else 1
    return problem("A108", shown, line, reason=reason)
