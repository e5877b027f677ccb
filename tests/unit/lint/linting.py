"""A body to its findings, as the rules say them."""

from policysite.lint.rules import lint
from policysite.lint.term_tables import common_terms
from policysite.problems import Problem

HEAD = "---\n标题: 关于做好送清凉工作的通知\n发布日期: 2026-03-15\n---\n\n"
BODY_LINE = 6


def problems(body: str) -> list[Problem]:
    """Return what is wrong with a body, or with a whole file if it has front matter."""
    source = body if body.startswith("---") else HEAD + body
    return sorted(lint(source, "content/a.md", common_terms()))


def codes(body: str) -> list[str]:
    """Return the codes of what is wrong, in the order of the text."""
    return [found.code for found in problems(body)]


def marked(body: str) -> list[tuple[str, str]]:
    """Return each code with the words that it points at."""
    lines = (body if body.startswith("---") else HEAD + body).split("\n")
    return [
        (found.code, lines[found.line - 1][found.column - 1 : found.end_column - 1])
        for found in problems(body)
    ]
