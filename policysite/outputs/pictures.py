"""Pictures for every screen: AVIF, WebP and a form that everything shows, in two or three widths.

Made from the pixels alone: what a camera writes beside them, the place and the person too, never
reaches the site. File names carry a digest of the content, so that they may be cached for ever.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import PIL
from PIL import Image, ImageCms, ImageOps, features

from policysite.model.images import open_image
from policysite.outputs.picture_cache import Rendition, load, store
from policysite.pages.pictures import WIDTHS, Picture, Source, fit

if TYPE_CHECKING:  # the pool's processes do without the rest of the program
    pass

# Measured on photographs: see docs/decisions/0012. One thread, for the
# pool already uses every core, and the number of threads may change the bytes.
_PHOTO: Mapping[str, dict[str, Any]] = {
    "avif": {"quality": 50, "speed": 6, "max_threads": 1, "codec": "aom"},
    "webp": {"quality": 75, "method": 4},
    "jpg": {"quality": 80, "optimize": True, "progressive": True},
}
# What was kept without loss may hold red letters and thin lines, which 4:2:0 blurs.
_SCREEN: Mapping[str, dict[str, Any]] = {
    **_PHOTO, "avif": {**_PHOTO["avif"], "subsampling": "4:4:4"},
}  # fmt: skip
# Nothing but PNG shows transparency everywhere.
_CUT_OUT: Mapping[str, dict[str, Any]] = {
    "avif": _SCREEN["avif"], "webp": _PHOTO["webp"], "png": {"optimize": True},
}  # fmt: skip
# Few colours: charts, seals, scanned text.
_DRAWN: Mapping[str, dict[str, Any]] = {
    "avif": {**_SCREEN["avif"], "quality": 60},
    "webp": {"lossless": True, "method": 4},
    "png": {"optimize": True},
}
_ENCODERS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG", "png": "PNG"}
_TYPES = {"avif": "image/avif", "webp": "image/webp"}
_WEBP_LIMIT = 16383  # VP8 and VP8L have 14 bits for each side
_COLOURS = 256
# Anything that may change what comes of a source; a new Pillow brings new encoders.
_SETTINGS = repr((
    1, WIDTHS, _PHOTO, _SCREEN, _CUT_OUT, _DRAWN, PIL.__version__,
    [features.version(name) for name in ("avif", "webp", "libjpeg_turbo", "zlib", "littlecms2")],
))  # fmt: skip


def make_picture(name: str, path: Path, cache: Path) -> Picture:
    """Return how pages show one image; it is made now if `cache` has not got it.

    Raises:
        UnreadableImage: the pixels cannot be read.

    """
    return _picture(name, develop(path, cache))


def find_picture(source: Path, made: str, cache: Path) -> bytes | None:
    """Return the bytes of a picture made from `source`, by the name of its file.

    None if it is not made of this image: there is another one in its place by now.
    """
    digest = made.rsplit(".", 2)[1]
    renditions = develop(source, cache)
    return next((r.data for r in renditions if _digest(r) == digest), None)


def develop(path: Path, cache: Path) -> tuple[Rendition, ...]:
    """Return an image in all its forms, from `cache` or made now.

    Raises:
        UnreadableImage: the pixels cannot be read.

    """
    data = path.read_bytes()  # once: another image may come into its place meanwhile
    key = _key(data)
    renditions = load(cache, key)
    if renditions is None:
        renditions = render(data)
        store(cache, key, renditions)
    return renditions


def render(data: bytes) -> tuple[Rendition, ...]:
    """Encode an image: the smallest format first, each from narrow to wide, the fallback last.

    The same bytes give the same renditions.

    Raises:
        UnreadableImage: the pixels cannot be read.

    """
    with open_image(io.BytesIO(data)) as image:
        image.draft(None, (WIDTHS[-1], WIDTHS[-1]))  # a large JPEG is decoded at a fraction
        pixels = _pixels(image)
    recipe = _recipe(pixels, is_photo=image.format in ("JPEG", "MPO"))
    scaled = [_scaled(pixels, width) for width in _widths(pixels.width)]
    *modern, fallback = recipe
    forms = [_encode(scaled, suffix, recipe[suffix]) for suffix in modern]
    last = _encode(scaled[-1:], fallback, recipe[fallback])
    return (*_worthwhile([form for form in forms if form], last[0]), *last)


def _key(data: bytes) -> str:
    return sha256(_SETTINGS.encode() + sha256(data).digest()).hexdigest()


def _recipe(pixels: Image.Image, *, is_photo: bool) -> Mapping[str, dict[str, Any]]:
    if is_photo:
        return _PHOTO
    if pixels.getcolors(_COLOURS):
        return _DRAWN
    return _CUT_OUT if pixels.mode == "RGBA" else _SCREEN


def _pixels(image: Image.Image) -> Image.Image:
    """Return the first frame upright, in grey, RGB or RGBA of 8 bits, with nothing beside it."""
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):  # 16 bits of grey
        upright = upright.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    mode = "L" if upright.mode in ("1", "L", "F") else "RGB"
    mode = "RGBA" if upright.has_transparency_data else mode
    pixels = _in_srgb(upright, profile, mode) if profile else None
    pixels = pixels or upright.convert(mode)
    if mode == "RGBA" and pixels.getchannel("A").getextrema() == (255, 255):
        pixels = pixels.convert("RGB")
    pixels.info.clear()
    return pixels


def _in_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image | None:
    """Return the image in the colours of the web: without its profile they would come out dull.

    None if the profile is of no use; its colours are then taken as they are.
    """
    if mode == "L" or image.mode not in ("RGB", "RGBA", "CMYK"):
        return None
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    except (ImageCms.PyCMSError, OSError):
        return None


def _widths(width: int) -> Iterator[int]:
    """Yield the widths to make; one that is hardly narrower than the widest pays for no file."""
    widest = min(width, WIDTHS[-1])
    yield from (narrow for narrow in WIDTHS if narrow <= widest * 0.8)
    yield widest


def _scaled(image: Image.Image, width: int) -> Image.Image:
    size = fit(image.size, width)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)


def _encode(
    images: Iterable[Image.Image], suffix: str, options: Mapping[str, Any]
) -> list[Rendition]:
    """Return each image in one format; none at all where the format has no room for one."""
    renditions = []
    for image in images:
        if suffix == "webp" and image.height > _WEBP_LIMIT:
            return []
        pixels = _with_palette(image) if suffix == "png" and image.mode == "RGB" else image
        file = io.BytesIO()
        pixels.save(file, _ENCODERS[suffix], **options)
        renditions.append(Rendition(suffix, *image.size, file.getvalue()))
    return renditions


def _with_palette(image: Image.Image) -> Image.Image:
    """Return an image in the colours that it has, or the 256 nearest after it was scaled."""
    colours = image.getcolors(_COLOURS)
    return image.quantize(len(colours) if colours else _COLOURS, Image.Quantize.MEDIANCUT)


def _worthwhile(forms: Iterable[list[Rendition]], fallback: Rendition) -> Iterator[Rendition]:
    """Yield the formats that save bytes against the fallback, the smallest first."""
    sizes = ((len(form[-1].data), form) for form in forms)
    smaller = [row for row in sizes if row[0] < len(fallback.data)]
    for _, form in sorted(smaller, key=lambda row: row[0]):
        yield from form


def _picture(name: str, renditions: Sequence[Rendition]) -> Picture:
    fallback = renditions[-1]
    return Picture(
        _url(name, fallback), "", fallback.width, fallback.height, tuple(_sources(name, renditions))
    )


def _sources(name: str, renditions: Sequence[Rendition]) -> Iterator[Source]:
    for suffix in dict.fromkeys(r.suffix for r in renditions[:-1]):
        files = (f"{_url(name, r)} {r.width}w" for r in renditions if r.suffix == suffix)
        yield Source(_TYPES[suffix], ", ".join(files))


def _url(name: str, rendition: Rendition) -> str:
    return "/" + quote(_file(name, rendition))


def _file(name: str, rendition: Rendition) -> str:
    """Return the file of a rendition: images/2026/heat-800.3f2a91c0.avif of images/2026/heat.jpg."""
    stem = PurePosixPath("images", *PurePosixPath(name).with_suffix("").parts[1:])
    return f"{stem}-{rendition.width}.{_digest(rendition)}.{rendition.suffix}"


def _digest(rendition: Rendition) -> str:
    return sha256(rendition.data).hexdigest()[:8]
