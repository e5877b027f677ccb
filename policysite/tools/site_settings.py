"""The site's settings for tasks that build nothing."""

from __future__ import annotations

from policysite.engine.run import CannotBuild, Run
from policysite.environment import stop
from policysite.settings import SiteSettings


def read_site(config: str) -> SiteSettings:
    """Return SITE of a settings file; stops with a sentence if it is missing or wrong."""
    try:
        site = Run(config).settings()["SITE"]
    except CannotBuild as error:
        stop(str(error))
    assert isinstance(site, SiteSettings), "Run.settings sees to it"
    return site
