"""Sizes of images."""

from pathlib import Path

import pytest
from PIL import Image

from policysite.model.images import UnreadableImage, image_fault, image_size

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


def test_the_size_is_that_of_the_picture_as_shown(tmp_path: Path) -> None:
    """A camera held sideways writes the picture lying down, with a note."""
    notes = Image.Exif()
    notes[0x0112] = 8
    for name in ("a.jpg", "a.png", "a.webp"):
        Image.new("RGB", (40, 30)).save(tmp_path / name, exif=notes)
        assert image_size(tmp_path / name) == (30, 40)


def test_whole_images_have_no_fault(tmp_path: Path) -> None:
    """What a telephone appends to a JPEG does no harm, nor does the thumbnail inside."""
    for name in ("a.jpg", "a.png", "a.gif", "a.webp", "a.avif", "a.bmp", "a.tif"):
        Image.new("RGB", (40, 30)).save(tmp_path / name)
        assert image_fault(tmp_path / name) == ""
    path = tmp_path / "a.jpg"
    path.write_bytes(path.read_bytes() + b"MotionPhoto" * 99)
    assert image_fault(path) == ""


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.bmp"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_part_of_an_image_is_damaged(tmp_path: Path, name: str, part: float) -> None:
    path = tmp_path / name
    Image.effect_noise((80, 60), 60).convert("RGB").save(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(part * len(data))])
    assert image_fault(path) == "R409"


def test_a_thumbnail_does_not_pass_for_the_picture(tmp_path: Path) -> None:
    """It has an end of its own, before the picture begins."""
    path = tmp_path / "a.jpg"
    notes = Image.Exif()
    notes[0x010E] = "thumbnail \xff\xd9 ends"
    Image.effect_noise((80, 60), 60).save(path, exif=notes.tobytes() + b"\xff\xd9")
    data = path.read_bytes()
    assert image_fault(path) == ""
    path.write_bytes(data[:-400] + bytes(400))
    assert image_fault(path) == "R409"


def test_one_wrong_bit_in_a_png_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.effect_noise((80, 60), 60).save(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert image_fault(path) == "R409"


@pytest.mark.parametrize("name", ["a.gif", "a.png", "a.webp"])
def test_an_animation_is_noticed(tmp_path: Path, name: str) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], duration=90)
    assert image_fault(tmp_path / name) == "R410"


def test_a_file_of_another_kind_is_not_opened(tmp_path: Path) -> None:
    """Pillow would start a PostScript interpreter for this one."""
    path = tmp_path / "a.jpg"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n")
    assert image_fault(path) == "R409"
