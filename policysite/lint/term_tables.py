"""What a list of terms may hold, and what is wrong with one in plain words."""

from __future__ import annotations

import tomllib
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policysite.lint.terms import FaultyTerms


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Term(_Row):
    kind: Literal["错别字", "禁用", "慎用", "称谓"]
    wrong: list[str] = Field(min_length=1)
    right: str = ""
    reason: str = Field(min_length=1)
    # "except" is a word of Python's.
    exceptions: list[str] = Field(default=[], alias="except")


class _Allowed(_Row):
    word: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class _Phone(_Row):
    number: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class File(_Row):
    """A whole list."""

    term: list[_Term] = []
    allow: list[_Allowed] = []
    phone: list[_Phone] = []


def read_file(text: str) -> File:
    """Return what a list holds.

    Raises:
        FaultyTerms: it is no TOML, or not of the form that docs/editing.md gives.

    """
    try:
        return File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise FaultyTerms(f"不符合 TOML 的写法（{error}）") from error
    except ValidationError as error:
        raise FaultyTerms(
            "；".join(_fault(fault["loc"], fault["type"]) for fault in error.errors())
        ) from error


_FAULTS = {
    "missing": "没有写",
    "extra_forbidden": "没有这一项",
    "literal_error": "只能是错别字、禁用、慎用、称谓",
}


def _fault(place: tuple[int | str, ...], kind: str) -> str:
    """Return one fault, such as 第2个 [[term]] 的 reason：没有写."""
    table, *rest = place
    number = f"第{rest[0] + 1}个 " if rest and isinstance(rest[0], int) else ""
    key = f" 的 {rest[1]}" if len(rest) > 1 else ""
    return f"{number}[[{table}]]{key}：{_FAULTS.get(kind, '内容的类型不对')}"
