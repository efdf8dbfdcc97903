from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import RefusedError, StaleError
from understudy.workspace.source_files import (
    MAX_BYTES,
    NotSourceError,
    SourceFile,
    read_source,
    write_source,
)

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")


def made(tmp_path: Path, raw: bytes, name: str = "x.py") -> SourceFile:
    path = tmp_path / name
    path.write_bytes(raw)
    return read_source(path)


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (b"", "", "utf-8"),
        ("π😀\r\n".encode(), "π😀\r\n", "utf-8"),
        (b"\xef\xbb\xbfx", "x", "utf-8-sig"),
        (b"# coding: latin-1\n\xe9", "# coding: latin-1\né", "iso-8859-1"),
        (b"#!/bin/x\r# coding=cp1252\r\x80", "#!/bin/x\r# coding=cp1252\r€", "cp1252"),
        (b"x = 1\n\n# coding: latin-1\n", "x = 1\n\n# coding: latin-1\n", "utf-8"),
    ],
)
def test_python_is_read_as_it_declares(
    tmp_path: Path, raw: bytes, text: str, encoding: str
) -> None:
    found = made(tmp_path, raw)
    assert (found.text, found.encoding) == (text, encoding)
    write_source(found, text + "y", tmp_path)
    assert found.path.read_bytes() == raw + b"y"


def test_other_languages_are_utf_8_whatever_their_comments_say(tmp_path: Path) -> None:
    assert made(tmp_path, b"// coding: latin-1\n", "x.ts").encoding == "utf-8"


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff",
        b"# coding: klingon\n",
        b"# coding: rot13\n",
        b"\xef\xbb\xbf# coding: latin-1\n",
        b"# coding: ascii\n\n\xe9",
    ],
)
def test_what_can_not_be_decoded_is_a_sentence(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(RefusedError, match=r"x\.py` .*\.\Z"):
        made(tmp_path, raw)


@pytest.mark.parametrize("raw", [b"a\0b", b"x" * (MAX_BYTES + 1)])
def test_what_nobody_wrote_is_not_read(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(NotSourceError):
        made(tmp_path, raw)


def test_a_missing_file_and_a_folder_are_sentences(tmp_path: Path) -> None:
    for path in (tmp_path / "none.py", tmp_path):
        with pytest.raises(RefusedError, match="can't be read"):
            read_source(path)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.py"
    path.write_bytes(raw)
    try:
        found = read_source(path)
    except RefusedError:
        return
    write_source(found, found.text, path.parent)
    assert path.read_bytes() == raw


def test_a_character_that_the_encoding_lacks_is_refused(tmp_path: Path) -> None:
    found = made(tmp_path, b"# coding: latin-1\n")
    with pytest.raises(RefusedError, match="lacks a character"):
        write_source(found, found.text + "😀", tmp_path)


def test_an_edit_of_the_declared_encoding_is_refused(tmp_path: Path) -> None:
    found = made(tmp_path, b"# coding: latin-1\nx = '\xe9'\n")
    for text in (found.text.replace("latin-1", "cp1251"), found.text.replace("# coding", "# was")):
        with pytest.raises(RefusedError):
            write_source(found, text, tmp_path)
    assert found.path.read_bytes() == found.raw


def test_an_encoding_with_two_ways_to_say_it_is_not_written(tmp_path: Path) -> None:
    found = made(tmp_path, b"# coding: utf-7\nx = '+AGE-'\n")
    with pytest.raises(RefusedError, match="without other changes"):
        write_source(found, found.text + "y", tmp_path)


def test_a_file_that_changed_is_not_written(tmp_path: Path) -> None:
    found = made(tmp_path, b"x\n")
    found.path.write_bytes(b"mine\n")
    with pytest.raises(StaleError, match="changed in the meantime"):
        write_source(found, "y\n", tmp_path)
    assert found.path.read_bytes() == b"mine\n"
    assert list(tmp_path.iterdir()) == [found.path]


def test_a_file_that_went_away_is_not_made_again(tmp_path: Path) -> None:
    found = made(tmp_path, b"x\n")
    found.path.unlink()
    with pytest.raises(RefusedError, match="can't be written"):
        write_source(found, "y\n", tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_read_only_file_is_refused(tmp_path: Path) -> None:
    found = made(tmp_path, b"x\n")
    found.path.chmod(0o444)
    with pytest.raises(RefusedError, match="read-only"):
        write_source(found, "y\n", tmp_path)


@pytest.mark.parametrize("name", [".github/workflows/x.py", ".git/hooks/x.py", "Makefile.py"])
def test_a_protected_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    found = made(tmp_path, b"x\n", name)
    with pytest.raises(RefusedError, match="copy the diff by hand"):
        write_source(found, "y\n", tmp_path)


@POSIX
def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "out.py").write_bytes(b"x\n")
    (root / "x.py").symlink_to(tmp_path / "out.py")
    with pytest.raises(RefusedError, match="leads out of"):
        write_source(read_source(root / "x.py"), "y\n", root)
    assert (tmp_path / "out.py").read_bytes() == b"x\n"


@POSIX
def test_a_link_to_a_protected_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "x.py").write_bytes(b"x\n")
    (tmp_path / "x.py").symlink_to(tmp_path / ".vscode" / "x.py")
    with pytest.raises(RefusedError, match="editor configuration"):
        write_source(read_source(tmp_path / "x.py"), "y\n", tmp_path)


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o640])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    found = made(tmp_path, b"x\n")
    found.path.chmod(mode)
    write_source(found, "y\n", tmp_path)
    assert found.path.read_bytes() == b"y\n"
    assert stat.S_IMODE(found.path.stat().st_mode) == mode
    assert list(tmp_path.iterdir()) == [found.path]


@pytest.mark.parametrize("raw", [b"x = '\xe9'\n", b"\n# caf\xe9, no coding here\nx = 1\n"])
def test_a_file_that_declares_nothing_is_not_said_to_declare_something(
    tmp_path: Path, raw: bytes
) -> None:
    with pytest.raises(RefusedError, match=r"is not utf-8 text: line [12] can't be decoded"):
        made(tmp_path, raw)


def test_a_declaration_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    for raw in (
        b"# coding: klingon\n\xe9",
        b"\xef\xbb\xbf# coding: latin-1\n",
        b"# coding: utf-8 \xe9\n",
    ):
        with pytest.raises(RefusedError, match="declares an encoding that can't be used"):
            made(tmp_path, raw)
