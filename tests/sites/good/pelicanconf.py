"""Settings of the site that the tests build: small pages, and every field of SITE filled in."""

from policysite import plugin
from policysite.settings import Link, LinkGroup, SiteSettings

SITE = SiteSettings(
    name="示例市总工会",
    short_name="示例工会",
    domain="www.example.org",
    description="示例市总工会门户网站，用来验证网站生成的每一步。",
    keywords=("示例市总工会", "工会政策"),
    id_code="bm00000001",
    sponsor="示例市总工会",
    share_image="img/share.png",
    copyright="版权所有 示例市总工会",
    address="示例市工人路1号",
    postcode="000001",
    phone="000-12345678",
    hotline="12351",
    email="bgs@example.org",
    correction_email="jiucuo@example.org",
    icp="示ICP备00000001号-1",
    police_record="示公网安备 00000000000001号",
    links=(
        LinkGroup(
            name="工会系统",
            links=(Link(name="示例省总工会", url="https://union.example.org/"),),
        ),
    ),
    page_size=5,
    feed_size=5,
    related_count=1,
)

SITEURL = SITE.url
PATH = "content"
OUTPUT_PATH = "output"
THEME = "../../../theme"
PLUGINS = [plugin]
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-cn"
