"""Which documents an edit may change besides the one that was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import FileChange, Region
from understudy.engine.other_files import others_of
from understudy.reading import UnreadableError
from understudy.workspace.view import OpenDocument, View

if TYPE_CHECKING:
    from pathlib import Path


def region(root: Path, *names: str) -> Region:
    def view(name: str) -> View:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n", "utf-8")
        return View(path.as_uri(), "x = 1\n", Policy(), path=path, root=root)

    others = {name: view(name) for name in names}
    return Region(view("main.py"), range(1), others, may_create=True)


def refused(root: Path, *changes: FileChange, names: tuple[str, ...] = ()) -> str:
    with pytest.raises(UnreadableError) as caught:
        others_of(changes, region(root, *names))
    return str(caught.value)


def test_known_files_change_move_and_go_and_new_ones_come(tmp_path: Path) -> None:
    changes = (
        FileChange("lib/a.py", "x = 2\n"),
        FileChange("b.py", "x = 1\n", "lib/c.py"),
        FileChange("c.py", None),
        FileChange("new/d.go", "package d\n"),
    )
    found = others_of(changes, region(tmp_path, "lib/a.py", "b.py", "c.py"))
    assert [(one.name, one.changes_text, one.is_new) for one in found] == [
        ("lib/a.py", True, False),
        ("b.py", False, False),
        ("c.py", False, False),
        ("new/d.go", True, True),
    ]
    assert found[1].new_path == tmp_path / "lib" / "c.py"
    assert (found[3].before.text, found[3].before.language) == ("", "go")
    assert found[2].diff == "c.py is deleted.\n"
    assert found[1].diff == "b.py is moved to lib/c.py.\n"
    assert found[3].diff.startswith("new/d.go is new.\n")


def test_the_document_itself_may_move(tmp_path: Path) -> None:
    (found,) = others_of([FileChange("main.py", "x = 3\n", "moved.py")], region(tmp_path))
    # Its text is the candidate's own matter.
    assert not found.changes_text
    assert found.new_path == tmp_path / "moved.py"


@pytest.mark.parametrize(
    "path",
    [
        *("../out.py", "/etc/passwd", "C:/x.py", "a/../../x.py", "aux.py", "a.py.", "x.py:stream"),
        *(".git/hooks/pre-commit", ".GIT/config", ".vscode/settings.json", ".husky/pre-push"),
        *(".github/workflows/ci.yml", ".envrc", "Makefile", ".understudy/config.toml"),
        *(".env", "server.pem", ".npmrc", "id_rsa"),
    ],
)
def test_what_leads_out_has_power_or_holds_secrets_is_refused(path: str, tmp_path: Path) -> None:
    refused(tmp_path, FileChange(path, "x\n"))
    refused(tmp_path, FileChange("a.py", "x = 1\n", path), names=("a.py",))


def test_a_file_that_exists_and_was_not_given_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there.py").write_text("", "utf-8")
    assert "exists already" in refused(tmp_path, FileChange("there.py", "x\n"))
    (tmp_path / "dangling.py").symlink_to(tmp_path / "nowhere")
    assert "exists already" in refused(tmp_path, FileChange("dangling.py", "x\n"))


def test_a_new_file_that_is_open_and_unsaved_is_refused(tmp_path: Path) -> None:
    main = region(tmp_path)
    path = tmp_path / "unsaved.py"
    beside = (OpenDocument(path.as_uri(), path, "python", 1, "mine\n"),)
    view = View(main.view.uri, "", Policy(), path=main.view.path, root=tmp_path, beside=beside)
    with pytest.raises(UnreadableError, match="exists already"):
        others_of([FileChange("unsaved.py", "x\n")], Region(view, range(1), may_create=True))


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "lib").symlink_to(outside, target_is_directory=True)
    refused(root, FileChange("lib/x.py", "x\n"))


def test_one_file_is_changed_once(tmp_path: Path) -> None:
    twice = (FileChange("new.py", "a\n"), FileChange("a.py", "x = 1\n", "new.py"))
    assert "twice" in refused(tmp_path, *twice, names=("a.py",))
