"""Addresses that the room's screen shows: letters to type, and a QR drawn as one path, made once per address."""

from functools import lru_cache
from typing import TypedDict
from urllib.parse import urlsplit

import segno

from db.settings import settings

QUIET = 4
"""Light modules around the code, as its standard asks."""


def own_address(url: str) -> str:
    """The address of this installation without a slash at its end: the configured one, else that of the open page."""
    if settings().public_address:
        return settings().public_address.rstrip("/")
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def letters(address: str) -> str:
    """The address as it is typed: without its scheme."""
    return address.partition("://")[2] or address


class Qr(TypedDict):
    """The QR of an address: `id` names it, `size` in modules with its quiet zone, `path` of an SVG."""

    id: str
    size: int
    path: str


@lru_cache(maxsize=256)
def qr(address: str) -> Qr:
    """The QR of an address, drawn as one path."""
    code = segno.make(address, error="m", micro=False)
    parts = []
    for y, line in enumerate(code.matrix, QUIET):
        x, row = 0, bytes(line)
        while x < len(row):
            length = 1
            while x + length < len(row) and row[x + length] == row[x]:
                length += 1
            if row[x]:
                parts.append(f"M{x + QUIET} {y}h{length}v1h-{length}z")
            x += length
    return {"id": address, "size": len(code.matrix) + 2 * QUIET, "path": "".join(parts)}


def picture(address: str, *, dark: str = "#000", light: str = "#fff") -> str:
    """The same QR as a whole SVG, for a page that shows pictures."""
    drawn = qr(address)
    side = drawn["size"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side * 8}" height="{side * 8}">'
        f'<path fill="{light}" d="M0 0h{side}v{side}H0z"/><path fill="{dark}" d="{drawn["path"]}"/></svg>'
    )
