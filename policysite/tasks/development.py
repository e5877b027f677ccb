"""What who works on the program needs: tests, measurements, generated files."""

from invoke.context import Context
from invoke.tasks import task

from policysite.tools import commands, deploying


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


@task
def docs(_: Context) -> None:
    """重新生成 docs 里的 fields.md、rules.md、audit-rules.md 和编辑器的设置。"""
    commands.docs()


@task
def docs_pictures(_: Context) -> None:
    """重新拍 docs/editing.md 里的图片：真的运行一遍，拍下终端和网页。"""
    commands.docs_pictures()


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


@task(help={"full": "一千万行，速度不够就报错；约需 4 GB 磁盘"})
def bench_views(_: Context, full: bool = False) -> None:
    """测量统计访问日志的速度和内存。"""
    commands.bench_views(full=full)


@task(help={"files": "用多少个文件测量", "rounds": "轮流测几次，取中位数"})
def bench_deploy(_: Context, files: int = 10_000, rounds: int = 3) -> None:
    """测量发布的速度，和 rclone、hugo deploy 比较。"""
    deploying.bench(files, rounds)


@task(help={"kills": "每种服务商强行中断多少次"})
def test_deploy(_: Context, kills: int = 40) -> None:
    """发布功能的长时间测试：反复中断、断网、多人同时发布。"""
    deploying.test_long(kills)
