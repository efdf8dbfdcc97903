"""Write the file of the version that the migrations make now, with one run in it."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from tests.unit.journal.released import FOLDER
from tests.unit.journal.samples import run_rows, store
from understudy.journal.database import migrations

with tempfile.TemporaryDirectory() as folder:
    made = Path(folder) / "journal.sqlite3"
    store(made, *run_rows("RELEASED"))
    with closing(sqlite3.connect(made)) as connection:
        lines = list(connection.iterdump())
version = len(migrations())
script = "\n".join([*lines, f"PRAGMA user_version = {version};", ""])
(FOLDER / f"version_{version}.sql").write_text(script, encoding="utf-8", newline="\n")
