"""The look of paragraphs and runs, with what they inherit from styles (ECMA-376 §17.7.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policysite.importing.package import W

# Word's built-in heading styles have these ids whatever the language shows.
_OFF = {"0", "false", "off", "none"}


class Styles:
    """The styles of a document; every look is a flat mapping of property name to value."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default: dict[str, str] = {}
        self._normal = ""
        if root is None:
            return
        for defaults in root.iter(f"{W}rPrDefault", f"{W}pPrDefault"):
            self._default |= look(defaults.find(f"{W}rPr")) | look(defaults.find(f"{W}pPr"))
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self._normal = name

    def paragraph(self, properties: Any) -> dict[str, str]:
        """Return the look of a paragraph and of its runs before their own properties."""
        return self._default | self.style(_style(properties) or self._normal) | look(properties)

    def run(self, paragraph: Mapping[str, str], properties: Any) -> dict[str, str]:
        """Return the look of a run in a paragraph."""
        style = "" if properties is None else _value(properties.find(f"{W}rStyle"))
        return {**paragraph, **self.style(style), **look(properties)}

    def style(self, name: str) -> dict[str, str]:
        """Return the look of a style, with that of the styles it is based on."""
        found: dict[str, str] = {}
        for style in reversed([*self._lineage(name)]):
            found |= look(style.find(f"{W}pPr")) | look(style.find(f"{W}rPr"))
            found["style"] = _value(style.find(f"{W}name")).lower()
        return found

    def _lineage(self, name: str) -> Iterator[Any]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name].find(f"{W}basedOn"))


def look(properties: Any) -> dict[str, str]:
    """Return the properties (w:pPr or w:rPr) that matter here, as names and values."""
    found: dict[str, str] = {}
    for child in properties if properties is not None else ():
        if not isinstance(child.tag, str):
            continue
        name = child.tag.removeprefix(W)
        if name in ("b", "vanish", "strike", "dstrike"):
            found[name] = "" if child.get(f"{W}val", "1").lower() in _OFF else "1"
        elif name in ("sz", "color", "jc", "outlineLvl", "vertAlign"):
            found[name] = child.get(f"{W}val", "")
        elif name == "rFonts" and (font := child.get(f"{W}eastAsia")):
            found["font"] = font
        elif name == "numPr":
            found |= {
                key: _value(child.find(f"{W}{key}"))
                for key in ("numId", "ilvl")
                if child.find(f"{W}{key}") is not None
            }
    return found


def _style(properties: Any) -> str:
    return "" if properties is None else _value(properties.find(f"{W}pStyle"))


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{W}val", ""))
