"""Signs what is published, with `ssh-keygen -Y`: every machine has it, and keys are at hand.

The published `/.well-known/site-manifest.json` lets a reader check a page against the union's key:
`ssh-keygen -Y verify -f allowed_signers -I deploy -n site-manifest -s …json.sig < …json`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policysite.deploy.entries import Entries, canonical_json

if TYPE_CHECKING:
    import subprocess

MANIFEST = ".well-known/site-manifest.json"
SIGNATURE = f"{MANIFEST}.sig"
STATE_SPACE, MANIFEST_SPACE = "deploy-state", "site-manifest"
"""Namespaces: a signature of the one kind cannot pass for one of the other."""
SIGNER = "deploy"


class CannotSign(Exception):
    """ssh-keygen is missing, or refuses the key."""


def manifest(entries: Entries) -> bytes:
    """Return the published list of digests: the same site, the same bytes."""
    files = {key: entry.sha256 for key, entry in sorted(entries.items())}
    return canonical_json({"version": 1, "algorithm": "sha256", "files": files}) + b"\n"


def sign(text: bytes, key: Path, space: str) -> str:
    """Return an armoured signature. An Ed25519 key gives the same one for the same text.

    Raises:
        CannotSign: see the class.

    """
    done = _run(["-Y", "sign", "-n", space, "-f", str(key)], text)
    if done.returncode:
        raise CannotSign(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout.decode()


def is_signed(text: bytes, signature: str, allowed: Path, space: str) -> bool:
    """Return whether one of the keys in the file `allowed` signed the text."""
    if not signature:
        return False
    import tempfile  # here, as below: most deploys sign nothing, and shall start in no time

    with tempfile.NamedTemporaryFile("w", suffix=".sig") as file:
        file.write(signature)
        file.flush()
        arguments = ["-Y", "verify", "-n", space, "-I", SIGNER, "-f", str(allowed)]
        return _run([*arguments, "-s", file.name], text).returncode == 0


def _run(arguments: list[str], text: bytes) -> subprocess.CompletedProcess[bytes]:
    import shutil
    import subprocess

    program = shutil.which("ssh-keygen")
    if program is None:
        raise CannotSign("ssh-keygen")
    command = [program, *arguments]
    return subprocess.run(command, input=text, capture_output=True, check=False)  # noqa: S603
