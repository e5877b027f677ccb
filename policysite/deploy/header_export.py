"""What the web server or CDN in front must do, written down for it: redirects and headers.

Object stores keep five headers for each object and send no others, so Content-Security-Policy and
its like are set at the CDN. Redirects stand in the site as pages; a real 301 is made from the map.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from policysite.deploy.cdn_export import aliyun, tencent
from policysite.deploy.entries import FINGERPRINTED
from policysite.deploy.media import FEED, FOREVER, MEDIA, NEVER, PAGE, TYPES

_REFRESH = re.compile(rb'<meta http-equiv="refresh" content="0; ?url=([^"]+)"')
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]+)"')
_HEAD = 8192
"""Bytes in which a page's meta elements stand."""


class WrongRedirects(Exception):
    """Redirects lead in circles, over several stations or nowhere; one line for each."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old path and the one that it leads to."""

    source: str
    target: str


def read_redirects(root: Path) -> list[Redirect]:
    """Return the redirect pages of a built site, sorted.

    Raises:
        WrongRedirects: see `check_redirects`.

    """
    found = sorted(_redirects(root), key=lambda redirect: redirect.source)
    if faults := [*check_redirects(found, root)]:
        raise WrongRedirects("\n".join(faults))
    return found


def _redirects(root: Path) -> Iterator[Redirect]:
    for path in sorted(root.rglob("*.html")):
        with path.open("rb") as file:
            match = _REFRESH.search(file.read(_HEAD))
        if match:
            key = path.relative_to(root).as_posix()
            source = "/" + (key.removesuffix("index.html") if path.name == "index.html" else key)
            yield Redirect(source, match[1].decode().replace("&amp;", "&"))


def check_redirects(redirects: Iterable[Redirect], root: Path) -> Iterator[str]:
    """Yield what is wrong: a redirect must lead straight to a page that is there."""
    redirects = list(redirects)
    sources = {redirect.source for redirect in redirects}
    for redirect in redirects:
        parts = urlsplit(redirect.target)
        if parts.netloc:
            continue
        path = unquote(parts.path)
        file = root / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        if path in sources:
            yield f"{redirect.source} → {redirect.target} → …"
        elif not file.is_file():
            yield f"{redirect.source} → {redirect.target} ✗"


def security_headers(root: Path) -> dict[str, str]:
    """Return what every answer should carry.

    The page's own policy goes on, with what only a header can say.
    """
    match = _POLICY.search((root / "index.html").read_bytes()[:_HEAD])
    own = match[1].decode().replace("&#39;", "'").replace("&#34;", '"') if match else ""
    policy = own or "default-src 'self'; base-uri 'none'; form-action 'self'"
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }


def redirects_text(redirects: Iterable[Redirect]) -> str:
    """Return the map in the `_redirects` form: from, to, status."""
    return "".join(f"{r.source} {r.target} 301\n" for r in redirects)


def headers_text(headers: Mapping[str, str]) -> str:
    """Return one header a line, to be typed into a CDN's console."""
    return "".join(f"{name}: {value}\n" for name, value in headers.items())


def nginx(redirects: Iterable[Redirect], headers: Mapping[str, str], domain: str) -> str:
    """Return a server block for a site in a folder or behind nginx as a CDN's origin."""
    lines = [f"    {_quoted(r.source)} {_quoted(r.target)};" for r in redirects]
    fixed = "\n".join(f'    add_header {n} "{_escaped(v)}" always;' for n, v in headers.items())
    rules = "\n".join(
        f"    {_quoted_pattern(pattern)} {_quoted(value)};" for pattern, value in _CACHE
    )
    return _NGINX.format(
        redirects="\n".join(lines),
        cache=rules,
        headers=fixed,
        domain=domain or "_",
        types="\n".join(f"        {name} {' '.join(ends)};" for name, ends in _endings().items()),
        texts=" ".join(_texts()),
    )


def _endings() -> dict[str, list[str]]:
    """Return the file name endings of each content type, the same ones that stores get."""
    found: dict[str, list[str]] = {}
    for suffix, name in TYPES.items():
        found.setdefault(name.partition(";")[0], []).append(suffix[1:])
    return found


def _texts() -> list[str]:
    """Return the types that have a charset; nginx gives one to text/html by itself."""
    texts = (name.partition(";")[0] for name in TYPES.values() if "charset" in name)
    return [name for name in dict.fromkeys(texts) if name != "text/html"]


_CACHE = (
    (f"~{FINGERPRINTED}", FOREVER),
    ("/404.html", NEVER),
    (r"~(/|\.html)$", PAGE),
    (r"~\.(xml|json|txt|md|csv)$", FEED),
    ("default", MEDIA),
)


def _quoted_pattern(pattern: str) -> str:
    return f'"{pattern}"' if "{" in pattern else pattern


def _quoted(value: str) -> str:
    return f'"{_escaped(value)}"' if re.search(r"[\s;{}\"']", value) else value


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


_NGINX = """\
map $uri $moved_to {{
    default "";
{redirects}
}}

map $uri $cache_rule {{
{cache}
}}

server {{
    listen 443 ssl;
    server_name {domain};
    root /var/www/site;
    ssl_certificate /etc/nginx/ssl/site.pem;
    ssl_certificate_key /etc/nginx/ssl/site.key;
    charset utf-8;
    charset_types {texts};
    types {{
{types}
    }}
    index index.html;
    error_page 404 /404.html;

    add_header Cache-Control $cache_rule always;
{headers}

    location /_deploy/ {{ return 404; }}
    location / {{
        if ($moved_to) {{ return 301 $moved_to; }}
        try_files $uri $uri/index.html =404;
    }}
}}
"""


def _inside(redirects: Iterable[Redirect]) -> list[tuple[str, str]]:
    """Return the redirects within the site, the only ones that both CDNs know."""
    return [(r.source, r.target) for r in redirects if r.target.startswith("/")]


def write_export(root: Path, folder: Path, domain: str) -> list[Path]:
    """Write all forms into a folder and return their paths.

    Raises:
        WrongRedirects: see `check_redirects`.

    """
    redirects, headers = read_redirects(root), security_headers(root)
    texts = {
        "_redirects": redirects_text(redirects),
        "headers.txt": headers_text(headers),
        "nginx.conf": nginx(redirects, headers, domain),
        "aliyun-cdn.json": aliyun(_inside(redirects), headers),
        "tencent-cdn.json": tencent(_inside(redirects), headers, domain),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]
