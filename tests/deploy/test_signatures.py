"""A site that is signed: who may, who must, and how a reader checks it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from policysite.deploy.command_line import main


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Return a signing key; who may sign stands beside it."""
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")]
    subprocess.run(words, check=True)
    public = (tmp_path / "key.pub").read_text()
    (tmp_path / "allowed").write_text(f"deploy {public}")
    return tmp_path / "key"


needs_ssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not installed")


@needs_ssh
def test_a_signed_site_can_be_checked_by_a_reader_and_an_unsigned_state_deletes_nothing(
    site: Path, tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = (tmp_path / "published").as_uri()
    command = ["deploy", "--target", target, "--output", str(site)]
    signed = [*command, "--sign", str(key), "--allowed-signers", str(key.parent / "allowed")]
    assert main(signed) == 0
    assert main(signed) == 0
    assert "没有变化" in capsys.readouterr().out, "the same site has the same signature"
    manifest = tmp_path / "published/.well-known/site-manifest.json"
    assert "index.html" in json.loads(manifest.read_text("utf-8"))["files"]
    words = ["ssh-keygen", "-Y", "verify", "-f", str(key.parent / "allowed"), "-I", "deploy"]
    words += ["-n", "site-manifest", "-s", f"{manifest}.sig"]
    assert subprocess.run(words, input=manifest.read_bytes(), capture_output=True).returncode == 0
    assert main(command) == 0  # somebody without the key
    (site / "2026/001.html").unlink()
    assert main([*signed, "--lease", "0"]) == 0
    assert "签名不对" in capsys.readouterr().err
    assert (tmp_path / "published/2026/001.html").exists()


def test_who_asks_for_signatures_must_sign(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--target", (tmp_path / "published").as_uri(), "--allowed-signers", "allowed"]
    for given in (["deploy", "--output", str(site)], ["rollback"]):
        assert main([*given, *words]) == 1
        assert "请加上 --sign" in capsys.readouterr().err
    assert not (tmp_path / "published").exists()
    assert main(["deploy", "--output", str(site), "--dry-run", *words]) == 0


@needs_ssh
def test_a_key_that_cannot_sign_is_explained(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = (tmp_path / "published").as_uri()
    words = ["deploy", "--target", target, "--output", str(site), "--sign", str(tmp_path / "none")]
    assert main(words) == 1
    assert "签名没有成功" in capsys.readouterr().err
    assert not (tmp_path / "published").exists()
