"""Settings of our site in the benchmark; of the plain one see sites.py."""

from policysite import plugin
from policysite.environment import ROOT
from policysite.settings import SiteSettings

SITE = SiteSettings(
    name="示例省总工会",
    domain="www.example.org",
    description="示例省总工会门户网站。",
    sponsor="示例省总工会",
    share_image="img/share.png",
    home_topics=0,
)
SITEURL = SITE.url
PATH = "content"
OUTPUT_PATH = "output"
THEME = str(ROOT / "theme")
PLUGINS = [plugin]
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-cn"
