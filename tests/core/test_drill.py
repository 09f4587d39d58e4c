"""The drill: what the whole invented subdistrict holds survives backup and restore, from engine to engine and back."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db import engine as db_engine
from db.__main__ import main
from db.engine import engine
from db.upkeep.archive import tables
from db.upkeep.tidy import tidy
from tests.support.every_table import fill_empty_tables
from tests.support.servers import PostgresServer


def contents() -> dict[str, list[Any]]:
    """Every row of every table that a backup holds, personal data opened."""
    with engine().connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables()
        }


def test_backup_restore_and_verify_on_the_invented_subdistrict(
    demo_template: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """With forms, templates, photos, and rows in the tables that the demonstration leaves empty."""
    root, name = tmp_path_factory.getbasetemp(), f"drill_{worker_id}"
    server = PostgresServer.shared(root if worker_id == "master" else root.parent)

    def go_to(url: str, folder: Path) -> None:
        monkeypatch.setenv("YIQILAI_DATABASE_URL", url)
        monkeypatch.setenv("YIQILAI_DATA_DIR", str(folder))
        db_engine.forget_engines()

    shutil.copytree(demo_template.parent, tmp_path / "first")
    go_to(f"sqlite:///{tmp_path}/first/{demo_template.name}", tmp_path / "first")
    with engine().execution_options(writer=True).begin() as connection:
        fill_empty_tables(connection)
    tidy()  # as `backup` does first: words of old messages go
    before = contents()
    assert [table for table, rows in before.items() if not rows] == []

    for number, url in enumerate((server.create_database(name), f"sqlite:///{tmp_path}/last/yiqilai.db")):
        assert main(["backup", str(tmp_path / f"{number}.zip")]) == 0
        go_to(url, tmp_path / f"folder-{number}")
        assert main(["restore", str(tmp_path / f"{number}.zip")]) == 0
        assert main(["verify"]) == 0

    after = contents()
    db_engine.forget_engines()
    server.drop_database(name)
    server.stop()
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"audit_entry", "audit_head"}
    assert list((tmp_path / "folder-1" / "photos").glob("??/*"))
