"""长图: an entry of the diary drawn as one picture 1080 pixels wide, for channels that take pictures only.

No Chinese font comes with the program: one is looked for where systems keep them. Where none is found the page says so.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, MARGIN = 1080, 72
INNER = WIDTH - 2 * MARGIN
TITLE, BODY, SMALL = 60, 42, 34
LEADING = 1.7
INK, SOFT, BAR, PAPER = (34, 34, 34), (110, 110, 110), (178, 34, 34), (255, 255, 255)
PHOTO_HIGHEST = 1400
"""A photo held upright fills the screen of a phone, not three of them."""
FONTS = (
    "NotoSansCJK*.ttc", "NotoSansSC*.[ot]tf", "NotoSansCJKsc*.otf", "SourceHanSans*.[ot]t[cf]", "wqy-*.tt[cf]",
    "msyh*.tt[cf]", "simhei.ttf", "PingFang*.ttc", "STHeiti*.ttc", "Hiragino Sans GB*.ttc", "NotoSerifCJK*.ttc",
    "SourceHanSerif*.[ot]t[cf]", "simsun*.tt[cf]", "uming*.ttc", "ukai*.ttc", "DroidSansFallback*.ttf",
)  # fmt: skip
"""Files that hold Chinese letters, those that read well on a screen first."""
FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "C:/Windows/Fonts",
    "/System/Library/Fonts", "/Library/Fonts",
)  # fmt: skip
NOT_FIRST = "，。、；：？！）》」』】〉”’…—·,.;:?!)]}%"
NOT_LAST = "（《「『【〈“‘([{"
CARRIED = 3
"""So many letters are carried over at most: a row of nothing but brackets is cut where it ends."""
_PROBE = "议"


@cache
def chinese_font(folders: tuple[str, ...] = FOLDERS) -> tuple[str, int] | None:
    """A file with Chinese letters and the number of the face in it that draws them the mainland way; None without."""
    for pattern in FONTS:
        for folder in folders:
            for path in sorted(
                Path(folder).expanduser().rglob(pattern), key=lambda one: ("Regular" not in one.name, one)
            ):
                if (face := _face(str(path))) is not None:
                    return str(path), face
    return None


def _face(path: str) -> int | None:
    """The face for simplified Chinese, else the first that can draw the letters at all."""
    able = None
    for index in range(12):
        try:
            font = ImageFont.truetype(path, 40, index=index)
        except OSError:
            break
        if bytes(font.getmask(_PROBE)) == bytes(font.getmask("\uffff")):
            continue
        if " SC" in f"{font.getname()[0]} ":
            return index
        able = index if able is None else able
    return able


def _font(size: int) -> ImageFont.FreeTypeFont:
    found = chinese_font()
    if found is None:
        raise LookupError("no Chinese font on this machine")
    return ImageFont.truetype(found[0], size, index=found[1])


def broken(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The lines of a paragraph: no line begins with what closes or ends with what opens, long words are cut."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        for part in [piece] if font.getlength(piece) <= width else piece:
            if not line or font.getlength(line + part) <= width:
                line += part
                continue
            # What may not begin a line takes its neighbour along; what may not end one goes with what follows.
            kept, carried = line, ""
            while (
                len(kept) > 1 and len(carried) < CARRIED and ((carried + part)[0] in NOT_FIRST or kept[-1] in NOT_LAST)
            ):
                kept, carried = kept[:-1], kept[-1] + carried
            lines.append(kept.rstrip(" "))
            line = (carried + part).lstrip(" ")
    return [*lines, line] if line else lines


def _pieces(text: str) -> Iterator[str]:
    """Letters of Chinese one by one, words and numbers of ASCII whole."""
    word = ""
    for letter in text:
        if letter.isascii() and letter.isalnum():
            word += letter
            continue
        if word:
            yield word
            word = ""
        yield letter
    if word:
        yield word


class _Sheet:
    """Draws from the top down onto a sheet as high as what was drawn."""

    def __init__(self, high: int) -> None:
        self.image = Image.new("RGB", (WIDTH, high), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.y = MARGIN

    def words(
        self, text: str, size: int, *, ink: tuple[int, int, int] = INK, left: int = 0, indent: bool = False
    ) -> None:  # fmt: skip
        font = _font(size)
        for line in broken(("　　" if indent else "") + text, font, INNER - left):
            self.pen.text((MARGIN + left, self.y), line, font=font, fill=ink)
            self.y += round(size * LEADING)

    def photo(self, jpeg: bytes) -> None:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as opened:
            scale = min(INNER / opened.width, PHOTO_HIGHEST / opened.height)
            size = (max(1, round(opened.width * scale)), max(1, round(opened.height * scale)))
            self.image.paste(opened.convert("RGB").resize(size, Image.Resampling.LANCZOS),
                             (MARGIN + (INNER - size[0]) // 2, self.y))  # fmt: skip
        self.y += size[1] + 36

    def quote(self, text: str) -> None:
        top = self.y
        self.words(text, BODY, ink=SOFT, left=36)
        self.pen.rectangle((MARGIN, top + 8, MARGIN + 8, self.y - 14), fill=BAR)
        self.y += 24


def long_picture(
    title: str, facts: str, text: Sequence[str], quotes: Sequence[str], photos: Sequence[bytes], foot: str
) -> bytes:
    """The PNG; photos are JPEGs and stand between words and quotes. Raises LookupError without a Chinese font."""

    def drawn(high: int) -> _Sheet:
        sheet = _Sheet(high)
        sheet.words(title, TITLE)
        sheet.y += 8
        sheet.words(facts, SMALL, ink=SOFT)
        sheet.pen.rectangle((MARGIN, sheet.y + 14, MARGIN + 120, sheet.y + 20), fill=BAR)
        sheet.y += 56
        for one in text:
            sheet.words(one, BODY, indent=True)
            sheet.y += 18
        sheet.y += 18
        for jpeg in photos:
            sheet.photo(jpeg)
        for one in quotes:
            sheet.quote(one)
        sheet.y += 12
        sheet.words(foot, SMALL, ink=SOFT)
        return sheet

    # Drawn twice: what lies below the first sheet is not kept, but tells how high the second has to be.
    out = BytesIO()
    drawn(drawn(1).y + MARGIN).image.save(out, "PNG", optimize=True)
    return out.getvalue()
