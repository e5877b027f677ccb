"""The moment as of which the site is built: the only place that asks the clock."""

from __future__ import annotations

import os
from datetime import datetime

from policysite.model.values import CHINA


def build_time() -> datetime:
    """Return the moment as of which the site is built, in China.

    SOURCE_DATE_EPOCH (reproducible-builds.org) sets it; seconds since 1970, UTC.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), CHINA) if epoch else datetime.now(CHINA)
