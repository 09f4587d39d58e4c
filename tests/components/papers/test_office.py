"""PDF by the office program of the server: made, refused in words, never left running, nothing left behind."""

import tempfile
from pathlib import Path

import pytest

from components.papers import office
from components.refusals.shown import sentence
from db.errors import Refused
from tests.support.optional import needs
from tests.support.waiting import wait_until
from tests.support.word_files import word_file


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders go, to see what is left of them."""
    kept = tmp_path / "temporary"
    kept.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    return kept


def a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An office program that does what the script says."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "office", lambda: str(program))


def ended(state: Path) -> bool:
    """Whether a process is gone, or a zombie that nobody has fetched yet."""
    try:
        return state.read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@needs("office")
def test_word_files_come_back_as_pdf_under_their_names(folder: Path) -> None:
    made = office.as_pdf({"01-通知.docx": word_file("一"), "02-“表”.docx": word_file("二")})

    assert list(made) == ["01-通知.pdf", "02-“表”.pdf"]
    assert all(content.startswith(b"%PDF") for content in made.values())
    assert not list(folder.iterdir())


def test_a_server_without_the_program_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office", lambda: None)

    with pytest.raises(Refused, match="pdf_no_office") as refused:
        office.as_pdf({"a.docx": b""})
    assert "没有安装 LibreOffice" in sentence(refused.value)


def test_a_program_that_makes_nothing_is_refused_and_leaves_nothing(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_program(tmp_path, monkeypatch, "exit 1")

    with pytest.raises(Refused, match="pdf_failed"):
        office.as_pdf({"a.docx": word_file()})
    assert not list(folder.iterdir())


def test_a_program_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    a_program(tmp_path, monkeypatch, f"sleep 600 &\necho $! > {child}\nwait")
    monkeypatch.setattr(office, "MOST_SECONDS", 1)

    with pytest.raises(Refused, match="pdf_failed"):
        office.as_pdf({"a.docx": word_file()})

    state = Path(f"/proc/{child.read_text().strip()}/stat")
    wait_until(lambda: ended(state), "the end of what hung")
    assert not list(folder.iterdir())


def test_one_set_is_made_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office", lambda: "soffice")
    monkeypatch.setattr(office, "LONGEST_WAIT", 0.01)

    with office._one_at_a_time, pytest.raises(Refused, match="pdf_busy"):
        office.as_pdf({"a.docx": b""})
