"""What an installation may choose, read from the environment (`YIQILAI_*`) or a `.env` file."""

import os
import secrets
from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of one installation; every name is prefixed with `YIQILAI_` in the environment."""

    model_config = SettingsConfigDict(env_prefix="YIQILAI_", env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    """SQLAlchemy address; empty means an SQLite file in `data_dir`."""
    replica_url: str = ""
    """Where `reading()` goes; empty means the same database."""
    secret_key: str = ""
    """64 hex digits; empty means a key file in `data_dir`, created on first use."""
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


@cache
def secret_key() -> bytes:
    """32 bytes for encryption and blind indexes. Losing it makes personal data unreadable: back it up."""
    chosen = settings()
    if chosen.secret_key:
        return bytes.fromhex(chosen.secret_key)
    path = chosen.data_dir / "secret.key"
    try:
        return bytes.fromhex(path.read_text().strip())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        key = secrets.token_bytes(32)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key.hex())
        try:
            # Of two processes that start at once only one may make the key, and nobody may read half of it: the file
            # appears whole, or not at all.
            os.link(draft, path)
        except FileExistsError:
            return bytes.fromhex(path.read_text().strip())
        finally:
            draft.unlink()
        return key
