"""`doctor` finds each thing that is set up wrongly, and says what to change."""

from __future__ import annotations

import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from policysite.deploy import command_line
from policysite.deploy.command_line import main
from policysite.deploy.messages import ADVICE, DOCTOR
from tests.deploy.conftest import target_of
from tests.deploy.fake_store import ACCESS_KEY, SECRET_KEY, FakeStore
from tests.deploy.fault_proxy import FaultProxy, Faults

DENIED = (403, "AccessDenied", "refused")


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the keys that the fake store knows."""
    monkeypatch.setenv("DEPLOY_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("DEPLOY_SECRET_ACCESS_KEY", SECRET_KEY)
    monkeypatch.delenv("DEPLOY_SITE", raising=False)


def findings(fake: FakeStore, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, str]:
    """Return what doctor says is wrong, by what was tried."""
    status = main(["doctor", "--timeout", "2", "--target", target_of(fake), *words])
    lines = capsys.readouterr().out.splitlines()[:-1]
    wrong = dict(line[2:].split("：", 1) for line in lines if line.startswith("✗"))
    assert status == bool(wrong)
    return wrong


def test_doctor_finds_everything_well(
    fake: FakeStore, capsys: pytest.CaptureFixture[str], proxy: FaultProxy
) -> None:
    assert main(["doctor", "--target", target_of(fake)]) == 0
    assert "共检查 7 项，0 项需要处理" in capsys.readouterr().out
    assert not fake.objects, "nothing is left behind"


@pytest.mark.parametrize(
    ("trouble", "said"),
    [("refuse_host", "不带桶名"), ("refuse_writes", "已满"), ("ignore_create", "版本控制")],
)
def test_doctor_says_what_to_change(
    fake: FakeStore, capsys: pytest.CaptureFixture[str], trouble: str, said: str
) -> None:
    if trouble == "ignore_create" and fake.mode == "obs":
        pytest.skip("OBS has no header that could be ignored")
    setattr(fake, trouble, True)
    (advice,) = findings(fake, capsys).values()
    assert said in advice


@pytest.mark.parametrize(
    ("status", "code", "message", "advice"),
    [
        (403, "InvalidAccessKeyId", "", "key"),
        (403, "SignatureDoesNotMatch", "", "key"),
        (400, "ExpiredToken", "", "expired"),
        (403, "SecurityTokenExpired", "", "expired"),
        (403, "InvalidSecurityToken", "", "expired"),
        (403, "RequestIsExpired", "", "clock"),
        (400, "AuthorizationHeaderMalformed", "expecting 'cn-north-1'", "region"),
        (301, "PermanentRedirect", "", "region"),
        (403, "AccessDenied", "must be addressed using the specified endpoint", "region"),
        (400, "VirtualHostDomainRequired", "", "addressing"),
        (400, "PublicEndpointForbidden", "", "public endpoint"),
        (404, "NoSuchBucket", "", "bucket"),
        (400, "InvalidBucketName", "", "bucket"),
        (403, "UserDisable", "", "account"),
        (403, "InArrearOrInsufficientBalance", "", "account"),
        (403, "AccessDenied", "", "rights"),
    ],
)
def test_each_refusal_of_the_providers_has_its_advice(
    fake: FakeStore,
    capsys: pytest.CaptureFixture[str],
    status: int,
    code: str,
    message: str,
    advice: str,
) -> None:
    methods = ("GET", "PUT", "POST", "HEAD", "DELETE", "LIST")
    fake.refusals = dict.fromkeys(methods, (status, code, message))
    said = findings(fake, capsys)
    assert ADVICE[advice] in said["读取对象"]
    assert code in said["读取对象"], "and what the server said"
    assert len(said) == (4 if advice == "rights" else 1), "only rights can differ"


@pytest.mark.parametrize(
    ("methods", "wrong"),
    [
        (("LIST",), ["列举对象"]),
        (("DELETE",), ["删除对象"]),
        (("PUT", "POST"), ["写入、读回对象"]),
        (("HEAD",), ["响应头", "时钟"]),
    ],
)
def test_a_right_that_is_missing_is_told_by_itself(
    aws: FakeStore, capsys: pytest.CaptureFixture[str], methods: tuple[str, ...], wrong: list[str]
) -> None:
    aws.refusals = dict.fromkeys(methods, DENIED)
    said = findings(aws, capsys)
    assert [*said] == wrong
    assert all("docs/deploy/policies/" in advice for advice in said.values())


@pytest.mark.parametrize("name", ["cache-control", "content-type"])
def test_a_header_that_is_dropped_is_told(
    fake: FakeStore, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    fake.drop_headers = (name,)
    said = findings(fake, capsys)
    assert [*said] == ["响应头"]
    assert f"响应头 {name} 写入后变成了“”" in said["响应头"]


def test_a_server_without_create_only_is_told(
    aws: FakeStore, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.mode = "oss"  # answers 501 to If-None-Match
    target = f"s3://union-1250000000?provider=aws&region=x&endpoint=http://{aws.dialect.host}"
    assert main(["doctor", "--target", target]) == 1
    said = capsys.readouterr().out
    assert f"✗ {DOCTOR['create']}：{ADVICE['unsupported']}" in said
    assert said.count("✗") == 1


def test_an_answer_that_nobody_knows_is_quoted(
    aws: FakeStore, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.refusals = {"GET": (418, "Teapot", "")}
    (advice,) = findings(aws, capsys).values()
    assert advice.startswith(DOCTOR["unknown"])
    assert "Teapot" in advice


def test_doctor_tells_a_clock_that_is_wrong(
    aws: FakeStore, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.clock_skew = 300
    (advice,) = findings(aws, capsys).values()
    assert "相差 300 秒" in advice.replace("299", "300").replace("301", "300")


def test_a_server_that_says_nothing_is_given_up_on_soon(
    aws: FakeStore, proxy: FaultProxy, capsys: pytest.CaptureFixture[str]
) -> None:
    proxy.faults = Faults(hang=1)
    assert main(["doctor", "--timeout", "0.2", "--target", target_of(aws)]) == 1
    assert ADVICE["silent"] in capsys.readouterr().out
    assert proxy.counts["hang"] == 3


def examine(endpoint: str) -> str:
    """Return what doctor says of a server that no proxy stands before; OpenDAL keeps the first."""
    target = f"s3://bucket?provider=minio&endpoint={endpoint}"
    words = [sys.executable, "-m", "policysite.deploy", "doctor", "--timeout", "5"]
    done = subprocess.run([*words, "--target", target], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not done.stderr
    return done.stdout


def test_why_a_host_cannot_be_reached_is_told() -> None:
    said = examine("http://127.0.0.1:9")
    assert ADVICE["network"] in said
    assert "Connection refused" in said


@pytest.fixture
def untrusted(tmp_path: Path) -> Iterator[str]:
    """Yield the address of a server whose certificate nobody vouches for."""
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *files, *subject]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"https://localhost:{server.server_port}"
        server.shutdown()


def test_a_certificate_that_is_not_trusted_is_told(untrusted: str) -> None:
    said = examine(untrusted)
    assert ADVICE["tls"] in said
    assert "invalid peer certificate" in said


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["doctor", "--target", (tmp_path / "file/site").as_uri()]) == 1
    said = capsys.readouterr().out
    assert f"✗ {DOCTOR['write']}：{ADVICE['disk']}" in said


@pytest.mark.parametrize("command", [*command_line._COMMANDS])
def test_a_domain_alone_is_no_public_address(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([command, "--site", "www.example.org"])
    assert "像 https://www.example.org，不能写成“www.example.org”" in capsys.readouterr().err
