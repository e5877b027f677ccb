"""A built site on a free port of this machine, for a browser that works on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from policysite.tools.serve import PageHandler


@contextmanager
def serving(folder: Path, handler: type[PageHandler] = PageHandler) -> Iterator[str]:
    """Serve `folder`; yield the address, without a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
