"""What stands between the store and the reader: public addresses, CDN, server, CI."""

from __future__ import annotations

import inspect
import io
import json
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from policysite.deploy import verify
from policysite.deploy.arguments import parse
from policysite.deploy.cdn_export import aliyun, tencent
from policysite.deploy.command_line import main
from policysite.deploy.header_export import (
    Redirect,
    WrongRedirects,
    nginx,
    read_redirects,
    security_headers,
    write_export,
)
from policysite.deploy.plan import Change, Group, Plan, Reason
from policysite.deploy.purge import batches, changed_addresses, command, purge
from policysite.deploy.report import Lines, size_of
from policysite.deploy.site_files import read_site
from policysite.deploy.verify import verify_public
from policysite.tasks import publishing
from policysite.tools.deploying import spelled
from tests.deploy.conftest import write_site

SITE = "https://www.example.org"


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012
        ".html": "text/html; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".css": "text/css; charset=utf-8",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def public(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve a copy of the site; yield its address."""
    monkeypatch.delenv("http_proxy", raising=False)
    root = shutil.copytree(site, site.parent / "public")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_reading_back_finds_nothing_when_all_is_well(site: Path, public: str) -> None:
    reading = verify_public(public, read_site(site, gzip=False).entries, {})
    assert (reading.faults, reading.notes) == ([], [])


def test_reading_back_finds_old_bytes_wrong_types_and_missing_pages(
    site: Path, public: str
) -> None:
    write_site(site.parent / "public", 1)
    (site / "index.html").write_text("newer")
    (site.parent / "public/feed.xml").unlink()
    (site.parent / "public/policysite-no-such-page.html").write_text("soft 404")
    said = "\n".join(verify_public(public, read_site(site, gzip=False).entries, {}).faults)
    assert "index.html：内容" in said
    assert "feed.xml：应答 404" in said
    assert "no-such-page.html：应答 200，应为 404" in said


def test_an_address_that_cannot_be_reached_is_said_once(site: Path) -> None:
    reading = verify_public("http://127.0.0.1:9", read_site(site, gzip=False).entries, {})
    (said,) = reading.faults
    assert "打不开" in said


def test_what_a_cdn_still_has_is_no_fault_for_five_minutes(
    site: Path, public: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = (tmp_path / "published").as_uri()
    command = ["deploy", "--quiet", "--target", target, "--output", str(site)]
    command += ["--site", public, "--verify", "sample"]
    assert main(command) == 0
    write_site(site, version=2)
    assert main([*command, "--lease", "0"]) == 1, "the CDN does not have the new style sheet"
    said = capsys.readouterr().err
    assert f"{public}/：CDN 还在发送旧的一版" in said
    assert "index.html：内容" not in said


@pytest.mark.parametrize(
    ("age", "said"), [("", "内容和发布的不一样"), ("30", ""), ("4000", "已经保存了 4000 秒")]
)
def test_the_age_of_an_answer_tells_a_cache_from_a_fault(
    site: Path, public: str, monkeypatch: pytest.MonkeyPatch, age: str, said: str
) -> None:
    whole = verify.fetch

    def aged(url: str) -> verify.Answer:
        answer = whole(url)
        return replace(answer, headers={**answer.headers, "age": age})

    monkeypatch.setattr(verify, "fetch", aged)
    (site / "index.html").write_text("newer")
    reading = verify_public(public, read_site(site, gzip=False).entries, {})
    assert len(reading.notes) == (not said)
    assert said in "".join(reading.faults)
    assert bool(reading.faults) == bool(said)


def plan_of(*changes: tuple[str, Reason]) -> Plan:
    puts = tuple(Change(Group.PAGES, key, reason) for key, reason in changes)
    return Plan(puts, (), {}, 0, 0)


def test_only_changed_addresses_are_purged_and_folders_by_both_names() -> None:
    plan = plan_of(
        ("index.html", Reason.CONTENT),
        ("2026/关于.html", Reason.CONTENT),
        ("2026/new.html", Reason.NEW),
        ("assets/site.3f2a91c0.css", Reason.UNKNOWN),
    )
    assert changed_addresses(plan, SITE) == [
        f"{SITE}/",
        f"{SITE}/2026/%E5%85%B3%E4%BA%8E.html",
        f"{SITE}/index.html",
    ]


def test_purges_stay_within_the_quota() -> None:
    addresses = [f"{SITE}/{number}.html" for number in range(1500)]
    assert [len(batch.addresses) for batch in batches(addresses, SITE)] == [1000, 500]
    (whole,) = batches(addresses * 2, SITE)
    assert (whole.folder, whole.addresses) == (True, (f"{SITE}/",))


def test_a_dry_run_shows_the_command_and_a_failure_is_only_a_notice() -> None:
    said = [*purge("tencent", [f"{SITE}/"], SITE, dry_run=True, run=lambda _: "never")]
    assert said[1] == (f"预演：将运行 tccli cdn PurgeUrlsCache --UrlEncode False --Urls {SITE}/")
    ran: list[list[str]] = []

    def run(words: list[str]) -> str:
        ran.append(words)
        return "没有成功"

    said = [*purge("aliyun", [f"{SITE}/", f"{SITE}/a"], SITE, dry_run=False, run=run)]
    assert ran == [[
        "aliyun", "cdn", "RefreshObjectCaches",
        "--ObjectPath", f"{SITE}/\n{SITE}/a", "--ObjectType", "File",
    ]]  # fmt: skip
    assert said[-1] == "没有成功"


def test_folders_are_purged_by_their_own_command() -> None:
    (whole,) = batches([f"{SITE}/{n}" for n in range(3000)], SITE)
    assert command("aliyun", whole)[-1] == "Directory"
    assert "PurgePathCache" in command("tencent", whole)


def with_redirect(site: Path, name: str, target: str) -> None:
    text = f'<!doctype html><meta http-equiv="refresh" content="0; url={target}">'
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(text)


def test_redirect_pages_become_a_map(site: Path) -> None:
    with_redirect(site, "old/t1.html", "/2026/001.html")
    with_redirect(site, "old/index.html", "/")
    assert read_redirects(site) == [
        Redirect("/old/", "/"),
        Redirect("/old/t1.html", "/2026/001.html"),
    ]
    write_export(site, site.parent / "server", "www.example.org")
    text = (site.parent / "server/_redirects").read_text("utf-8")
    assert text == "/old/ / 301\n/old/t1.html /2026/001.html 301\n"


def test_cdns_get_redirects_and_headers_as_settings_within_their_limits() -> None:
    moved = [(f"/old/{number}.html", "/") for number in range(60)]
    features = json.loads(aliyun(moved, {"X-Content-Type-Options": "nosniff"}))
    header, first, *others = (
        {a["argName"]: a["argValue"] for a in feature["functionArgs"]} for feature in features
    )
    assert header == {"key": "X-Content-Type-Options", "value": "nosniff"}
    assert first == {"regex": r"^/old/0\.html$", "replacement": "/", "flag": "redirect"}
    assert re.match(first["regex"], "/old/0.html")
    assert len(others) == 49
    settings = json.loads(tencent(moved, {"A": "b"}, "www.example.org"))
    rules = settings["UrlRedirect"]["PathRules"]
    assert len(rules) == 10
    assert rules[0]["Pattern"] == "/old/0.html"
    assert rules[0]["RedirectHost"] == "https://www.example.org"
    assert settings["ResponseHeader"]["HeaderRules"][0]["HeaderName"] == "A"
    assert json.loads(tencent([], {}, "a"))["UrlRedirect"] == {"Switch": "off"}


def test_redirects_in_circles_chains_and_to_nowhere_are_refused(site: Path) -> None:
    with_redirect(site, "a.html", "/b.html")
    with_redirect(site, "b.html", "/a.html")
    with_redirect(site, "c.html", "/nowhere.html")
    with pytest.raises(WrongRedirects) as refused:
        read_redirects(site)
    assert len(str(refused.value).splitlines()) == 3


def test_security_headers_repeat_the_policy_of_the_pages(site: Path) -> None:
    own = "default-src 'none'; script-src 'self'"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{own}">'
    (site / "index.html").write_text(meta)
    headers = security_headers(site)
    assert headers["Content-Security-Policy"] == f"{own}; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert {"Strict-Transport-Security", "Referrer-Policy"} <= headers.keys()


def test_the_server_settings_are_balanced_and_hide_the_records() -> None:
    text = nginx([Redirect("/旧 址", "/a")], {"X": 'a "b"'}, "www.example.org")
    assert text.count("{") - text.count("{8,64}") == text.count("}") - text.count("{8,64}")
    assert "location /_deploy/ { return 404; }" in text
    assert '"/旧 址" /a;' in text
    assert "application/xml xml;" in text
    assert 'add_header X "a \\"b\\"" always;' in text


def test_progress_in_a_log_is_a_line_for_each_tenth() -> None:
    out = io.StringIO()
    lines = Lines(out)
    plan = plan_of(*((f"{number}", Reason.NEW) for number in range(200)))
    lines.begin(plan)
    for change in plan.puts:
        lines.step(change.key, 1)
    assert len(out.getvalue().splitlines()) == 10
    assert [size_of(n) for n in (5, 2048, 5 << 20)] == ["5 B", "2.0 KB", "5.0 MB"]


@pytest.mark.parametrize("task", [publishing.deploy, publishing.rollback])
def test_who_signs_verifies_or_purges_can_do_so_in_every_task_that_publishes(task: Any) -> None:
    options = inspect.signature(task.body).parameters.keys() - {"_"}
    assert options <= vars(parse([task.name])).keys()
    assert {"sign", "allowed_signers", "verify", "site", "purge"} <= options


def test_options_of_a_task_become_words() -> None:
    assert spelled({"dry_run": True, "quiet": False, "target": "", "count": 5}) == [
        "--dry-run",
        "--count=5",
    ]
