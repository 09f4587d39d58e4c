"""What an installation may choose, read from the environment (`YIQILAI_*`) or a `.env` file."""

import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

KEY_BYTES = 32
OTHER_KEY = (
    "The data was written with another secret key than the present one: put the right key back in place (secret.key in"
    " the data folder, or YIQILAI_SECRET_KEY). Nothing was changed."
)


class Settings(BaseSettings):
    """Settings of one installation; every name is prefixed with `YIQILAI_` in the environment."""

    model_config = SettingsConfigDict(env_prefix="YIQILAI_", env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    """SQLAlchemy address; empty means an SQLite file in `data_dir`."""
    replica_url: str = ""
    """A replica for charts, ledgers and exports (`db.replica`); empty means none."""
    secret_key: str = ""
    """64 hex digits; empty means a key file in `data_dir`, which the first `migrate` makes."""
    public_address: str = ""
    """How people reach the app, for example https://yiqilai.intranet; switches Secure cookies on."""
    metrics_token: str = ""
    """Bearer token of /metrics; empty switches it off."""
    trusted_proxies: str = ""
    """Comma-separated addresses whose X-Forwarded-For is believed."""
    sign_in_hours: int = Field(default=12, ge=1, le=24 * 30)
    clock_shift_days: int = 0
    """Days added to the clock, so that notice periods pass in a demonstration or a test; never in real use."""
    statement_timeout_ms: int = 30_000
    lock_timeout_ms: int = 10_000

    @property
    def url(self) -> str:
        """Address of the database that is written."""
        return self.database_url or f"sqlite:///{self.data_dir / 'yiqilai.db'}"

    @property
    def https(self) -> bool:
        return self.public_address.startswith("https://")


@cache
def settings() -> Settings:
    """The settings of this process; tests call `settings.cache_clear()` after changing the environment."""
    return Settings()


class KeyTrouble(Exception):
    """There is no secret key, or it is not the one that the data was written with; the message is one sentence."""


@cache
def secret_key() -> bytes:
    """32 bytes for encryption and blind indexes. Losing it makes personal data unreadable: back it up.

    Raises KeyTrouble where there is none: only `make_secret_key` makes one, and only for an empty database.
    """
    chosen, path = settings(), key_file()
    try:
        text = chosen.secret_key or path.read_text()
        key = bytes.fromhex(text.strip())
    except FileNotFoundError:
        raise KeyTrouble(
            f"There is no secret key: put {path} back in place, or set YIQILAI_SECRET_KEY; without it nothing that was"
            " written can be read."
        ) from None
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        place = "YIQILAI_SECRET_KEY" if chosen.secret_key else str(path)
        raise KeyTrouble(f"{place} is not a secret key: it must hold {2 * KEY_BYTES} hex digits.")
    return key


def key_file() -> Path:
    """Where the secret key lies when no setting names it."""
    return settings().data_dir / "secret.key"


def key_fingerprint() -> str:
    """Tells whether two places hold the same secret key, without telling anything about it; 16 hex digits."""
    return hmac.digest(secret_key(), b"backup", "sha256").hex()[:16]


def make_secret_key() -> None:
    """Make the secret key of a new installation, unless there is one already."""
    path = key_file()
    if settings().secret_key or path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_bytes(KEY_BYTES).hex())
    try:
        # Of two processes that start at once only one may make the key, and nobody may read half of it: the file
        # appears whole, or not at all.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
