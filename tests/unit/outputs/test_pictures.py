"""Pictures in every form that a screen may want, made from the pixels and from nothing else."""

import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from policysite.model.images import UnreadableImage
from policysite.outputs import picture_cache, pictures
from policysite.outputs.pictures import develop, make_picture, render

Made = dict[str, list[tuple[int, int]]]


def photo(width: int = 1600, height: int = 1000, mode: str = "RGB") -> Image.Image:
    """Return an image with more colours than a palette holds: dark at the top left."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    mixed = Image.blend(across, down, 0.5)
    return Image.merge("RGB", (across, down, mixed)).convert(mode)


def saved(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """Return the bytes of a file."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def sizes(data: bytes) -> Made:
    """Return what is made of a file: sizes by suffix."""
    found: Made = {}
    for rendition in render(data):
        found.setdefault(rendition.suffix, []).append((rendition.width, rendition.height))
    return found


def opened(data: bytes) -> dict[str, Image.Image]:
    """Return the widest picture of each format, decoded."""
    return {r.suffix: Image.open(io.BytesIO(r.data)) for r in render(data)}


def test_a_photograph_comes_in_three_widths_and_three_formats() -> None:
    modern = [(480, 300), (800, 500), (1200, 750)]
    assert sizes(saved(photo())) == {"avif": modern, "webp": modern, "jpg": [(1200, 750)]}


def test_the_sizes_said_are_those_of_the_files() -> None:
    for rendition in render(saved(photo(1000, 700))):
        with Image.open(io.BytesIO(rendition.data)) as image:
            assert image.size == (rendition.width, rendition.height)


@pytest.mark.parametrize(
    ("width", "widths"), [(300, [300]), (500, [500]), (700, [480, 700]), (1000, [480, 800, 1000])]
)
def test_nothing_is_made_wider_than_it_is_or_hardly_narrower(width: int, widths: list[int]) -> None:
    assert [size[0] for size in sizes(saved(photo(width, 400)))["avif"]] == widths


def test_the_smallest_format_comes_first_and_the_one_for_everybody_last() -> None:
    renditions = render(saved(photo()))
    widest = {rendition.suffix: len(rendition.data) for rendition in renditions}
    assert list(widest)[-1] == "jpg"
    assert list(widest.values()) == sorted(widest.values())


def test_a_format_that_saves_nothing_is_left_out() -> None:
    chart = Image.new("P", (300, 200), 0)
    chart.putpalette([255, 255, 255, 180, 0, 0])
    chart.paste(1, (40, 40, 80, 200))
    made = sizes(saved(chart, "PNG"))
    assert "avif" not in made
    assert made["png"] == [(300, 200)]


def test_a_drawing_in_few_colours_keeps_every_pixel() -> None:
    chart = Image.new("RGB", (300, 200), "#ffffff")
    for place, colour in enumerate(("#9d1119", "#0b4d61", "#1f1b18")):
        chart.paste(colour, (40 + 60 * place, 40, 80 + 60 * place, 200))
    found = opened(saved(chart, "PNG"))
    for suffix in ("webp", "png"):
        assert found[suffix].convert("RGB").tobytes() == chart.tobytes()


def test_the_same_image_gives_the_same_bytes() -> None:
    data = saved(photo())
    assert render(data) == render(data)


def test_what_a_camera_notes_does_not_reach_the_site() -> None:
    """Place, person, device, comment, colour profile: pixels only."""
    notes = Image.Exif()
    notes[0x010F] = "SECRET-CAMERA"
    notes[0x013B] = "SECRET-PERSON"
    notes.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 20.0), 29: "SECRET-PLACE"})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = {"exif": notes, "icc_profile": profile, "xmp": b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>"}
    for form, options in {
        "JPEG": {"comment": b"SECRET-COMMENT", **kept},
        "PNG": kept,
        "WEBP": kept,
        "AVIF": kept,
    }.items():
        data = saved(photo(600, 400), form, **options)
        assert b"SECRET" in data
        for rendition in render(data):
            for trace in (b"SECRET", b"Exif", b"EXIF", b"GPS", b"xmp", b"ICC", b"iCCP"):
                assert trace not in rendition.data, (form, rendition.suffix)
            with Image.open(io.BytesIO(rendition.data)) as image:
                assert not image.getexif()
                assert "icc_profile" not in image.info


def test_a_photograph_taken_sideways_is_set_upright() -> None:
    notes = Image.Exif()
    notes[0x0112] = 6  # to be turned clockwise by a quarter
    image = photo(800, 600)
    for found in opened(saved(image, exif=notes)).values():
        assert found.size == (600, 800)
        pixels = found.convert("RGB")
        bottom_left, top_right = pixels.getpixel((5, 790)), pixels.getpixel((590, 10))
        assert sum(_near(bottom_left, image.getpixel((790, 590)))) < 30
        assert sum(_near(top_right, image.getpixel((10, 10)))) < 30


def _near(first: object, second: object) -> list[int]:
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    return [abs(a - b) for a, b in zip(first, second, strict=True)]


@pytest.mark.parametrize(
    ("data", "fallback"),
    [
        pytest.param(saved(photo(mode="CMYK")), "jpg", id="four inks"),
        pytest.param(saved(photo(mode="L")), "jpg", id="grey"),
        pytest.param(saved(photo(), "PNG"), "jpg", id="a screenshot"),
        pytest.param(saved(photo(), "BMP"), "jpg", id="uncompressed"),
        pytest.param(saved(photo(), "TIFF"), "jpg", id="a scan"),
        pytest.param(saved(photo(mode="RGBA"), "PNG"), "jpg", id="transparent nowhere"),
        pytest.param(saved(photo().quantize(16), "GIF"), "png", id="few colours"),
        pytest.param(saved(photo(mode="1"), "PNG"), "png", id="black and white"),
    ],
)
def test_every_kind_of_image_is_understood(data: bytes, fallback: str) -> None:
    made = sizes(data)
    assert made.keys() >= {"avif", fallback}
    assert made[fallback] == [(1200, 750)]


def test_transparency_stays() -> None:
    image = photo(mode="RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    found = opened(saved(image, "PNG"))
    assert found.keys() == {"avif", "webp", "png"}
    for shown in found.values():
        alpha = shown.convert("RGBA").getchannel("A")
        assert max(alpha.crop((0, 0, 1200, 9)).tobytes()) < 20
        assert min(alpha.crop((0, 740, 1200, 750)).tobytes()) > 230


def test_sixteen_bits_of_grey_become_eight() -> None:
    [png] = (
        i
        for s, i in opened(saved(Image.new("I;16", (60, 40), 0x8000), "PNG")).items()
        if s == "png"
    )
    assert png.convert("L").getpixel((5, 5)) == 0x80


def test_of_an_animation_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("#9d1119", "#0b4d61")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    for found in opened(data).values():
        assert not getattr(found, "is_animated", False)
        assert _near(found.convert("RGB").getpixel((9, 9)), (0x9D, 0x11, 0x19)) < [9, 9, 9]


def test_a_picture_too_high_for_webp_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_WEBP_LIMIT", 300)
    assert sizes(saved(photo(300, 400))).keys() == {"avif", "jpg"}


def test_a_colour_profile_that_cannot_be_read_does_no_harm() -> None:
    data = saved(photo(300, 200), icc_profile=b"no profile")
    assert sizes(data)["jpg"] == [(300, 200)]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "BMP"])
def test_half_a_file_is_damaged(form: str) -> None:
    data = saved(photo(), form)
    with pytest.raises(UnreadableImage):
        render(data[: len(data) // 2])


def test_an_image_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some files of a few kilobytes want all the memory there is."""
    data = saved(photo(400, 300))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(UnreadableImage):
        render(data)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a photograph."""
    path = tmp_path / "heat.jpg"
    path.write_bytes(saved(photo(300, 200)))
    return path


def _refuse(data: bytes) -> tuple[picture_cache.Rendition, ...]:
    pytest.fail("made again")


def test_what_was_made_once_is_not_made_again(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor for a copy under another name."""
    first = develop(source, tmp_path / "cache")
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(source.read_bytes())
    monkeypatch.setattr(pictures, "render", _refuse)
    assert develop(source, tmp_path / "cache") == develop(copy, tmp_path / "cache") == first


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[: len(data) // 2], id="half written"),
        pytest.param(lambda data: data[:-1] + bytes([data[-1] ^ 1]), id="one bit in a picture"),
        pytest.param(lambda data: data.replace(b'"avif", 300', b'"avif", 301'), id="in the head"),
        pytest.param(lambda data: b"\xff" + data[1:], id="in the digest"),
    ],
)
def test_a_damaged_entry_is_made_again(
    source: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    cache = tmp_path / "cache"
    first = develop(source, cache)
    [entry] = (path for path in cache.rglob("*") if path.is_file())
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert develop(source, cache) == first
    assert entry.read_bytes() == whole
    assert [path for path in cache.rglob("*") if path.is_file()] == [entry]


def test_other_settings_make_other_pictures(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the encoders or of Pillow itself: an entry of before is not used."""
    develop(source, tmp_path / "cache")
    monkeypatch.setattr(pictures, "_SETTINGS", "another version")
    develop(source, tmp_path / "cache")
    assert len([path for path in (tmp_path / "cache").rglob("*") if path.is_file()]) == 2


def test_file_names_tell_path_width_and_content(source: Path, tmp_path: Path) -> None:
    picture = make_picture("images/2026/送 清凉.jpg", source, tmp_path / "cache")
    stem = "/images/2026/%E9%80%81%20%E6%B8%85%E5%87%89-300"
    assert picture.url.startswith(f"{stem}.")
    assert picture.url.endswith(".jpg")
    assert {each.type for each in picture.sources} == {"image/avif", "image/webp"}
    for each in picture.sources:
        [address, width] = each.srcset.split(" ")
        assert address.startswith(f"{stem}.")
        assert width == "300w"
    last = render(source.read_bytes())[-1]
    assert picture.url == f"{stem}.{sha256(last.data).hexdigest()[:8]}.jpg"
