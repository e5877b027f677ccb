"""The evidence of reviews: commits whose trailers say who has read which text.

Git reads trailers with ASCII keys only (`git help interpret-trailers`), so the keys are English:

    Review-Of: /2026/grassroots-funds-measures.html
    Review-Digest: sha256:…
    Final-Reviewed-by: 姓名 <mail@example.org>
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from policysite.model.values import CHINA
from policysite.review.roster import PROOF, Person

OF, DIGEST = "Review-Of", "Review-Digest"
KEYS = {
    "初审": "First-Reviewed-by",
    "复审": "Second-Reviewed-by",
    "终审": "Final-Reviewed-by",
    PROOF: "Proofread-by",
}
_STEPS = {key.lower(): step for step, key in KEYS.items()}
_WHO = re.compile(r"(?P<name>.+?)\s*<(?P<email>[^<>\s]+)>")
# Unit and record separators, which no commit message of ours can hold.
_FIELDS = "%H%x1f%ae%x1f%cI%x1f{signature}%x1f%(trailers:only,unfold)%x1e"


class NoHistory(Exception):
    """There is no complete history to read; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Record:
    """One step that one person has taken.

    `digest` is of the text that was read; `author` is the e-mail address of who committed this;
    `signer` is that of a good signature, empty if there is none; `moment` is ISO 8601, in Chinese time.
    """

    address: str
    digest: str
    step: str
    name: str
    email: str
    author: str
    signer: str
    moment: str
    commit: str


def read_records(folder: Path, people: Iterable[Person], *, is_signed: bool) -> tuple[Record, ...]:
    """Return all records in the history of the repository that holds `folder`, oldest first.

    Signatures are checked against the keys of `people`, and only if they are asked for: git runs
    a program for each one.

    Raises:
        NoHistory: git is not there, this is no repository, or its history was cut short.

    """
    _require_history(folder)
    with TemporaryDirectory() as scratch:
        signers = Path(scratch) / "allowed_signers"
        signers.write_text("".join(f"{p.email} {p.key}\n" for p in people if p.key), "utf-8")
        options = ["-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={signers}"]
        form = _FIELDS.format(signature="%G? %GS" if is_signed else "")
        log = ["log", "--reverse", "--no-color", f"--grep=^{OF}: ", f"--format={form}"]
        return tuple(_records(run_git(folder, *options, *log)))


def _require_history(folder: Path) -> None:
    if run_git(folder, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise NoHistory(
            "这里只有最近几次提交，查不到审校记录。流水线请取全部历史：GitHub、Gitea 写"
            " fetch-depth: 0，GitLab 写 GIT_DEPTH: 0"
        )


def run_git(folder: Path, *arguments: str) -> str:
    """Return what git prints.

    Raises:
        NoHistory: there is no git, no repository or no commit.

    """
    command = ["git", "-c", "i18n.logOutputEncoding=utf-8", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 -- git with arguments of our own
            command, cwd=folder, capture_output=True, encoding="utf-8", check=False
        )
    except FileNotFoundError:
        raise NoHistory("没有安装 git，查不到审校记录") from None
    if done.returncode:
        raise NoHistory(f"git 读不出提交记录（{done.stderr.strip() or done.returncode}）")
    return done.stdout


def _records(log: str) -> Iterator[Record]:
    for entry in log.split("\x1e")[:-1]:
        commit, author, moment, signature, trailers = entry.strip("\n").split("\x1f")
        # G: good; U: good, the key is known but not marked as trusted.
        state, _, signer = signature.partition(" ")
        pairs = [line.partition(": ") for line in trailers.splitlines()]
        values = {key.lower(): value for key, _, value in pairs}
        for key, _, value in pairs:
            step, who = _STEPS.get(key.lower()), _WHO.fullmatch(value.strip())
            if step and who:
                yield Record(
                    address=values.get(OF.lower(), ""),
                    digest=values.get(DIGEST.lower(), ""),
                    step=step,
                    name=who["name"],
                    email=who["email"].lower(),
                    author=author.lower(),
                    signer=signer.lower() if state in ("G", "U") else "",
                    moment=datetime.fromisoformat(moment).astimezone(CHINA).isoformat(),
                    commit=commit,
                )


def message(subject: str, address: str, digest: str, step: str, person: Person) -> str:
    """Return the message of a commit that records a step."""
    who = f"{KEYS[step]}: {person.name} <{person.email}>"
    return f"{subject}\n\n{OF}: {address}\n{DIGEST}: {digest}\n{who}\n"
