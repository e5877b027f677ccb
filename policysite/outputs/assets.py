"""Style sheets, scripts and pictures of the theme, published under names that tell their content.

`/assets/site.3f2a91c0.css` can be cached for ever: another content has another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

BUNDLE = "css/site.css"
ORDER = "order.txt"


class UnknownAsset(KeyError):
    """A template or a script names an asset that the theme does not have."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The theme's files by the name that templates use: address and bytes."""

    urls: Mapping[str, str]
    files: Mapping[str, bytes]

    def url(self, name: str) -> str:
        """Return the address of an asset.

        Raises:
            UnknownAsset: no such file under theme/static.

        """
        try:
            return self.urls[name]
        except KeyError:
            raise UnknownAsset(name) from None


def read_assets(static: Path, colour: str) -> Assets:
    """Read theme/static; the style sheets named in order.txt become one, in that order.

    `colour` is the site's main colour; the style sheets know it as `--site-colour`.

    A style sheet that order.txt does not name is a file of its own, for the few pages that link to
    it (`block styles`): what one page kind needs must not weigh on every article.

    A long script is a folder with its parts and their order, published as one module:
    js/search-engine/ is js/search-engine.js.

    A script names other assets as templates do: `import("js/search-box.js")`. It is published with
    their addresses, and so under another name whenever they change.

    Raises:
        UnknownAsset: a script names a file that the theme does not have, or a folder of parts has
            others than its order names.

    """
    contents = dict(_contents(static, colour))
    urls: dict[str, str] = {}
    files: dict[str, bytes] = {}

    def publish(name: str) -> str:
        if name not in urls:
            if name not in contents:
                raise UnknownAsset(name)
            data = contents[name]
            if name.endswith(".js"):
                script = _FOR_PEOPLE.sub("", data.decode())
                data = _NAMED.sub(lambda m: f'"{publish(m[1])}"', script).encode()
            stem, _, suffix = name.rsplit("/", 1)[-1].rpartition(".")
            urls[name] = f"/assets/{stem}.{sha256(data).hexdigest()[:8]}.{suffix}"
            files[urls[name].removeprefix("/")] = data
        return urls[name]

    for name in contents:
        publish(name)
    return Assets(urls, files)


_FOR_PEOPLE = re.compile(r"^\s*(?://.*\n\s*)*", re.MULTILINE)
"""Indents, and lines of nothing but a comment: not so where a string goes over several lines."""
_NAMED = re.compile(r'"((?:css|js)/[\w-]+\.(?:css|js))"')


def _contents(static: Path, colour: str) -> Iterator[tuple[str, bytes]]:
    order = _order(static / "css")
    sheets = [(static / "css" / name).read_text("utf-8") for name in order]
    tokens = f"@layer tokens {{ :root {{ --site-colour: {colour} }} }}"
    yield BUNDLE, _condensed("\n".join([tokens, *sheets])).encode()
    for path in sorted((static / "css").glob("*.css")):
        if path.name not in order:
            yield f"css/{path.name}", _condensed(path.read_text("utf-8")).encode()
    for path in sorted(static.rglob("*")):
        name = path.relative_to(static).as_posix()
        if (path / ORDER).is_file() and path.parent.name == "js":
            yield f"{name}.js", _joined(path, name)
        elif path.is_file() and not (path.parent / ORDER).is_file():
            yield name, path.read_bytes()


def _order(folder: Path) -> list[str]:
    return (folder / ORDER).read_text("utf-8").split()


def _joined(folder: Path, name: str) -> bytes:
    order = _order(folder)
    if wrong := sorted({path.name for path in folder.glob("*.js")} ^ {*order}):
        raise UnknownAsset(f"{name}/{wrong[0]}")
    return b"\n".join((folder / part).read_bytes() for part in order)


def _condensed(css: str) -> str:
    """Drop comments and the spaces that only people need; what stands in quotes stays."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r'("[^"]*")|\s*([{};,])\s*|\s+', lambda m: m[1] or m[2] or " ", css)
    return css.replace(";}", "}").strip() + "\n"
