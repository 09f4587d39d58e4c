"""A bad network between a phone and a server, by hand: cuts, delays, holds of bytes, dropped connections, a thin line.

with FlakyProxy(server.port) as line:
    page.goto(f"{line.base_url}/door")
    line.weather = Weather(drop=0.3, delay=0.2)
    line.weather = Weather(hold=True)      # connections stay open and nothing moves: the half-open network
    line.weather = Weather(cut=True)       # nobody gets through
"""

import contextlib
import random
import socket
import threading
import time
from dataclasses import dataclass
from typing import Self

PIECE, ENDLESS = 1024, 10**12


@dataclass(frozen=True)
class Weather:
    """What the line is like at the moment."""

    cut: bool = False
    """New connections are refused, open ones are broken."""
    hold: bool = False
    """Bytes stay where they are; connections stay open."""
    drop: float = 0.0
    """Share of requests whose connection breaks: before the request, in it, after it, or in the answer."""
    delay: float = 0.0
    """Seconds before the first byte of a request."""
    bits: int = 0
    """Bits a second; 0 is as fast as it goes."""


@dataclass
class Fate:
    """How many bytes of a request and of its answer still get through."""

    up: int = ENDLESS
    down: int = ENDLESS
    answered: bool = True


class FlakyProxy:
    """Forwards TCP connections to a port on this machine, as well as the weather allows."""

    def __init__(self, target: int, *, seed: int = 1) -> None:
        self.target, self.weather = target, Weather()
        self.chance = random.Random(seed)
        self.connections = self.broken = 0
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._ears = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._over = False
        self.port: int = self._ears.getsockname()[1]

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        self._ears.shutdown(socket.SHUT_RDWR)  # to close it alone would leave the listener waiting on it
        self._listener.join()
        self._ears.close()
        self.break_all()

    def break_all(self) -> None:
        """Every open connection ends now, as when a lift door closes."""
        with self._guard:
            held = list(self._open)
        for one in held:
            self._close(one)

    def _listen(self) -> None:
        while not self._over:
            try:
                phone, _address = self._ears.accept()
            except OSError:
                return
            self.connections += 1
            if self.weather.cut:
                self._reset(phone)
                continue
            threading.Thread(target=self._carry, args=(phone,), daemon=True).start()

    def _carry(self, phone: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            self._reset(phone)
            return
        server.settimeout(None)
        with self._guard:
            self._open |= {phone, server}
        fate = Fate()
        for way in ((phone, server, fate, True), (server, phone, fate, False)):
            threading.Thread(target=self._pump, args=way, daemon=True).start()

    def _fate(self, fate: "Fate") -> None:
        """Whether the request that begins now comes to its end, and else how far it and its answer get."""
        fate.up, fate.down, fate.answered = ENDLESS, ENDLESS, False
        if self.chance.random() < self.weather.drop:
            self.broken += 1
            # Before the request, within it, after it and before the answer, within the answer.
            fate.up, fate.down = self.chance.choice(((0, 0), (300, 0), (ENDLESS, 0), (ENDLESS, 150)))

    def _pump(self, source: socket.socket, sink: socket.socket, fate: "Fate", upwards: bool) -> None:
        """Carry bytes one way until an end closes or the fate of this request is reached."""
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                while self.weather.hold and not self._over:
                    time.sleep(0.05)
                if upwards and fate.answered:
                    self._fate(fate)
                    time.sleep(self.weather.delay)
                if self.weather.bits:
                    time.sleep(len(piece) * 8 / self.weather.bits)
                if self.weather.cut:
                    break
                left = fate.up if upwards else fate.down
                sink.sendall(piece[:left])
                if left < len(piece):
                    break
                if upwards:
                    fate.up -= len(piece)
                else:
                    fate.down -= len(piece)
                    fate.answered = True
        self._close(source)
        self._close(sink)

    def _close(self, one: socket.socket) -> None:
        with self._guard:
            self._open.discard(one)
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()

    def _reset(self, one: socket.socket) -> None:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        one.close()
