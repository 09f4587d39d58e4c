"""What the app handed out: for tests of files that leave by a ticket (`components/file_tickets.py`)."""

import gzip
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from docx import Document

from components.access import cookie_name
from components.file_tickets import TICKETS, Offer
from pages.public import file as file_page
from tests.support.phone import Answer, Phone
from tests.support.signed_in import new_sign_in


class Handed:
    """Every ticket that is issued from now on, fetched as a browser of an account would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.offers: list[Offer] = []
        self._tickets: list[str] = []
        issue = TICKETS.issue

        def noted(offer: Offer, now: Any) -> str:
            self.offers.append(offer)
            self._tickets.append(issue(offer, now))
            return self._tickets[-1]

        monkeypatch.setattr(TICKETS, "issue", noted)

    def fetch(self, account_id: int | None) -> Answer:
        """The answer to the last ticket."""
        assert self._tickets, "nothing was handed out"
        phone = Phone(file_page.routes)
        if account_id is not None:
            phone.jar[cookie_name()] = new_sign_in(account_id)
        return phone.ask("GET", f"/file/{self._tickets[-1]}")

    def file(self, account_id: int) -> bytes:
        """The bytes of the last ticket; it is handed over under the name that was offered."""
        answer = self.fetch(account_id)
        assert answer.status == 200, answer.text
        name = quote(self.offers[-1].name, safe="")
        assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
        assert answer.headers["cache-control"] == "no-store"
        zipped = answer.headers.get("content-encoding") == "gzip"
        return gzip.decompress(answer.packed) if zipped else answer.packed


def word_text(file: bytes) -> str:
    """The words of a Word file, in tables too."""
    document = Document(BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
