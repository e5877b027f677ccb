"""The server that stands for the published site when its pages are measured."""

import gzip
from collections.abc import Iterator
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from policysite.tools.local_server import PublishedHandler, serving

FILES = {
    "index.html": "<p>首页</p>" * 50,
    "404.html": "<p>没有</p>",
    "assets/site.3f2a91c0.css": "a{color: red}",
    "images/heat-480.0a1b2c3d.avif": "picture",
    "feed.xml": "<feed/>",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a few files."""
    folder = tmp_path_factory.mktemp("site")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with serving(folder, PublishedHandler) as found:
        yield found


def get(address: str, **headers: str) -> HTTPResponse:
    """Return the answer to a request."""
    answer = urlopen(Request(address, headers=headers))
    assert isinstance(answer, HTTPResponse)
    return answer


def test_text_comes_compressed_to_who_can_read_it(address: str) -> None:
    with get(f"{address}/", **{"Accept-Encoding": "gzip, br"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert gzip.decompress(answer.read()).decode() == FILES["index.html"]
    with get(f"{address}/") as answer:
        assert answer.headers["Content-Encoding"] is None
        assert answer.read().decode() == FILES["index.html"]


def test_a_picture_is_not_compressed_again(address: str) -> None:
    path = "/images/heat-480.0a1b2c3d.avif"
    with get(address + path, **{"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] is None
        assert answer.read() == b"picture"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/", "no-cache"),
        ("/feed.xml", "no-cache"),
        ("/assets/site.3f2a91c0.css", "public, max-age=31536000, immutable"),
        ("/images/heat-480.0a1b2c3d.avif", "public, max-age=31536000, immutable"),
    ],
)
def test_what_tells_its_content_by_name_is_kept_for_ever(
    address: str, path: str, kept: str
) -> None:
    with get(address + path) as answer:
        assert answer.headers["Cache-Control"] == kept
        assert answer.headers["ETag"]


def test_what_is_not_there_is_answered_with_the_sites_own_page(address: str) -> None:
    with pytest.raises(HTTPError) as found:
        get(f"{address}/nowhere.html")
    assert found.value.code == 404
    assert found.value.read().decode() == FILES["404.html"]
