"""What our Markdown does differently from Python-Markdown's default, and why."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor, ReferenceProcessor
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneOListProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from policysite.text.inline import has_syntax, join_lines

_IDEOGRAPH = "\u3400-\u9fff"
_MASK = (
    r"(?<=[0-9])\*+(?=[0-9Xx])|(?<=[0-9])\*{3,}"
    # A name of the public list: Chinese, one or two asterisks, at most one more character.
    rf"|(?:(?<![{_IDEOGRAPH}*\w])|(?<=[和与及]))[{_IDEOGRAPH}]{{1,6}}\*{{1,2}}[{_IDEOGRAPH}]?"
    r"(?=[、，,；;。：:（）()\s和与及等]|$)"
)


class _SpacedHashHeader(HashHeaderProcessor):
    """Asks for a space after the number signs: `#号开头` is text (CommonMark agrees)."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \u3000](?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")


class _NestedOList(SaneOListProcessor):
    """Numbers lists only inside other lists; elsewhere the number is the author's and stays."""

    def test(self, parent: Element, block: str) -> bool:
        return parent.tag in ("li", "ol", "ul") and super().test(parent, block)


class _PlainReference(ReferenceProcessor):
    """Takes `[1]: …` for a link definition only if an address follows, not 见《工会法》."""

    RE = re.compile(
        r"^[ ]{0,3}\[([^\[\]]*)\]:[ ]*(?:\n[ ]*)?(<?(?:https?://|mailto:|/|\./|\.\./|#)[^\s]*)[ ]*"
        r"(?:\n[ ]*)?(([\"'])(.*)\4[ ]*|\((.*)\)[ ]*)?$",
        re.MULTILINE,
    )


class _Mask(InlineProcessor):
    """Keeps the asterisks that hide personal data: 138****1234, 张*三、李**."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, match: re.Match[str], data: str
    ) -> tuple[str, int, int]:
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
        for index, element in enumerate(list(root)):
            if element.tag == "p" and _only_images(element):
                figures = [_figure(child) for child in element]
                position = list(root).index(element)
                root.remove(element)
                for offset, figure in enumerate(figures):
                    root.insert(position + offset, figure)


def _only_images(paragraph: Element) -> bool:
    if (paragraph.text or "").strip() or not len(paragraph):
        return False
    return all(_image(child) is not None and not (child.tail or "").strip() for child in paragraph)


def _image(element: Element) -> Element | None:
    """Return the image that `element` is, or that it links."""
    if element.tag == "img":
        return element
    if element.tag == "a" and len(element) == 1 and element[0].tag == "img":
        if not (element.text or "").strip() and not (element[0].tail or "").strip():
            return element[0]
    return None


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
        blocks.register(_SpacedHashHeader(md.parser), "hashheader", 70)
        blocks.register(_NestedOList(md.parser), "olist", 40)
        blocks.register(_PlainReference(md.parser), "reference", 15)
        # After code (190), before links (160) and emphasis (60).
        md.inlinePatterns.register(_Mask(_MASK, md), "policysite_mask", 185)
        md.treeprocessors.register(_PlainText(md), "policysite_plain", 25)
        md.treeprocessors.register(_Figures(md), "policysite_figures", 7)
