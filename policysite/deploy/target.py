"""Where to publish: `file:///var/www/site` or `s3://BUCKET?provider=oss&region=cn-hangzhou`.

The address says everything but the credentials; these come from the environment only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from policysite.deploy.messages import TARGET

PROVIDERS = ("aws", "oss", "cos", "obs", "minio")
ACCESS_KEY = "DEPLOY_ACCESS_KEY_ID"
SECRET_KEY = "DEPLOY_SECRET_ACCESS_KEY"  # noqa: S105 -- the variable's name
SESSION_TOKEN = "DEPLOY_SESSION_TOKEN"  # noqa: S105 -- the variable's name

_ENDPOINTS = {
    "aws": "https://s3.{region}.amazonaws.com",
    "oss": "https://oss-{region}.aliyuncs.com",
    "cos": "https://cos.{region}.myqcloud.com",
    "obs": "https://obs.{region}.myhuaweicloud.com",
}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_OPTIONS = ("provider", "region", "endpoint", "cname")


class WrongTarget(ValueError):
    """The target cannot be used; the text says in Chinese what to change."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Keys from the environment; they appear in no representation."""

    access_key: str
    secret_key: str
    session_token: str

    def __repr__(self) -> str:
        return "Credentials(…)"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine."""

    path: Path


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket; `cname` means that the endpoint is a domain of our own bound to it."""

    name: str
    prefix: str
    provider: str
    region: str
    endpoint: str
    cname: bool


def parse_target(text: str) -> Folder | Bucket:
    """Return the place that an address names.

    Raises:
        WrongTarget: it is no such address, or holds a credential.

    """
    if not text:
        raise WrongTarget(TARGET["empty"])
    parts = urlsplit(text)
    if parts.username or parts.password:
        raise WrongTarget(TARGET["secret"])
    if parts.scheme == "file" and not parts.netloc and len(parts.path) > 1:
        return Folder(Path(unquote(parts.path)))
    if parts.scheme != "s3" or not parts.netloc:
        raise WrongTarget(TARGET["form"].format(target=text))
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if unknown := query.keys() - set(_OPTIONS):
        raise WrongTarget(TARGET["option"].format(names="、".join(sorted(unknown))))
    return _bucket(parts.netloc, unquote(parts.path).strip("/"), query)


def _bucket(name: str, prefix: str, query: Mapping[str, str]) -> Bucket:
    provider = query.get("provider", "aws")
    region = query.get("region", "")
    if provider not in PROVIDERS:
        raise WrongTarget(TARGET["provider"].format(provider=provider))
    endpoint = query.get("endpoint", "")
    if not endpoint and (not region or provider not in _ENDPOINTS):
        raise WrongTarget(TARGET["endpoint"].format(provider=provider))
    endpoint = endpoint or _ENDPOINTS[provider].format(region=region)
    if "//" not in endpoint:
        endpoint = f"https://{endpoint}"
    cname = query.get("cname", "") in ("1", "true", "yes")
    if cname and provider != "oss":
        raise WrongTarget(TARGET["cname"].format(provider=provider))
    _check_endpoint(endpoint)
    return Bucket(name, prefix, provider, region or "us-east-1", endpoint.rstrip("/"), cname)


def _check_endpoint(endpoint: str) -> None:
    """Refuse to send anything unencrypted, except to this machine."""
    parts = urlsplit(endpoint)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK and not _plain_allowed():
        raise WrongTarget(TARGET["http"].format(endpoint=endpoint))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise WrongTarget(TARGET["form"].format(target=endpoint))


def _plain_allowed() -> bool:
    """Return whether all plain HTTP goes to a proxy on this machine, as it does in tests."""
    proxy = urlsplit(os.environ.get("http_proxy", ""))
    return proxy.hostname in _LOOPBACK


def read_credentials(environment: Mapping[str, str]) -> Credentials:
    """Return the keys.

    Raises:
        WrongTarget: one of the two that are always needed is missing.

    """
    if missing := [name for name in (ACCESS_KEY, SECRET_KEY) if not environment.get(name)]:
        raise WrongTarget(TARGET["credentials"].format(names="、".join(missing)))
    return Credentials(
        environment[ACCESS_KEY], environment[SECRET_KEY], environment.get(SESSION_TOKEN, "")
    )
