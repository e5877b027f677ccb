"""moto, a server that answers as S3 does, in an environment of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from policysite.environment import ROOT

_LOCK = Path(__file__).with_name("requirements.lock")
# It checks no signature, only that there is one.
SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/s3/aws4_request"}


@contextmanager
def running_moto() -> Iterator[str]:
    """Yield the address of a server with no buckets yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(_python()), "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield address
    finally:
        server.kill()
        server.wait()


def _python() -> Path:
    """Return the environment's Python; what the lock names is installed first if need be."""
    folder = ROOT / ".cache" / f"moto-{sha256(_LOCK.read_bytes()).hexdigest()[:12]}"
    python = folder / "bin" / "python"
    if not python.exists():
        beside = folder.with_name(f"{folder.name}.{time.time_ns()}")
        uv = [sys.executable, "-m", "uv", "--quiet"]
        subprocess.run([*uv, "venv", str(beside)], check=True)
        install = ["pip", "install", "--python", str(beside / "bin" / "python")]
        subprocess.run([*uv, *install, "--require-hashes", "-r", str(_LOCK)], check=True)
        try:
            beside.rename(folder)
        except OSError:  # another worker was faster
            shutil.rmtree(beside)
    return python


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None, "moto did not start"
        try:
            ask("GET", address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("moto does not answer")


def ask(
    method: str, url: str, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers (names in lower case) and bytes of an answer, whatever it is."""
    request = Request(url, method=method, headers=headers or {})
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=20) as answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, found, answer.read()
    except HTTPError as error:
        with error:
            return error.code, {n.lower(): v for n, v in error.headers.items()}, error.read()
