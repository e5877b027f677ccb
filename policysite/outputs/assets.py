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
    """A template, a script or an order names an asset that the theme does not have."""


class WrongOrder(Exception):
    """The order of a script's parts is not that of its folder, or a script of its name is there."""


class NotUtf8(Exception):
    """A text of the theme is in another encoding; its path is the argument."""


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
        UnknownAsset: a script or an order names a file that the theme does not have.
        WrongOrder: the order of a script's parts leaves one out or names one twice.
        NotUtf8: a style sheet, a script or an order is in another encoding.

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
    order = _text(static, f"css/{ORDER}").split()
    sheets = [_text(static, f"css/{name}") for name in order]
    tokens = f"@layer tokens {{ :root {{ --site-colour: {colour} }} }}"
    yield BUNDLE, _condensed("\n".join([tokens, *sheets])).encode()
    for path in sorted((static / "css").glob("*.css")):
        if path.name not in order:
            name = f"css/{path.name}"
            yield name, _condensed(_text(static, name)).encode()
    folders = sorted(order.parent for order in (static / "js").glob(f"*/{ORDER}"))
    for folder in folders:
        yield f"js/{folder.name}.js", _joined(static, f"js/{folder.name}").encode()
    joined = {static / "css", *folders}
    for path in sorted(static.rglob("*")):
        name = path.relative_to(static).as_posix()
        if path.is_file() and joined.isdisjoint(path.parents):
            is_script = path.suffix == ".js"
            yield name, _text(static, name).encode() if is_script else path.read_bytes()


def _joined(static: Path, folder: str) -> str:
    order = _text(static, f"{folder}/{ORDER}").split()
    parts = (path.name for path in (static / folder).rglob("*.js"))
    if sorted(order) != sorted(part for part in parts if not part.startswith(".")):
        raise WrongOrder(folder)
    if (static / f"{folder}.js").exists():  # one of them would be published, and nobody told
        raise WrongOrder(folder)
    return "\n".join(_text(static, f"{folder}/{part}") for part in order)


def _text(static: Path, name: str) -> str:
    """Return a text without the mark that some editors begin it with."""
    try:
        return (static / name).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8(static / name) from None
    except FileNotFoundError:
        raise UnknownAsset(name) from None


def check_templates(folder: Path) -> None:
    """Find a template that Jinja could not read, and would not name.

    Raises:
        NotUtf8: it is in another encoding.

    """
    for path in sorted(folder.rglob("*.html")):
        _text(folder, path.relative_to(folder).as_posix())


def _condensed(css: str) -> str:
    """Drop comments and the spaces that only people need; what stands in quotes stays."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r'("[^"]*")|\s*([{};,])\s*|\s+', lambda m: m[1] or m[2] or " ", css)
    return css.replace(";}", "}").strip() + "\n"
