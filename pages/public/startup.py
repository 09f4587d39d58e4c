"""What happens once when the process starts."""

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool

from components.accounts.first_run_code import CODE
from db.measures import start_measuring
from db.passwords import nobodys_hash
from db.queries.accounts.health import nobody_yet
from db.settings import settings
from db.upkeep.start import why_not_start
from pages.public.theme import keep_theme
from pages.public.wall import SCANS

log = structlog.get_logger()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Stop on a database that is not this version's or has another key; print the first-run code when it is empty."""
    if wrong := await run_in_threadpool(why_not_start):
        log.error("start.refused", why=wrong)
        sys.stderr.write(f"\n{wrong}\n")
        sys.stderr.flush()
        os._exit(1)  # whatever is raised here, the server prints as a traceback with the sentence lost in it
    keep_theme()
    if settings().metrics_token:
        start_measuring()
    empty = await run_in_threadpool(nobody_yet)
    if empty is None:
        # The server starts all the same: /healthz says what is wrong.
        log.error("start.database_unavailable")
    elif empty:
        CODE.print_code()
    # Else the first unknown name would take twice as long; nobody waits for it to begin.
    hashing = asyncio.get_running_loop().run_in_executor(None, nobodys_hash)
    gc.freeze()  # what is loaded by now is never looked through again
    gc.enable()
    yield
    await hashing
    await run_in_threadpool(SCANS.write)
