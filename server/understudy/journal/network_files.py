"""Whether a file lies on another machine, where SQLite's usual way of several writers does not work.

A write-ahead log needs memory that all its users share (https://www.sqlite.org/wal.html), so there the
journal goes back to a rollback journal.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOUNTS = Path("/proc/self/mountinfo")
_MOST_BYTES = 4_000_000
_WAIT_S = 2.0
_REMOTE_DRIVE = 4
"""What `GetDriveTypeW` answers for a drive of another machine."""
_REMOTE = frozenset(
    {
        *(
            "nfs",
            "nfs4",
            "cifs",
            "smb2",
            "smb3",
            "smbfs",
            "afpfs",
            "webdav",
            "davfs",
            "afs",
            "ncpfs",
        ),
        *(
            "9p",
            "vboxsf",
            "prl_fs",
            "vmhgfs",
            "drvfs",
            "ceph",
            "glusterfs",
            "lustre",
            "beegfs",
            "gpfs",
        ),
        *("fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.davfs2", "fuse.vmhgfs-fuse"),
        *("fuse.s3fs", "fuse.gvfsd-fuse", "macfuse", "osxfuse"),
    }
)
_OCTAL = re.compile(r"\\([0-7]{3})")
_MACOS_LINE = re.compile(r".+? on (?P<place>/.*) \((?P<kind>[^,)]+)")


def network_kind(path: Path) -> str:
    """The kind of the network file system that a path lies on; empty for a disk of this machine.

    Where nobody can tell, it is taken for one. Reads the disk, and on macOS asks `mount`.
    """
    there = next((one for one in (path, *path.parents) if one.exists()), path)
    try:
        real = there.resolve()
        if sys.platform == "win32":
            return _of_windows(real)
        return kind_of(real, _mounts())
    except (OSError, subprocess.SubprocessError, ValueError):
        return ""


def kind_of(path: PurePath, mounts: Iterable[tuple[str, str]]) -> str:
    """The kind of the network file system among `(mount point, kind)` that holds a path, or nothing."""
    found = ""
    longest = -1
    for place, kind in mounts:
        # Of several mounts at one place, the last one is seen.
        if len(place) >= longest and path.is_relative_to(place):
            longest, found = len(place), kind
    return found if found in _REMOTE else ""


def from_mountinfo(text: str) -> list[tuple[str, str]]:
    """`(mount point, kind)` of each line of `/proc/self/mountinfo` (proc_pid_mountinfo(5))."""
    mounts = []
    for line in text.split("\n"):
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:
            place = _OCTAL.sub(lambda one: chr(int(one[1], 8)), fields[4])
            mounts.append((place, after.split(" ", 1)[0]))
    return mounts


def from_mount_command(text: str) -> list[tuple[str, str]]:
    """`(mount point, kind)` of each line that `mount` prints on macOS."""
    found = (_MACOS_LINE.match(line) for line in text.split("\n"))
    return [(one["place"], one["kind"]) for one in found if one is not None]


def _mounts() -> list[tuple[str, str]]:
    if _MOUNTS.exists():
        text = read_plain(_MOUNTS, _MOST_BYTES).decode("utf-8", "surrogateescape")
        return from_mountinfo(text)
    if sys.platform == "darwin":
        command = ["/sbin/mount"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_WAIT_S, check=True)  # noqa: S603 - a fixed command of the system
        return from_mount_command(done.stdout)
    return []


def _of_windows(path: Path) -> str:
    if path.drive.startswith("\\\\"):
        return "share"
    import ctypes

    # `windll` is there on Windows alone.
    tell = vars(ctypes)["windll"].kernel32.GetDriveTypeW
    return "share" if tell(f"{path.drive}\\") == _REMOTE_DRIVE else ""
