"""The theme at work."""

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, Template, UndefinedError
from markupsafe import Markup, escape
from pytest import raises

from policysite.build.look import ThemeTemplate, escaped

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
