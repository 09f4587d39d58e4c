"""Pictures good and bad, and messages from plain pages and posters, for the tests of both."""

import re
import secrets
import struct
import zlib
from datetime import date
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import select

from db.actions.intake.posters import make_poster
from db.actions.intake.receiving import Message, receive
from db.engine import as_system, reading_as_system
from db.models import Intake, Poster, Service, Volunteer
from db.terms import PosterKind, ServiceGroup, VolunteerKind
from tests.builders.world import NOW, World, do
from tests.support.phone import Answer, Phone

SCRIPT = b"<script>alert(1)</script>"
BOUNDARY = "----yiqilaiTest"


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


# --- posters, codes, messages ---------------------------------------------------------------------------


def a_service(world: World, name: str = "测血压", **more: Any) -> int:
    """A service of the catalogue; the id."""
    with as_system("test") as session:
        service = Service(
            **{"subdistrict_id": world.subdistrict, "name": name, "name_en": "", "group": ServiceGroup.HEALTH} | more
        )
        session.add(service)
        session.flush()
        return service.id


def a_poster(world: World, name: str = "柳林小区1幢宣传栏", **more: Any) -> int:
    """An order poster of `here`; the id."""
    values = {"kind": PosterKind.ORDER, "name": name, "place_id": world.place} | more
    poster: int = do(world.secretary, make_poster, **values)
    return poster


def a_rider(world: World, number: str = "LL-QX-07", **more: Any) -> int:
    """A rider's personal code; the id."""
    with as_system("test") as session:
        volunteer = Volunteer(
            community_id=world.here, number=number, name="骑手夏测试", phone="13700001111", skills=[],
            kind=VolunteerKind.RESIDENT, since=date(2025, 1, 1),
        )  # fmt: skip
        session.add(volunteer)
    poster: int = do(world.secretary, make_poster, kind=PosterKind.REPORT, volunteer_number=number, **more)
    return poster


def code_of(poster_id: int) -> str:
    with reading_as_system("test") as session:
        return session.get_one(Poster, poster_id).code


def sent(world: World, poster_id: int, **more: Any) -> int:
    """A message by a code, received at NOW; the id."""
    with reading_as_system("test") as session:
        kind = session.get_one(Poster, poster_id).kind
    values: dict[str, Any] = {"kind": kind, "key": secrets.token_urlsafe(12)}
    if kind is PosterKind.REPORT:
        values |= {"what": "路面坑洼、井盖松动：北门井盖翘起", "where": "3幢北门口"}
    else:
        values |= {"place_id": world.place, "phone": "13812345678", "name": "沈阿姨", "building": "3幢",
                   "stairwell": "2单元", "room": "501"}  # fmt: skip
    now = more.pop("now", NOW)
    receipt = receive(code_of(poster_id), Message(**values | more), now=now)
    with reading_as_system("test") as session:
        return session.scalars(select(Intake.id).where(Intake.receipt == receipt)).one()


def key_in(answer: Answer) -> str:
    found = re.search(r'name="key" value="([\w-]+)"', answer.html)
    assert found is not None
    return found[1]


REPORT_FORM = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


def report_body(photo: bytes | None = None, **more: Any) -> bytes:
    """What a rider's phone sends."""
    fields = {
        "key": secrets.token_urlsafe(18), "kind": "road", "words": "井盖翘起", "where": "菜场北门", "place_id": "",
        "website": "",
    } | more  # fmt: skip
    body = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    )
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n'
    return (
        body + f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + (photo or b"") + f"\r\n--{BOUNDARY}--\r\n".encode()
    )


def report(phone: Phone, code: str, photo: bytes | None = None, *, follow: bool = True, **more: Any) -> Answer:
    answer = phone.ask("POST", f"/r/{code}", report_body(photo, **more), REPORT_FORM | phone.more)
    return phone._follow(f"/r/{code}", answer) if follow else answer
