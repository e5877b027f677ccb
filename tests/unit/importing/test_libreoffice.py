"""Files that LibreOffice wrote, beside those of python-docx; see libreoffice/README.md."""

import shutil
from pathlib import Path

import pytest

from policysite.importing.blocks import CannotImport
from policysite.importing.draft import make_draft
from policysite.importing.record import find_record
from policysite.tools.importing import read_file
from tests.unit.making import NOTICES, NOW

FOLDER = Path(__file__).parent / "libreoffice"
BODY = """
各市总工会，各省级产业工会：

为做好送温暖工作，现将有关事项通知如下[^1]。

一、总体要求

（一）加强领导。各级工会要把“应送尽送”落到实处。

1.压实责任；

2.摸清底数。

（二）严肃纪律。不得截留挪用。

二、慰问标准

联系人：陈老师，电话000-12345678。

标准见下表。

<table>
<tr><th colspan="2">对象</th><th>标准</th></tr>
<tr><td rowspan="2">困难职工</td><td>深度困难</td><td>2000元</td></tr>
<tr><td>相对困难</td><td>1000元</td></tr>
</table>

<p class="signature">示例省总工会<br>2026年11月20日</p>

[^1]: 本通知所称职工，包括新就业形态劳动者。
"""


def imported(path: Path) -> str:
    """Return the draft of a file whose tracked changes are accepted."""
    source = read_file(path, accept_revisions=True)
    record = find_record(source.blocks)
    assert str(record.doc_number) == "示总工发〔2026〕31号"
    assert record.title == "示例省总工会关于做好2027年送温暖工作的通知"
    return make_draft(source, record, NOTICES, "a", NOW).text


def test_numbers_merged_cells_frames_and_footnotes_are_read() -> None:
    assert imported(FOLDER / "notice.docx").split("---\n", 2)[2] == BODY


def test_a_tracked_deletion_is_refused_and_never_leaks() -> None:
    with pytest.raises(CannotImport, match=r"^notice\.docx 里有1处修订"):
        read_file(FOLDER / "notice.docx")
    assert "删去" not in imported(FOLDER / "notice.docx")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice converts old files")
def test_an_old_file_goes_through_libreoffice_and_keeps_its_name_in_messages() -> None:
    with pytest.raises(CannotImport, match=r"^notice\.fodt 里有1处修订"):
        read_file(FOLDER / "notice.fodt")
    assert imported(FOLDER / "notice.fodt").split("---\n", 2)[2] == BODY
