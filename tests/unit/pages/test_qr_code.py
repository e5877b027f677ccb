"""QR codes: the quick way draws what segno draws."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policysite.pages.qr_code import draw_with_segno, qr

ASCII = st.characters(min_codepoint=0x21, max_codepoint=0x7E)


@given(st.text(ASCII, min_size=1, max_size=200))
@example("https://www.example.org/2026/a.html")
@example("HTTPS://WWW.EXAMPLE.ORG/2026")
@example("20261122")
@example("https://www.example.org/政策")
@example("https://www.example.org/a b")
def test_every_text_gets_the_code_that_segno_draws(text: str) -> None:
    assert qr(text) == draw_with_segno(text)


@pytest.mark.parametrize("length", range(24, 260))
def test_every_length_of_an_address_gets_the_code_that_segno_draws(length: int) -> None:
    address = ("https://www.example.org/" + "ab1/z-9." * 40)[:length]
    assert qr(address) == draw_with_segno(address)
