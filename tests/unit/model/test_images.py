"""Sizes of images."""

from pathlib import Path

import pytest
from PIL import Image

from policysite.model.images import UnreadableImage, image_size

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}/>'


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.gif", "A.PNG"])
def test_the_size_of_a_picture_is_read_from_the_file(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / name)
    assert image_size(tmp_path / name) == (40, 30)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300px" height="200px"', (300, 200)),
        ('width="299.6" height="200.4"', (300, 200)),
        ('viewBox="0 0 640 480"', (640, 480)),
        ('viewBox="0,0,640,480"', (640, 480)),
        ('viewBox="-10 -10 640.5 480"', (640, 480)),
        ('width="100%" height="100%" viewBox="0 0 640 480"', (640, 480)),
        ('width="300" viewBox="0 0 640 480"', (640, 480)),
    ],
)
def test_the_size_of_a_drawing_is_that_of_its_attributes_or_its_view_box(
    tmp_path: Path, attributes: str, size: tuple[int, int]
) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format(attributes), "utf-8")
    assert image_size(path) == size


@pytest.mark.parametrize(
    "attributes",
    ["", 'width="100%"', 'viewBox="0 0 640"', 'viewBox="0 0 宽 高"', 'viewBox="0 0 -5 5"'],
)
def test_a_drawing_without_size_cannot_be_used(tmp_path: Path, attributes: str) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format(attributes), "utf-8")
    with pytest.raises(UnreadableImage):
        image_size(path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.png", b"", id="an empty file"),
        pytest.param("a.png", b"\x89PNG\r\n\x1a\nrest", id="a damaged file"),
        pytest.param("a.jpg", "不是图片".encode(), id="a text"),
        pytest.param("a.svg", b"<svg", id="a drawing cut short"),
        pytest.param("a.svg", b"\x89PNG", id="no drawing at all"),
    ],
)
def test_a_damaged_image_cannot_be_used(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableImage):
        image_size(path)
