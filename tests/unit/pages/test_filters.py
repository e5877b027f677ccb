"""The filters of templates."""

import re

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup

from policysite.pages.filters import FILTERS, wbr
from policysite.pages.qr_code import qr


def test_a_title_may_break_between_words_and_stays_the_same_text() -> None:
    title = "关于做好2026年送清凉工作的通知"
    found = wbr(title)
    assert isinstance(found, Markup)
    assert "<wbr>" in found
    assert found.replace("<wbr>", "") == title


def test_no_line_of_a_title_ends_with_an_opening_mark_or_begins_with_a_closing_one() -> None:
    lines = wbr("关于印发《某某办法（2024年修订）》的通知（试行）").split("<wbr>")
    assert not [line for line in lines if line[-1] in "《（"]
    assert not [line for line in lines if line[0] in "》）的"]


def test_a_title_is_escaped_between_its_breaks() -> None:
    assert wbr("甲<b>乙").replace("<wbr>", "") == "甲&lt;b&gt;乙"


def test_an_empty_title_stays_empty() -> None:
    assert wbr("") == ""


def test_a_qr_code_is_a_drawing_that_scales_and_has_a_name() -> None:
    found = qr("https://www.example.org/2026/a.html")
    assert found.startswith("<svg")
    assert "<title>二维码</title>" in found
    assert re.search(r'viewBox="0 0 \d+ \d+"', found)
    assert not re.search(r"<svg[^>]* width=", found)


def test_one_address_has_one_qr_code() -> None:
    assert qr("https://www.example.org/") == qr("https://www.example.org/")
    assert qr("https://www.example.org/") != qr("https://www.example.org/a")


def test_templates_have_the_filters_they_are_promised() -> None:
    assert {"date_cn", "date_iso", "datetime_iso", "wbr", "qr"} <= FILTERS.keys()


def test_a_partial_that_is_the_same_everywhere_is_rendered_once() -> None:
    count: list[int] = []
    loader = FunctionLoader(lambda name: "{{ SITE }}{{ count.append(1) or '' }}")
    environment = Environment(loader=loader, autoescape=True)
    environment.filters.update(FILTERS)
    environment.globals["count"] = count
    page = environment.from_string("{{ 'footer'|once }} {{ title }}")
    values = {"SITE": "<甲>", "NAV": (), "FOOTER_LINKS": (), "LIBRARY": None}
    assert page.render(values, title="一") == "&lt;甲&gt; 一"
    assert page.render(values, title="二") == "&lt;甲&gt; 二"
    assert len(count) == 1
    assert page.render({**values, "SITE": "乙"}, title="三") == "乙 三"
    assert len(count) == 2
