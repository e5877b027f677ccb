"""An HTTP proxy that breaks things on purpose: refusals, cut connections, lost answers, silence.

What is asked of a host on this machine goes there; every other host is the fake store. So clients
use the providers' real host names, and nothing leaves the machine.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_LOCAL = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Faults:
    """How often each thing goes wrong, from 0 to 1; `latency` in seconds.

    `busy` answers 503 and `broken` 500 instead of asking the store; `cut_before` and `cut_within`
    close the connection before or while the request is passed on; `cut_after` once the store has
    done it, so that the answer is lost; `hang` says nothing for ever.
    """

    busy: float = 0
    broken: float = 0
    cut_before: float = 0
    cut_within: float = 0
    cut_after: float = 0
    hang: float = 0
    latency: float = 0
    methods: tuple[str, ...] = ("GET", "PUT", "HEAD", "DELETE", "POST")
    under: str = ""
    """Only requests whose path has this in it."""

    def choose(self, chance: float) -> str:
        """Return which fault a random number from 0 to 1 stands for; empty for none."""
        for name in ("busy", "broken", "cut_before", "cut_within", "cut_after", "hang"):
            chance -= getattr(self, name)
            if chance < 0:
                return name
        return ""


class _Cut(Exception):
    pass


@dataclass(slots=True)
class FaultProxy:
    """The proxy; `start` returns its address. `faults` may be changed at any time."""

    upstream: int
    faults: Faults = field(default_factory=Faults)
    counts: Counter[str] = field(default_factory=Counter)
    random: random.Random = field(default_factory=lambda: random.Random(1))
    port: int = 0
    _tasks: set[asyncio.Task[None] | None] = field(default_factory=set)

    def start(self) -> str:
        """Run in a thread of its own until the process ends."""
        ready = threading.Event()

        async def serve() -> None:
            server = await asyncio.start_server(self._connection, "127.0.0.1", 0, backlog=256)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await asyncio.Event().wait()

        threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
        ready.wait()
        return f"http://127.0.0.1:{self.port}"

    def reset(self, seed: int = 1) -> None:
        """Break nothing, and count from zero."""
        self.faults = Faults()
        self.counts.clear()
        self.random.seed(seed)

    @property
    def requests(self) -> int:
        """Return how many requests were answered or broken."""
        return sum(count for name, count in self.counts.items() if name.isupper())

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        port = 0
        task = asyncio.current_task()
        self._tasks.add(task)  # the loop itself holds tasks weakly
        try:
            while head := await _head(reader):
                method, target, _ = head[0].split(" ")
                parts = urlsplit(target)
                wanted = parts.port or 80 if parts.hostname in _LOCAL else self.upstream
                if upstream is None or wanted != port:
                    upstream, port = await asyncio.open_connection("127.0.0.1", wanted), wanted
                body = await reader.readexactly(_length(head))
                await self._exchange(method, target, head, body, upstream, writer)
        except (_Cut, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()
            if upstream:
                upstream[1].close()

    async def _exchange(
        self,
        method: str,
        target: str,
        head: list[str],
        body: bytes,
        upstream: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        writer: asyncio.StreamWriter,
    ) -> None:
        faults = self.faults
        self.counts[method] += 1
        concerned = method in faults.methods and faults.under in target
        fault = faults.choose(self.random.random()) if concerned else ""
        self.counts[fault or "well"] += 1
        if faults.latency:
            await asyncio.sleep(faults.latency)
        if fault == "hang":
            await asyncio.sleep(3600)
        if fault == "cut_before":
            raise _Cut
        if fault in ("busy", "broken"):
            writer.write(_refusal(fault))
            return await writer.drain()
        parts = urlsplit(target)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        lines = [f"{method} {path} HTTP/1.1", *head[1:]]
        request = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
        if fault == "cut_within":
            upstream[1].write(request[: len(request) - len(body) // 2 - 1])
            await upstream[1].drain()
            raise _Cut
        upstream[1].write(request)
        answer = await _answer(upstream[0], method)
        if fault == "cut_after":
            raise _Cut
        writer.write(answer)
        return await writer.drain()


def _refusal(fault: str) -> bytes:
    status = "503 Slow Down" if fault == "busy" else "500 Internal Server Error"
    code = "SlowDown" if fault == "busy" else "InternalError"
    body = f"<Error><Code>{code}</Code><Message>later</Message></Error>".encode()
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nRetry-After: 1\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def _head(reader: asyncio.StreamReader) -> list[str]:
    """Return the first line and the headers; nothing when the other side is done."""
    try:
        data = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return []
    return data.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")


def _header(head: list[str], name: str) -> str:
    found = (line.partition(":")[2].strip() for line in head[1:] if line.lower().startswith(name))
    return next(found, "")


def _length(head: list[str]) -> int:
    return int(_header(head, "content-length:") or 0)


async def _answer(reader: asyncio.StreamReader, method: str) -> bytes:
    head = await _head(reader)
    if not head:
        raise _Cut
    data = "\r\n".join(head).encode("latin-1") + b"\r\n\r\n"
    if method == "HEAD" or head[0].split(" ")[1] in ("204", "304"):
        return data
    if "chunked" in _header(head, "transfer-encoding:"):
        while True:
            size = await reader.readuntil(b"\r\n")
            data += size + await reader.readexactly(int(size, 16) + 2)
            if int(size, 16) == 0:
                return data
    return data + await reader.readexactly(_length(head))


def one_fault(name: str, chance: float) -> Faults:
    """Return faults of one kind."""
    return Faults(
        busy=chance * (name == "busy"),
        broken=chance * (name == "broken"),
        cut_before=chance * (name == "cut_before"),
        cut_within=chance * (name == "cut_within"),
        cut_after=chance * (name == "cut_after"),
    )
