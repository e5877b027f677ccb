"""The theme at work."""

from jinja2 import DictLoader, Environment, Template

from policysite.build.look import MacroTemplate

TEMPLATES = {
    "macros.html": "{% macro greet(name) %}你好，{{ name }}{% endmacro %}",
    "page.html": "{% from 'macros.html' import greet %}{{ greet(name) }}",
}


def test_jinja_still_asks_a_template_for_its_macros_the_way_that_is_shortened() -> None:
    """The method is private to Jinja; another release may well rename it."""
    assert hasattr(Template, "_get_default_module")


def test_macros_are_imported_as_with_a_template_of_jinja() -> None:
    shown = []
    for template_class in (Template, MacroTemplate):
        environment = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
        environment.template_class = template_class
        page = environment.get_template("page.html")
        shown.append([page.render(name="<甲>"), page.render(name="乙")])
    assert shown[0] == shown[1] == ["你好，&lt;甲&gt;", "你好，乙"]
