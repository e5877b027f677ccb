"""Quick ways through front matter: what they pass over is not there."""

import re
from datetime import datetime, time

from hypothesis import given
from hypothesis import strategies as st

from policysite.model import front_matter, scalars
from policysite.model.scalars import Scalar
from policysite.model.values import CHINA, Notes, read_moment

WRITTEN = st.text(alphabet="甲a\"'\\ #:：-", max_size=12)


def unquoted(text: str) -> str:
    """Try both kinds of quotes, whatever the text begins with."""
    if match := scalars._DOUBLE.match(text):
        return re.sub(r"\\(.)", r"\1", match[1])
    match = scalars._SINGLE.match(text)
    return match[1].replace("''", "'") if match else text


@given(WRITTEN)
def test_only_what_begins_with_a_quote_is_quoted(text: str) -> None:
    assert scalars.unquoted(text) == unquoted(text)


@given(WRITTEN)
def test_only_what_has_a_colon_is_a_name_with_a_value(text: str) -> None:
    if front_matter._PAIR.match(text) or front_matter._LOOSE_PAIR.match(text):
        assert ":" in text or "：" in text


@given(st.datetimes(min_value=datetime(1949, 10, 1)), st.booleans())
def test_a_moment_written_as_it_should_be_is_no_matter(moment: datetime, is_timed: bool) -> None:
    notes = Notes()
    written = f"{moment:%Y-%m-%d %H:%M}" if is_timed else f"{moment:%Y-%m-%d}"
    at = moment.time().replace(second=0, microsecond=0) if is_timed else time()
    found = read_moment(Scalar(written, 1, 1), notes)
    assert found == datetime.combine(moment.date(), at, CHINA)
    assert not notes.found
