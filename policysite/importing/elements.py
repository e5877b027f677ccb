"""What single elements of Word's XML say (ECMA-376 part 1, 17; part 3, 10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policysite.importing.package import W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

DELETED = {f"{W}{name}" for name in ("del", "moveFrom", "delText", "delInstrText", "instrText")}
REVISIONS = [f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")]


def present(element: Any) -> Iterator[Any]:
    """Yield the descendants of a drawing in the form that today's Word shows; none of a text box."""
    for child in element:
        if not isinstance(child.tag, str) or is_fallback(child):
            continue
        yield child
        if child.tag != f"{W}txbxContent":
            yield from present(child)


def is_fallback(element: Any) -> bool:
    """Tell whether another form of the same thing stands beside this one, for newer programs."""
    return element.tag == f"{MC}Fallback" and element.getparent().find(f"{MC}Choice") is not None


def is_contents(element: Any) -> bool:
    """Tell whether this is the table of contents that Word made."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def is_deleted(element: Any, properties: str, mark: str) -> bool:
    """Tell whether a row or a cell was deleted, whose words need not bear a mark of their own."""
    return element.find(f"{W}{properties}/{W}{mark}") is not None


def spans(item: Any) -> tuple[int, str]:
    """Return over how many columns a cell goes, and `vMerge`: how it goes on over rows, or nothing."""
    properties = item.find(f"{W}tcPr")
    if properties is None:
        return 1, ""
    span, merge = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
    width = span.get(f"{W}val", "1") if span is not None else "1"
    kind = "" if merge is None else merge.get(f"{W}val", "continue")
    return (int(width) if width.isdigit() and 0 < int(width) < 1000 else 1), kind
