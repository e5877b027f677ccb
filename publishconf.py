"""Settings of the published site: what differs from pelicanconf.py, and no secret ever."""

from pelicanconf import *  # noqa: F403
from pelicanconf import SITE

# 先审后发：content/reviewers.toml 要求审校的文章，没有审校记录就不发布。
SITE = SITE.model_copy(update={"require_review": True})
OUTPUT_PATH = "output"
