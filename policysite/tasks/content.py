"""What editors do with their texts."""

from invoke.context import Context
from invoke.tasks import task

from policysite.tools import commands, desk, writing

_DATE = "按哪一天的情形，例如 2026-12-31；不写就是现在"


@task(
    iterable=["path"],
    optional=["changed"],
    help={
        "path": "只检查这些文件或文件夹",
        "format": "text、json、github、gitlab、sarif 或 vscode",
        "changed": "只看改动过的文件；可以写和哪个分支比，例如 --changed=origin/main",
        "staged": "只看下一次提交的内容，不问审校；提交前自动检查用它",
        "learn": "把现有的问题记成存量问题，以后不再列出",
        "content": "内容文件夹",
        "date": _DATE,
    },
)
def check(
    _: Context,
    path: list[str],
    format: str = "text",
    changed: str = "",
    staged: bool = False,
    learn: bool = False,
    content: str = "content",
    date: str = "",
) -> None:
    """检查内容，列出每一处错误和提醒。"""
    desk.check(path, format, content, date=date, changed=changed, staged=staged, learn=learn)


@task(help={"content": "内容文件夹"})
def hook(_: Context, content: str = "content") -> None:
    """让 git 在每次提交前先检查内容，有错误就不提交。"""
    desk.hook(content)


@task(
    iterable=["path"],
    help={"path": "只改这些文件或文件夹", "yes": "不询问，直接改", "content": "内容文件夹"},
)
def fix(_: Context, path: list[str], yes: bool = False, content: str = "content") -> None:
    """自动改正不用动脑筋的问题：先列出每一处改动，同意后才写入。"""
    desk.fix(path, content, yes=yes)


@task(help={"code": "检查结果方括号里的代码，例如 T101"})
def explain(_: Context, code: str) -> None:
    """说明一个代码：为什么查、依据是什么、怎样写才对。"""
    desk.explain(code)


@task(
    iterable=["field"],
    help={
        "column": "栏目",
        "title": "标题",
        "slug": "短名",
        "date": "发布日期",
        "kind": "文种",
        "issuer": "发文机关，几个的用顿号隔开",
        "number": "发文字号；写“下一号”就接着网站上最后一号",
        "field": "其他字段，例如 --field 责任编辑=周予安，可以写几次",
        "yes": "不再询问，没有给出的按提出的写或者不写",
        "content": "内容文件夹",
    },
)
def new(
    _: Context,
    field: list[str],
    column: str = "",
    title: str = "",
    slug: str = "",
    date: str = "",
    kind: str = "",
    issuer: str = "",
    number: str = "",
    yes: bool = False,
    content: str = "content",
) -> None:
    """新建一篇文章，逐项询问并写好信息栏。"""
    fields = {"doc_type": kind, "issuer": issuer, "doc_number": number}
    writing.new(column, title, slug, date, fields, field, content, yes=yes)


@task(
    name="import",
    help={
        "path": "Word 文件或有文字的 PDF",
        "column": "放在哪个栏目",
        "slug": "短名",
        "date": "发布日期",
        "accept_revisions": "按“全部接受”导入有修订和批注的文件",
        "yes": "不再询问，读出什么写什么",
        "content": "内容文件夹",
    },
)
def import_file(
    _: Context,
    path: str,
    column: str = "",
    slug: str = "",
    date: str = "",
    accept_revisions: bool = False,
    yes: bool = False,
    content: str = "content",
) -> None:
    """导入 Word 或 PDF，写成草稿。读出的标题、文号等先给人核对。"""
    writing.import_file(
        path=path,
        content=content,
        column=column,
        slug=slug,
        date=date,
        accept_revisions=accept_revisions,
        yes=yes,
    )


@task(
    help={
        "folder": "老网站的文件夹",
        "rules": "规则文件，写法见 docs/importing.md",
        "report": "报告写到哪里",
        "content": "内容文件夹",
    }
)
def import_site(
    _: Context, folder: str, rules: str, report: str = "导入报告.csv", content: str = "content"
) -> None:
    """导入整个老网站的网页，写成草稿。停下来以后再运行，会接着导入。"""
    writing.import_site(folder=folder, rules=rules, report=report, content=content)


@task(
    iterable=["slug"],
    help={
        "slug": "文章的短名，不写就是全部政策文件",
        "output": "放到哪里",
        "config": "设置文件",
    },
)
def pdf(_: Context, slug: list[str], output: str = "pdf", config: str = "pelicanconf.py") -> None:
    """把政策文件制作成公文格式的 PDF。"""
    commands.pdf(slugs=slug, output=output, config=config)


@task(
    positional=["path"],
    help={
        "path": "文章",
        "step": "初审、复审、终审或校对",
        "yes": "不再询问，确认已经看过",
        "content": "内容文件夹",
    },
)
def review(_: Context, path: str, step: str, yes: bool = False, content: str = "content") -> None:
    """记录一次审校：以本人名义提交，内容以后改动就要重审。"""
    writing.review(path=path, step=step, yes=yes, content=content)


@task(help={"output": "写到哪个 CSV 文件，不写就显示出来", "content": "内容文件夹"})
def review_log(_: Context, output: str = "", content: str = "content") -> None:
    """导出审校台账：谁在什么时候审校了哪一版。"""
    writing.review_log(output=output, content=content)
