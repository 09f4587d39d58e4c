"""What the bench compares with: a form with nothing behind it, and a route that only inserts a row into SQLite."""

import os
import sqlite3
import threading
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_own = threading.local()


def _connection() -> sqlite3.Connection:
    """One a thread, with the settings of `db.engine`."""
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(os.environ["BARE_DATABASE"], isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            _own.connection.execute(f"PRAGMA {pragma}")
        _own.connection.execute("CREATE TABLE IF NOT EXISTS vote (id INTEGER PRIMARY KEY, choice TEXT)")
    connection: sqlite3.Connection = _own.connection
    return connection


def _insert(choice: str) -> None:
    connection = _connection()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO vote (choice) VALUES (?)", (choice,))
    connection.execute("COMMIT")


async def vote(request: Request) -> Response:
    fields = parse_qs((await request.body()).decode())
    await run_in_threadpool(_insert, fields["choice"][0])
    return Response(status_code=303, headers={"Location": "/"})


async def healthz(_request: Any) -> JSONResponse:
    return JSONResponse({"database": "none"})


app = st.App("screen.py", routes=[Route("/healthz", healthz), Route("/vote", vote, methods=["POST"])])
