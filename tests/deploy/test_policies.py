"""The rights in docs/deploy/policies are those that the deployer uses, and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policysite.deploy.command_line import main
from policysite.environment import ROOT
from tests.deploy.conftest import target_of, write_site
from tests.deploy.fake_store import ACCESS_KEY, SECRET_KEY, FakeStore

POLICIES = ROOT / "docs" / "deploy" / "policies"
# What each request needs, by the providers' lists of actions. S3, OSS and OBS count a HEAD as
# reading; OBS counts appending as writing.
ACTIONS = {
    "aws": {
        "LIST": "s3:ListBucket",
        "GET": "s3:GetObject",
        "HEAD": "s3:GetObject",
        "PUT": "s3:PutObject",
        "DELETE": "s3:DeleteObject",
    },
    "oss": {
        "LIST": "oss:ListObjects",
        "GET": "oss:GetObject",
        "HEAD": "oss:GetObject",
        "PUT": "oss:PutObject",
        "DELETE": "oss:DeleteObject",
    },
    "cos": {
        "LIST": "name/cos:GetBucket",
        "GET": "name/cos:GetObject",
        "HEAD": "name/cos:HeadObject",
        "PUT": "name/cos:PutObject",
        "DELETE": "name/cos:DeleteObject",
    },
    "obs": {
        "LIST": "obs:bucket:ListBucket",
        "GET": "obs:object:GetObject",
        "HEAD": "obs:object:GetObject",
        "PUT": "obs:object:PutObject",
        "POST": "obs:object:PutObject",
        "DELETE": "obs:object:DeleteObject",
    },
}


def statements(name: str) -> list[dict[str, Any]]:
    """Return a policy's statements; names in lower case, actions and resources as lists."""
    policy = json.loads((POLICIES / f"{name}.json").read_text("utf-8"))
    found = []
    for statement in policy.get("Statement") or policy["statement"]:
        given = {key.lower(): value for key, value in statement.items()}
        for key in ("action", "resource"):
            given[key] = [given[key]] if isinstance(given[key], str) else given[key]
        found.append({**given, "effect": given["effect"].lower()})
    return found


def allowed(name: str) -> set[str]:
    """Return the actions on the bucket that a policy allows."""
    given = (s["action"] for s in statements(name) if s["effect"] == "allow")
    return {action for actions in given for action in actions if not action.startswith("cdn:")}


def test_everything_that_the_deployer_does_is_allowed_and_nothing_else(
    fake: FakeStore, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPLOY_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("DEPLOY_SECRET_ACCESS_KEY", SECRET_KEY)
    target = ["--target", target_of(fake)]
    quiet = ["--quiet", *target]
    assert main(["doctor", *target]) == 0
    assert main(["deploy", "--output", str(site), "--verify=sample", *quiet]) == 0
    (write_site(site, version=2) / "2026/003.html").unlink()
    assert main(["deploy", "--output", str(site), "--reconcile", "--verify=list", *quiet]) == 0
    assert main(["rollback", *quiet]) == 0
    assert main(["log", *target]) == 0
    requests = {("LIST" if key == "?list" else method, key) for method, key, _ in fake.log}
    used = {ACTIONS[fake.mode][method] for method, _ in requests}
    assert used == allowed(fake.mode)
    removed = {key for method, key in requests if method == "DELETE"}
    assert not [key for key in removed if key.startswith("_deploy/history/")], "denied"


@pytest.mark.parametrize("name", [*ACTIONS, "minio"])
def test_rights_are_on_one_bucket_and_the_history_cannot_be_removed(name: str) -> None:
    for statement in statements(name):
        if statement["effect"] == "allow" and not statement["action"][0].startswith("cdn:"):
            assert all("BUCKET" in resource for resource in statement["resource"])
            assert all("*" not in action for action in statement["action"])
    denied = [s for s in statements(name) if s["effect"] == "deny"]
    assert any(
        "DeleteObject" in s["action"][0] and s["resource"][0].endswith("/_deploy/history/*")
        for s in denied
    )


def test_minio_has_the_rights_of_aws() -> None:
    assert allowed("minio") == allowed("aws")
