"""What our Markdown does differently from Python-Markdown's default, and why."""

# mypy: allow-subclassing-any
# Python-Markdown ships no types.

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor, ReferenceProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from policysite.text.inline import MASK, has_syntax, join_lines


class _NestedHeading(HashHeaderProcessor):
    """Sets headings inside lists and quotations in bold: they have no place in the outline.

    Asks for a space after the number signs: `#号开头` is text, as in CommonMark.
    """

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \u3000](?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        heading = parent[-1]
        heading.tag = "p"
        SubElement(heading, "strong").text = heading.text
        heading.text = None


class _PlainReference(ReferenceProcessor):
    """Takes `[1]: …` for a link definition only if an address follows, not 见《工会法》."""

    RE = re.compile(
        r"^[ ]{0,3}\[([^\[\]]*)\]:[ ]*(?:\n[ ]*)?(<?(?:https?://|mailto:|/|\./|\.\./|#)[^\s]*)[ ]*"
        r"(?:\n[ ]*)?(([\"'])(.*)\4[ ]*|\((.*)\)[ ]*)?$",
        re.MULTILINE,
    )


class _Mask(InlineProcessor):
    """Keeps the asterisks that hide personal data: 138****1234, 张*三、李**."""

    def handleMatch(  # noqa: N802
        self, match: re.Match[str], data: str
    ) -> tuple[str, int, int] | tuple[None, None, None]:
        """Return the mask itself, which the parser then puts aside as finished text."""
        stars = match["digits"] or match["name"]
        same = re.compile(rf"(?<!\*)\*{{{len(stars)}}}(?!\*)")
        # As many asterisks are waiting to be closed: **2026年计划：先进单位**.
        if len(same.findall(data, 0, match.start())) % 2:
            return None, None, None
        return match[0], match.start(), match.end()


class _PlainText(Treeprocessor):
    """Joins lines between Chinese characters; spares text without syntax the inline patterns."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not isinstance(element.text, AtomicString):
                element.text = _prepared(element.text)
            if element.tail and not isinstance(element.tail, AtomicString):
                element.tail = _prepared(element.tail)


def _prepared(text: str) -> str:
    text = join_lines(text)
    return text if has_syntax(text) else AtomicString(text)


class _Figures(Treeprocessor):
    """Makes figures of paragraphs that hold nothing but images."""

    def run(self, root: Element) -> None:
        for paragraph in [child for child in root if child.tag == "p" and _only_images(child)]:
            position = list(root).index(paragraph)
            root[position : position + 1] = [_figure(child) for child in paragraph]


def _only_images(paragraph: Element) -> bool:
    if not len(paragraph) or _is_text(paragraph.text):
        return False
    return all(_image(child) is not None and not _is_text(child.tail) for child in paragraph)


def _image(element: Element) -> Element | None:
    """Return the image that `element` is, or that it links."""
    if element.tag == "a" and len(element) == 1:
        if _is_text(element.text) or _is_text(element[0].tail):
            return None
        element = element[0]
    return element if element.tag == "img" else None


def _is_text(text: str | None) -> bool:
    return bool(text and text.strip())


def _figure(content: Element) -> Element:
    figure = Element("figure")
    content.tail = None
    figure.append(content)
    figure.tail = "\n"
    image = _image(content)
    title = image.attrib.pop("title", None) if image is not None else None
    if title:
        SubElement(figure, "figcaption").text = AtomicString(title)
    return figure


class DialectExtension(Extension):
    """Registers the differences."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Replace and remove processors of the default parser."""
        blocks = md.parser.blockprocessors
        # Four spaces are an author's idea of a paragraph indent, not code; fences are for code.
        blocks.deregister("code")
        # A line of --- under text is a rule to editors, never a heading.
        blocks.deregister("setextheader")
        blocks.register(_NestedHeading(md.parser), "hashheader", 70)
        # Numbers are the author's: an <ol> would count for itself.
        blocks.deregister("olist")
        blocks.register(_PlainReference(md.parser), "reference", 15)
        # After code (190), before links (160) and emphasis (60).
        md.inlinePatterns.register(_Mask(MASK, md), "policysite_mask", 185)
        md.treeprocessors.register(_PlainText(md), "policysite_plain", 25)
        md.treeprocessors.register(_Figures(md), "policysite_figures", 7)
