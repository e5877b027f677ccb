"""A bucket as a store, through OpenDAL, which speaks each provider's own protocol.

docs/decisions/0015 has what it was measured against, and the three places where it lacks something.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import opendal
from opendal import exceptions
from opendal.layers import TimeoutLayer
from opendal.types import PresignedRequest

from policysite.deploy.entries import Headers
from policysite.deploy.patience import START
from policysite.deploy.store import Found, Interrupted, Listed, Overloaded, Refused, StoreError
from policysite.deploy.target import Bucket, Credentials

_T = TypeVar("_T")
# OpenDAL reads it before its first request. One thread drives all connections: several hand them to
# one another, which takes a tenth of the CPU of a first upload and gains no time.
os.environ.setdefault("TOKIO_WORKER_THREADS", "1")
_OVERLOAD = re.compile(r"status: (?:429|503)|SlowDown|RateLimited|TooManyRequests", re.I)
# The error codes of the five providers, as their references list them.
_ADVICE = (
    (re.compile(r"RequestTimeTooSkewed|RequestTimeTooLate|RequestExpired|RequestIsExpired"), "clock"),
    (re.compile(r"ExpiredToken|TokenExpired|InvalidToken|InvalidSecurityToken"), "expired"),
    (re.compile(r"SignatureDoesNotMatch|InvalidAccessKeyId|InvalidSecurity|status: 401"), "key"),
    (re.compile(r"PathStyleDomainForbidden|SecondLevelDomainForbidden|VirtualHostDomainRequired"
                r"|request url is invalid"), "addressing"),
    # OSS words it as AccessDenied.
    (re.compile(r"AuthorizationHeaderMalformed|PermanentRedirect|TemporaryRedirect|IllegalLocation"
                r"|must be addressed using the specified endpoint"), "region"),
    (re.compile(r"PublicEndpointForbidden"), "public endpoint"),
    (re.compile(r"NoSuchBucket|InvalidBucketName"), "bucket"),
    (re.compile(r"UserDisable|AccountProblem|AllAccessDisabled|InArrear"), "account"),
    (re.compile(r"certificate|corrupt message|HandshakeFail|handshake", re.I), "tls"),
    (re.compile(r"NotImplemented|status: 501"), "unsupported"),
    (re.compile(r"InsufficientStorage|QuotaExceeded|status: 507|XMinioStorageFull"), "full"),
    (re.compile(r"AccessDenied|status: 403|PermissionDenied"), "rights"),
)  # fmt: skip
_SOURCE = re.compile(r"^Source:\n\s+(?:error sending request: )?(.+)", re.M)
_LINK_SECONDS = 300
_PUTTING_DOWN = 0.02
"""Seconds. After the answer to an asynchronous request, OpenDAL's thread wants the GIL once more, to
put down what it held. If the process ends meanwhile, Rust aborts it: 33 of 120 did so."""


class ObjectStore:
    """One bucket. `timeout` bounds each request, in seconds."""

    def __init__(self, bucket: Bucket, credentials: Credentials, timeout: float = 20) -> None:
        scheme, options = _options(bucket, credentials)
        self._appends = bucket.provider == "obs"
        self._timeout = timeout
        layer = TimeoutLayer(timeout=timeout, io_timeout=timeout)
        self._operator = opendal.Operator(scheme, **options).layer(layer)
        self._scheme, self._options, self._layer = scheme, options, layer
        self.can_compress = self._operator.capability().write_with_content_encoding

    def width(self) -> int:
        """Return how many requests to begin with."""
        return START

    def get(self, key: str) -> bytes | None:
        """Return an object's bytes, or None."""
        try:
            return bytes(_do(self._operator.read, key))
        except FileNotFoundError:
            return None

    def put(self, key: str, data: bytes, headers: Headers) -> None:
        """Write an object in one request."""
        _do(
            self._operator.write,
            key,
            data,
            content_type=headers.content_type or None,
            cache_control=headers.cache_control or None,
            content_encoding=headers.content_encoding or None,
        )

    def create(self, key: str, data: bytes) -> bool:
        """Write an object unless it exists: If-None-Match or the provider's forbid-overwrite.

        OpenDAL knows no such header for OBS. There the object is appended to at its end, which the
        server does for one caller at a time: whose line is the first one has created it.
        """
        if not self._appends:
            return _do(self._create, key, data)
        if self.head(key):
            return False  # appending would make a claim look younger than it is
        try:
            _do(self._operator.write, key, data + b"\n", append=True)
        except Refused:
            return False
        return self.first_line_of(key) == data

    def _create(self, key: str, data: bytes) -> bool:
        try:
            self._operator.write(key, data, if_not_exists=True)
        except (exceptions.ConditionNotMatch, exceptions.AlreadyExists, exceptions.Conflict):
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove an object."""
        try:
            _do(self._operator.delete, key)
        except FileNotFoundError:
            return

    def list(self, prefix: str) -> Iterator[Listed]:
        """Yield what is below a prefix, a thousand objects for each request."""
        import asyncio

        async def pages() -> list[Listed]:
            found = []
            async for item in await self._asynchronous().list(prefix, recursive=True):
                meta = item.metadata
                if not item.path.endswith("/"):
                    etag = (meta.etag or "").strip('"').lower()
                    found.append(Listed(item.path, meta.content_length, etag))
            return found

        try:
            yield from _do(asyncio.run, pages())
        finally:
            time.sleep(_PUTTING_DOWN)

    def head(self, key: str) -> Found | None:
        """Return headers as they are served: OpenDAL signs the address and we ask, for it keeps
        Cache-Control and the server's clock to itself."""
        # Imported where they are used: most deploys ask for no headers, and shall start in no time.
        from policysite.deploy.signed_request import ask

        signed = _do(self._signed, key)
        return ask(signed.url, signed.headers, signed.method, self._timeout)

    def _signed(self, key: str) -> PresignedRequest:
        import asyncio

        async def request() -> PresignedRequest:
            return await self._asynchronous().presign_stat(key, _LINK_SECONDS)

        return asyncio.run(request())

    def _asynchronous(self) -> opendal.AsyncOperator:
        """Return the form that signs addresses, and that lists without holding the GIL."""
        return opendal.AsyncOperator(self._scheme, **self._options).layer(self._layer)

    def first_line_of(self, key: str) -> bytes | None:
        """Return the first line of a created object."""
        data = self.get(key)
        return data and data.split(b"\n", 1)[0]


def _options(bucket: Bucket, keys: Credentials) -> tuple[str, dict[str, str]]:
    """Return OpenDAL's service and its options for a bucket."""
    common = {"bucket": bucket.name, "endpoint": bucket.endpoint, "root": f"/{bucket.prefix}"}
    match bucket.provider:
        case "oss":
            options = {"access_key_id": keys.access_key, "access_key_secret": keys.secret_key}
            options |= {"security_token": keys.session_token} if keys.session_token else {}
            return "oss", common | options | ({"addressing_style": "cname"} if bucket.cname else {})
        case "cos":
            options = {"secret_id": keys.access_key, "secret_key": keys.secret_key}
            options |= {"security_token": keys.session_token} if keys.session_token else {}
            return "cos", common | options | {"disable_config_load": "true"}
        case "obs":
            if keys.session_token:
                raise Refused("session token", "token")
            options = {"access_key_id": keys.access_key, "secret_access_key": keys.secret_key}
            return "obs", common | options
    options = {"access_key_id": keys.access_key, "secret_access_key": keys.secret_key}
    options |= {"session_token": keys.session_token} if keys.session_token else {}
    virtual = {"enable_virtual_host_style": "true"} if bucket.provider == "aws" else {}
    fixed = {
        "region": bucket.region,
        "disable_config_load": "true",
        "disable_ec2_metadata": "true",
        "checksum_algorithm": "crc32c",  # sent along: damage on the way is refused
    }
    return "s3", common | options | virtual | fixed


def _do(act: Callable[..., _T], *arguments: object, **options: object) -> _T:
    """Carry out a request, with OpenDAL's errors turned into ours.

    Raises:
        FileNotFoundError: no such object.

    """
    try:
        return act(*arguments, **options)
    except exceptions.NotFound as error:
        if "NoSuchBucket" in str(error):
            raise Refused(_short(error), "bucket") from None
        raise FileNotFoundError from None
    except exceptions.RateLimited as error:
        raise Overloaded(_short(error)) from None
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("opendal", "builtins", "_opendal"):
            raise
        raise _sorted_out(error) from None


def _sorted_out(error: Exception) -> StoreError:
    text = str(error)
    for pattern, advice in _ADVICE:
        if pattern.search(text):
            return Refused(_short(error), advice)
    if "timeout" in text:
        return Overloaded(_short(error), "silent")
    if "dns error" in text:
        return Interrupted(_short(error), "host")
    if "(temporary)" in text or "status: 5" in text or "status: 408" in text:
        return (Overloaded if _OVERLOAD.search(text) else Interrupted)(_short(error))
    if "error sending request" in text or "connection" in text.lower():
        return Interrupted(_short(error))
    return Refused(_short(error))


def _short(error: Exception) -> str:
    """Return an error's first line, and why a connection failed; what else follows are addresses
    and headers."""
    text = str(error)
    said = text.split("\n", 1)[0][:300]
    source = _SOURCE.search(text)
    return f"{said}: {source[1][:200]}" if source else said
