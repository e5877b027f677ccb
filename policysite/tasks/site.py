"""What makes the site, shows it and looks at it."""

from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from policysite.tools import commands

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
    iterable=["log"],
    help={
        "log": "日志文件、文件夹，或 s3://桶/前缀；不写就只按统计库更新网站",
        "report": "同时写出统计报告（HTML 和 CSV）",
        "store": "统计库，请备份",
        "fewer": "统计比已公布的少，也照样公布",
        "content": "内容文件夹",
        "output": "输出文件夹",
        "config": "设置文件",
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
    from policysite.engine.run import Run
    from policysite.tools.views import Options

    options = Options(logs=log, store=store, report=folder, fewer=fewer)
    commands.views(Run(config, content, output), options, date=date)


@task(
    help={
        "days": "看多少天以内的",
        "calendar": "另存为日历文件（iCalendar），例如 due.ics",
        "content": "内容文件夹",
        "config": "设置文件",
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
        "config": "设置文件",
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
