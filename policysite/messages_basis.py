"""What the checks rest on that name no norm of their own, see messages.py.

Most are conventions of ours and say so: a web team that looks a norm up must find it there.
"""

from __future__ import annotations

_OURS = "本系统的约定，不是规范条文，见 docs/"
_INDICATORS = "国办秘函〔2019〕19号检查指标（据转载核对，引用时请再看原文）"

_BASIS = {
    "F1": f"{_OURS}decisions/0002-own-front-matter-parser.md；规范写法任何 YAML 1.2 解析器读出来都一样",
    "F110": "HTML 标准（WHATWG）：网页一律用 UTF-8 编码",
    "F116": "XML 1.0 第五版 2.2：订阅源和网站地图里不能有控制字符",
    "F2": f"{_OURS}fields.md",
    "F202": "ISO 8601-1：2019 的日期写法，写成年-月-日",
    "F203": "ISO 8601-1：2019 的日期写法，写成年-月-日",
    "F204": "公历没有这一天",
    "F205": "GB/T 9704—2012《党政机关公文格式》 7.2.5",
    "F206": "GB/T 9704—2012《党政机关公文格式》 7.2.5",
    "F211": "WCAG 2.2 1.1.1",
    "N3": f"{_OURS}decisions/0003-addresses-free-of-columns.md",
    "N309": "GB/T 9704—2012《党政机关公文格式》 7.2.5：一个发文字号只编给一份文件",
    "R4": f"{_INDICATORS}：链接要打得开；打不开的在生成网站以前就找出来",
    "R406": "WCAG 2.2 1.1.1",
    "B5": f"{_OURS}editing.md",
    "B501": f"{_INDICATORS}：不能有空白页面",
    "B502": "WCAG 2.2 1.3.1：标题的级别要和内容的层次一致",
    "B503": f"{_INDICATORS}：不能有空白页面",
    "C6": f"{_OURS}editing.md，栏目表开头有说明",
    "S7": f"{_OURS}design.md",
    "V8": f"{_OURS}decisions/0009-validity-from-dates-and-relations.md",
    "P9": f"{_OURS}editing.md",
    "P901": "评选表彰、干部任前等公示的通常要求，各类公示以各自的规定为准",
    "A1": f"{_OURS}review.md；怎样审由本单位的审校制度规定，写在 content/reviewers.toml",
    "Y1": f"{_OURS}search.md",
    "T201": "Unicode 标准：这些是排版控制字符，本身没有字形",
    "T301": "公历没有这一天",
    "T302": "公历：日期决定星期几",
    "T505": f"{_OURS}decisions/0022-typos-from-words-that-fall-apart.md",
    "X7": f"{_OURS}decisions/0021-one-check-of-the-text-by-our-own-rules.md",
}


def basis_of(code: str) -> str:
    """Return what a check rests on: its own entry, or that of its group; nothing if neither is."""
    return _BASIS.get(code) or _BASIS.get(code[:2], "")
