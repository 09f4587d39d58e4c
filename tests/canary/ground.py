"""The invented subdistrict with five hundred marked residents, a copy for each test, and every file that is taken."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from components import file_button
from db import engine as db_engine
from db.errors import YiqilaiError
from db.rules.permissions import Actor
from db.settings import secret_key, settings
from tests.canary import marks as canary
from tests.canary.marks import TABLES, inside, mark_everybody
from tests.support.demo import Demo, find_demo


def _point_at(patch: pytest.MonkeyPatch, path: Path) -> None:
    patch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{path}")
    patch.setenv("YIQILAI_DATA_DIR", str(path.parent))
    db_engine.forget_engines()
    settings.cache_clear()
    secret_key.cache_clear()


@pytest.fixture(scope="session")
def marked_template(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demo]:
    """The invented subdistrict with a mark on every resident of the richest community, and who and what is in it."""
    path = tmp_path_factory.mktemp("canary") / "marked.db"
    shutil.copy(demo_template, path)
    with pytest.MonkeyPatch.context() as patch:
        _point_at(patch, path)
        demo = find_demo(f"sqlite:///{path}")  # by its counts and states, which no mark changes
        shown = {TABLES.get(noun, noun): row for noun, row in demo.object_of.items()}
        counts = mark_everybody(demo.rich, shown)
        assert counts["person"] == counts["household"] == canary.RESIDENTS
        assert counts["need"] >= 400
        assert min(counts[table] for table in ("sensitive_fact", "programme", "programme_member")) >= 1
        db_engine.forget_engines()
    settings.cache_clear()
    secret_key.cache_clear()
    return path, demo


@pytest.fixture
def marked(marked_template: tuple[Path, Demo], laid: Callable[[Path, Demo], Demo]) -> Demo:
    return laid(*marked_template)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Every file that a page offers, made as if it were taken, unpacked: name -> text."""
    files: dict[str, str] = {}
    offer = st.download_button

    def keep(name: str, made: Any) -> None:
        made = made.getvalue() if hasattr(made, "getvalue") else made
        files[name] = inside(name, made.encode() if isinstance(made, str) else bytes(made))

    def download_button(label: str, data: Any, *more: Any, **options: Any) -> bool:
        keep(str(options.get("file_name") or label), data() if callable(data) else data)
        return bool(offer(label, b"", *more, **options))

    def hand_out(user: Actor, name: str, _mime: str, make: Callable[[Actor], bytes]) -> None:
        with suppress(YiqilaiError):  # whoever may not have it is told so when it is fetched
            keep(name, make(user))

    def pressed(label: str, *, key: str, **look: Any) -> bool:
        st.button(label, key=key, **look)
        return True

    monkeypatch.setattr(st, "download_button", download_button)
    monkeypatch.setattr(file_button, "hand_out", hand_out)
    monkeypatch.setattr(file_button, "_pressed", pressed)
    return files
