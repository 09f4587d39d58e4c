"""The environment of a process that a test starts."""

import os


def surroundings() -> dict[str, str]:
    """The developer's own, without settings of the program: they must never lead a test to real data."""
    return {name: value for name, value in os.environ.items() if not name.startswith("YIQILAI_")}
