"""The one-time code of the first run: printed in the terminal, so that only who runs the server can use it."""

import os
import secrets
import sys
import threading
from contextlib import suppress
from pathlib import Path

from db.settings import settings

MOST_TRIES = 5
_CLEAR = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class FirstRunCode:
    """The code of this installation, in the folder of data that all its processes share.

    After five wrong tries in a process a new one is printed, so guessing gets nowhere.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tries = 0

    def print_code(self) -> None:
        """Print the code, the same in every process."""
        with self._lock:
            self._say(self._code())

    def accepts(self, typed: str) -> bool:
        """Whether this is the code; spaces, dashes and case do not matter."""
        with self._lock:
            plain = "".join(letter for letter in typed.upper() if letter.isalnum())[:40]
            if secrets.compare_digest(plain.encode(), self._code().encode()):
                return True
            self._tries += 1
            if self._tries >= MOST_TRIES:
                self.forget()
                self._say(self._code())
            return False

    def forget(self) -> None:
        """It is used, or worth nothing any more."""
        self._tries = 0
        self._file.unlink(missing_ok=True)

    @property
    def _file(self) -> Path:
        return settings().data_dir / "first-run.code"

    def _code(self) -> str:
        """The code that is there, or a new one. It appears whole or not at all: of two processes one makes it."""
        with suppress(FileNotFoundError):
            return self._file.read_text()
        draft = self._file.with_name(f".{self._file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("".join(secrets.choice(_CLEAR) for _ in range(12)))
        with suppress(FileExistsError):
            os.link(draft, self._file)
        draft.unlink()
        return self._file.read_text()

    def _say(self, code: str) -> None:
        shown = "-".join(code[i : i + 4] for i in (0, 4, 8))
        sys.stderr.write(f"\n  首次启动代码 / first-run code:  {shown}\n  在浏览器打开本系统，输入此代码。\n\n")
        sys.stderr.flush()


CODE = FirstRunCode()
