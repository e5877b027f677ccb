"""Images in the HTML of a body: their size, their forms, and when they load."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image

from policysite.pages.pictures import (
    TEXT_SIZES,
    Picture,
    Source,
    images_of,
    plain_images,
    set_pictures,
    size_images,
)

HEAT = Picture(
    "/images/heat-1200.aa.jpg",
    "",
    1200,
    900,
    (
        Source("image/avif", "/images/heat-480.ab.avif 480w, /images/heat-1200.ac.avif 1200w"),
        Source("image/webp", "/images/heat-480.ad.webp 480w, /images/heat-1200.ae.webp 1200w"),
    ),
)
PICTURES = {"images/heat.jpg": HEAT, "images/送 清凉.jpg": HEAT}
SHOWN = '<img alt="送清凉" src="/images/heat.jpg" width="1200" height="900">'
LATE = ' loading="lazy" decoding="async">'


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Return a wide photograph and a drawing."""
    Image.new("RGB", (2400, 1800)).save(tmp_path / "heat.jpg")
    (tmp_path / "map.svg").write_text('<svg xmlns="x" width="3000" height="200"/>', "utf-8")
    (tmp_path / "bad.png").write_bytes(b"no image")
    return {f"images/{path.name}": path for path in tmp_path.iterdir()}


def test_a_picture_reserves_the_place_that_it_takes_at_its_widest(files: dict[str, Path]) -> None:
    """As wide as the widest file that is made; a drawing keeps its size."""
    html, faults = size_images('<img src="/images/heat.jpg"><img src="/images/map.svg">', files)
    assert 'src="/images/heat.jpg" width="1200" height="900">' in html
    assert 'src="/images/map.svg" width="3000" height="200">' in html
    assert faults == ()


def test_a_width_that_the_editor_wrote_stays(files: dict[str, Path]) -> None:
    html = '<img src="/images/heat.jpg" width="200">'
    assert size_images(html, files) == (html, ())


def test_a_tag_closed_as_in_xml_stays_well_formed(files: dict[str, Path]) -> None:
    html, _ = size_images('<img src="/images/heat.jpg" />', files)
    assert html == '<img src="/images/heat.jpg" width="1200" height="900">'


def test_what_is_wrong_with_an_image_is_told_once(files: dict[str, Path]) -> None:
    html = '<img src="/images/bad.png">' * 2 + '<img src="https://cdn.example.org/a.png?b=1&amp;c">'
    assert size_images(html, files) == (
        html,
        (("R409", "images/bad.png"), ("R411", "https://cdn.example.org/a.png?b=1&c")),
    )


def test_a_body_shows_its_picture_in_every_form() -> None:
    assert set_pictures(f"<figure>{SHOWN}</figure>", PICTURES) == (
        "<figure><picture>"
        f'<source type="image/avif" srcset="{HEAT.sources[0].srcset}" sizes="{TEXT_SIZES}">'
        f'<source type="image/webp" srcset="{HEAT.sources[1].srcset}" sizes="{TEXT_SIZES}">'
        '<img alt="送清凉" src="/images/heat-1200.aa.jpg" width="1200" height="900">'
        "</picture></figure>"
    )


def test_all_images_but_the_first_load_when_they_are_wanted() -> None:
    html = set_pictures(SHOWN + SHOWN + '<img src="/images/map.svg">', PICTURES)
    first, second, third = (tag for tag in html.split("<img")[1:])
    assert "loading" not in first
    assert LATE in second
    assert LATE in third


def test_a_narrow_image_says_how_narrow_it_is_shown() -> None:
    html = set_pictures('<img src="/images/heat.jpg" width="200" height="150">', PICTURES)
    assert 'sizes="200px"' in html


def test_a_name_in_chinese_is_found() -> None:
    html = '<img src="/images/%E9%80%81%20%E6%B8%85%E5%87%89.jpg">'
    assert "<picture>" in set_pictures(html, PICTURES)


def test_other_images_stay_as_they_are() -> None:
    for html in ('<img src="/images/map.svg">', '<img src="data:image/png;base64,AA">'):
        assert set_pictures(html, PICTURES) == html


def test_a_link_to_a_photograph_leads_to_what_was_made_of_it() -> None:
    """The file itself, with all that the camera noted, is not published."""
    html = '<a href="/images/heat.jpg">看大图</a><a href="/attachments/heat.jpg">下载</a>'
    assert set_pictures(html, PICTURES) == html.replace("/images/heat.jpg", HEAT.url)


def test_the_images_of_a_body_are_those_it_shows_or_links() -> None:
    html = (
        SHOWN + '<img src="/attachments/a%20b.png"><a href="/images/big.jpg">大图</a>'
        '<a href="/attachments/c.jpg">下载</a><img src="/images/map.svg"><img src="https://x/y.png">'
    )
    assert list(images_of(html)) == ["images/heat.jpg", "attachments/a b.png", "images/big.jpg"]


def test_other_readers_get_plain_images() -> None:
    html = set_pictures(f"<p>一</p>{SHOWN}<p>二</p>{SHOWN}", PICTURES)
    plain = SHOWN.replace("/images/heat.jpg", HEAT.url)
    assert plain_images(html) == f"<p>一</p>{plain}<p>二</p>{plain[:-1]}{LATE}"


def shown(picture: Picture, **options: object) -> str:
    """Return what the macro of the theme makes."""
    theme = Path(__file__).parents[3] / "theme" / "templates"
    environment = Environment(
        loader=FileSystemLoader(theme), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    call = (
        "{% from 'macros/picture.html' import picture %}{{ picture(image, 'card', '40vw', **o) }}"
    )
    return environment.from_string(call).render(image=picture, o=options).strip()


def test_the_macro_shows_a_picture_in_every_form() -> None:
    html = shown(HEAT)
    assert html.startswith('<picture><source type="image/avif" srcset="/images/heat-480.ab.avif')
    assert html.count('sizes="40vw"') == 2
    assert html.endswith(
        '<img class="card" src="/images/heat-1200.aa.jpg" alt="" width="1200" height="900"'
        ' loading="lazy" decoding="async"></picture>'
    )


def test_the_first_picture_of_a_page_is_wanted_at_once() -> None:
    html = shown(HEAT, first=True)
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_a_drawing_needs_no_other_forms() -> None:
    html = shown(Picture("/images/map.svg", "地图 <1>", 300, 200))
    assert html == (
        '<img class="card" src="/images/map.svg" alt="地图 &lt;1&gt;" width="300" height="200"'
        ' loading="lazy" decoding="async">'
    )
    assert 'alt=""' in shown(Picture("/images/map.svg", "地图", 300, 200), alt="")
