"""A made-up act of the length of a law, for pages and searches that only length puts to the test."""

from __future__ import annotations

from itertools import count, product
from pathlib import Path

from policysite.text.numerals import to_chinese
