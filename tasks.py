"""任务。用法：python3 tasks.py <任务>，例如 python3 tasks.py serve。"""

import sys

if __name__ == "__main__":
    from policysite.environment import hand_over

    hand_over(sys.argv[1:])

    from policysite.tools.arguments import build_at_once, check_at_once, leave

    if build_at_once(sys.argv[1:]) or check_at_once(sys.argv[1:]):
        leave()

from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from policysite.tools import commands, deploying, desk, writing

_DATE = "按哪一天的情形，例如 2026-12-31；不写就是现在"


@task(
    help={
        "content": "内容文件夹",
        "output": "输出文件夹",
        "config": "设置文件",
        "date": _DATE,
        "explain": "说明输出文件夹里的这个文件为什么重新生成，例如 2026/summer-heat.html",
        "timings": "列出每一步用了多少时间",
    }
)
def build(
    _: Context,
    content: str = "",
    output: str = "",
    config: str = "pelicanconf.py",
    date: str = "",
    explain: str = "",
    timings: bool = False,
) -> None:
    """生成网站，只重做有变化的文件。有错误时逐条列出，原来的网站保持不变。"""
    commands.build(content, output, config, date, explain, timings=timings)


@task(help={"content": "内容文件夹", "output": "输出文件夹", "config": "设置文件"})
def clean(_: Context, content: str = "", output: str = "", config: str = "pelicanconf.py") -> None:
    """删除生成的网站和全部缓存，下次从头生成。"""
    commands.clean(content=content, output=output, config=config)


@task(
    help={
        "port": "端口",
        "host": "地址；写 0.0.0.0 时同一网络里的人都能看到，包括草稿",
        "content": "内容文件夹",
        "config": "设置文件",
    }
)
def serve(
    _: Context,
    port: int = 8000,
    host: str = "127.0.0.1",
    content: str = "",
    config: str = "pelicanconf.py",
) -> None:
    """在本机预览网站，保存文件后浏览器里立刻更新；草稿和定时稿也能看到。"""
    commands.serve(port=port, host=host, content=content, config=config)


@task(
    iterable=["path"],
    optional=["changed"],
    help={
        "path": "只检查这些文件或文件夹",
        "format": "text、json、github、gitlab、sarif 或 vscode",
        "changed": "只看改动过的文件；可以写和哪个分支比，例如 --changed=origin/main",
        "staged": "只看下一次提交的内容，不问审校；提交前自动检查用它",
        "learn": "把现有的问题记成存量问题，以后不再列出",
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
    help={"path": "只改这些文件或文件夹", "yes": "不询问，直接改"},
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


@task(iterable=["slug"], help={"slug": "文章的短名，不写就是全部政策文件", "output": "放到哪里"})
def pdf(_: Context, slug: list[str], output: str = "pdf", config: str = "pelicanconf.py") -> None:
    """把政策文件制作成公文格式的 PDF。"""
    commands.pdf(slugs=slug, output=output, config=config)


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


@task(
    help={
        "folder": "要检查的文件夹，不写就是 output",
        "profile": "按哪套要求：union 或 gov-strict",
        "date": _DATE,
        "columns": "栏目表，不写时只在检查 output 时用 content/columns.toml",
        "reports": "报告和历次记录放到哪里",
        "fail-on": "有什么就算不通过：error、warning 或 never",
        "live": "逐个试外部链接打不打得开，要联网",
    }
)
def audit(
    _: Context,
    folder: str = "output",
    profile: str = "union",
    date: str = "",
    columns: str = "",
    reports: str = "audits",
    fail_on: str = "error",
    live: bool = False,
) -> None:
    """按检查指标检查生成好的网站，或者任何一个网页文件夹。"""
    commands.audit(folder, profile, date, columns, reports, fail_on, live=live)


@task(
    help={
        "days": "看多少天以内的",
        "calendar": "另存为日历文件（iCalendar），例如 due.ics",
        "content": "内容文件夹",
        "date": _DATE,
    }
)
def due(
    _: Context,
    days: int = 30,
    calendar: str = "",
    content: str = "content",
    config: str = "pelicanconf.py",
    date: str = "",
) -> None:
    """列出快到期的事：要更新的栏目、到期的文件、截止的公示、定时发布的文章。"""
    commands.due(content, config, days, calendar, date)


@task(
    positional=["year"],
    help={
        "year": "哪一年，例如 2026",
        "output": "放到哪里",
        "reports": "历次检查记录所在的文件夹",
        "content": "内容文件夹",
        "date": _DATE,
    },
)
def annual_report(
    _: Context,
    year: str,
    output: str = "annual",
    reports: str = "audits",
    content: str = "content",
    config: str = "pelicanconf.py",
    date: str = "",
) -> None:
    """生成一年的网站工作报表：网页和 CSV 表格。"""
    commands.annual_report(year, output, reports, content, config, date)


@task(
    iterable=["log"],
    help={
        "log": "日志文件、文件夹，或 s3://桶/前缀；不写就只按统计库更新网站",
        "report": "同时写出统计报告（HTML 和 CSV）",
        "store": "统计库，请备份",
        "fewer": "统计比已公布的少，也照样公布",
        "date": _DATE,
    },
)
def views(
    _: Context,
    log: list[str],
    report: bool = False,
    store: str = "views/counts.duckdb",
    fewer: bool = False,
    content: str = "",
    output: str = "",
    config: str = "pelicanconf.py",
    date: str = "",
) -> None:
    """从访问日志统计文章的阅读量，更新网站上的数据。"""
    folder = str(Path(store).parent / "report") if report else ""
    # The engine loads all that a build needs, and most tasks are none.
    from policysite.engine import Run
    from policysite.tools.views import Options

    options = Options(logs=log, store=store, report=folder, fewer=fewer)
    commands.views(Run(config, content, output), options, date=date)


@task(help={"full": "每种页面测三次取中位数，性能也要满分"})
def audit_pages(_: Context, full: bool = False) -> None:
    """检查示例网站的网页：HTML 是否规范，性能、无障碍、最佳实践和搜索各得几分。"""
    commands.audit_pages(full=full)


@task(
    help={
        "articles": "文章数",
        "peers": "同时测量的其他生成器，用逗号分开：hugo,pelican",
        "runs": "每种情形测几次，取中位数",
        "preview": "只测预览：保存一篇到浏览器里显示要多久",
        "growth": "再测 1,000、10,000 和 100,000 篇时的本系统",
        "save": "把结果写进 docs/performance/",
    }
)
def bench(
    _: Context,
    articles: int = 1000,
    peers: str = "",
    runs: int = 3,
    growth: bool = False,
    preview: bool = False,
    save: bool = False,
) -> None:
    """用虚构的文章测量生成网站的速度，也可以和其他生成器比较。"""
    commands.bench(
        articles=articles, peers=peers, runs=runs, growth=growth, preview=preview, save=save
    )


@task(help={"content": "内容文件夹", "documents": "把文章变成这么多篇再测", "config": "设置文件"})
def bench_search(
    _: Context, content: str = "", documents: int = 0, config: str = "pelicanconf.py"
) -> None:
    """测量搜索：找得全不全、准不准，读者要下载多少、等多久。"""
    commands.bench_search(content=content, config=config, documents=documents)


_TARGET = "发布到哪里：file:///文件夹 或 s3://桶名?provider=oss&region=cn-hangzhou"


@task(
    help={
        "target": _TARGET,
        "output": "生成好的网站文件夹",
        "dry_run": "只列出要做什么，什么也不改动",
        "max_delete": "最多允许删除几个文件，超过就停下",
        "verify": "发布后核对：list 核对全部清单，sample 抽查响应头",
        "site": "网站地址，例如 https://www.example.org，用于从外面读回和刷新缓存",
        "purge": "刷新 CDN 缓存：aliyun 或 tencent",
        "sign": "签名用的私钥文件",
        "allowed_signers": "认可的签名公钥文件",
        "report": "把完整结果写成 JSON 文件",
        "reconcile": "先和目标里的实际内容核对，补齐被改动的",
        "adopt": "删掉目标里不知来历的文件",
        "gzip": "压缩文本后再上传（CDN 不压缩时才用）",
        "quiet": "少说话，用于 CI",
        "timeout": "一个请求最多等几秒",
    }
)
def deploy(
    _: Context,
    target: str = "",
    output: str = "",
    dry_run: bool = False,
    max_delete: str = "",
    verify: str = "",
    site: str = "",
    purge: str = "",
    sign: str = "",
    allowed_signers: str = "",
    report: str = "",
    reconcile: bool = False,
    adopt: bool = False,
    gzip: bool = False,
    quiet: bool = False,
    timeout: str = "",
) -> None:
    """把生成好的网站发布到对象存储或文件夹。"""
    deploying.run(
        "deploy",
        target=target,
        output=output,
        dry_run=dry_run,
        max_delete=max_delete,
        verify=verify,
        site=site,
        purge=purge,
        sign=sign,
        allowed_signers=allowed_signers,
        report=report,
        reconcile=reconcile,
        adopt=adopt,
        gzip=gzip,
        quiet=quiet,
        timeout=timeout,
    )


@task(
    positional=["generation"],
    help={"generation": "恢复到第几次发布，不写就是上一次", "target": _TARGET},
)
def rollback(
    _: Context,
    generation: int = 0,
    target: str = "",
    dry_run: bool = False,
    max_delete: str = "",
    quiet: bool = False,
) -> None:
    """把网站恢复到以前某次发布的样子。"""
    deploying.run(
        "rollback",
        str(generation),
        target=target,
        dry_run=dry_run,
        max_delete=max_delete,
        quiet=quiet,
    )


@task(help={"count": "最多列几次", "target": _TARGET})
def deploy_log(_: Context, count: int = 20, target: str = "") -> None:
    """列出历次发布。"""
    deploying.run("log", count=count, target=target)


@task(help={"target": _TARGET, "site": "网站地址，例如 https://www.example.org"})
def doctor(_: Context, target: str = "", site: str = "") -> None:
    """检查发布所需的权限、域名、时钟和响应头，说明怎样改。"""
    deploying.run("doctor", target=target, site=site)


@task(help={"files": "用多少个文件测量", "rounds": "轮流测几次，取中位数"})
def bench_deploy(_: Context, files: int = 10_000, rounds: int = 3) -> None:
    """测量发布的速度，和 rclone、hugo deploy 比较。"""
    deploying.bench(files, rounds)


@task(help={"kills": "每种服务商强行中断多少次"})
def test_deploy(_: Context, kills: int = 40) -> None:
    """发布功能的长时间测试：反复中断、断网、多人同时发布。"""
    deploying.test_long(kills)


@task(help={"output": "生成好的网站文件夹", "folder": "写到哪里", "site": "网站地址"})
def deploy_headers(_: Context, output: str = "", folder: str = "", site: str = "") -> None:
    """导出给 CDN 和 nginx 用的跳转表和安全响应头。"""
    deploying.run("headers", output=output, folder=folder, site=site)


@task(help={"full": "一千万行，速度不够就报错；约需 4 GB 磁盘"})
def bench_views(_: Context, full: bool = False) -> None:
    """测量统计访问日志的速度和内存。"""
    commands.bench_views(full=full)


@task
def docs(_: Context) -> None:
    """重新生成 docs 里的 fields.md、rules.md、audit-rules.md 和编辑器的设置。"""
    commands.docs()


@task
def docs_pictures(_: Context) -> None:
    """重新拍 docs/editing.md 里的图片：真的运行一遍，拍下终端和网页。"""
    commands.docs_pictures()


@task(
    help={"only": "只跑一类：unit、build、deploy 或 browser", "keyword": "只跑名称含这个词的测试"}
)
def test(_: Context, only: str = "", keyword: str = "") -> None:
    """运行全部测试（包括真实浏览器）。"""
    commands.test(only=only, keyword=keyword)


@task
def lint(_: Context) -> None:
    """检查代码：ruff 和 mypy。"""
    commands.lint()


@task
def lock(_: Context) -> None:
    """按 pyproject.toml 重新锁定依赖的版本和摘要。"""
    commands.lock()


if __name__ == "__main__":
    from policysite.tools.arguments import run_tasks

    run_tasks(sys.argv)
