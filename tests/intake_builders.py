"""Pictures good and bad, and messages from plain pages, for the tests of both."""

import struct
import zlib
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw


def a_picture(width: int = 640, height: int = 480, *, kind: str = "JPEG", mode: str = "RGB", seed: int = 1) -> bytes:
    """A drawn picture, different for every seed."""
    rng = Random(seed)
    picture = Image.new("RGB", (width, height), (120, 130, 140))
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y = rng.randrange(width), rng.randrange(height)
        draw.ellipse((x, y, x + width // 5, y + height // 6), fill=tuple(rng.randrange(256) for _ in range(3)))
    out = BytesIO()
    picture.convert(mode).save(out, kind)
    return out.getvalue()


def noise(width: int, height: int) -> bytes:
    """A picture that does not get small by itself."""
    picture = Image.frombytes("RGB", (width, height), Random(7).randbytes(width * height * 3))
    out = BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def with_place(orientation: int = 1, width: int = 400, height: int = 200) -> bytes:
    """A photo as a phone takes it: where, when, with what, lying on its side; and remarks of other kinds."""
    picture = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 4, height // 4), fill="red")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x9286] = "SecretMaker", "SecretPhone", orientation, b"SecretRemark"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (29.0, 52.0, 11.5), "E", (121.0, 33.0, 7.25)
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"SecretComment", icc_profile=b"SecretProfile" * 20)
    return out.getvalue()


def a_png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of this size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 4096))
        + chunk(b"IEND", b"")
    )


SCRIPT = b"<script>alert(1)</script>"
HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "one byte": b"\xff",
    "text": b"hello, this is no picture",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "zip": b"PK\x03\x04" + b"\0" * 200,
    "gif": a_picture(kind="GIF"),
    "bmp": a_picture(kind="BMP"),
    "tiff": a_picture(kind="TIFF"),
    "jpeg head only": b"\xff\xd8\xff\xe0" + b"\0" * 40,
    "jpeg of zeros": b"\xff\xd8\xff" + b"\0" * 5000,
    "cut jpeg": a_picture()[:2000],
    "cut png": a_picture(kind="PNG")[:500],
    "cut webp": a_picture(kind="WEBP")[:300],
    "riff that is no webp": b"RIFF\x10\0\0\0WEBP" + b"\0" * 60,
    "png of nothing": a_png_that_claims(0, 0),
    "png without data": a_png_that_claims(300, 300),
    "png of 20,000 × 20,000": a_png_that_claims(20_000, 20_000),
    "png of 2 × 1,000,000,000": a_png_that_claims(2, 1_000_000_000),
    "png of 10,000 × 10,000": a_png_that_claims(10_000, 10_000),
    "more than 8 MB": b"\xff\xd8\xff" + b"\0" * 8_000_001,
}
