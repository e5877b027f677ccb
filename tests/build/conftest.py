"""The built sites that the tests of this folder read."""

from __future__ import annotations

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Return the site of tests/sites/good; do not change its files."""
    return builds.built_site(tmp_path_factory, "good", builds.GOOD_CONFIG)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Return the project's own sample site; do not change its files."""
    return builds.built_site(tmp_path_factory, "sample", builds.ROOT / "pelicanconf.py")


@pytest.fixture(scope="session", params=["good", "sample"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    """Return each of the two sites in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, BuiltSite)
    return found
