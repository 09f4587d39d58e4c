"""Photos beside the database: stripped of everything but what can be seen, encrypted, named by their content.

    <data_dir>/photos/ab/abcd…          AES-GCM of the stripped JPEG; the name is the SHA-256 of that JPEG

The same picture lies there once, however many rows refer to it. Whoever adds or removes one holds the picture's lock
in the database until the end of the transaction, so that no file goes away under a row that was just written.
"""

import contextlib
import hashlib
import hmac
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from PIL import Image, ImageOps
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from db.engine import as_system
from db.errors import Refused
from db.models import Photo
from db.rules.photo import FORMATS, KEPT_BYTES, MOST_BYTES, QUALITIES, fitted, is_heic, looks_like_photo, too_large
from db.settings import secret_key, settings

log = structlog.get_logger()
_NAME = re.compile(r"[0-9a-f]{64}")
_MARK = b"YQP1"
YOUNG = 3600.0
"""Seconds for which a file without a row is taken for one whose transaction has not ended."""


# --- what a picture becomes -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stripped:
    """A JPEG that holds pixels and nothing else."""

    jpeg: bytes
    sha256: str
    width: int
    height: int


def stripped(data: bytes) -> Stripped:
    """Decode, turn upright, shrink and encode anew: place, camera, names and whatever else was in the file is gone.

    Raises Refused("photo_too_big") above 8 MB or 40 megapixels, Refused("photo_heic") for what an iPhone keeps,
    Refused("photo_unreadable") for anything else that is not a whole JPEG, PNG or WebP.
    """
    if len(data) > MOST_BYTES:
        raise Refused("photo_too_big")
    if is_heic(data):
        raise Refused("photo_heic")
    if not looks_like_photo(data):
        raise Refused("photo_unreadable")
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            if too_large(*opened.size):
                raise Refused("photo_too_big")
            opened.draft("RGB", (2400, 2400))  # a large JPEG is decoded at a fraction of its size, and of the memory
            bare = _bare(_upright(opened))
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused("photo_too_big") from None
    except Exception as broken:  # noqa: BLE001 - a hostile file finds every exception a decoder has, and must stop here
        log.info("photo.unreadable", kind=type(broken).__name__)
        raise Refused("photo_unreadable") from None
    jpeg, size = _encoded(bare)
    return Stripped(jpeg, hashlib.sha256(jpeg).hexdigest(), *size)


def _upright(picture: Image.Image) -> Image.Image:
    picture.load()
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # noqa: BLE001 - what a broken EXIF block says about up and down is not worth losing the picture
        return picture


def _bare(picture: Image.Image) -> Image.Image:
    """Only pixels, on white where it was transparent, in a new picture that has never seen the old one's remarks."""
    size = fitted(*picture.size)
    if picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGBA" if picture.mode in ("RGBA", "LA", "P", "PA") else "RGB")
    small = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0) if size != picture.size else picture
    clean = Image.new("RGB", size, "white")
    clean.paste(small, (0, 0), small if small.mode == "RGBA" else None)
    return clean


def _encoded(clean: Image.Image) -> tuple[bytes, tuple[int, int]]:
    while True:
        for quality in QUALITIES:
            out = BytesIO()
            clean.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= KEPT_BYTES:
                return out.getvalue(), clean.size
        clean = clean.resize((max(1, clean.width * 3 // 4), max(1, clean.height * 3 // 4)), Image.Resampling.LANCZOS)


def thumbnail(jpeg: bytes, longest: int) -> bytes:
    """A small JPEG of a kept one."""
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as opened:
        opened.draft("RGB", (longest * 2, longest * 2))
        small = opened.convert("RGB")
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=78, optimize=True)
    return out.getvalue()


# --- where it lies --------------------------------------------------------------------------------------


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key, b"photo", "sha256"))


def folder() -> Path:
    """Where photos lie, all of them below two letters of their name."""
    return settings().data_dir / "photos"


def path_of(sha256: str) -> Path:
    """Raises ValueError for what is no name of a photo, so that no other file is ever touched."""
    if not _NAME.fullmatch(sha256):
        raise ValueError("not the name of a photo")
    return folder() / sha256[:2] / sha256


def sealed(jpeg: bytes, sha256: str) -> bytes:
    """What lies on the disk."""
    nonce = secrets.token_bytes(12)
    return _MARK + nonce + _cipher(secret_key()).encrypt(nonce, jpeg, sha256.encode())


def unsealed(raw: bytes, sha256: str) -> bytes | None:
    """The JPEG; None when it was changed, cut, written with another key, or lies under a wrong name."""
    if raw[: len(_MARK)] != _MARK:
        return None
    nonce, rest = raw[4:16], raw[16:]
    try:
        jpeg = _cipher(secret_key()).decrypt(nonce, rest, sha256.encode())
    except (InvalidTag, ValueError):
        return None
    return jpeg if hashlib.sha256(jpeg).hexdigest() == sha256 else None


def put(sha256: str, raw: bytes) -> None:
    """Write sealed bytes under their name; the file is whole or not there."""
    path = path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name[:16]}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def store(picture: Stripped) -> None:
    """Keep a picture; again is no harm and mends a damaged file."""
    put(picture.sha256, sealed(picture.jpeg, picture.sha256))


def read(sha256: str) -> bytes | None:
    """The JPEG, or None when the file is missing or not what its name says; either is logged."""
    try:
        raw = path_of(sha256).read_bytes()
    except (OSError, ValueError):
        log.warning("photo.missing", photo=sha256[:12])
        return None
    jpeg = unsealed(raw, sha256)
    if jpeg is None:
        log.error("photo.damaged", photo=sha256[:12])
    return jpeg


def kept() -> Iterator[tuple[str, Path]]:
    """Name and path of every photo on the disk."""
    for path in sorted(folder().glob("??/*")):
        if _NAME.fullmatch(path.name) and path.parent.name == path.name[:2]:
            yield path.name, path


# --- and when it goes -----------------------------------------------------------------------------------


def hold(session: Session, sha256: str) -> None:
    """Until this transaction ends nobody else adds or takes away this picture (SQLite has one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(int(sha256[:15], 16))))


def _in_use(session: Session, sha256: str) -> bool:
    live = select(Photo.id).where(Photo.sha256 == sha256, Photo.removed_at.is_(None)).limit(1)
    return session.execute(live).first() is not None


def remove_file_if_unused(sha256: str) -> bool:
    """Take the file away when no row shows it any more; whether it went. In a transaction of its own."""
    with as_system("photo without a row") as session:
        hold(session, sha256)
        if _in_use(session, sha256):
            return False
        path = path_of(sha256)
        there = path.exists()
        path.unlink(missing_ok=True)
        return there


def remove_after_commit(session: Session, sha256: str) -> None:
    """The row goes in this transaction; the file only when that has happened for good."""

    def gone(_session: Session) -> None:
        try:
            remove_file_if_unused(sha256)
        except Exception as trouble:  # noqa: BLE001 - the row is gone for good; `sweep` takes the file later
            log.warning("photo.left", kind=type(trouble).__name__)

    event.listen(session, "after_commit", gone, once=True)


def sweep(*, older: float = YOUNG) -> int:
    """Take away files without a row: what a transaction left that broke off. How many went."""
    gone = 0
    for sha256, path in list(kept()):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime >= older:
                gone += remove_file_if_unused(sha256)
    return gone
