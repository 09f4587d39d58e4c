"""What the suite can do without, and why; the one place that may leave a test out.

Required are Chromium, a Chinese font and PostgreSQL. `make test` installs everything, also what is optional: there no
test is left out. Who calls pytest alone on a smaller machine reads why one is.

One more reason is no matter of the machine: a story that broke off is not told on (`leave_out_after`). A choice that
does not exist, such as a meeting-room screen on a phone, is no reason: it is not among the parameters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tools.install_system import missing_packages


@dataclass(frozen=True, slots=True)
class OptionalTool:
    """Debian packages, what they are for, and why the rest of the suite means something without them."""

    packages: tuple[str, ...]
    purpose: str
    why_optional: str


OPTIONAL = {
    "office": OptionalTool(
        ("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
        "opens every Word document and a workbook as a clerk's office program does, and counts their pages",
        "other tests read the same files with python-docx and openpyxl; LibreOffice takes 230 MB",
    ),
    "alerts": OptionalTool(
        ("prometheus",),
        "reads the rules of the alerts and tries when they call",
        "another test compares the names of figures; Prometheus takes 90 MB",
    ),
    "rotation": OptionalTool(
        ("logrotate",),
        "reads the rule that turns the proxy's logs",
        "another test holds that the rule names our logs and no rule of Debian's does",
    ),
    "deploy": OptionalTool(
        ("nginx-light", "systemd"),
        "read what lies in deploy/, and stand before two processes of which one dies",
        "a single process needs no proxy, and everything else of the suite asks processes themselves",
    ),
}


def needs(name: str) -> pytest.MarkDecorator:
    """The mark of a test that is left out where something optional is missing."""
    one = OPTIONAL[name]
    missing = sorted(set(one.packages) & set(missing_packages()))
    return pytest.mark.skipif(bool(missing), reason=f"{name} {one.purpose}; missing: {' '.join(missing)}")


def leave_out_after(stopped: Sequence[str]) -> None:
    """Leave out what follows in a story that broke off: the chapter that failed says why."""
    if stopped:
        pytest.skip(f"the story broke off in {stopped[0]}")
