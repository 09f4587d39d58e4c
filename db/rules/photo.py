"""照片: what may come in, and how large what is kept may be; nobody is ever obliged to add one."""

MOST_BYTES = 8_000_000
"""Of the file as it is sent."""
MOST_PIXELS = 40_000_000
"""Of the picture as its header says: a few kilobytes can claim to be a picture that fills the memory."""
LONGEST_SIDE = 1600
"""Of what is kept: a paving stone can still be seen, a face in the background hardly."""
KEPT_BYTES = 400_000
THUMBNAIL = 320
MOST_PHOTOS = 6
"""Of one need, order or complaint."""
QUALITIES = (82, 72, 62, 50)
FORMATS = ("JPEG", "PNG", "WEBP")


def looks_like_photo(data: bytes) -> bool:
    """Whether the first bytes are those of a format that is read at all, whatever name or type the sender gave it."""
    return (
        data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n" or (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
    )


HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))


def is_heic(data: bytes) -> bool:
    """Whether it is the format in which an iPhone keeps its photos, which no browser but its own can read."""
    return data[4:8] == b"ftyp" and data[8:12] in HEIC


def too_large(width: int, height: int) -> bool:
    """Whether a picture of this size is not even decoded."""
    return width < 1 or height < 1 or width * height > MOST_PIXELS


def fitted(width: int, height: int, longest: int = LONGEST_SIDE) -> tuple[int, int]:
    """The size at which a picture is kept: never enlarged, its proportions kept, no side of nothing."""
    side = max(width, height)
    if side <= longest:
        return width, height
    return max(1, round(width * longest / side)), max(1, round(height * longest / side))
