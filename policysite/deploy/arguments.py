"""The words of the deployer's command line. Credentials are none of them."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from policysite.deploy.lease import LEASE_SECONDS
from policysite.deploy.messages import ARGUMENTS, RUN

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_TARGET = (ROOT / "published").as_uri()
CACHE = ROOT / ".cache" / "deploy"
CDNS = ("aliyun", "tencent")
TIMEOUT = 20.0
"""Seconds for one request. A lease is longer than any request may hang."""


class _Parser(ArgumentParser):
    """Says in Chinese that something is wrong."""

    def error(self, message: str) -> NoReturn:
        """End with exit status 2."""
        self.exit(2, RUN["arguments"].format(message=_in_chinese(message)) + "\n")


def _in_chinese(message: str) -> str:
    for pattern, said in ARGUMENTS.items():
        message = re.sub(pattern, said, message)
    return message


def parse(arguments: Sequence[str]) -> Namespace:
    """Return what was asked for; `command` is its name. Ends the process if it is no command."""
    parser = _Parser(prog="python -m policysite.deploy")
    commands = parser.add_subparsers(required=True, dest="command")
    for name, add_own in _COMMANDS.items():
        one = commands.add_parser(name)
        one.add_argument("--target", default=os.environ.get("DEPLOY_TARGET", DEFAULT_TARGET))
        one.add_argument("--site", type=_site, default=os.environ.get("DEPLOY_SITE", ""))
        one.add_argument("--timeout", type=float, default=TIMEOUT)
        add_own(one)
    return parser.parse_args(arguments)


def _site(text: str) -> str:
    """Return the public address, which may be empty; a domain alone is none."""
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ArgumentTypeError(RUN["site"].format(site=text))
    return text


def _deploy_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, default=Path("output"))
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--gzip", action="store_true")
    parser.add_argument("--adopt", action="store_true")
    parser.add_argument("--reconcile", action="store_true")
    _publishing_arguments(parser)


def _rollback_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("generation", type=int, nargs="?", default=0)
    _publishing_arguments(parser)


def _publishing_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--max-delete", type=int)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--verify", choices=("list", "sample"))
    parser.add_argument("--purge", choices=CDNS)
    parser.add_argument("--sign", type=Path)
    parser.add_argument("--allowed-signers", type=Path)
    parser.add_argument("--lease", type=float, default=LEASE_SECONDS)
    parser.add_argument("--commit", default="")


def _log_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=20)


def _headers_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, default=Path("output"))
    parser.add_argument("--folder", type=Path, default=Path("server"))


def _no_arguments(_: ArgumentParser) -> None:
    return


_COMMANDS: dict[str, Callable[[ArgumentParser], None]] = {
    "deploy": _deploy_arguments,
    "rollback": _rollback_arguments,
    "log": _log_arguments,
    "doctor": _no_arguments,
    "headers": _headers_arguments,
}
