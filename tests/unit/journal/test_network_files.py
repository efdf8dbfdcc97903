"""A journal on another machine's disk is written without a write-ahead log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import count, run_rows, store
from understudy.journal import database
from understudy.journal.network_files import (
    from_mount_command,
    from_mountinfo,
    kind_of,
    network_kind,
)
from understudy.journal.queries import recent_runs

if TYPE_CHECKING:
    from pathlib import Path

MOUNTINFO = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 22 0:40 / /home rw,relatime shared:20 - nfs4 server:/home rw,vers=4.2
37 36 8:2 / /home/ada/disk rw - ext4 /dev/sdb1 rw
38 22 0:41 / /mnt/my\040share rw master:3 - cifs //server/share rw
39 22 0:42 / /mnt/c rw,noatime - 9p drvfs rw
40 22 0:43 / /over rw - nfs server:/x rw
41 22 0:44 / /over rw - tmpfs tmpfs rw
this is no line of it
"""
MOUNT = """/dev/disk3s1 on / (apfs, sealed, local)
server:/home on /Network/home (nfs, nodev, nosuid)
//ada@server/my share on /Volumes/my share (smbfs, nodev)
map auto_home on /System/Volumes/Data/home (autofs, automounted)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ada/state/journal.sqlite3", "nfs4"),
        ("/home/ada/disk/journal.sqlite3", ""),
        ("/homeless/journal.sqlite3", ""),
        ("/mnt/my share/journal.sqlite3", "cifs"),
        ("/mnt/c/Users/ada/journal.sqlite3", "9p"),
        ("/over/journal.sqlite3", ""),
        ("/var/lib/journal.sqlite3", ""),
    ],
)
def test_linux_tells_where_a_file_lies(path: str, kind: str) -> None:
    assert kind_of(PurePosixPath(path), from_mountinfo(MOUNTINFO)) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/Network/home/ada/journal", "nfs"),
        ("/Volumes/my share/journal", "smbfs"),
        ("/Users/ada/journal", ""),
    ],
)
def test_macos_tells_where_a_file_lies(path: str, kind: str) -> None:
    assert kind_of(PurePosixPath(path), from_mount_command(MOUNT)) == kind


def test_where_nobody_tells_it_is_a_disk_of_this_machine(tmp_path: Path) -> None:
    assert kind_of(PurePosixPath("/x"), []) == ""
    assert network_kind(tmp_path / "not" / "there") == ""


@pytest.fixture
def on_a_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "network_kind", lambda _: "nfs4")


def mode_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


@pytest.mark.usefixtures("on_a_share")
def test_there_the_journal_goes_back_to_a_rollback_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows())
    assert mode_of(path) == "delete"
    assert not list(tmp_path.glob("*-wal"))
    assert (len(recent_runs(path)), count(path, "calls")) == (1, 1)


def test_a_journal_that_is_moved_there_changes_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.sqlite3"
    store(path, *run_rows())
    assert mode_of(path) == "wal"
    monkeypatch.setattr(database, "network_kind", lambda _: "nfs4")
    store(path, *run_rows())
    assert (mode_of(path), count(path, "runs")) == ("delete", 2)
