"""Patterns that are compiled when they are first used."""

import pkgutil
import re
from importlib import import_module

import policysite
from policysite.patterns import pattern


def test_a_pattern_answers_as_the_compiled_one() -> None:
    given = ("(a+)(b)?", re.IGNORECASE)
    ours, theirs = pattern(*given), re.compile(*given)
    assert ours.sub("<\\1>", "xAAb") == theirs.sub("<\\1>", "xAAb")
    assert [m.groups() for m in ours.finditer("aab a")] == [("aa", "b"), ("a", None)]
    assert (ours.pattern, ours.flags, ours.groups) == (theirs.pattern, theirs.flags, theirs.groups)


def test_nothing_is_compiled_before_it_is_used() -> None:
    later = pattern("(")  # which cannot be
    try:
        later.match("(")
    except re.error:
        return
    raise AssertionError("a pattern that cannot be was accepted")


def test_every_pattern_of_ours_can_be_compiled() -> None:
    """A mistake in one shows at its first use: here, not at an editor's."""
    kind = type(pattern(""))
    found = 0
    for package in ("lint", "text", "relate", "model", "pages", "engine"):
        for module in pkgutil.iter_modules([f"{policysite.__path__[0]}/{package}"]):
            held = vars(import_module(f"policysite.{package}.{module.name}")).values()
            for each in held:
                if isinstance(each, kind):
                    assert isinstance(each.pattern, str)
                    found += 1
    assert found > 100
