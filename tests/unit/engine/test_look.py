"""The theme at work."""

from dataclasses import replace
from traceback import extract_tb

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, Template, UndefinedError
from markupsafe import Markup, escape
from pytest import raises

from policysite.engine.look import Look, ThemeTemplate, escaped
from policysite.environment import ROOT
from policysite.outputs.assets import Assets
from policysite.pages.head import plain_head
from policysite.pages.page import Page
from tests.unit.making import SETTINGS

TEMPLATES = {
    "macros.html": "{% macro greet(name) %}你好，{{ name }}{% endmacro %}",
    "page.html": "{% from 'macros.html' import greet %}{{ greet(name) }}",
}


def test_jinja_still_asks_a_template_for_its_macros_the_way_that_is_shortened() -> None:
    """The method is private to Jinja; another release may well rename it."""
    assert hasattr(Template, "_get_default_module")


def test_macros_are_imported_as_with_a_template_of_jinja() -> None:
    shown = []
    for template_class in (Template, ThemeTemplate):
        environment = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
        environment.template_class = template_class
        page = environment.get_template("page.html")
        shown.append([page.render(name="<甲>"), page.render(name="乙")])
    assert shown[0] == shown[1] == ["你好，&lt;甲&gt;", "你好，乙"]


@given(st.text(alphabet="工a&<>'\"; ") | st.integers() | st.none() | st.floats())
def test_what_a_page_shows_is_escaped_as_markupsafe_escapes_it(value: object) -> None:
    assert escaped(value) == str(escape(value))
    assert escaped(Markup(value)) == str(Markup(value))


def test_a_template_shows_what_a_template_of_jinja_shows() -> None:
    source = (
        "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{{ a }}{{ m(a) }}{{ m(m(a)) }}{{ a ~ m(b) }}"
        "{% set c %}{{ a }}{% endset %}{{ c }}{{ [a, b]|join('<') }}{{ a|upper }}{{ a|safe }}{{ 3 }}"
        "{% filter lower %}{{ a }}{% endfilter %}"
    )
    shown = []
    for template_class in (Template, ThemeTemplate):
        environment = Environment(autoescape=True, undefined=StrictUndefined)
        environment.template_class = template_class
        template = environment.from_string(source)
        shown.append(template.render(a="<甲> & '乙'", b=Markup("<i>")))
        with raises(UndefinedError):
            template.render(a="甲")
    assert shown[0] == shown[1]


def test_a_page_is_filled_as_jinja_would_fill_it() -> None:
    sources = {
        "page.html": "{% extends 'base.html' %}{% block main %}{{ title }}{{ SITE }}{% endblock %}",
        "base.html": "{{ head }}{% block main %}{% endblock %}{% for n in range(3) %}{{ n }}{% endfor %}",
    }
    environment = Environment(
        loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined
    )
    look = Look(ROOT / "theme", SETTINGS, environment, Assets({}, {}), b"", b"")
    look.context = {**environment.globals, "SITE": "工会"}
    head = plain_head(SETTINGS, "甲", "", "/a.html", "list")
    page = Page("a.html", "page", head, (), {"title": "<乙>"})
    by_jinja = environment.get_template("page.html").render(SITE="工会", head=head, title="<乙>")
    assert look.render(page) == by_jinja.encode()
    with raises(UndefinedError) as told:
        look.render(replace(page, values={}))
    places = [frame.filename for frame in extract_tb(told.value.__traceback__)]
    assert "<template>" in places  # Jinja shows the line of the template, not that of its code
