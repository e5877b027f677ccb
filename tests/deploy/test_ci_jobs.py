"""The ready CI jobs: build and deploy apart, nothing that can change under a name, full history."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import yaml

from policysite.environment import ROOT

CI = ROOT / "docs" / "deploy" / "ci"
every_platform = pytest.mark.parametrize("name", ["github", "gitlab", "gitea", "gitee"])


def jobs_of(name: str) -> dict[str, Any]:
    """Return the jobs of a platform's file by name."""
    whole = yaml.safe_load((CI / f"{name}.yml").read_text("utf-8"))
    stages = {stage["name"]: stage for stage in whole.get("stages", ()) if isinstance(stage, dict)}
    return dict(whole.get("jobs") or stages or whole)


@every_platform
def test_ci_jobs_build_without_keys_and_deploy_in_another_job(name: str) -> None:
    jobs = jobs_of(name)
    assert "tasks.py build" in str(jobs["build"])
    deploy = str(jobs["deploy"])
    assert "-m policysite.deploy deploy" in deploy
    assert deploy.index("-r requirements-deploy.lock") < deploy.index("ACCESS_KEY"), "no key yet"
    for word in ("ACCESS_KEY", "secrets.", "id-token", "id_tokens", "KEY_SECRET"):
        assert word not in str(jobs["build"])


@every_platform
def test_the_deploy_job_installs_nothing_but_what_is_locked(name: str) -> None:
    installed = re.findall(r"pip install .*?(?=[\n',])", str(jobs_of(name)["deploy"]))
    assert installed
    assert all(words.split("\\n")[0].endswith("-r requirements-deploy.lock") for words in installed)
    assert all("--require-hashes" in words for words in installed)


@every_platform
def test_the_build_has_the_history_in_which_reviews_stand(name: str) -> None:
    build = str(jobs_of(name)["build"])
    assert re.search(r"'fetch-depth': 0|'GIT_DEPTH': '0'|git fetch --unshallow", build)
    assert "slim" not in build, "there is no git in it"


@pytest.mark.parametrize("name", ["github", "gitea"])
def test_actions_are_named_by_their_commits_and_keep_hidden_files(name: str) -> None:
    text = (CI / f"{name}.yml").read_text("utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used)
    assert "include-hidden-files: true" in text, "/.well-known/ is one"
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


class _Sts(BaseHTTPRequestHandler):
    """Answers as STS does."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked = parse_qs(body)  # type: ignore[attr-defined]
        answer = (
            '<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
            "<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId>"
            "<SecretAccessKey>a/b+c'd e</SecretAccessKey><SessionToken>token==</SessionToken>"
            "</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"
        )
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def sts() -> Iterator[HTTPServer]:
    """Yield a server that gives credentials for a token."""
    with HTTPServer(("127.0.0.1", 0), _Sts) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


def test_gitlab_exchanges_its_token_for_credentials(sts: HTTPServer, tmp_path: Path) -> None:
    steps = jobs_of("gitlab")["deploy"]["script"][1:-1]
    show = 'printf "%s|%s|%s" "$DEPLOY_ACCESS_KEY_ID" "$DEPLOY_SECRET_ACCESS_KEY" "$DEPLOY_SESSION_TOKEN"'
    given = {
        "DEPLOY_ROLE": "arn:aws-cn:iam::1:role/deploy",
        "DEPLOY_ID_TOKEN": "a.b.c",
        "CI_PIPELINE_ID": "7",
        "STS": f"http://127.0.0.1:{sts.server_port}",
    }
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join([*steps, show])],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "ASIAEXAMPLE|a/b+c'd e|token=="
    assert sts.asked["WebIdentityToken"] == ["a.b.c"]  # type: ignore[attr-defined]
    assert sts.asked["RoleSessionName"] == ["gitlab-7"]  # type: ignore[attr-defined]
    assert not [*tmp_path.iterdir()], "they stay in no file"
