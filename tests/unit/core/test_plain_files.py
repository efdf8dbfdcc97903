"""Reading files that may be anything."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from understudy.core.plain_files import NotPlainError, read_plain

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(os.name != "posix", reason="Only on POSIX are there pipes and devices.")


@pytest.mark.parametrize("content", [b"", b"a\r\nb\0", b"\x1a" * 5, b"x" * 10, b"x" * 11])
def test_no_more_than_asked_for_is_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert read_plain(path, 10) == content[:10]
    path.unlink()


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_plain(tmp_path / "none", 10)


def test_a_path_that_no_file_can_have_is_an_error_of_value(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="null"):
        read_plain(tmp_path / "a\0b", 10)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotPlainError) as refused:
        read_plain(tmp_path, 10)
    assert refused.value.strerror == "it is not a regular file"


@posix
@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin", "/dev/tty", "pipe"])
def test_a_link_to_a_pipe_or_a_device_is_refused(tmp_path: Path, target: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / target)
    with pytest.raises(OSError):  # noqa: PT011 - the missing terminal of a test run is another one
        read_plain(tmp_path / "link", 10)


@posix
def test_a_pipe_that_takes_the_files_place_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.touch()
    look = os.stat

    def look_and_swap(at: Path) -> os.stat_result:
        found = look(at)
        path.unlink()
        os.mkfifo(path)
        return found

    monkeypatch.setattr("understudy.core.plain_files.os.stat", look_and_swap)
    with pytest.raises(NotPlainError):
        read_plain(path, 10)


@posix
def test_nothing_stays_open(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    lowest = os.open(tmp_path / "a", os.O_RDONLY)
    os.close(lowest)
    read_plain(tmp_path / "a", 1)
    again = os.open(tmp_path / "a", os.O_RDONLY)
    os.close(again)
    assert again == lowest
