"""The address of this installation, as papers, codes and screens show it, and as it is typed."""

from urllib.parse import urlsplit

from db.settings import settings


def own_address(url: str) -> str:
    """The address of this installation without a slash at its end: the configured one, else that of the open page."""
    if settings().public_address:
        return settings().public_address.rstrip("/")
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def letters(address: str) -> str:
    """The address as it is typed: without its scheme."""
    return address.partition("://")[2] or address
