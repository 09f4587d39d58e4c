"""A start until /healthz answers: processor time of the app beside the bare app, alternating, medians."""

import statistics
from dataclasses import dataclass

from tests.load.ground import Ground, bare_app
from tests.load.report import Report
from tests.support.servers import ROOT, AppServer


@dataclass(frozen=True, slots=True)
class Size:
    """Starts of each."""

    starts: int = 7


FULL, SMALLEST = Size(), Size(starts=1)


def _start(server: AppServer) -> float:
    """Seconds of processor time until it answers."""
    with server:
        return server.cpu_seconds()


async def measure(here: Ground, _scale: int, report: Report, size: Size = FULL) -> None:
    """The first start of each only fills the caches of Python and of the disk."""
    # As on a server, where installing compiles; a shell may forbid Python to keep what it compiled.
    environment = here.env | {"PYTHONDONTWRITEBYTECODE": ""}
    own, bare = AppServer(here.server.folder / "start", environment, root=ROOT), bare_app(here.server.folder / "bare")
    _start(own), _start(bare)
    seconds = [(_start(own), _start(bare)) for _ in range(size.starts)]
    mine, other = (statistics.median(one) for one in zip(*seconds, strict=True))
    report.say(f"\nA start until it answers: {mine:.2f} s of processor time, the bare app {other:.2f} s.")
    report.target("start until health ÷ bare", "≤ 2", f"{mine / other:.2f}", mine <= 2 * other)
