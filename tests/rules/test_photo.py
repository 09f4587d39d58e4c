"""What becomes of a picture: hostile ones are refused, good ones keep their pixels and nothing else."""

import hashlib
from io import BytesIO
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from db.errors import Refused
from db.photos import stripped, thumbnail
from db.rules.photo import KEPT_BYTES, LONGEST_SIDE, MOST_PIXELS, fitted, looks_like_photo, too_large
from tests.builders.intake import HOSTILE, SCRIPT, a_picture, noise, with_place


@given(st.integers(1, 50_000), st.integers(1, 50_000))
def test_a_kept_picture_fits_is_never_enlarged_and_keeps_its_proportions(width: int, height: int) -> None:
    kept = fitted(width, height)

    assert min(kept) >= 1
    assert max(kept) <= max(1, min(LONGEST_SIDE, max(width, height)))
    assert kept == (width, height) or max(kept) == LONGEST_SIDE
    assert abs(kept[0] * height - kept[1] * width) <= max(width, height)


@given(st.integers(-5, 100_000), st.integers(-5, 100_000))
def test_what_would_fill_the_memory_is_not_decoded(width: int, height: int) -> None:
    assert too_large(width, height) == (width < 1 or height < 1 or width * height > MOST_PIXELS)


@given(st.binary(max_size=64))
def test_first_bytes_of_anything_are_judged_without_a_fall(data: bytes) -> None:
    assert looks_like_photo(data) in (True, False)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_picture_is_refused_and_nothing_falls(name: str) -> None:
    with pytest.raises(Refused) as refused:
        stripped(HOSTILE[name])

    assert refused.value.rule in ("photo_too_big", "photo_unreadable")


@given(st.integers(0, 5000), st.integers(0, 255), st.integers(0, 8000))
def test_a_picture_damaged_anywhere_is_kept_clean_or_refused(at: int, value: int, cut: int) -> None:
    data = bytearray(a_picture())
    data[at % len(data)] = value

    for damaged in (bytes(data), bytes(data[: max(1, len(data) - cut)])):
        try:
            kept = stripped(damaged)
        except Refused:
            continue
        with Image.open(BytesIO(kept.jpeg)) as again:
            assert again.size == (kept.width, kept.height)


MODES = {"JPEG": ("RGB", "L", "CMYK"), "PNG": ("RGB", "L", "P", "RGBA", "LA", "1"), "WEBP": ("RGB", "RGBA", "L")}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_every_kind_of_picture_becomes_a_jpeg_of_its_size(kind: str, mode: str) -> None:
    kept = stripped(a_picture(300, 200, kind=kind, mode=mode))

    assert kept.jpeg[:3] == b"\xff\xd8\xff"
    assert (kept.width, kept.height) == (300, 200)
    assert kept.sha256 == hashlib.sha256(kept.jpeg).hexdigest()


def test_what_is_transparent_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).save(out, "PNG")

    with Image.open(BytesIO(stripped(out.getvalue()).jpeg)) as kept:
        assert min(kept.convert("L").tobytes()) > 250


def test_place_camera_remarks_and_profile_are_gone_to_the_last_byte() -> None:
    photo = with_place()
    with Image.open(BytesIO(photo)) as before:
        assert before.getexif().get_ifd(0x8825), "the test must have something to remove"

    kept = stripped(photo).jpeg

    for trace in (b"Exif", b"Secret", b"GPS", b"ICC_PROFILE", b"http://ns.adobe.com", b"\xff\xe1", b"\xff\xfe"):
        assert trace not in kept
    with Image.open(BytesIO(kept)) as after:
        assert dict(after.getexif()) == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_lies_as_it_was_seen(orientation: int) -> None:
    with Image.open(BytesIO(stripped(with_place(orientation)).jpeg)) as kept:
        size, green = kept.size, kept.convert("RGB").getchannel("G")
        corners = {
            "left top": (5, 5), "right top": (size[0] - 5, 5),
            "right bottom": (size[0] - 5, size[1] - 5), "left bottom": (5, size[1] - 5),
        }  # fmt: skip
        red = [name for name, at in corners.items() if cast(int, green.getpixel(at)) < 100]

    assert size == ((400, 200) if orientation < 5 else (200, 400))
    seen = {1: "left top", 2: "right top", 3: "right bottom", 4: "left bottom", 5: "left top", 6: "right top",
            7: "right bottom", 8: "left bottom"}  # fmt: skip
    assert red == [seen[orientation]]


@pytest.mark.parametrize("tail", [SCRIPT, b"PK\x03\x04" + SCRIPT, b"%PDF-1.7" + SCRIPT])
def test_what_hangs_behind_a_picture_is_not_kept(tail: bytes) -> None:
    kept = stripped(a_picture() + tail)

    assert SCRIPT not in kept.jpeg
    assert stripped(a_picture()).sha256 == kept.sha256


def test_a_large_noisy_picture_is_brought_under_its_limits() -> None:
    kept = stripped(noise(2300, 1700))

    assert len(kept.jpeg) <= KEPT_BYTES
    assert max(kept.width, kept.height) <= LONGEST_SIDE


def test_a_thumbnail_is_small_and_of_the_same_picture() -> None:
    small = thumbnail(stripped(noise(1600, 1200)).jpeg, 320)

    with Image.open(BytesIO(small)) as picture:
        assert picture.size == (320, 240)
    assert len(small) < 80_000


def heic(brand: bytes = b"heic") -> bytes:
    """The head of what an iPhone keeps, and some of the rest."""
    return b"\x00\x00\x00\x28ftyp" + brand + b"\x00\x00\x00\x00mif1heicMiHB" + bytes(range(256)) * 40


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"hevc"])
def test_what_an_iphone_keeps_is_told_apart_from_a_broken_file(brand: bytes) -> None:
    with pytest.raises(Refused, match="photo_heic"):
        stripped(heic(brand))


@pytest.mark.parametrize(
    "data", [b"ftypheic" * 40, heic(b"avif"), heic(b"isom"), heic()[:11]], ids=["text", "avif", "film", "cut off"]
)
def test_only_what_begins_like_it_is_called_heic(data: bytes) -> None:
    with pytest.raises(Refused, match="photo_unreadable"):
        stripped(data)
