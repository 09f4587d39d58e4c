"""What several journeys stand on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import chromium


@pytest.fixture(scope="module")
def running_browser() -> Iterator[Browser]:
    """One browser for a file whose tests each have their own phones in it."""
    with chromium() as running:
        yield running
