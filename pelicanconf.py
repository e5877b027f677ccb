"""Settings of the site. A union fills in SITE; the rest can stay as it is."""

from policysite import plugin
from policysite.settings import Link, LinkGroup, SiteSettings

SITE = SiteSettings(
    name="示例省总工会",
    domain="www.example.org",
    description="示例省总工会门户网站，发布工会政策文件、通知公告和工作动态，提供职工服务和权益维护指南。",
    keywords=("示例省总工会", "工会政策", "职工服务", "权益维护"),
    # 这两张图在 theme/static 里，换成自己的；没有分享用的图，就删掉 share_image 这一行。
    logo="img/logo.svg",
    share_image="img/share.png",
    sponsor="示例省总工会",
    copyright="版权所有 示例省总工会",
    address="示例省青川市工人路1号",
    postcode="000001",
    phone="000-12345678",
    hotline="12351",
    email="bgs@example.org",
    correction_email="jiucuo@example.org",
    icp="示ICP备00000001号-1",
    id_code="bm00000000",
    police_record="示公网安备 00000000000001号",
    links=(
        LinkGroup(
            name="工会系统",
            links=(
                Link(name="青川市总工会", url="https://qingchuan.example.org/"),
                Link(name="临江市总工会", url="https://linjiang.example.org/"),
                Link(name="云麓市总工会", url="https://yunlu.example.org/"),
                Link(name="南屏市总工会", url="https://nanping.example.org/"),
                Link(name="东泽市总工会", url="https://dongze.example.org/"),
            ),
        ),
        LinkGroup(
            name="相关网站",
            links=(
                Link(name="示例省人民政府", url="https://gov.example.org/"),
                Link(name="示例省人力资源和社会保障厅", url="https://hrss.example.org/"),
                Link(name="示例工运学院", url="https://college.example.org/"),
            ),
        ),
    ),
)

SITEURL = SITE.url
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
# The module itself, not its name: Pelican only logs a plugin that it cannot import and exits 0.
PLUGINS = [plugin]
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-cn"
