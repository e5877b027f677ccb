"""The examples that docs/rules.md and `explain` show: wrong ones are found, right ones are not."""

import pytest

from policysite.messages_examples import FIELD_EXAMPLES
from policysite.messages_text import TEXT_MESSAGES
from tests.unit.lint.linting import codes
from tests.unit.making import read

CODES = [code for code, message in TEXT_MESSAGES.items() if message.wrong]


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_example_is_wrong_in_this_way_only(code: str) -> None:
    assert set(codes(TEXT_MESSAGES[code].wrong)) == {code}


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_wrong_with_the_right_example(code: str) -> None:
    assert codes(TEXT_MESSAGES[code].right) == []


@pytest.mark.parametrize("code", FIELD_EXAMPLES)
def test_the_examples_of_fields_are_wrong_and_right(code: str) -> None:
    wrong, right = FIELD_EXAMPLES[code]
    assert code in {found.code for found in read(wrong)[1]}
    assert [str(found) for found in read(right)[1]] == []
