"""Open an uploaded table file where it can do no harm: in a child process with limits of memory and time.

sheet = read_sheet(content)                     # raises BadSheet, never anything else
with SheetReader() as reader: ...               # many files, one child
"""

import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from db.rules.imports.sheet import MOST_BYTES, MOST_CELL, MOST_COLUMNS, MOST_ROWS, BadSheet, Sheet, SheetTrouble

ROOT = Path(__file__).parents[2]
CHILD = "import sys; sys.path.append({root!r}); from components.imports.read_sheet_child import serve; serve({memory})"
"""The app's own root stands last: no name of it can stand for one of the standard library."""
MEMORY = 1536 * 1024 * 1024
SECONDS = 40.0
UNPACKED = 400 * 1024 * 1024
_ONE_AT_A_TIME = threading.BoundedSemaphore(2)
"""Two large files at once are what a small machine bears; the third waits."""


class SheetReader:
    """A child that reads one file after another; it is replaced when a file killed it."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY, rows: int = MOST_ROWS) -> None:
        self.seconds, self.memory = seconds, memory
        self.limits = {"rows": rows, "columns": MOST_COLUMNS, "cell": MOST_CELL, "unpacked": UNPACKED}
        self.started = 0
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what was not sent any more to a child that is gone
                        pipe.close()
            child.wait()

    def read(self, content: bytes, sheet: str = "") -> Sheet:
        """The sheet of that name, else the first that is not empty. Raises BadSheet."""
        if not content:
            raise BadSheet(SheetTrouble.EMPTY)
        if len(content) > MOST_BYTES:
            raise BadSheet(SheetTrouble.TOO_BIG)
        found = self._ask(content, sheet)
        if "trouble" in found:
            raise BadSheet(SheetTrouble(found["trouble"]), found["where"])
        return Sheet(
            tuple(found["sheets"]), found["name"], found["first_row"], found["rows"], tuple(found["hidden"]),
            tuple(found["pictures"]), found["first_column"],
        )  # fmt: skip

    def _ask(self, content: bytes, sheet: str) -> dict[str, Any]:
        child = self._running()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self.seconds, stop)
        timer.start()
        try:
            request = {"bytes": len(content), "sheet": sheet, "limits": self.limits}
            child.stdin.write(json.dumps(request).encode() + b"\n")  # type: ignore[union-attr]
            child.stdin.write(content)  # type: ignore[union-attr]
            child.stdin.flush()  # type: ignore[union-attr]
            size = child.stdout.readline()  # type: ignore[union-attr]
            body = child.stdout.read(int(size)) if size else b""  # type: ignore[union-attr]
            if not body or len(body) < int(size):
                raise EOFError
            found: dict[str, Any] = json.loads(body)
            return found
        except (OSError, EOFError, ValueError) as gone:
            # The child died: of time, or because there was no memory left for what the file asked for.
            self.close()
            raise BadSheet(SheetTrouble.TOO_SLOW if late.is_set() else SheetTrouble.TOO_MUCH) from gone
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            # -I: neither the folder nor the environment in which the app was started has a say in what is imported.
            program = CHILD.format(root=str(ROOT), memory=int(self.memory))
            command = [sys.executable, "-I", "-X", "utf8", "-c", program]
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self.started += 1
        return self._child


def read_sheet(content: bytes, sheet: str = "") -> Sheet:
    """One file in a child of its own, so that nothing of it stays. Raises BadSheet."""
    with _ONE_AT_A_TIME, SheetReader() as reader:
        return reader.read(content, sheet)
