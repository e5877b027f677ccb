"""`python -m policysite.deploy`: what CI runs. It needs neither Pelican nor the content."""

from __future__ import annotations

import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from policysite.deploy.arguments import ROOT, parse
from policysite.deploy.deployer import Options, Outcome, TooManyDeletes, deploy
from policysite.deploy.digests import DigestCache
from policysite.deploy.follow_up import purge_changed, report, summary, tell, verify, warn
from policysite.deploy.history import NoSuchGeneration, read_log
from policysite.deploy.lease import Busy
from policysite.deploy.messages import ADVICE, DOCTOR, PLAN, PURGE, RUN, SIGN, TARGET
from policysite.deploy.patience import TRIES, PatientStore
from policysite.deploy.plan import Plan
from policysite.deploy.published import read_published
from policysite.deploy.report import (
    Progress,
    progress,
    show_log,
    show_plan,
    write_report,
)
from policysite.deploy.signature import (
    MANIFEST,
    MANIFEST_SPACE,
    SIGNATURE,
    STATE_SPACE,
    CannotSign,
    is_signed,
    manifest,
    sign,
)
from policysite.deploy.site_files import SiteFiles, Unpublishable, check_contents, read_site
from policysite.deploy.state import State, Untrusted
from policysite.deploy.store import StoreError
from policysite.deploy.target import Folder, WrongTarget, parse_target, read_credentials
from policysite.files import reason_of

DONE, FAILED, TOO_MANY_DELETES, BUSY, STOPPED = 0, 1, 3, 75, 130
"""Exit statuses; 75 is EX_TEMPFAIL of sysexits.h: try again later. 130 is that of Ctrl+C."""


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status."""
    given = parse(arguments)
    try:
        status: int = _COMMANDS[given.command](given)
        sys.stdout.flush()
    except WrongTarget as error:
        return _say(str(error), FAILED)
    except CannotSign as error:
        return _say(SIGN["failed"].format(text=error), FAILED)
    except Unpublishable as error:
        said = RUN["unfit"].format(count=len(error.findings))
        return _say("\n".join([*error.findings, said]), FAILED)
    except Untrusted:
        return _say(RUN["damaged"], FAILED)
    except TooManyDeletes as error:
        removed = error.plan.removed
        return _say(
            RUN["delete limit"].format(removed=removed, allowed=error.allowed), TOO_MANY_DELETES
        )
    except Busy as error:
        return _say(_busy(error), BUSY)
    except BrokenPipeError:  # `log | head`: nobody reads on, not even what is written at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except StoreError as error:
        return _say(RUN["failed"].format(text=error, advice=ADVICE[error.advice]), FAILED)
    except KeyboardInterrupt:
        return _say(RUN["stopped"], STOPPED)
    except OSError as error:
        text = f"{error.filename or ''} {reason_of(error)}".strip()
        return _say(RUN["failed"].format(text=text, advice=ADVICE["disk"]), FAILED)
    return status


def _say(text: str, status: int) -> int:
    warn(text)
    return status


def _busy(error: Busy) -> str:
    where = RUN["where"].format(host=error.holder) if error.holder else ""
    wait = RUN["wait"].format(seconds=round(error.seconds)) if error.seconds else ""
    return RUN["busy"].format(where=where, wait=wait)


def open_store(target: str, timeout: float, tries: int = TRIES) -> PatientStore:
    """Return the store that a target names; `tries` is how often it is asked for one thing.

    Raises:
        WrongTarget: see `parse_target` and `read_credentials`.

    """
    place = parse_target(target)
    if isinstance(place, Folder):
        # Only what is needed is imported: most deploys change nothing, and half of their time is
        # that of starting.
        from policysite.deploy.folder_store import FolderStore

        return PatientStore(FolderStore(place.path))
    try:
        # 40 MB of native code that a folder does not need.
        from policysite.deploy.object_store import ObjectStore
    except ModuleNotFoundError:
        raise WrongTarget(TARGET["library"]) from None
    return PatientStore(ObjectStore(place, read_credentials(os.environ), timeout), tries=tries)


def _run_deploy(given: Namespace) -> int:
    store = open_store(given.target, given.timeout)
    site = read_site(given.output, gzip=given.gzip, cache=_digest_cache(given))
    site = _with_manifest(site, given)
    if given.gzip and not store.can_compress:
        raise WrongTarget(TARGET["gzip"].format(provider=given.target))

    def check(plan: Plan) -> None:
        if findings := [*check_contents(site, (put.key for put in plan.puts))]:
            raise Unpublishable(findings)

    return _publish(given, store, lambda options: deploy(site, store, options), check)


def _digest_cache(given: Namespace) -> DigestCache | None:
    """Return what is known of the folder; nothing where all shall be looked at, or is compressed."""
    cache = DigestCache(given.cache, given.output)
    if given.reconcile:
        cache.forget()
    return None if given.gzip else cache


def _with_manifest(site: SiteFiles, given: Namespace) -> SiteFiles:
    """Add the signed list of digests, if a key is given."""
    if not given.sign:
        return site
    text = manifest(site.entries)
    signature = sign(text, given.sign, MANIFEST_SPACE).encode()
    return site.with_made({MANIFEST: text, SIGNATURE: signature})


def _run_rollback(given: Namespace) -> int:
    from policysite.deploy.rollback import BytesLost, rollback

    store = open_store(given.target, given.timeout)

    def act(options: Options) -> Outcome:
        return rollback(store, given.generation, replace(options, task="rollback"))

    try:
        return _publish(given, store, act, lambda _: None)
    except NoSuchGeneration as error:
        return _say(RUN["no generation"].format(generation=error), FAILED)
    except BytesLost as error:
        values = {"generation": error.generation, "count": len(error.keys), "key": error.keys[0]}
        return _say(RUN["no bytes"].format(**values, commit=error.commit or "—"), FAILED)


def _publish(
    given: Namespace,
    store: PatientStore,
    act: Callable[[Options], Outcome],
    check: Callable[[Plan], None],
) -> int:
    """Publish, then verify, purge and report.

    Raises:
        WrongTarget: addresses shall be purged, and nobody said of which site; or signatures are
            asked for, and none would be made. Nothing was written.

    """
    if given.purge and not given.site:
        raise WrongTarget(PURGE["site"])
    if given.allowed_signers and not given.sign and not given.dry_run:
        raise WrongTarget(SIGN["unsigned"])
    began = time.monotonic()
    with progress(quiet=given.quiet) as shown:
        outcome = act(_options(given, check, shown))
    seconds = time.monotonic() - began
    if outcome.foreign:
        keys = "、".join(sorted(outcome.foreign)[:5])
        warn(PLAN["foreign"].format(count=len(outcome.foreign), keys=keys))
    faults: list[str] = []
    if not outcome.plan.keys:
        tell(given, PLAN["none"])
    elif given.dry_run:
        tell(given, PLAN["dry"])
    else:
        tell(given, summary(outcome, store, seconds))
    if not given.dry_run:
        faults = verify(given, store, outcome)
    notes = purge_changed(given, outcome.plan)
    if given.report:
        write_report(given.report, report(outcome, store, seconds, faults, notes))
    return FAILED if faults else DONE


def _options(given: Namespace, check: Callable[[Plan], None], shown: Progress) -> Options:
    def planned(plan: Plan) -> None:
        check(plan)
        tell(given, show_plan(plan))
        shown.begin(plan)

    return Options(
        now=int(time.time()),
        dry_run=given.dry_run,
        max_delete=given.max_delete,
        adopt=getattr(given, "adopt", False),
        reconcile=getattr(given, "reconcile", False),
        lease=given.lease,
        commit=lambda: given.commit or os.environ.get("DEPLOY_COMMIT", "") or _commit(),
        planned=planned,
        progress=shown.step,
        trust=lambda state: _trusted(state, given.allowed_signers),
        distrusted=lambda: warn(RUN["untrusted"]),
        sign=lambda text: sign(text, given.sign, STATE_SPACE) if given.sign else "",
    )


def _trusted(state: State, allowed: Path | None) -> bool:
    return allowed is None or is_signed(state.signed_text, state.signature, allowed, STATE_SPACE)


@cache
def _commit() -> str:
    """Return the commit that is checked out, if this is a checkout."""
    head = ROOT / ".git" / "HEAD"
    if not head.is_file():
        return ""
    import subprocess

    command = ["git", "rev-parse", "HEAD"]
    try:
        done = subprocess.run(  # noqa: S603 -- a fixed command
            command, cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()


def _run_log(given: Namespace) -> int:
    store = open_store(given.target, given.timeout)
    found = read_published(store)
    print(show_log(read_log(store, given.count), found.state))
    return DONE


def _run_doctor(given: Namespace) -> int:
    from policysite.deploy.doctor import EXAMINED, examine

    store = open_store(given.target, given.timeout, EXAMINED)
    findings = []
    for finding in examine(store, given.site):
        print(finding, flush=True)
        findings.append(finding)
    bad = sum(bool(finding.advice) for finding in findings)
    print(DOCTOR["summary"].format(count=len(findings), bad=bad))
    return FAILED if bad else DONE


def _run_headers(given: Namespace) -> int:
    from policysite.deploy.header_export import WrongRedirects, write_export

    domain = given.site.partition("://")[2].strip("/")
    try:
        paths = write_export(given.output, given.folder, domain)
    except WrongRedirects as error:
        return _say(str(error), FAILED)
    print(*paths, sep="\n")
    return DONE


_COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "deploy": _run_deploy,
    "rollback": _run_rollback,
    "log": _run_log,
    "doctor": _run_doctor,
    "headers": _run_headers,
}
