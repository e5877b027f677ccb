"""Asks for an object's headers at an address that OpenDAL has signed.

OpenDAL's own `stat` keeps Cache-Control and the server's clock to itself.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from policysite.deploy.store import Found, Interrupted, Overloaded, Refused, StoreError


def ask(url: str, headers: Mapping[str, str], method: str, timeout: float) -> Found | None:
    """Return headers as they are served, or None if there is no such object.

    Raises:
        StoreError: refused, or no answer within `timeout` seconds.

    """
    request = Request(url, headers=dict(headers), method=method)  # noqa: S310 -- OpenDAL signed it
    try:
        with build_opener(_NoRedirects).open(request, timeout=timeout) as answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
    except HTTPError as error:
        with error:
            if error.code == 404:
                return None
            raise _sorted_out(error) from None
    except (OSError, http.client.HTTPException) as error:
        raise Interrupted(str(getattr(error, "reason", "") or type(error).__name__)) from None
    return Found(found, _age(found))


class _NoRedirects(HTTPRedirectHandler):
    """A signed address leads to the bucket, and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""
        return None


def _sorted_out(error: HTTPError) -> StoreError:
    if error.code in (429, 503):
        return Overloaded(str(error.code))
    if error.code >= 500:
        return Interrupted(str(error.code))
    return Refused(f"HTTP {error.code}", "rights" if error.code == 403 else "")


def _age(headers: Mapping[str, str]) -> float:
    """Return how long ago an object was written, both times by the server's clock."""
    try:
        now = parsedate_to_datetime(headers["date"])
        return (now - parsedate_to_datetime(headers["last-modified"])).total_seconds()
    except (KeyError, ValueError):
        return 0.0
