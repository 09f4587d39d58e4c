"""A form with a picture in it, read into memory with a hard cap: nothing is written to a disk on the way."""

import asyncio
import re

from starlette.requests import Request

from pages.public.plain import Fields, is_foreign

MOST_BODY = 8_400_000
"""The largest photo and the fields around it."""
MOST_PARTS, MOST_FIELD = 24, 4_000
_BOUNDARY = re.compile(r'boundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70})"?', re.ASCII)
_NAME = re.compile(rb'[; ]name="([^"\r\n]{0,40})"')
_FILE = re.compile(rb"[; ]filename\*?=")
TURNS = asyncio.Semaphore(4)
"""So many large forms at a time; the others wait, they are not refused."""


class TooLarge(Exception):
    """More was sent than a photo may have."""


async def form_of(request: Request) -> tuple[Fields, dict[str, bytes]] | None:
    """Fields and files; None when this is no form of ours. Raises TooLarge."""
    kind = request.headers.get("content-type", "")
    boundary = _BOUNDARY.search(kind)
    if not kind.lower().startswith("multipart/form-data") or boundary is None or is_foreign(request):
        return None
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:12]) > MOST_BODY:
        raise TooLarge
    async with TURNS:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BODY:
                raise TooLarge
        return parts_of(bytes(body), boundary[1].encode())


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
