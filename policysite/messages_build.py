"""What the build says of itself: why a file was made again, and where the time went."""

from __future__ import annotations

REASONS = {
    "frame": "每一页都有的内容变了：{name}",
    "card": "{name} 的标题、日期、摘要、效力、附件等列表里会用到的内容变了",
    "body": "{name} 的正文变了",
    "order": "“{name}”里的文章有增减，或者先后变了",
    "all": "“{name}”里有文章的标题、日期、摘要、效力等变了",
    "view": "“{name}”里有文章的网址、日期或者用到的文件变了",
    "slug": "文章 {name} 是新的，或者换了文件",
    "neighbours": "{name} 的上一篇或下一篇变了",
    "related": "{name} 的相关内容变了",
    "relations": "{name} 与其他文件的关系变了",
    "histories": "{name} 的历次版本变了",
    "courses": "连载或专题 {name} 变了",
    "courses_of": "{name} 在连载或专题里的位置变了",
    "pictures": "图片 {name} 变了",
    "files": "文件 {name} 变了",
    "place": "正文里的链接指到的文章有变动",
    "page": "{name} 这个页面有增减",
    "columns": "栏目的文章列表有增减",
    "new": "以前没有生成过",
    "first": "全部从头生成：程序或者它用的软件包换了版本，或者没有上一次的缓存",
    "altered": "输出文件夹里的 {name} 被改动或者删除了",
}
"""Why a job was done again, by the kind of fact: see `policysite.engine.trace`."""

FRAME = {
    "theme": "主题（theme 文件夹）",
    "settings": "网站设置（SITE）",
    "shown": "栏目、页脚链接或者同义词",
}
"""What every page shows, in parts: see `policysite.engine.look`."""

LISTS = {
    "articles": "全部文章",
    "others": "隐藏和撤回的文章",
    "pages": "固定页面",
    "topics": "专题",
    "document": "政策文件",
    "featured": "有配图的文章和头条",
    "moved": "换过网址的文章",
    "dated": "网址和日期",
    "years": "各年的篇数",
    "uses": "用到的文件",
}
"""The lists of a site, their parts and views; all others are columns and years."""

ALL = "全部"
REMADE = "{name} 这次重新检查了，内容{changed}。原因："
NOT_REMADE = "{name} 这次不用重新生成。上一次是按 {moment} 的情形生成的，原因："
UNKNOWN = "网站里没有 {name} 这个文件。"
CHANGED, UNCHANGED = "有变化", "没有变化，文件原样保留"
MORE = "……等 {count} 项"

STAGE, COUNT, WALL, CPU, TOTAL = "步骤", "数量", "用时（秒）", "本进程的处理器时间（秒）", "合计"
IN_WORKERS = "其他进程的处理器时间合计 {seconds:.2f} 秒；内存最多 {memory} MB。"
CLEANED = "已删除 {places}。"
NOTHING_TO_CLEAN = "没有要删除的：输出和缓存都不存在。"
