"""After a deploy: whether the target holds what was put there, with the right headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from policysite.deploy.command_line import main
from tests.deploy.conftest import target_of
from tests.deploy.fake_store import FakeStore

pytestmark = pytest.mark.usefixtures("credentials")


def test_verify_by_list_finds_what_others_changed(
    fake: FakeStore, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["deploy", "--quiet", "--target", target_of(fake), "--output", str(site)]
    assert main([*command, "--verify=list"]) == 0
    whole = fake.objects["index.html"]
    fake.objects["index.html"] = type(whole)(b"hacked", whole.headers, whole.written)
    fake.objects["foreign.html"] = whole
    del fake.objects["feed.xml"]
    assert main([*command, "--verify=list"]) == 1
    said = capsys.readouterr().err
    assert "index.html：内容" in said
    assert "foreign.html：不是" in said
    assert "feed.xml：目标里没有" in said
    assert main([*command, "--reconcile", "--adopt", "--verify=list"]) == 0


def test_verify_by_sample_finds_wrong_headers(
    fake: FakeStore, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["deploy", "--quiet", "--target", target_of(fake), "--output", str(site)]
    assert main([*command, "--verify=sample"]) == 0
    whole = fake.objects["index.html"]
    fake.objects["index.html"] = type(whole)(
        whole.data, {**whole.headers, "content-type": "text/plain"}, whole.written
    )
    assert main([*command, "--verify=sample"]) == 1
    assert (
        "content-type 应为“text/html; charset=utf-8”，实为“text/plain”" in capsys.readouterr().err
    )
