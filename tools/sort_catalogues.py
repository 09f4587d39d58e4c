"""Put each English message into the catalogue of its area. `make format` runs it, so nobody moves messages by hand.

A message that one area uses stands in `<area>.po`, one that several areas or the hall use in `core.po`. What stands in
its place stays where it is, what moves comes below it. Messages that are missing or no longer used are named; a person
writes or deletes them. `tests/house/test_wording.py` reads the sources by the same functions.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = "components/wording/en"
MARKS = ("_", "N_", "translate", "heading")
HALL = {"charts", "refusals", "wording"}
"""Folders of components that serve every area."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalogue: its text as it is written, with comments and plural forms."""

    stands: str
    message: str
    english: object
    text: str


# --- the sources -------------------------------------------------------------------------------------------


def sources(root: Path) -> list[Path]:
    """Files with messages. Two rules hold sentences: `python -m db recount` says them without the app."""
    drawing = (path for folder in ("components", "pages") for path in (root / folder).rglob("*.py"))
    return [
        root / "db/rules/voting/account_words.py",
        root / "db/rules/voting/outcome_words.py",
        root / "db/rules/voting/rule_words.py",
        *sorted(path for path in drawing if "templates" not in path.relative_to(root).parts),
    ]


def areas(root: Path) -> set[str]:
    """The areas that draw something."""
    folders = (path for layer in ("components", "pages") for path in (root / layer).iterdir() if path.is_dir())
    return {path.name for path in folders if not path.name.startswith("_")} - HALL


def catalogue_of(path: Path, known: set[str]) -> str:
    """The catalogue of a file's messages: its area, or core for a file of the hall."""
    parts = path.with_suffix("").parts
    below = 3 if parts[1] == "wording" else 2 if parts[0] == "db" or parts[1] == "refusals" else 1
    name = parts[min(below, len(parts) - 1)]
    return name if name in known else "core"


def messages(root: Path) -> dict[str, set[str]]:
    """Every message with the catalogues of the files that use it; read from the tree, which sees into an f-string."""
    found: dict[str, set[str]] = {}
    known = areas(root)
    for path in sources(root):
        catalogue = catalogue_of(path.relative_to(root), known)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(first := node.args[0], ast.Constant):
                marked = getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS
                if marked and isinstance(first.value, str):
                    found.setdefault(first.value, set()).add(catalogue)
    return found


def home(users: set[str]) -> str:
    """The catalogue of a message with these users: that of the one area, or core for several."""
    return next(iter(users)) if len(users) == 1 else "core"


# --- the catalogues ----------------------------------------------------------------------------------------


def entries(root: Path) -> Iterator[Entry]:
    """Every message of every catalogue; an empty line parts two of them."""
    for path in sorted((root / CATALOGUES).glob("*.po")):
        blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
        for number, text in enumerate(blocks):
            found = [message for message in read_po(BytesIO(text.encode()), abort_invalid=True) if message.id]
            if number == 0 and not found:
                continue  # the head
            if len(found) != 1:
                sys.exit(
                    f"Stopped: {path.name} needs one message between two empty lines, here are {len(found)}:\n{text}"
                )
            name = found[0].id
            yield Entry(path.stem, name if isinstance(name, str) else name[0], found[0].string, text)


def in_order(found: Iterable[Entry], used: Mapping[str, set[str]]) -> dict[str, str]:
    """The text of each catalogue, every message once and in its place; one that nothing uses stays where it is."""
    once: dict[str, Entry] = {}
    for entry in found:
        first = once.setdefault(entry.message, entry)
        if first.english != entry.english:
            sys.exit(f"Stopped: {entry.message} has two translations, in {first.stands}.po and {entry.stands}.po.")
    by_home: dict[str, list[Entry]] = defaultdict(list)
    for entry in once.values():
        by_home[home(used.get(entry.message, {entry.stands}))].append(entry)
    texts: dict[str, str] = {}
    for name, held in by_home.items():
        there_first = sorted(held, key=lambda entry: entry.stands != name)
        texts[name] = f"{HEAD}\n" + "\n\n".join(entry.text for entry in there_first) + "\n"
    return texts


def write(root: Path, texts: Mapping[str, str]) -> None:
    """Only what differs is written; a catalogue without a message goes."""
    for path in (root / CATALOGUES).glob("*.po"):
        if path.stem not in texts:
            path.unlink()
    for name, text in texts.items():
        path = root / CATALOGUES / f"{name}.po"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def main() -> None:
    used, found = messages(ROOT), list(entries(ROOT))
    write(ROOT, in_order(found, used))
    english = {entry.message for entry in found if entry.english}
    for message in sorted(message for message in used if CHINESE.search(message) and message not in english):
        print(f"English is missing, write it into {home(used[message])}.po: {message}")
    for entry in found:
        if entry.message not in used:
            print(f"No longer used, delete it from {entry.stands}.po: {entry.message}")


if __name__ == "__main__":
    main()
