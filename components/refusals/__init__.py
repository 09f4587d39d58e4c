"""Why the house says no, by area: a sentence for each code of `Refused`.

Each area has a plain table in a file here; the files are found and joined. `components.refusals.shown` puts the values
in and shows the sentence where it belongs.
"""

import pkgutil
from importlib import import_module
from types import ModuleType

AREAS: list[ModuleType] = [
    import_module(found.name)
    for found in pkgutil.iter_modules(__path__, f"{__name__}.")
    if found.name != f"{__name__}.shown"  # needs the joined table
]
"""In the order of their names."""

SENTENCES: dict[str, str] = {code: sentence for area in AREAS for code, sentence in area.SENTENCES.items()}
"""Code of `Refused` -> message id; placeholders are the values of the error."""
