"""公示 that are over: their lists can be withdrawn by themselves."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from policysite.gate import inspect
from policysite.model.values import CHINA
from policysite.pages.notice import is_list_due
from policysite.pages.site import Site, build_site
from policysite.problems import errors
from tests.unit.making import SETTINGS, front_matter, make_manuscript, write_content

LAST = datetime(2026, 3, 20, 12, tzinfo=CHINA)
AFTER = LAST + timedelta(days=1)
PERIOD = (
    "公示开始: 2026-03-16", "公示截止: 2026-03-20", "联系人: 林晓禾", "联系电话: 000-12345678"
)  # fmt: skip
ATTACHED = ("附件:", "  - 名单: attachments/names.docx")
BODY = """现将名单公示如下。

| 姓名 | 单位 |
| --- | --- |
| 尹松涛 | 青川重型机械有限公司 |

<table><tr><td>苏云阶<table><tr><td>毕子衡</td></tr></table></td></tr></table>

有异议的，请来电反映。事迹见[附件](/attachments/names.docx)，流程见[说明](/attachments/how.docx)。
"""


def make(folder: Path, now: datetime, *lines: str, **settings: bool) -> Site:
    """Return a site with one 公示, as of `now`."""
    name = "notices/2026-03-15-craftsmen.md"
    text = front_matter(*PERIOD, *ATTACHED, *lines, body=BODY)
    files = {name: text, "attachments/names.docx": "名单", "attachments/how.docx": "流程"}
    edition, problems = inspect(write_content(folder, files), now)
    assert not errors(problems), [str(found) for found in problems]
    return build_site(edition, SETTINGS.model_copy(update=settings), now)


@pytest.mark.parametrize(
    ("line", "default", "withdrawn"),
    [
        ((), False, False),
        ((), True, True),
        (("公示结束后撤下名单: 是",), False, True),
        (("公示结束后撤下名单: 否",), True, False),
    ],
)
def test_a_notice_decides_for_itself_and_else_the_site_does(
    line: tuple[str, ...], default: bool, withdrawn: bool
) -> None:
    fields = make_manuscript(*PERIOD, *line).fields
    settings = SETTINGS.model_copy(update={"notice_withdraw_list": default})
    assert is_list_due(fields, settings, AFTER.date()) is withdrawn
    assert not is_list_due(fields, settings, LAST.date())


def test_on_the_last_day_the_list_is_still_there(tmp_path: Path) -> None:
    (article,) = make(tmp_path, LAST, notice_withdraw_list=True).articles
    assert article.notice
    assert (article.notice.label, article.notice.is_list_gone) == ("公示中", False)
    assert "尹松涛" in article.html
    assert "attachments/names.docx" in article.files


def test_the_day_after_nothing_knows_the_names(tmp_path: Path) -> None:
    site = make(tmp_path, AFTER, notice_withdraw_list=True)
    (article,) = site.articles
    assert article.notice
    assert (article.notice.label, article.notice.is_list_gone) == ("已结束", True)
    assert article.attachments == ()
    for name in ("尹松涛", "苏云阶", "毕子衡"):
        for text in (article.html, article.text, article.summary, article.markdown):
            assert name not in text
    assert "有异议的，请来电反映。" in article.html


def test_files_that_were_not_attached_stay(tmp_path: Path) -> None:
    (article,) = make(tmp_path, AFTER, "公示结束后撤下名单: 是").articles
    assert article.files == {"attachments/how.docx"}
    assert "事迹见附件，流程见<a" in article.html
