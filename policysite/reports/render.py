"""Fills the templates of reports; a report is one file that can be sent by mail."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from policysite.pages.dates import date_cn

_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, values: Mapping[str, object]) -> str:
    """Return a report's HTML."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["date_cn"] = date_cn
    style = (_TEMPLATES / "report.css").read_text("utf-8")
    return environment.get_template(template).render(
        style=Markup(style),  # noqa: S704 -- our own file
        **values,
    )
