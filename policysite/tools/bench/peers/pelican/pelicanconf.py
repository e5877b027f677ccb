"""Stock Pelican in the benchmark: its defaults, but for what the common features ask for."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import columns
import companions

SITENAME = "示例省总工会"
SITEURL = "https://www.example.org"
PATH = "content"
ARTICLE_EXCLUDES = ["pages"]
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = [companions]
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-cn"
STATIC_PATHS: list[str] = []
COLUMN_NAMES = columns.NAMES

ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%Y}/{slug}.html"
# A column of two levels is one category, policies/documents: its name has to stay as it is.
CATEGORY_REGEX_SUBSTITUTIONS: list[tuple[str, str]] = []
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = "{slug}/index.html"
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"category": 20}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = TAG_SAVE_AS = TAGS_SAVE_AS = ""
ARCHIVES_SAVE_AS = CATEGORIES_SAVE_AS = ""
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
