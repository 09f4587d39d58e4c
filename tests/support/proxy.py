"""A real nginx with our own files before processes on local ports."""

import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Self

from tests.support.servers import ROOT, free_port
from tests.support.waiting import wait_until

NGINX = ROOT / "deploy" / "nginx"


class Proxy:
    """Started with `start` or as a context; its folder holds its logs."""

    def __init__(self, folder: Path, processes: Sequence[int]) -> None:
        self.folder, self.port = folder, free_port()
        words = (NGINX / "yiqilai.conf").read_text()
        words = words.replace("listen 80;", f"listen 127.0.0.1:{self.port};").replace("/var/log/nginx", str(folder))
        words = words.replace("/usr/share/yiqilai", str(NGINX))
        servers = "".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=5s;" for port in processes)
        upstream = re.sub(r"(?:\s+server [^;]+;)+", servers, (NGINX / "processes.conf").read_text())
        scratch = "".join(f"{one}_temp_path {folder}/{one};" for one in ("proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(
            f"{'user root;' if os.geteuid() == 0 else ''} pid {folder}/pid; error_log {folder}/main.log; daemon off;\n"
            f"events {{}}\nhttp {{ access_log off; client_body_temp_path {folder}/body; {scratch}\n"
            f"{upstream}\n{words} }}"
        )
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
        self.command = (nginx, "-c", f"{folder}/nginx.conf")
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """nginx reads its files, and answers."""
        read = subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False, timeout=60)
        assert "successful" in read.stderr, read.stderr
        self._running = subprocess.Popen(self.command, stdin=subprocess.DEVNULL)
        wait_until(self._answers, "nginx answers")
        return self

    def _answers(self) -> bool:
        try:
            return self.visitor()("/healthz")[0] == 200
        except OSError:
            return False

    def visitor(self) -> Callable[..., tuple[int, str]]:
        """Somebody with a browser that keeps cookies."""
        return visitor(self.base_url)

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait(20)

    def logged(self) -> str:
        return "".join(one.read_text() for one in [*self.folder.glob("*.log"), *self.folder.glob("yiqilai.*")])

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def visitor(base_url: str) -> Callable[..., tuple[int, str]]:
    """Somebody with a browser that keeps cookies, at the proxy or at one process: path → (status, what is read)."""
    keeps = urllib.request.HTTPCookieProcessor(CookieJar())
    opener = urllib.request.build_opener(keeps, urllib.request.ProxyHandler({}))

    def ask(path: str, data: bytes | None = None) -> tuple[int, str]:
        try:
            with opener.open(f"{base_url}{path}", data, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    return ask
