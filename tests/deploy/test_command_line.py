"""The commands as people and CI run them: words, exit statuses, nothing secret anywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policysite.deploy.command_line import main
from policysite.deploy.lease import take
from policysite.deploy.target import WrongTarget, parse_target, read_credentials
from tests.deploy.conftest import open_store, target_of, write_site
from tests.deploy.fake_store import ACCESS_KEY, SECRET_KEY, FakeStore
from tests.deploy.fault_proxy import FaultProxy, Faults
from tests.deploy.publishing import files_of

pytestmark = pytest.mark.usefixtures("credentials")


def folder(tmp_path: Path) -> str:
    return (tmp_path / "published").as_uri()


def visible(root: Path) -> dict[str, bytes]:
    return {key: data for key, data in files_of(root).items() if not key.startswith("_deploy/")}


def test_a_folder_can_be_deployed_to_and_rolled_back(
    tmp_path: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = folder(tmp_path)
    published = tmp_path / "published"
    for version in (1, 2, 3):
        write_site(site, version)
        (site / f"2026/only-{version}.html").write_text(f"{version}")
        assert main(["deploy", "--target", target, "--output", str(site)]) == 0
        if version == 1:
            first = visible(published)
        (site / f"2026/only-{version}.html").unlink()
    assert "发布完成：第 3 次" in capsys.readouterr().out
    assert main(["rollback", "1", "--target", target]) == 0
    assert visible(published).items() >= first.items()
    assert set(visible(published)) - set(first) <= {
        "assets/site.00000002.css",
        "assets/site.00000003.css",
    }
    assert main(["log", "--target", target]) == 0
    lines = capsys.readouterr().out.splitlines()
    log = [line for line in lines if line.startswith("第 ")]
    assert ["恢复" in line for line in log] == [True, False, False, False]
    assert [("当前" in line, "完成" in line) for line in log] == [(True, False)] + [
        (False, True)
    ] * 3


def test_a_purge_of_an_unknown_site_is_refused_before_anything_is_written(
    tmp_path: Path,
    site: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DEPLOY_SITE", raising=False)
    command = ["deploy", "--target", folder(tmp_path), "--output", str(site), "--purge", "aliyun"]
    assert main(command) != 0
    assert "请写 --site" in capsys.readouterr().err
    assert not (tmp_path / "published").exists()
    assert main([*command, "--site", "https://www.example.org", "--dry-run"]) == 0


def test_a_rollback_gives_bytes_and_headers_of_the_site_before_the_last(
    fake: FakeStore, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = target_of(fake)
    sites = []
    for version in (1, 2, 3):
        write_site(site, version)
        (site / "2026/moved.html").write_text(f"{version}" if version != 2 else "")
        if version == 2:
            (site / "2026/moved.html").unlink()
        assert main(["deploy", "--quiet", "--target", target, "--output", str(site)]) == 0
        sites.append({key: fake.objects[key] for key in files_of(site)})
    assert main(["rollback", "1", "--target", target]) == 0
    now = {key: fake.objects[key] for key in fake.files()}
    for key, stored in sites[0].items():
        assert (now[key].data, now[key].headers) == (stored.data, stored.headers), key
    assert main(["rollback", "--target", target]) == 0  # and back again: the one before
    for key, stored in sites[2].items():
        assert fake.objects[key].data == stored.data
    assert main(["rollback", "99", "--target", target]) == 1
    assert "没有第 99 次" in capsys.readouterr().err


def test_a_rollback_works_after_a_deploy_that_broke_off(
    aws: FakeStore, site: Path, proxy: FaultProxy
) -> None:
    command = ["deploy", "--quiet", "--target", target_of(aws), "--output", str(site)]
    assert main(command) == 0
    before = aws.files()
    write_site(site, 2)
    proxy.faults = Faults(hang=1, methods=("PUT",), under="/feed.xml")
    assert main([*command, "--timeout", "0.1"]) == 1
    proxy.reset()
    assert aws.files() != before
    assert main(["rollback", "1", "--target", target_of(aws)]) == 0
    assert aws.files().items() >= before.items()


def test_the_plan_is_printed_with_reasons_counts_and_bytes(
    tmp_path: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["deploy", "--target", folder(tmp_path), "--output", str(site)]
    assert main([*arguments, "--dry-run", "--report", str(tmp_path / "report.json")]) == 0
    said = capsys.readouterr().out
    assert "上传  index.html（新增，1.3 KB）" in said
    assert f"计划：上传 {len(files_of(site))} 个" in said
    assert "预演" in said
    assert not (tmp_path / "published").exists()
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert {put["key"] for put in report["plan"]["puts"]} == set(files_of(site))
    assert main(arguments) == 0
    (site / "feed.xml").write_text("new")
    assert main(arguments) == 0
    assert "feed.xml（内容变了" in capsys.readouterr().out
    assert main(arguments) == 0
    assert "没有变化" in capsys.readouterr().out


def test_each_way_to_stop_has_its_exit_status_and_says_what_to_do(
    fake: FakeStore, site: Path, proxy: FaultProxy, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["deploy", "--quiet", "--target", target_of(fake), "--output", str(site)]
    write_site(site, 1, pages=40)
    assert main(command) == 0
    shutil.rmtree(site / "2026")
    assert main(command) == 3
    assert "--max-delete=40" in capsys.readouterr().err
    assert main([*command, "--max-delete=40"]) == 0
    write_site(site, 2)
    take(open_store(fake), after=2, seconds=120)
    assert main(command) == 75
    assert "另一个发布正在进行" in capsys.readouterr().err
    fake.clock_skew = 1000
    assert main(command) == 1
    assert "校准时间" in capsys.readouterr().err
    fake.clock_skew = 0
    (site / "a.json").write_text("LTAI" + "5tAbCdEf" * 2)
    fake.log.clear()
    assert main([*command, "--lease", "0"]) == 1
    assert "a.json：里面有像密钥的内容" in capsys.readouterr().err
    assert fake.count("PUT", "POST", "DELETE") == 0


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("ftp://x/y", "看不懂"),
        ("file://", "看不懂"),
        ("s3://AK:SK@bucket?region=x", "不能写密钥"),
        ("s3://bucket?provider=oss", "region"),
        ("s3://bucket?provider=minio&region=x", "endpoint"),
        ("s3://bucket?provider=qiniu&region=x", "qiniu"),
        ("s3://bucket?region=x&secret=y", "secret"),
        ("s3://bucket?endpoint=http://example.org", "https://"),
        ("s3://bucket?provider=cos&region=x&cname=1", "cname"),
    ],
)
def test_a_target_that_cannot_be_used_is_explained(target: str, said: str) -> None:
    with pytest.raises(WrongTarget, match=said):
        parse_target(target)


def test_a_command_that_ends_right_after_a_listing_ends_by_itself(
    aws: FakeStore, site: Path
) -> None:
    assert main(["deploy", "--quiet", "--target", target_of(aws), "--output", str(site)]) == 0
    words = (
        "import sys; from policysite.deploy.command_line import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", words, "rollback", "9", "--target", target_of(aws)]
    ended = [subprocess.run(command, capture_output=True).returncode for _ in range(8)]
    assert ended == [1] * 8, "otherwise every fourth is aborted"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "没有“nothing”这个命令，只有 'deploy', 'rollback'"),
        ([], "缺少命令：deploy、"),
        (["deploy", "--verify", "all"], "--verify：没有“all”这个选择，只有 'list', 'sample'"),
        (["deploy", "--lease", "x"], "--lease：“x”不是数字"),
        (["rollback", "abc"], "generation：“abc”不是数字"),
        (["deploy", "--target"], "--target：后面缺少内容"),
        (["log", "--all"], "不认识 --all"),
    ],
)
def test_wrong_words_are_told_in_chinese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert f"参数不对：{said}" in capsys.readouterr().err


def test_a_log_that_nobody_reads_to_its_end_is_no_failure_of_a_deploy(
    site: Path, tmp_path: Path
) -> None:
    target = (tmp_path / "published").as_uri()
    assert main(["deploy", "--quiet", "--target", target, "--output", str(site)]) == 0
    command = [sys.executable, "-m", "policysite.deploy", "log", "--target", target]
    reading, writing = os.pipe()
    os.close(reading)
    buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, env=buffered)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_variable_that_ci_forgot_to_fill_does_not_publish_to_a_folder(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEPLOY_TARGET", "")
    assert main(["deploy", "--output", str(site)]) == 1
    assert "DEPLOY_TARGET，但没有内容" in capsys.readouterr().err


def test_missing_credentials_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongTarget, match="DEPLOY_SECRET_ACCESS_KEY"):
        read_credentials({"DEPLOY_ACCESS_KEY_ID": "x"})
    assert "SECRET" not in repr(read_credentials({
        "DEPLOY_ACCESS_KEY_ID": "x", "DEPLOY_SECRET_ACCESS_KEY": "SECRET"
    }))  # fmt: skip


def test_no_secret_is_ever_written_down(
    aws: FakeStore, site: Path, proxy: FaultProxy, tmp_path: Path
) -> None:
    words = [sys.executable, "-m", "policysite.deploy", "deploy", "--output", str(site)]
    words += ["--target", target_of(aws), "--report", str(tmp_path / "r.json"), "--timeout", "1"]
    words += ["--cache", str(tmp_path / "digests")]
    environment = {
        "http_proxy": f"http://127.0.0.1:{proxy.port}",
        "DEPLOY_ACCESS_KEY_ID": ACCESS_KEY,
        "DEPLOY_SECRET_ACCESS_KEY": SECRET_KEY,
        "PYTHONIOENCODING": "utf-8",
        "RUST_LOG": "trace",
    }
    root = Path(__file__).resolve().parents[2]
    said = ""
    for faults in (Faults(), Faults(busy=0.3, cut_after=0.1), Faults(broken=1)):
        write_site(site, len(said) % 1000)
        proxy.faults = faults
        done = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True)
        said += done.stdout + done.stderr
    aws.clock_skew = 1000
    proxy.faults = Faults()
    done = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True)
    said += done.stdout + done.stderr + (tmp_path / "r.json").read_text("utf-8")
    stored = b"".join(stored.data for stored in aws.objects.values())
    assert "Traceback" not in said
    for secret in (SECRET_KEY, ACCESS_KEY):
        assert secret not in said
        assert secret.encode() not in stored
