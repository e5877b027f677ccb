"""Every word that the deployer says, in one place for proofreading."""

from __future__ import annotations

SITE = {
    "no folder": "找不到网站文件夹 {root}。请先运行 python3 tasks.py build。",
    "no home": "{root} 里没有 index.html，不像是生成好的网站。请先运行 python3 tasks.py build。",
    "records": "{key}：_deploy/ 留给发布记录用，网站里不能有这个文件夹。请改名。",
    "source": "{key}：这是源文件或隐藏文件，不能发布。请从网站文件夹里删掉。",
    "draft": "{key}：这是草稿，不能发布。请从网站文件夹里删掉。",
    "kind": "{key}：没有允许发布“{suffix}”这种文件。请换成常用格式，确实需要时在 policysite/deploy/media.py 里登记。",
    "link": "{key}：这是符号链接，不知道会指到哪里。请换成文件本身。",
    "large": "{key}：有 {size} MB，超过 {limit} MB。请压缩，或者放到视频平台。",
    "case": "{keys}：只差大小写，在有的系统上是同一个文件。请改掉其中一个名称。",
    "nfc": "{key}：文件名里的字符没有用标准写法（NFC），有的系统会打不开。请重新输入一遍文件名。",
    "long": "{key}：名称太长，对象存储只接受 {limit} 字节（一个汉字占三字节）。请改短。",
    "control": "{key}：名称里有看不见的字符或反斜线。请改名。",
    "space": "{key}：名称或文件夹名的首尾有空格，或以句点结尾。请改名。",
    "secret": "{key}：里面有像密钥的内容（{kind}…）。已停止发布，请删掉；如果密钥是真的，请立即作废。",
    "changed": "{key}：发布过程中文件变了。请等生成完成后重新发布。",
}

TARGET = {
    "empty": "发布目标是空的：设了环境变量 DEPLOY_TARGET，但没有内容。请在 CI 的变量里写上目标；想发布到本机文件夹，就不要设它。",
    "form": "看不懂发布目标“{target}”。请写 file:///文件夹 或 s3://桶名?provider=oss&region=cn-hangzhou。",
    "secret": "发布目标里不能写密钥。请把密钥放在环境变量 DEPLOY_ACCESS_KEY_ID 和 DEPLOY_SECRET_ACCESS_KEY 里。",
    "option": "发布目标里没有“{names}”这样的选项，只有 provider、region、endpoint 和 cname。",
    "provider": "没有“{provider}”这个服务商，provider 只能是 aws、oss、cos、obs 或 minio。",
    "endpoint": "发布目标缺少 region 或 endpoint。{provider} 需要写明其中一个（minio 必须写 endpoint）。",
    "cname": "{provider} 不能用 cname=1。请写服务商的 endpoint，网站的域名在 CDN 上设置。",
    "http": "{endpoint} 没有加密。请改用 https://，只有本机可以用 http://。",
    "credentials": "缺少环境变量 {names}。密钥只从环境变量读取，请在 CI 的“机密变量”里设置。",
    "token": "OBS 的临时凭证（DEPLOY_SESSION_TOKEN）暂不支持。请用只有发布权限的 IAM 用户的永久访问密钥。",
    "library": "发布到对象存储要用 OpenDAL，还没有安装。请用 python3 tasks.py deploy（会自动安装），"
    "或者先运行 pip install --require-hashes -r requirements-deploy.lock。",
    "gzip": "{provider} 里不能由我们设置 Content-Encoding。请去掉 --gzip，在 CDN 上打开智能压缩。",
}

ADVICE = {
    "clock": "本机时间和服务器相差太多，签名不被接受。请校准时间后重试（Linux：timedatectl set-ntp true）。",
    "key": "访问密钥不对或者已经停用。请核对 DEPLOY_ACCESS_KEY_ID 和 DEPLOY_SECRET_ACCESS_KEY，临时凭证可能已经过期。",
    "expired": "临时凭证过期了，或者不对。请重新换取；在 CI 里重新运行这个任务，并核对 DEPLOY_SESSION_TOKEN。",
    "addressing": "这个域名不能用。请核对 provider、region 和 endpoint：endpoint 不带桶名，也不能是 IP 地址（minio 除外）。",
    "region": "桶不在这个地域。请把目标里的 region（写了 endpoint 的，也包括它）改成桶所在的地域，控制台的桶概览里有。",
    "host": "找不到这个域名。请核对 region、endpoint 和桶名有没有写错，以及本机的 DNS。",
    "tls": "加密连接没有建立：证书不被信任、与域名不符，或者这个端口不是 HTTPS。请核对 endpoint 的域名和端口；"
    "自己签发的证书，把签发机构的证书文件写在环境变量 SSL_CERT_FILE 里。",
    "silent": "服务器一直没有应答。请核对 endpoint 的地址、端口和防火墙，稍后再试。",
    "busy": "服务器太忙，或者限制了请求的速度。请稍后再试；一直这样，请在控制台看看桶的流量限制。",
    "account": "账号欠费或被停用。请在服务商的控制台查看。",
    "unsupported": "这个服务不支持这种请求。请核对 provider；MinIO 等自建的服务请升级到支持 If-None-Match 的版本。",
    "public endpoint": "这个 OSS 账号不能从默认公网域名读写数据。请绑定备案过的自有域名（endpoint=https://自有域名&cname=1），或者在阿里云内网用 -internal 域名。",
    "bucket": "没有这个桶。请核对桶名（腾讯云要带 APPID）和地域。",
    "full": "存储空间或配额已满。请清理或扩容后重新发布，网站没有坏，只是没有更新完。",
    "rights": "没有权限。请照 docs/deploy/policies/ 里这个服务商的一份给密钥授权：列举桶，读、写、删桶里的对象。",
    "network": "连不上服务器，或者连接一再中断。请核对网络、region 和 endpoint，稍后再试。",
    "disk": "读写文件夹失败。请检查权限，以及磁盘是否已满。",
    "token": TARGET["token"],
    "": "请稍后重新发布；一直不行，请运行 python3 tasks.py doctor 检查。",
}

REASONS = {
    "new": "新增",
    "content": "内容变了",
    "headers": "响应头变了",
    "unknown": "上次发布没有完成",
    "removed": "网站里已经没有",
    "expired": "旧资源保留期已过",
    "foreign": "不知道是谁放的",
}

PLAN = {
    "put": "上传  {key}（{reason}，{size}）",
    "delete": "删除  {key}（{reason}）",
    "more": "……还有 {count} 个，全部清单见 --report。",
    "total": "计划：上传 {puts} 个（{size}），删除 {deletes} 个，不变 {unchanged} 个，保留旧资源 {kept} 个。",
    "none": "网站没有变化，不用发布。",
    "dry": "这是预演，什么也没有改动。",
    "foreign": "目标里另有 {count} 个不知来历的文件，没有动它们：{keys}。确认不要了，用 --adopt 删掉。",
}

RUN = {
    "done": "发布完成：第 {generation} 次，{requests} 个请求，重试 {retries} 次，用时 {seconds:.1f} 秒。",
    "delete limit": "要删掉 {removed} 个文件，超过了 {allowed} 个，已停下，什么也没有改动。"
    "请看看网站文件夹是不是不全；确实要删，用 --max-delete={removed} 重新发布。",
    "busy": "另一个发布正在进行{where}，这次没有发布。请等它完成后重试{wait}。",
    "where": "（在 {host}）",
    "wait": "；如果它已经中断，{seconds} 秒后可以接手",
    "failed": "发布没有完成：{text}\n{advice}\n读者看到的仍是完整的页面；排除故障后再发布一次就会补齐。",
    "stopped": "已中断。读者看到的仍是完整的页面；再发布一次就会补齐。",
    "unfit": "网站里有 {count} 处不能发布，什么也没有上传。",
    "untrusted": "发布记录缺失、损坏或签名不对：已按实际内容重新核对，这一次不按记录删除任何文件。",
    "damaged": "发布记录已损坏，读不出来。请运行 deploy --reconcile，按实际内容重新发布。",
    "no generation": "没有第 {generation} 次发布的记录，无法恢复。可用的见 python3 tasks.py deploy-log。",
    "no bytes": "第 {generation} 次发布的 {count} 个文件已经找不到原件（例如 {key}），无法完整恢复，什么也没有改动。"
    "请用当时的源码（{commit}）重新生成并发布。",
    "site": "网站地址要写全，像 https://www.example.org，不能写成“{site}”",
    "arguments": "参数不对：{message}。写法见 docs/deploy.md。",
}

# What argparse says, and what we say.
ARGUMENTS = {
    r"^argument command: invalid choice: '(.*)' \(choose from (.*)\)": r"没有“\1”这个命令，只有 \2",
    r"^argument (\S+): ": r"\1：",
    r"invalid choice: '(.*)' \(choose from (.*)\)": r"没有“\1”这个选择，只有 \2",
    r"invalid (?:int|float) value: '(.*)'": r"“\1”不是数字",
    r"expected one argument": "后面缺少内容",
    r"unrecognized arguments: (.*)": r"不认识 \1",
    r"the following arguments are required: command": "缺少命令：deploy、rollback、log、doctor 或 headers",
}

LOG = {
    "line": "第 {generation} 次  {time}  {task}  上传 {puts}（{size}） 删除 {deletes}  {state}  {commit} {host}",
    "empty": "还没有发布记录。",
    "current": "当前",
    "complete": "完成",
    "broken": "没有完成，或者不被后一次承认",
    "running": "进行中或已中断",
}

TASKS = {"deploy": "发布", "rollback": "恢复"}

VERIFY = {
    "missing": "{key}：目标里没有。",
    "bytes": "{key}：内容和发布的不一样（应为 {wanted}，实为 {found}）。",
    "header": "{key}：响应头 {name} 应为“{wanted}”，实为“{found}”。",
    "foreign": "{key}：不是我们发布的。",
    "status": "{url}：应答 {found}，应为 {wanted}。",
    "cached": "{url}：CDN 还在发送旧的一版，五分钟内会自己更新。",
    "stale": "{url}：CDN 发送的旧的一版已经保存了 {age} 秒，超过五分钟。请让 CDN 遵循源站的 Cache-Control，再刷新缓存。",
    "unreachable": "{url}：打不开（{text}）。请核对域名解析、CDN 和证书。",
    "list": "核对清单：{count} 个对象。",
    "sample": "抽查响应头：{count} 个对象。",
    "public": "从 {site} 读回：{count} 个地址。",
    "good": "核对通过。",
    "bad": "核对发现 {count} 处不一致。用 --reconcile 重新发布可以补齐。",
}

PURGE = {
    "batch": "刷新 {count} 个{kind}：{first} 等",
    "url": "地址",
    "folder": "目录",
    "dry": "预演：将运行 {command}",
    "missing": "没有找到 {program} 命令，缓存没有刷新；页面最多五分钟后自动更新。安装方法见 docs/deploy.md。",
    "failed": "刷新缓存没有成功（{text}）；页面最多五分钟后自动更新。",
    "site": "刷新缓存需要知道网站地址，请写 --site https://域名。",
}

DOCTOR = {
    "read": "读取对象",
    "write": "写入、读回对象",
    "delete": "删除对象",
    "list": "列举对象",
    "create": "只新建、不覆盖",
    "clock": "时钟",
    "headers": "响应头",
    "public": "对外地址",
    "records": "发布记录不对外公开",
    "security": "安全响应头",
    "good": "正常",
    "lost": "写入的内容读回来不一样。请检查桶前面有没有代理，或者桶是否设置了加密改写。",
    "left": "测试对象删不掉。请授权删除桶里的对象。",
    "unlisted": "新写的对象没有出现在列举结果里。请检查授权（列举桶）和桶名。",
    "overwritten": "“只新建”没有生效，两个发布可能互相覆盖。OSS、COS 请关闭桶的版本控制，MinIO 等请升级到支持 If-None-Match 的版本。",
    "unknown": "服务器的回答不认识。请按括号里的原文查服务商的文档。",
    "skew": "本机时间和服务器相差 {seconds:.0f} 秒。请校准时间，相差 15 分钟以上会被拒绝。",
    "header": "响应头 {name} 写入后变成了“{found}”，应为“{wanted}”。请检查桶或 CDN 的改写规则。",
    "open records": "{url} 能公开访问。请在 CDN 上禁止访问 /_deploy/。",
    "no header": "{site} 没有发送 {names}。请在 CDN 上设置，内容见 python3 tasks.py deploy-headers。",
    "summary": "共检查 {count} 项，{bad} 项需要处理。",
}

SIGN = {
    "unsigned": "给了 --allowed-signers，却没有用 --sign 签名：这样发布的记录没有签名，下一次就不被承认，要全部重新上传。请加上 --sign。",
    "failed": "签名没有成功：{text}。请核对 --sign 的私钥（ssh-keygen -t ed25519 生成，不设口令），并安装 OpenSSH。",
}
