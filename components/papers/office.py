"""Word files as PDF, by the LibreOffice of this server where it has one: its fonts and line breaks are what is printed.

LibreOffice runs without a window, with a profile of its own in a folder that is removed afterwards, and is ended when
it takes too long. A renderer in Python would draw tables and Chinese type in its own way: the PDF has to be the page.
"""

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from db.errors import Refused

MOST_SECONDS = 120
LONGEST_WAIT = 20
"""Seconds that one set waits for another: LibreOffice takes a core and 300 MB."""
FONTS = Path(__file__).parent / "base" / "fonts.conf"
"""What stands in for the fonts of Chinese offices, which a server seldom has."""
_one_at_a_time = threading.Lock()
log = structlog.get_logger()


def office() -> str | None:
    """The program that makes PDF files, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every Word file as PDF under its own name with `.pdf`.

    Raises Refused("pdf_no_office"), Refused("pdf_busy"), Refused("pdf_failed").
    """
    program = office()
    if program is None:
        raise Refused("pdf_no_office")
    if not _one_at_a_time.acquire(timeout=LONGEST_WAIT):
        raise Refused("pdf_busy")
    try:
        with TemporaryDirectory(prefix="papers-", ignore_cleanup_errors=True) as folder:
            return _converted(program, Path(folder), files)
    finally:
        _one_at_a_time.release()


def _converted(program: str, folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    # Plain names: no title of a notice becomes a path or an option.
    plain = {name: f"{place}.docx" for place, name in enumerate(files)}
    for name, content in files.items():
        (folder / plain[name]).write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, home, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
    _run([*command, *(str(folder / one) for one in plain.values())], folder)
    made = {name: folder / Path(one).with_suffix(".pdf").name for name, one in plain.items()}
    missing = [name for name, path in made.items() if not path.is_file()]
    if missing:
        log.error("pdf.missing", files=len(missing))
        raise Refused("pdf_failed")
    return {str(Path(name).with_suffix(".pdf")): path.read_bytes() for name, path in made.items()}


def _run(command: list[str], folder: Path) -> None:
    quiet = subprocess.DEVNULL
    surroundings = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    surroundings |= {"HOME": str(folder), "FONTCONFIG_FILE": str(FONTS)}
    process = subprocess.Popen(
        command, cwd=folder, env=surroundings, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        process.wait(MOST_SECONDS)
    except subprocess.TimeoutExpired:
        log.error("pdf.too_long", seconds=MOST_SECONDS)
        raise Refused("pdf_failed") from None
    finally:
        # The program that was started starts another one, which does the work: both are of this session.
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
