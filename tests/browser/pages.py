"""The pages that the browser tests look at, one of each kind, on the good site."""

KINDS = {
    "首页": "/",
    "栏目": "/notices/notice/",
    "一级栏目": "/policies/",
    "文章": "/2026/platform-workers-study.html",
    "公文": "/2026/welfare-measures-2026.html",
    "公示": "/2026/craftsman-publicity.html",
    "专题": "/topics/new-employment/",
    "存档": "/archive/2026/",
    "网站地图": "/sitemap.html",
    "找不到": "/404.html",
    "撤回": "/2026/venue-fees.html",
    "文件库": "/library/",
    "文件库分类": "/library/year/2026/",
    "搜索": "/search/",
    "标题音序": "/search/a-z/",
    "新旧对照": "/compare/welfare-measures-2021--welfare-measures-2026.html",
    "固定页面": "/intro.html",
}
POLICY = KINDS["公文"]
STUDY = KINDS["文章"]
PLAIN = "/2026/skills-contest.html"

PHONE = 360
DESKTOP = 1280
