"""A form with a picture in it, read into memory with a hard cap: nothing is written to a disk on the way."""

import re

from starlette.requests import Request

from pages.public.body import SECONDS_PHOTO, Room, body_of
from pages.public.plain import Fields, is_foreign

MOST_BODY = 8_400_000
"""The largest photo and the fields around it."""
MOST_PARTS, MOST_FIELD = 24, 4_000
_BOUNDARY = re.compile(r'boundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70})"?', re.ASCII)
_NAME = re.compile(rb'[; ]name="([^"\r\n]{0,40})"')
_FILE = re.compile(rb"[; ]filename\*?=")
ROOM = Room(each=2 * MOST_BODY, together=12 * MOST_BODY)


async def form_of(request: Request, address: str) -> tuple[Fields, dict[str, bytes]] | None:
    """Fields and files; None when this is no form of ours. Raises TooLarge, TooSlow, NoRoom."""
    kind = request.headers.get("content-type", "")
    boundary = _BOUNDARY.search(kind)
    if not kind.lower().startswith("multipart/form-data") or boundary is None or is_foreign(request):
        return None
    with ROOM.place(address) as place:
        body = await body_of(request, MOST_BODY, seconds=SECONDS_PHOTO, place=place)
    return parts_of(body, boundary[1].encode())


def parts_of(body: bytes, boundary: bytes) -> tuple[Fields, dict[str, bytes]] | None:
    """Fields and files of a body (RFC 7578); None when it is broken."""
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary, MOST_PARTS + 1)
    if len(pieces) < 3 or len(pieces) > MOST_PARTS + 1 or not pieces[-1].startswith(b"--"):
        return None
    fields: Fields = {}
    files: dict[str, bytes] = {}
    for piece in pieces[1:-1]:
        head, gap, value = piece.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if not gap or name is None:
            return None
        called = name[1].decode(errors="replace")
        if _FILE.search(head):
            files[called] = value
        elif len(value) > MOST_FIELD:
            return None
        else:
            fields.setdefault(called, []).append(value.decode(errors="replace"))
    return fields, files
