"""The one-time code of the first run: printed in the terminal, so that only who runs the server can use it."""

import secrets
import sys
import threading

MOST_TRIES = 5
_CLEAR = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class FirstRunCode:
    """The code of this process. After five wrong tries a new one is printed, so guessing gets nowhere."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._code = ""
        self._tries = 0

    def print_new(self) -> None:
        with self._lock:
            self._renew()

    def accepts(self, typed: str) -> bool:
        """Whether this is the code; spaces, dashes and case do not matter."""
        with self._lock:
            if not self._code:
                self._renew()
            plain = "".join(letter for letter in typed.upper() if letter.isalnum())[:40]
            if secrets.compare_digest(plain.encode(), self._code.encode()):
                return True
            self._tries += 1
            if self._tries >= MOST_TRIES:
                self._renew()
            return False

    def _renew(self) -> None:
        self._code = "".join(secrets.choice(_CLEAR) for _ in range(12))
        self._tries = 0
        shown = "-".join(self._code[i : i + 4] for i in (0, 4, 8))
        sys.stderr.write(f"\n  首次启动代码 / first-run code:  {shown}\n  在浏览器打开本系统，输入此代码。\n\n")
        sys.stderr.flush()


CODE = FirstRunCode()
