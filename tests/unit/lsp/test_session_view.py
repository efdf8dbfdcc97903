"""What a frozen document knows of the others that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.session import Session

if TYPE_CHECKING:
    from pathlib import Path


def opened(session: Session, path: Path, text: str, version: int = 1) -> str:
    session.open(lsp.TextDocumentItem(path.as_uri(), "python", version, text))
    return path.as_uri()


def test_the_other_open_files_of_its_folder_are_there_as_they_are_in_the_editor(
    tmp_path: Path,
) -> None:
    session = Session(roots=[tmp_path / "one", tmp_path / "two"])
    uri = opened(session, tmp_path / "one/a.py", "a")
    other = opened(session, tmp_path / "one/b.py", "π😀", version=7)
    opened(session, tmp_path / "two/c.py", "c")
    session.open(lsp.TextDocumentItem("untitled:1", "python", 1, "d"))
    (beside,) = session.view(uri).beside
    assert (beside.uri, beside.path, beside.language) == (other, tmp_path / "one/b.py", "python")
    assert (beside.version, beside.text) == (7, "π😀")
    session.lose(other)
    assert session.view(uri).beside == ()


def test_a_document_without_a_folder_has_none_beside_it(tmp_path: Path) -> None:
    session = Session(roots=[])
    uri = opened(session, tmp_path / "a.py", "a")
    opened(session, tmp_path / "b.py", "b")
    assert session.view(uri).beside == ()
