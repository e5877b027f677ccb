"""The rules by which the pages of one old site are read: a TOML file of XPaths."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from lxml import etree
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from policysite.files import reason_of
from policysite.importing.blocks import CannotImport
from policysite.model.tables import BadTable, parse_table


def _check_xpath(value: str) -> str:
    try:
        etree.XPath(value)
    except etree.XPathSyntaxError:
        raise ValueError(f"“{value}”不是 XPath") from None
    return value


_XPath = Annotated[str, AfterValidator(lambda value: _check_xpath(value) if value else value)]


class Places(BaseModel):
    """Where on a page things stand; an empty one is not looked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: _XPath = Field(min_length=1)
    body: _XPath = Field(min_length=1)
    date: _XPath = Field(min_length=1)
    source: _XPath = ""
    author: _XPath = ""
    column: _XPath = ""
    remove: tuple[_XPath, ...] = ()


class SiteRules(BaseModel):
    """All rules of one old site.

    `site` is its address; `pages` are patterns of the files to import; `columns` maps the words
    at `xpath.column`, or the beginning of a page's address, to a column of ours.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    site: str = Field(pattern=r"^https?://[^/\s]+/?$")
    encoding: str = ""
    pages: tuple[str, ...] = ("**/*.html", "**/*.htm", "**/*.shtml")
    xpath: Places
    columns: Mapping[str, str] = Field(min_length=1)

    def column_of(self, address: str, words: str) -> str:
        """Return the column of a page by its address, then by its words; the longest rule first."""
        keys = sorted(self.columns, key=len, reverse=True)
        by_address = (key for key in keys if key.startswith("/") and address.startswith(key))
        by_words = (key for key in keys if words.startswith(key))
        return self.columns.get(next(by_address, "") or next(by_words, ""), "")


def read_rules(path: Path) -> SiteRules:
    """Read a file of rules.

    Raises:
        CannotImport: it is missing or wrong; everything wrong is told at once.

    """
    try:
        return SiteRules.model_validate(parse_table(path.read_text("utf-8-sig")))
    except OSError as error:
        raise CannotImport(f"{path} 打不开（{reason_of(error)}）。") from None
    except UnicodeDecodeError:
        raise CannotImport(f"{path} 不是 UTF-8 编码。请另存为 UTF-8。") from None
    except BadTable as error:
        raise CannotImport(f"{path}:{error.line} {error.reason}。") from None
    except ValidationError as error:
        raise CannotImport("\n".join(_faults(path, error))) from None


_REASONS = {
    "missing": "没有写",
    "extra_forbidden": "没有这一项",
    "string_type": "要写成英文双引号里的文字",
    "string_too_short": "没有内容",
    "too_short": "至少写一项",
    "tuple_type": '要写成 ["甲", "乙"] 这样的列表',
    "string_pattern_mismatch": "要写成 https://old.example.org 这样的网址",
}


def _faults(path: Path, error: ValidationError) -> list[str]:
    return [
        f"{path} 的 {'.'.join(map(str, fault['loc']))}：{_reason(fault)}。"
        for fault in error.errors()
    ]


def _reason(fault: Any) -> str:
    if fault["type"] == "value_error":
        return str(fault["msg"]).removeprefix("Value error, ")
    return _REASONS.get(fault["type"], "写法不对")
