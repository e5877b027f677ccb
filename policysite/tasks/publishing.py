"""What brings the site to its readers, and back."""

from invoke.context import Context
from invoke.tasks import task

from policysite.tools import deploying

_TARGET = "发布到哪里：file:///文件夹 或 s3://桶名?provider=oss&region=cn-hangzhou"
_PUBLISHING = {
    "target": _TARGET,
    "dry_run": "只列出要做什么，什么也不改动",
    "max_delete": "最多允许删除几个文件，超过就停下",
    "verify": "发布后核对：list 核对全部清单，sample 抽查响应头",
    "site": "网站地址，例如 https://www.example.org，用于从外面读回和刷新缓存",
    "purge": "刷新 CDN 缓存：aliyun 或 tencent",
    "sign": "签名用的私钥文件",
    "allowed_signers": "认可的签名公钥文件",
    "quiet": "少说话，用于 CI",
}


@task(
    help={
        **_PUBLISHING,
        "output": "生成好的网站文件夹",
        "report": "把完整结果写成 JSON 文件",
        "reconcile": "先和目标里的实际内容核对，补齐被改动的",
        "adopt": "删掉目标里不知来历的文件",
        "gzip": "压缩文本后再上传（CDN 不压缩时才用）",
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
    help={**_PUBLISHING, "generation": "恢复到第几次发布，不写就是上一次"},
)
def rollback(
    _: Context,
    generation: int = 0,
    target: str = "",
    dry_run: bool = False,
    max_delete: str = "",
    verify: str = "",
    site: str = "",
    purge: str = "",
    sign: str = "",
    allowed_signers: str = "",
    quiet: bool = False,
) -> None:
    """把网站恢复到以前某次发布的样子。"""
    deploying.run(
        "rollback",
        str(generation),
        target=target,
        dry_run=dry_run,
        max_delete=max_delete,
        verify=verify,
        site=site,
        purge=purge,
        sign=sign,
        allowed_signers=allowed_signers,
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


@task(help={"output": "生成好的网站文件夹", "folder": "写到哪里", "site": "网站地址"})
def deploy_headers(_: Context, output: str = "", folder: str = "", site: str = "") -> None:
    """导出给 CDN 和 nginx 用的跳转表和安全响应头。"""
    deploying.run("headers", output=output, folder=folder, site=site)
