"""Every text that a check shows to an editor, by code, in one place for proofreading.

A text says what is wrong, then what to do. `why` is the longer word printed by docs/rules.md.
"""

from __future__ import annotations

from policysite.message import Message
from policysite.messages_basis import basis_of
from policysite.messages_cases import CASES
from policysite.messages_documents import DOCUMENT_MESSAGES
from policysite.messages_examples import FIELD_EXAMPLES
from policysite.messages_references import REFERENCE_MESSAGES
from policysite.messages_review import REVIEW_MESSAGES
from policysite.messages_search import SEARCH_MESSAGES
from policysite.messages_text import TEXT_MESSAGES

MESSAGES: dict[str, Message] = {
    # F1：信息栏的写法
    "F101": Message(
        "error",
        "文件开头没有信息栏。请在第一行写 ---，下面每行写“字段: 内容”，写完再用一行 --- 结束。",
        "没有信息栏，就不知道标题、日期这些内容，文章无法发布。",
    ),
    "F102": Message(
        "error",
        "信息栏没有结束。请在最后一个字段的下一行写 ---，再空一行写正文。",
        "缺了结束的 ---，正文会被当成字段，字段会被当成正文。",
    ),
    "F103": Message(
        "error",
        "这一行没有看懂：“{line_text}”。信息栏里每行写“字段: 内容”，列表每项以“- ”开头。",
        "看不懂的行不会被悄悄丢掉，也不会混进正文。",
    ),
    "F104": Message(
        "warning",
        "“{label}”后面要用半角冒号加一个空格。已按字段理解，请改成“{label}: ”。",
        "全角冒号，或者冒号后没有空格，别的软件就读不出这个字段。",
    ),
    "F105": Message(
        "error",
        "“{label}”写了两次，第一次在第 {first_line} 行。请只保留一个。",
        "写两次时不能替你决定用哪一个。",
    ),
    "F106": Message(
        "error",
        "没有“{label}”这个字段。{suggestion}",
        "写错的字段名如果放过，内容就丢了。可用的字段见 docs/fields.md。",
    ),
    "F107": Message(
        "warning",
        "“{label}”有几项时请每项单独一行，以“- ”开头。已按 {count} 项理解：{items}。",
        "用顿号、逗号隔开的写法，别的软件会当成一整项。",
    ),
    "F109": Message(
        "warning",
        "文件开头有看不见的字节序标记（BOM）。已略过，请另存为“UTF-8（无 BOM）”。",
        "有些软件会把它当成第一个字。",
    ),
    "F110": Message(
        "error",
        "文件不是 UTF-8 编码，读不出来。请用编辑器“另存为”，编码选 UTF-8。",
        "记事本存成 GBK（ANSI）的文件，别的电脑上会变成乱码。",
    ),
    "F111": Message(
        "warning",
        "“{label}”的内容里有“{mark}”，请给整个内容加上英文双引号：{quoted}。",
        "不加引号，别的软件会读成别的意思，或者读不出来。",
    ),
    "F112": Message(
        "warning",
        "信息栏的分隔线写成了“{mark}”。已按 --- 理解，请改成三个英文减号。",
        "Word 会把 --- 自动改成破折号。",
    ),
    "F113": Message(
        "warning",
        "信息栏没有用 --- 围起来。已按信息栏理解，请在它的前后各加一行 ---。",
        "统一用 --- 围起来，信息栏和正文才分得清。",
    ),
    "F114": Message(
        "info",
        "文件用的是 Windows 换行（CRLF）。已能正常理解，提交时会统一成 LF。",
        "换行不统一时，改一个字会显示成整篇都改了。",
    ),
    "F115": Message(
        "warning",
        "缩进用了制表符（Tab）或全角空格。已按空格理解，请改成半角空格。",
        "YAML 只认半角空格的缩进。",
    ),
    "F116": Message(
        "error",
        "第 {place} 个字是看不见的控制字符，多半是从 Word 粘贴来的。请删掉它，需要换行时按回车。",
        "控制字符在网页上显示不出来，还会使订阅源打不开。",
    ),
    # F2：字段的内容
    "F201": Message(
        "error", "缺少“{label}”。请在信息栏里加一行，例如：{example}", "这一项必须填写。"
    ),
    "F202": Message(
        "error",
        "“{label}”的日期“{value}”没有看懂。请写成 2026-03-15，带时间写成 2026-03-15 09:30。",
        "日期决定排序、归档和效力，不能靠猜。",
    ),
    "F203": Message(
        "warning",
        "“{label}”写成了“{value}”。已理解为 {canonical}，请改成这种写法。",
        "统一写法便于检索，别的软件也能读懂。",
    ),
    "F204": Message(
        "error", "“{label}”的日期“{value}”不存在。请核对年、月、日和时间。", "例如 2 月没有 30 日。"
    ),
    "F205": Message(
        "error",
        "“{label}”的“{value}”不是规范的发文字号。请写成“机关代字〔年份〕序号号”，例如 示总工发〔2026〕12号。",
        "发文字号由机关代字、年份、发文顺序号组成（GB/T 9704—2012 7.2.5）。",
    ),
    "F206": Message(
        "warning",
        "“{label}”写成了“{value}”。已理解为 {canonical}，请改成这种写法。",
        "年份用六角括号〔〕括起来，序号不编虚位、不加“第”（GB/T 9704—2012 7.2.5）。",
    ),
    "F207": Message(
        "error",
        "“{label}”不能写“{value}”。可以写：{choices}。{suggestion}",
        "这一项只能从固定的几种里选。",
    ),
    "F208": Message(
        "error", "“{label}”请写“是”或“否”，现在写的是“{value}”。", "这一项只有是和否。"
    ),
    "F209": Message(
        "error", "“{label}”只能有一项内容，现在写了 {count} 项。请只留一项。", "这一项不是列表。"
    ),
    "F210": Message(
        "error",
        "“发布日期”是 {value}，文件名里的日期是 {file_date}，两者要一致。请改其中一个。",
        "文件名里的日期决定永久网址，两个日期不一致时不知道该信哪个。",
    ),
    "F211": Message(
        "error",
        "有“{label}”却没有“配图说明”。请写一句话说明图上是什么。",
        "看不见图的读者靠这句话了解内容（《互联网网站适老化通用设计规范》、WCAG 2.2 1.1.1）。",
    ),
    "F212": Message(
        "error",
        "“旧地址”要写成以 / 开头的站内地址，例如 /zcwj/2021/1023.html，现在写的是“{value}”。",
        "旧地址会变成跳转页，只能是本站的路径。",
    ),
    "F213": Message(
        "error",
        "“{later}”（{later_value}）早于“{earlier}”（{earlier_value}）。请核对这两个日期。",
        "先成文，后发布；先施行，后失效；先开始，后截止。",
    ),
    "F214": Message(
        "error",
        "附件这一项没有看懂：“{value}”。请写成“- 附件名称: attachments/2026/文件.docx”。",
        "附件要有给人看的名称和文件所在的位置。",
    ),
    "F215": Message(
        "error",
        "“{label}”后面没有内容。请填上内容，或者删掉这一行。",
        "空着的字段不知道是忘了填还是不需要。",
    ),
    "F216": Message(
        "error",
        "“{label}”的网址“{value}”不完整。请写以 http:// 或 https:// 开头的网址。",
        "不完整的网址点不开。",
    ),
    "F217": Message(
        "error",
        "“{label}”要写成数字，例如 2，现在写的是“{value}”。",
        "序号决定一个系列里的先后。",
    ),
    "F218": Message(
        "error",
        "写了“系列序号”，没有写“系列”。请补上“系列”，或者删掉这一行。",
        "没有系列的名称，就不知道是哪个系列的第几篇。",
    ),
    "F219": Message(
        "info",
        "“发布日期”{value} 还没有到，到时间以后再生成网站时才发布。日期写错了的，请改正。",
        "定时发布的文章，读者现在看不到；年份写错了，就要等到那一年。",
    ),
    # N3：文件和文件夹
    "N301": Message(
        "error",
        "文件名不合规矩。请改成“年-月-日-英文短名.md”，例如 2026-03-15-collective-contract.md（只用小写英文字母、数字和减号）。",
        "文件名决定文章的永久网址。",
    ),
    "N302": Message(
        "error",
        "短名“{slug}”和 {other} 重复。请把其中一个文件改名。",
        "每篇文章的短名在全站只能用一次，网址和引用都靠它。",
    ),
    "N303": Message(
        "error",
        "文件夹“{folder}”不是栏目。请把文件移到栏目的文件夹里，或者在 columns.toml 里加上这个栏目。",
        "文章所在的文件夹就是它的栏目。",
    ),
    "N304": Message(
        "error",
        "栏目“{name}”下面有二级栏目，文章要放进二级栏目的文件夹：{children}。",
        "一级栏目的页面由二级栏目的内容汇成。",
    ),
    "N305": Message(
        "warning",
        "这个文件不会发布。文章要以 .md 结尾，Word、PDF 文件用 import 导入；图片放 content/images，附件放 content/attachments。",
        "栏目文件夹里只放文章。",
    ),
    "N306": Message(
        "error",
        "网址 {url} 已经由 {other} 使用。请改一个短名或旧地址。",
        "同一个网址只能有一个页面。",
    ),
    "N307": Message(
        "error",
        "栏目“{name}”是一张固定页面，不能放文章。请把文件移到别的栏目。",
        "这个栏目在 columns.toml 里写了 page。",
    ),
    "N308": Message(
        "error",
        "文件名“{name}”不合规矩。请只用小写英文字母、数字和减号，例如 contact.md。",
        "文件名就是这一页的永久网址。",
    ),
    "N309": Message(
        "error",
        "发文字号{number}已经由 {other} 使用。请核对；同一个文件只登一次，其他栏目用链接。",
        "一个发文字号只能对应一个文件，否则引用它的关系不知道指哪一篇。",
    ),
    # R4：引用
    **REFERENCE_MESSAGES,
    # B5：正文
    "B501": Message(
        "error", "没有正文。请在信息栏下面空一行写正文。", "没有内容的页面是空白页面。"
    ),
    "B502": Message(
        "warning",
        "正文里又写了一级标题“{value}”。标题已在信息栏里，请删掉这一行或改成“## ”。",
        "一页只能有一个大标题。",
    ),
    "B503": Message(
        "error",
        "正文还没有写，这里还是“在这里写正文。”。请写好正文，再把“状态”改成“已发布”。",
        "新建文章时留的提示语不能给读者看到。",
    ),
    # C6：栏目表
    "C601": Message(
        "error",
        "栏目表没有看懂：{reason}。请检查这一行的引号、括号和等号。",
        "栏目表是 TOML 格式。",
    ),
    "C602": Message(
        "error", "栏目“{name}”的 {key} 不对：{reason}。", "栏目表每一项的写法见文件开头的说明。"
    ),
    "C603": Message(
        "error", "栏目短名“{slug}”重复或已被占用。请换一个。", "短名决定栏目的网址和文件夹。"
    ),
    "C604": Message(
        "error",
        '栏目“{name}”写了 page = "{page}"，但没有 content/pages/{page}.md。请新建这一页，或改正短名。',
        "点这个栏目的读者会看到空页。",
    ),
    "C605": Message(
        "error",
        "没有栏目表 {name}，或者里面一个栏目也没有。每个栏目请写一段 [[column]]。",
        "没有栏目表就不知道有哪些栏目。",
    ),
    # S7：网站设置
    "S701": Message(
        "error",
        "SITE 的 {name} 不对：{reason}。",
        "网站的名称、域名、备案号等都写在 pelicanconf.py 的 SITE 里。",
    ),
    "S702": Message(
        "error",
        "按 index_rule 编出的索引号 {value} 和 {other} 的相同。请在其中一篇里写明索引号。",
        "索引号一件一号。几个机关代字各自从1号编起时，规则里要有 {agency}。",
    ),
    # V8：效力和文件关系，P9：公示
    **DOCUMENT_MESSAGES,
    # A1：审校
    **REVIEW_MESSAGES,
    **SEARCH_MESSAGES,
    # T：正文的文字，D6：个人信息，X7：接受检查结果的说明
    **TEXT_MESSAGES,
}

MESSAGES |= {
    code: MESSAGES[code]._replace(wrong=wrong, right=right)
    for code, (wrong, right) in (FIELD_EXAMPLES | CASES).items()
}

MESSAGES |= {
    code: message._replace(basis=basis_of(code))
    for code, message in MESSAGES.items()
    if not message.basis
}
