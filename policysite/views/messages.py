"""What the `views` task says to people, in one place to be proofread."""

MISSING = (
    "统计阅读量还缺少软件包：{names}。请改用 python3 tasks.py views，它会自动装好；"
    "或者运行 pip install 'policysite[views]'。"
)
BROKEN_CONTENT = (
    "内容有 {count} 处错误，不知道有哪些文章。请先运行 python3 tasks.py check，改正后再统计。"
)
BUSY = "另一个任务一直没有结束，请等它完成后重试。"
NO_ACCESS = "无法读写 {name}（{reason}）。请检查权限，以及磁盘是否已满。"
BAD_STORE = "统计库 {path} 读不出来（{reason}）。请从备份恢复；没有备份就把它移走，用还保存着的日志从头统计。"
NO_OUTPUT = "输出文件夹 {path} 里还没有网站。请先运行 python3 tasks.py build。"
FEWER = (
    "这次的统计比网站上已经公布的少，没有更新网站：{pages}。常见原因是统计库换了或丢了，"
    "请从备份恢复 {path}。确实要按新的数字公布，请加 --fewer。"
)
FEWER_PAGE = "{url} 由 {old} 次变成 {new} 次"
AND_MORE = "……共 {count} 篇"
LESS_IN_ALL = "公布的总数由 {old} 次变成 {new} 次：有的文章已经删除或撤回。"

NO_LOGS = "{place} 里没有日志文件。"
NOT_FOUND = "找不到 {place}。请核对日志文件或文件夹的名称。"
UNREACHABLE = "读不到 {place}（{reason}）。请核对桶名、AWS_ENDPOINT_URL 和钥匙的权限，见 docs/views.md 第六节。"
NO_KEY = (
    "读不到 {place}：没有钥匙。请设置环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY，"
    "见 docs/views.md 第六节。"
)

NEW_STORE = "还没有统计库，从零开始统计，保存在 {path}（请备份）。"
COUNTED = "{name}：{kind}，{lines} 行"
REMARK = "{name}：{remark}。"
BAD_LINES = "{name}：有 {count} 行看不懂，已跳过。"
SUMMARY = (
    "统计了 {counted} 个日志文件（{known} 个以前统计过），{lines} 行，其中 {bad} 行看不懂；"
    "新增阅读 {reads} 次。"
)
LEFT_OUT = "没有计入的文章请求：{reasons}。"
PUBLISHED = "网站上共 {pages} 篇文章有阅读量，合计 {total} 次；更新 {changed} 个数据文件。"
REPORT = "统计报告在 {path}。"

UNKNOWN = "不是认识的访问日志格式，没有统计"
CLOSED = "打不开（没有权限，或者刚刚被移走），没有统计"
DAMAGED = "读到一半出错（可能没有传完，或者已损坏），没有统计"
TOO_LARGE = "内存不够，没有统计"
SHORTER = "比上次统计时短了，可能被截断；没有再统计，以免重复"
CHANGED = "开头和统计过的一个文件相同，后面却不同；没有再统计，以免重复"
